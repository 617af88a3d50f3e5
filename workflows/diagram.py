"""The state diagram of a record, drawn as SVG from its declared acts.

The main path runs downwards, narrow enough for a phone; the ways out (returned, rejected,
withdrawn) stand on the right, the ways back to an earlier step run up the left. Looks are
presentation attributes only, so the picture is the same inside a page under a strict CSP and in a
file of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from .states import Act, Record, State, acts_of

WIDTH = 376
_BOX, _ASIDE, _HIGH, _STEP, _TOP = 180, 104, 46, 92, 10
_LEFT, _RIGHT = 34, WIDTH - 2 - _ASIDE
_INK, _PALE, _LINE, _NOW = "#1f2933", "#ffffff", "#6b7480", "#14497b"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"


@dataclass(frozen=True)
class Box:
    """A state at its place; ``x``, ``y`` are its top left corner."""

    state: State
    x: int
    y: int
    width: int

    @property
    def middle(self) -> int:
        return self.y + _HIGH // 2


def _aside(act: Act) -> bool:
    """Acts that leave the main path: they ask for a reason, end the case or take an act back."""
    return act.reason or act.ends or bool(act.undoes)


@dataclass(frozen=True)
class Road:
    """The acts of a kind of record that one road has: the usual one, or that of one record."""

    record_class: type[Record]
    off: frozenset[str]

    @classmethod
    def of(cls, of: type[Record] | Record) -> Road:
        """The road of a record, or the usual one of its kind: that of a blank record."""
        record = cast("Record", of() if isinstance(of, type) else of)
        kind: type[Record] = type(record)
        acts = acts_of(kind).values()
        off = (act.name for act in acts if not record.draws(act) or record.off_road(act))
        return cls(kind, frozenset(off))

    @property
    def acts(self) -> list[Act]:
        acts = acts_of(self.record_class).values()
        return [act for act in acts if not (act.name in self.off or act.inner)]


def main_path(of: type[Record] | Record) -> list[tuple[State, list[Act]]]:
    """The states from draft to the end, each with the acts that lead to the next one; of one
    record, or on the usual road of its kind."""
    return _path(Road.of(of))


@cache
def _path(road: Road) -> list[tuple[State, list[Act]]]:
    onward = [a for a in road.acts if a.target and not _aside(a)]
    path: list[tuple[State, list[Act]]] = []
    state: str = State.DRAFT
    while state not in [known for known, _acts in path]:
        first = next((a for a in onward if state in a.sources), None)
        target = first.target if first else None
        doing = [a for a in onward if state in a.sources and a.target == target]
        path.append((State(state), doing))
        state = target or state
    return path


def _asides(road: Road) -> dict[State, list[Act]]:
    """The states off the main path, each with the acts that lead there, in declared order."""
    on_path = {state for state, _acts in _path(road)}
    found: dict[State, list[Act]] = {}
    for act in road.acts:
        if act.target and act.target not in on_path:
            found.setdefault(State(act.target), []).append(act)
    return found


def svg(of: type[Record] | Record, title: str, current: str = "", key: str = "so-do") -> str:
    """The diagram as an ``<svg>`` element with title and description; ``current`` is marked.

    ``key`` begins the element ids, so that two diagrams can share a page.
    """
    road = Road.of(of)
    path = _path(road)
    main = _main_boxes(road)
    rails = _rails(road, main)
    aside = _placed(rails)
    height = main[-1].y + _HIGH + _TOP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-labelledby="{key}-ten {key}-mo-ta" font-family="{_FONT}" font-size="13">',
        f'<title id="{key}-ten">{escape(title)}</title>',
        f'<desc id="{key}-mo-ta">{escape(_described(road, current))}</desc>',
        *_steps(path, main),
        *(line for rail in rails for line in _drawn_rail(rail, aside)),
        *_ways_back(road, main, aside),
        *_steps_back(road, main),
        *(line for box in [*main, *aside.values()] for line in _drawn(box, box.state == current)),
        "</svg>",
    ]
    return "\n".join(parts)


def _main_boxes(road: Road) -> list[Box]:
    path = _path(road)
    return [Box(s, _LEFT, _TOP + n * _STEP, _BOX) for n, (s, _a) in enumerate(path)]


@dataclass(frozen=True)
class Rail:
    """The line on which states of the main path reach the same ways out."""

    x: int
    stops: tuple[Box, ...]
    ends: tuple[State, ...]


def _rails(road: Road, main: list[Box]) -> list[Rail]:
    """Ways out with the same origins share a rail, so that few lines cross."""
    shared: dict[tuple[Box, ...], list[State]] = {}
    for state, acts in _asides(road).items():
        sources = {source for act in acts for source in act.sources}
        shared.setdefault(tuple(b for b in main if b.state in sources), []).append(state)
    # The rail that begins highest lies innermost: its ends stand above those of the others.
    ordered = sorted(shared.items(), key=lambda item: main.index(item[0][0]))
    return [
        Rail(_LEFT + _BOX + 14 + number * 12, stops, tuple(ends))
        for number, (stops, ends) in enumerate(ordered)
    ]


def _placed(rails: list[Rail]) -> dict[State, Box]:
    """The ways out, one under the other on the right."""
    places: dict[State, Box] = {}
    y = 0
    for rail in rails:
        y = max(y, rail.stops[0].y + (_STEP // 2 if places else 0))
        for state in rail.ends:
            places[state] = Box(state, _RIGHT, y, _ASIDE)
            y += _STEP
    return places


def _steps(path: list[tuple[State, list[Act]]], main: list[Box]) -> Iterator[str]:
    for (_state, acts), box, following in zip(path, main, main[1:], strict=False):
        x = box.x + 24
        yield _line(x, box.y + _HIGH, x, following.y - 7)
        yield _head(f"M{x - 5} {following.y - 8}h10l-5 8z")
        # TRANSLATORS: stands between two ways to do the same step.
        label = _(" hoặc ").join(dict.fromkeys(str(act.label) for act in acts))
        yield from _text(label, x + 12, (box.y + _HIGH + following.y) // 2, 24, 12, _INK)


def _drawn_rail(rail: Rail, aside: dict[State, Box]) -> Iterator[str]:
    heights = [b.middle for b in rail.stops] + [aside[s].middle for s in rail.ends]
    yield _line(rail.x, min(heights), rail.x, max(heights))
    for box in rail.stops:
        yield _line(box.x + box.width, box.middle, rail.x, box.middle)
        yield f'<circle cx="{rail.x}" cy="{box.middle}" r="3" fill="{_LINE}"/>'
    for state in rail.ends:
        box = aside[state]
        yield _line(rail.x, box.middle, box.x - 7, box.middle)
        yield _head(f"M{box.x - 8} {box.middle - 5}v10l8-5z")


def _ways_back(road: Road, main: list[Box], aside: dict[State, Box]) -> Iterator[str]:
    """From a state off the path: back onto it, or to another way out."""
    boxes = {box.state: box for box in main}
    for act in road.acts:
        for box in [aside[State(s)] for s in act.sources if s in aside and act.target]:
            if act.target in boxes:
                yield from _back(box, boxes[State(act.target)], str(act.label))
            elif act.target in aside and act.target != box.state:
                yield from _between(box, aside[State(act.target)])


def _back(box: Box, target: Box, label: str) -> Iterator[str]:
    x, y, edge = box.x + 34, target.middle - 14, target.x + target.width
    yield f'<path d="M{x} {box.y}V{y}H{edge + 7}" stroke="{_LINE}" stroke-width="1.5" fill="none"/>'
    yield _head(f"M{edge + 8} {y - 5}v10l-8-5z")
    yield from _text(label, x - 26, y + 16, 12, 12, _INK)


def _between(box: Box, target: Box) -> Iterator[str]:
    x = box.x + box.width - 24
    down = target.y > box.y
    start, end = (box.y + _HIGH, target.y) if down else (box.y, target.y + _HIGH)
    tip = -8 if down else 8
    yield _line(x, start, x, end + tip)
    yield _head(f"M{x - 5} {end + tip}h10l-5 {-tip}z")


def _steps_back(road: Road, main: list[Box]) -> Iterator[str]:
    """From a step to an earlier one: dashed, one line for each step that is gone back to."""
    boxes = {box.state: box for box in main}
    origins: dict[Box, set[Box]] = {}
    for act in road.acts:
        target = boxes.get(State(act.target)) if act.target else None
        for origin in [boxes[State(s)] for s in act.sources if s in boxes]:
            if target and origin.y > target.y:
                origins.setdefault(target, set()).add(origin)
    # The step furthest up is reached on the outermost line.
    for number, target in enumerate(sorted(origins, key=lambda box: -box.y)):
        x, y = _LEFT - 12 - number * 9, target.middle - 10
        leaves = sorted(origin.middle + 10 for origin in origins[target])
        yield _line(x, y, x, leaves[-1], dashed=True)
        yield _line(x, y, target.x - 7, y, dashed=True)
        yield _head(f"M{target.x - 8} {y - 5}v10l8-5z")
        yield from (_line(x, leave, target.x, leave, dashed=True) for leave in leaves)


def _head(path: str) -> str:
    return f'<path d="{path}" fill="{_LINE}"/>'


def _drawn(box: Box, now: bool) -> Iterator[str]:
    fill, ink, edge = (_NOW, "#ffffff", _NOW) if now else (_PALE, _INK, _LINE)
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{_HIGH}" rx="8"'
        f' fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'
    )
    label = f"▸ {box.state.label}" if now else str(box.state.label)
    # Bold letters are wider.
    room = int((box.width - 16) / (7.5 if now else 7))
    yield from _text(label, box.x + 8, box.middle, room, 13, ink, bold=now)


def _text(
    text: str, x: int, middle: int, room: int, size: int, fill: str, bold: bool = False
) -> Iterator[str]:
    lines = textwrap.wrap(text, room) or [""]
    first = middle - (len(lines) - 1) * (size + 3) / 2 + size * 0.36
    weight = ' font-weight="bold"' if bold else ""
    for number, line in enumerate(lines):
        y = first + number * (size + 3)
        yield (
            f'<text x="{x}" y="{y:g}" font-size="{size}" fill="{fill}"{weight}>'
            f"{escape(line)}</text>"
        )


def _line(x1: int, y1: int, x2: int, y2: int, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{_LINE}" stroke-width="1.5"{dash}/>'


def _described(road: Road, current: str) -> str:
    """The diagram in words, for those who do not see it."""
    states = "; ".join(str(state.label) for state, _acts in _path(road))
    out = "; ".join(str(state.label) for state in _asides(road))
    words = _("Các bước: %(states)s. Có thể dừng ở: %(out)s.") % {"states": states, "out": out}
    if any(line for line in _steps_back(road, _main_boxes(road))):
        words += " " + _("Nét đứt: trả về một bước trước.")
    if current:
        words += " " + _("Hồ sơ đang ở bước: %(state)s.") % {"state": State(current).label}
    return words
