"""What the sources say about the teams: values with their clause, tasks, and căn cứ.

One TOML file per source, read and checked when the package is imported. A source governs a commune
by its code or its province, within dates. The commune's own plan comes before the province's
guidance; where the governing sources are silent the answer is None: "không quy định".
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..people.names import fold
from .model import Force, Ground, Regulation, RegulationError, Ruled, Scope, Tasks, Value, load

if TYPE_CHECKING:
    from ..models import Commune

REGULATIONS = load(Path(__file__).parent)

_BLANK = re.compile(r"…|\.{2,}|_{2,}|\bsố\s*/|\bngày\s+tháng\b|\btháng\s+năm\b")
_PROVINCE_KIND = re.compile(r"^(tinh|thanh pho|tp\.?)\s+")


def governing(commune: Commune, on: datetime.date) -> list[Regulation]:
    """The sources in force for a commune on a Hanoi date: its own plan first, then the newest.

    ``commune.own_rules`` are the regulations entered for it; what replaces the plans before it
    ends them.
    """
    own: tuple[Regulation, ...] = getattr(commune, "own_rules", ())
    found = [
        regulation
        for regulation in (*own, *REGULATIONS)
        if any(_covers(scope, commune, on) for scope in regulation.scopes)
    ]
    ordered = sorted(found, key=lambda r: (not r.own_plan, -r.scopes[0].since.toordinal()))
    newest = next((n for n, r in enumerate(ordered) if r.replaces), None)
    if newest is None:
        return ordered
    return [r for n, r in enumerate(ordered) if n <= newest or not r.own_plan]


def value(commune: Commune, key: str, on: datetime.date) -> Ruled | None:
    """What governs ``key`` ("hamlet.min_members", "commune.leader"), or None where no source
    in force says anything. Keys: :data:`procedures.regulations.model.KEYS` after a level."""
    for regulation in governing(commune, on):
        if key in regulation.values:
            ruled = regulation.values[key]
            return Ruled(ruled.value, ruled.force, cite(regulation, commune, ruled.clause))
    return None


def tasks(commune: Commune, on: datetime.date) -> tuple[tuple[str, ...], str]:
    """The tasks that Điều 2 of a decision prints, without closing marks, and their citation.

    They come from one source, the first that sets tasks; two empty values where none does.
    """
    for regulation in governing(commune, on):
        if regulation.tasks:
            clause = regulation.tasks.clause
            return regulation.tasks.items, cite(regulation, commune, clause)
    return (), ""


def grounds(commune: Commune, on: datetime.date) -> tuple[str, ...]:
    """The căn cứ lines of the governing sources, the superior's first (Decree 30, Phụ lục
    I.II.6a), without closing marks.

    A commune's own plan is printed as its setting cites it; a plan it must have and has not
    entered comes out with blanks (:func:`is_blank`).
    """
    sources = reversed(governing(commune, on))
    lines = [_filled(ground, commune) for source in sources for ground in source.grounds]
    own = [source.number for source in governing(commune, on) if source.own_plan and source.number]
    if commune.plan and not own:
        lines.append(_as_ground(commune.plan))
    return tuple(dict.fromkeys(lines))


def unprintable(commune: Commune, on: datetime.date) -> list[str]:
    """Governing sources no căn cứ can cite, because our copy lacks their number and date."""
    if grounds(commune, on):
        return []
    return [regulation.cited for regulation in governing(commune, on)]


def cite(regulation: Regulation, commune: Commune, clause: str) -> str:
    """ "Công văn 3293/UBND-CN ngày 06/4/2022, mục III.2.a"."""
    named = regulation.cited
    unnumbered = regulation.own_plan and not regulation.number
    if unnumbered and commune.plan and not is_blank(commune.plan):
        named = commune.plan.split(" của ")[0]
    return f"{named}, mục {clause}"


def is_blank(ground: str) -> bool:
    """Whether a căn cứ still has a place to fill in: "Kế hoạch số …/KH-UBND ngày …"."""
    return _BLANK.search(ground) is not None


def _filled(ground: Ground, commune: Commune) -> str:
    return _as_ground(commune.plan) if ground.from_plan and commune.plan else ground.text


def _as_ground(text: str) -> str:
    return text if text.startswith("Căn cứ ") else f"Căn cứ {text}"


def _covers(scope: Scope, commune: Commune, on: datetime.date) -> bool:
    if on < scope.since or (scope.until and on > scope.until):
        return False
    if scope.commune:
        return scope.commune == commune.code
    if scope.codes and not scope.codes[0] <= commune.code <= scope.codes[1]:
        return False
    return _province(scope.province) == _province(commune.province)


def _province(name: str) -> str:
    return _PROVINCE_KIND.sub("", fold(name))


__all__ = [
    "REGULATIONS",
    "Force",
    "Ground",
    "Regulation",
    "RegulationError",
    "Ruled",
    "Scope",
    "Tasks",
    "Value",
    "cite",
    "governing",
    "grounds",
    "is_blank",
    "load",
    "tasks",
    "unprintable",
    "value",
]
