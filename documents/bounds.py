"""What a file from a stranger may cost: bytes, seconds, memory, and how many are looked at at once.

Everything happens in the server's own process, so each bound is a hard one:

* at most :data:`LARGEST` bytes, counted before a byte is read, and kept in memory only;
* at most :data:`SECONDS` for one file, counted by a clock beside the work (:func:`within`);
* what streams unpack to: 256 MB for pyHanko (:mod:`documents.reader`), 128 MB for pdfminer
  (:mod:`documents.nd30.unpacking`);
* at most :data:`AT_ONCE` files at the same time (:func:`turn`); the others are asked to wait.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

LARGEST = 20 * 1024 * 1024
SECONDS = 20.0
AT_ONCE = 2
WAIT = 10.0


class TooLong(Exception):
    """The work took longer than it may."""


class Busy(Exception):
    """Others are being answered; to try again in a moment helps."""


class _Alarm(BaseException):
    """Raised inside the work. No ``except Exception`` of a parser may swallow it."""


_desk = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """One of the few places at the desk; :class:`Busy` when none comes free in time."""
    if not _desk.acquire(timeout=WAIT):
        raise Busy
    try:
        yield
    finally:
        _desk.release()


class _Clock:
    """Interrupts the thread that made it, but never in the middle of a database query."""

    def __init__(self) -> None:
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._lock = threading.Lock()
        self._shielded = self._over = self._due = False

    def ring(self) -> None:
        """Called by the timer's thread."""
        with self._lock:
            if self._over:
                return
            self._due = True
            if not self._shielded:
                self._raise(ctypes.py_object(_Alarm))

    def stop(self) -> None:
        with self._lock:
            self._over = True
        # What was raised and has not arrived yet must not arrive later, in other work.
        self._raise(None)

    def shield(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Around each query (:meth:`django.db.connection.execute_wrapper`)."""
        with self._lock:
            self._shielded = True
        try:
            return execute(sql, params, many, context)
        finally:
            with self._lock:
                self._shielded = False
                due = self._due
            if due:
                raise _Alarm

    def _raise(self, what: Any) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, what)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break the block off after so many seconds: :class:`TooLong`.

    Parsers of PDF run in Python, so the exception reaches them between two steps; their calls into
    C are short because what they unpack is bounded. Nest no other :func:`within`.
    """
    clock = _Clock()
    timer = threading.Timer(seconds, clock.ring)
    timer.daemon = True
    try:
        timer.start()
        try:
            with connection.execute_wrapper(clock.shield):
                yield
        finally:
            timer.cancel()
            clock.stop()
    except _Alarm:
        clock.stop()
        raise TooLong from None
