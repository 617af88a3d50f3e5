"""What its author writes, by the procedure: each kind of case marks the method that keeps it.

A new procedure adds a marked method to its own mixin; nothing else knows of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.db.models import Model

from workflows.states import Step

M = TypeVar("M", bound=Callable[..., None])


def writes(tells: str) -> Callable[[M], M]:
    """Mark the method that keeps what the author typed, ``step.data``, in a dossier whose property
    ``tells`` is true."""

    def marked(method: M) -> M:
        method.writes_where = tells  # type: ignore[attr-defined]
        return method

    return marked


@cache
def writers(record_class: type[Model]) -> dict[str, str]:
    """{property: method} of every kind of case that has words of its own."""
    found: dict[str, str] = {}
    for owner in record_class.__mro__:
        for name, method in vars(owner).items():
            tells = getattr(method, "writes_where", "")
            assert found.get(tells, name) == name, f"two methods write where {tells}"
            found |= {tells: name} if tells else {}
    return found


def writer_of(record: Model) -> Callable[[Step], None] | None:
    """The method that keeps what is typed in this record; None for a plain list of a team."""
    own = (name for tells, name in writers(type(record)).items() if getattr(record, tells))
    name = next(own, None)
    method: Callable[[Step], None] | None = getattr(record, name) if name else None
    return method
