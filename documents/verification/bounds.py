"""What a file from a stranger may cost: bytes, seconds, memory, and how many are looked at at once.

Everything happens in the server's own process, so each bound is a hard one:

* at most :data:`LARGEST` bytes, counted before a byte is read, and kept in memory only;
* at most :data:`SECONDS` for one file, and :data:`GROWTH` bytes by which the process grows
  meanwhile, watched by a clock beside the work (:func:`within`);
* what streams unpack to: 256 MB for pyHanko (:mod:`documents.verification.reader`), 128 MB for
  pdfminer (:mod:`documents.nd30.unpacking`);
* at most :data:`AT_ONCE` files at the same time (:func:`turn`); the others are asked to wait.
"""

from __future__ import annotations

import ctypes
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

LARGEST = 20 * 1024 * 1024
SECONDS = 20.0
AT_ONCE = 2
WAIT = 10.0
# A page of empty arrays needs no compression to become gigabytes of objects.
GROWTH = 400 * 1024 * 1024
_LOOK = 0.1
_AGAIN = 1.0


class TooLong(Exception):
    """The work took longer, or more memory, than it may."""


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
        self._shielded = self._due = False
        self._over = threading.Event()

    def watch(self, seconds: float) -> None:
        """Ring when the time is up or the process has grown too much; again while it goes on, as a
        library may swallow what it is told."""
        ends, began = time.monotonic() + seconds, _resident()
        pause = _LOOK
        while not self._over.wait(pause):
            if time.monotonic() >= ends or _resident() - began > GROWTH:
                self.ring()
                pause = _AGAIN
            else:
                pause = min(_LOOK, max(0.0, ends - time.monotonic()))

    def ring(self) -> None:
        with self._lock:
            if self._over.is_set():
                return
            self._due = True
            if not self._shielded:
                self._raise(ctypes.py_object(_Alarm))

    def stop(self) -> None:
        with self._lock:
            self._over.set()
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


def _resident() -> int:
    """Bytes of memory the process holds; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Break the block off after so many seconds, or when it takes too much memory:
    :class:`TooLong`.

    Parsers of PDF run in Python, so the exception reaches them between two steps; their calls into
    C are short because what they unpack is bounded. Nest no other :func:`within`.
    """
    clock = _Clock()
    watch = threading.Thread(target=clock.watch, args=(seconds,), daemon=True)
    try:
        watch.start()
        try:
            with connection.execute_wrapper(clock.shield):
                yield
        finally:
            clock.stop()
    except _Alarm:
        clock.stop()
        raise TooLong from None
