"""A regulation as read from its TOML file, and the checks it must pass."""

from __future__ import annotations

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..roles import Role

LEVELS = ("hamlet", "commune")

# What a source may rule for a level, and the values it may take.
KEYS: dict[str, type[int] | frozenset[str]] = {
    "min_members": int,
    "max_members": int,
    "target_low": int,
    "target_high": int,
    "min_deputies": int,
    "max_deputies": int,
    "teams_per_place": int,
    "leader": frozenset({Role.HAMLET_HEAD.value, Role.YOUTH_SECRETARY.value}),
    "overflow": frozenset({"collaborators"}),
    "authority": frozenset({"chairman", "committee"}),
    "coverage": frozenset({"every", "optional"}),
    "deputy_from": frozenset({"youth_cell", "youth_secretary", "works_here"}),
    "organisations": frozenset({"front_youth_women", "youth_women", "youth_women_firms"}),
    "youth": frozenset({"takes_part"}),
    "priority": frozenset({"young_it"}),
    "residence": frozenset({"live_or_work"}),
    "overlap": frozenset({"join_hamlet_teams"}),
    "join": frozenset({"leader_introduces"}),
    "leave": frozenset({"leader_proposes"}),
    "zalo_name": frozenset({"CNCĐ", "CNS"}),
    "zalo_members": frozenset(
        {"members", "leaders", "households", "team_and_people", "team_and_committee"}
    ),
    "reporting": frozenset({"regular", "periodic", "month_or_quarter", "monthly_25", "once"}),
    "public_notice": frozenset({"tell_people"}),
    "training": frozenset({"leaders_register"}),
    "school_team": frozenset({"each_school"}),
    "teams_percent": int,
    "shops_percent": int,
    "ocop_percent": int,
}
_IN_ORDER = (("min_members", "max_members"), ("target_low", "target_high"))
_CLAUSE = re.compile(r"([IVX]+|\d+)(\.(\d+|[a-eđ]))*")
_CODE = re.compile(r"\d{5}")
_ENDS = (".", ";", ",", ":", "/")


class RegulationError(ValueError):
    """A regulation's file that breaks the rules of its own making."""


class Force(StrEnum):
    """How strongly a source says it.

    MUST blocks. READING is what we read out of words that leave it open; ADVICE is what the source
    itself only recommends: both warn.
    """

    MUST = "must"
    READING = "reading"
    ADVICE = "advice"


@dataclass(frozen=True)
class Scope:
    """Where and when a source applies: one commune, or a province (or the part of it whose
    official codes lie between two, for provinces merged since)."""

    since: datetime.date
    until: datetime.date | None = None
    commune: str = ""
    province: str = ""
    codes: tuple[str, str] | None = None


@dataclass(frozen=True)
class Value:
    """One value as the source sets it, with its clause and its own words."""

    value: int | str
    force: Force
    clause: str
    quote: str


@dataclass(frozen=True)
class Ruled:
    """The answer to "what governs this?": a value with its citation in full."""

    value: Any
    force: Force
    citation: str


@dataclass(frozen=True)
class Tasks:
    """What a team has to do, as items of Điều 2 of a decision."""

    clause: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """A căn cứ line. ``from_plan``: the commune's setting replaces the text, which has blanks.
    ``in_our_copies`` is false for a document known only because another one cites it."""

    text: str
    from_plan: bool = False
    in_our_copies: bool = True


@dataclass(frozen=True)
class Regulation:
    """One source. ``number`` and ``date`` are empty where our copy does not show them; ``cited``
    is how a citation names it; ``values`` are keyed "level.key". ``replaces``: it ends the
    commune's own earlier plans."""

    key: str
    title: str
    kind: str
    authority: str
    cited: str
    scopes: tuple[Scope, ...]
    values: Mapping[str, Value]
    tasks: Tasks | None
    grounds: tuple[Ground, ...]
    number: str = ""
    date: datetime.date | None = None
    own_plan: bool = False
    replaces: bool = False


def load(folder: Path) -> tuple[Regulation, ...]:
    """Every regulation of a folder, by file name. Raises :class:`RegulationError`."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> Regulation:
    try:
        regulation = _parse(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        _check(regulation)
    except RegulationError:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise RegulationError(f"{path.name}: {error!r}") from error
    return regulation


def _parse(key: str, data: dict[str, Any]) -> Regulation:
    scopes = tuple(_scope(item) for item in data.pop("scope"))
    grounds = tuple(_ground(item) for item in data.pop("ground", []))
    tasks = data.pop("tasks", None)
    return Regulation(
        key=key,
        scopes=scopes,
        values=MappingProxyType(_values(key, data.pop("value", []))),
        tasks=Tasks(tasks["clause"], tuple(tasks["items"])) if tasks else None,
        grounds=grounds,
        **data,
    )


def _scope(item: dict[str, Any]) -> Scope:
    codes = item.pop("codes", None)
    return Scope(**item, codes=(codes[0], codes[1]) if codes else None)


def _ground(item: dict[str, Any]) -> Ground:
    setting = item.pop("setting", "")
    if setting not in ("", "plan"):
        raise ValueError(f"unknown setting {setting}")
    return Ground(**item, from_plan=bool(setting))


def _values(key: str, items: list[dict[str, Any]]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for item in items:
        name, levels, force = item.pop("key"), item.pop("levels"), Force(item.pop("force"))
        for level in levels:
            full = f"{level}.{name}"
            _require(key, full not in values, f"{full} is set twice")
            values[full] = Value(force=force, **item)
    return values


def _require(key: str, holds: bool, complaint: str) -> None:
    if not holds:
        raise RegulationError(f"{key}: {complaint}")


def _check(regulation: Regulation) -> None:
    key = regulation.key
    texts = [regulation.title, regulation.kind, regulation.authority, regulation.cited]
    texts += [value.quote for value in regulation.values.values()]
    texts += [ground.text for ground in regulation.grounds]
    texts += regulation.tasks.items if regulation.tasks else ()
    _require(key, all(text.strip() for text in texts), "a text is empty")
    _require(key, all(unicodedata.is_normalized("NFC", t) for t in texts), "a text is not NFC")
    _require(key, regulation.number in regulation.cited, "the citation lacks the number")
    _check_scopes(regulation)
    for name, value in regulation.values.items():
        check_value(key, name, value)
    _check_order(regulation)
    _check_printed(regulation)


def _check_scopes(regulation: Regulation) -> None:
    key = regulation.key
    _require(key, bool(regulation.scopes), "no scope")
    for scope in regulation.scopes:
        ends = scope.until or scope.since
        _require(key, isinstance(scope.since, datetime.date), "a scope has no first day")
        _require(key, scope.since <= ends, "a scope ends before it begins")
        _require(key, bool(scope.commune) != bool(scope.province), "a commune or a province")
        codes = [c for c in (scope.commune, *(scope.codes or ())) if c]
        _require(key, all(_CODE.fullmatch(code) for code in codes), "a code has five digits")
        _require(key, codes == sorted(codes), "the codes of a range are in order")
        _require(key, not regulation.own_plan or bool(scope.commune), "a plan is one commune's")


def check_value(key: str, name: str, value: Value) -> None:
    """Refuse a value its key does not admit; ``key`` names the source in the complaint."""
    level, _, kind = name.partition(".")
    allowed = KEYS.get(kind)
    _require(key, level in LEVELS and allowed is not None, f"unknown key {name}")
    if isinstance(allowed, frozenset):
        _require(key, value.value in allowed, f"{name} cannot be {value.value}")
    else:
        fits = type(value.value) is int and value.value >= 0
        _require(key, fits, f"{name} is not a count")
    _require(key, bool(_CLAUSE.fullmatch(value.clause)), f"{name}: clause {value.clause}")
    _require(key, len(value.quote) <= 120, f"{name}: the quote is too long")


def _check_order(regulation: Regulation) -> None:
    for level in LEVELS:
        for pair in _IN_ORDER:
            found = [regulation.values.get(f"{level}.{name}") for name in pair]
            limits = [int(value.value) for value in found if value]
            orderly = all(low <= high for low, high in pairwise(limits))
            _require(regulation.key, orderly, f"{level}: {pair[0]} is above {pair[1]}")


def _check_printed(regulation: Regulation) -> None:
    """Lines that a decision prints: the layout adds the closing marks."""
    key, tasks = regulation.key, regulation.tasks
    if tasks:
        _require(key, bool(tasks.items), "no tasks")
        clauses = tasks.clause.split(", ")
        _require(key, all(_CLAUSE.fullmatch(c) for c in clauses), f"clause {tasks.clause}")
    printed = [g.text for g in regulation.grounds] + list(tasks.items if tasks else ())
    _require(key, not any(line.endswith(_ENDS) for line in printed), "a line has a closing mark")
    starts = all(g.text.startswith("Căn cứ ") for g in regulation.grounds)
    _require(key, starts, "a ground begins with Căn cứ")
