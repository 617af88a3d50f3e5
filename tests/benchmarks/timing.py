"""How the benchmarks measure: CPU time of this process and its children, medians, two ways of a
pair in turn, so that a ratio holds while the machine is busy with something else."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

ROUNDS = 15
Work = Callable[[], Any]


def start() -> None:
    """Django with an empty database of its own, and WeasyPrint loaded as a server has it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    from documents import service as documents

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    documents.warm()


@dataclass(frozen=True)
class Line:
    """A line of the table: ``name`` and what was measured of it."""

    name: str

    def pair(self, ours: float, theirs: float) -> None:
        self._print(f"{ours:>7.1f} ms{theirs:>7.1f} ms{ours / theirs:>9.3f}")

    def each(self, spent: float, statements: float | None = None) -> None:
        asked = "" if statements is None else f"{statements:>6.1f} SQL"
        self._print(f"{spent:>7.1f} ms{asked}")

    def say(self, what: str) -> None:
        self._print(what)

    def _print(self, what: str) -> None:
        print(f"{self.name:<64}{what}", flush=True)


def compare(name: str, ours: Work, theirs: Work, rounds: int = ROUNDS) -> None:
    """Medians of both, taken in turn after one run each that does not count, and their ratio."""
    ours()
    theirs()
    spent = [(cpu(ours), cpu(theirs)) for _ in range(rounds)]
    Line(name).pair(*(statistics.median(side) for side in zip(*spent, strict=True)))


def median(work: Work, rounds: int = ROUNDS) -> float:
    return statistics.median(cpu(work) for _ in range(rounds))


def cpu(work: Work) -> float:
    """Milliseconds of this process and of the children it waited for."""
    began = _spent()
    work()
    return 1000 * (_spent() - began)


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
