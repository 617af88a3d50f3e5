"""The demo communes as read from their TOML files."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Communes of the two-tier model began on this day; so do the demo's posts.
FIRST_DAY = datetime.date(2025, 7, 1)


@dataclass(frozen=True)
class Officer:
    """A person in a post: login, role of the post, its title, the person's name."""

    login: str
    role: str
    title: str
    name: str


@dataclass(frozen=True)
class Assignment:
    """``delegate`` signs for ``principal`` in one field of work, by ``paper``."""

    principal: str
    delegate: str
    field: str
    paper: str


@dataclass(frozen=True)
class HamletData:
    name: str
    head: Officer


@dataclass(frozen=True)
class CommuneData:
    """One demo commune. ``families`` are the surnames of its people."""

    code: str
    kind: str
    name: str
    province: str
    plan: str
    decisions_numbered: str
    hamlet_kind: str
    families: tuple[str, ...]
    hamlets: tuple[HamletData, ...]
    officers: tuple[Officer, ...]
    assignments: tuple[Assignment, ...]

    @property
    def people(self) -> tuple[Officer, ...]:
        """Everybody who holds a post, the office first."""
        return (*self.officers, *(hamlet.head for hamlet in self.hamlets))


def _read(path: Path) -> CommuneData:
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    login, head_login = data.pop("login"), data.pop("head_login")
    officers = [Officer(f"{login}.{name}", *rest) for name, *rest in data.pop("officers")]
    hamlets = [
        _hamlet(name, f"{login}.{head_login}{number}", head, data["hamlet_kind"])
        for number, (name, head) in enumerate(data.pop("hamlets"), 1)
    ]
    assignments = [
        Assignment(f"{login}.{principal}", f"{login}.{delegate}", *rest)
        for principal, delegate, *rest in data.pop("assignments")
    ]
    return CommuneData(
        officers=tuple(officers),
        hamlets=tuple(hamlets),
        assignments=tuple(assignments),
        families=tuple(data.pop("families")),
        **data,
    )


def _hamlet(name: str, login: str, head: str, kind: str) -> HamletData:
    return HamletData(name, Officer(login, "hamlet_head", f"Trưởng {kind} {name}", head))


COMMUNES = tuple(_read(Path(__file__).parent / f"{n}.toml") for n in ("tam_quang", "hac_thanh"))
