"""The end of the main text: boxes 7a and 7b (who signs) and 9b (Nơi nhận)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.nd30.reading import SAME_ROW, Line, Sheet
from documents.nd30.types import fold

_SIGNING_ROOM = 2.5  # times the type size: the blank between position and name
_ITEM_GAP = 2.2
_SIGNED = "(DAKY)"  # what a copy prints in place of the signature
_DASHES = ("-", "–", "+", "•")


@dataclass(frozen=True)
class Recipient:
    """One entry of the list, over one or more lines."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Tail:
    """``positions`` is box 7a, ``name`` box 7b, ``heading`` the words ``Nơi nhận:``."""

    positions: tuple[Line, ...]
    name: tuple[Line, ...]
    heading: Line | None
    recipients: tuple[Recipient, ...]


def read_tail(lines: Sequence[Line], sheet: Sheet) -> tuple[Tail, tuple[Line, ...]]:
    """The tail, and the lines before it. ``lines`` follow the header, in reading order."""
    middle = sheet.width / 2
    index = next(
        (i for i in reversed(range(len(lines))) if _is_heading(lines[i], middle)), len(lines)
    )
    heading = lines[index] if index < len(lines) else None
    start = _signature_start(lines, index, heading, 0.9 * middle)
    ending = lines[start:]
    right = [line for line in ending if line.centre > middle and fold(line.text) != _SIGNED]
    left = [line for line in ending if line.centre <= middle and line is not heading]
    positions, name = _signature(right)
    return Tail(positions, name, heading, _recipients(left)), tuple(lines[:start])


def _is_heading(line: Line, middle: float) -> bool:
    return line.centre < middle and fold(line.text).startswith("NOINHAN")


def _signature_start(lines: Sequence[Line], index: int, heading: Line | None, edge: float) -> int:
    """The index of the first line of either column of the tail.

    A signature block set too high stands above ``Nơi nhận:``, alone in the right half.
    """
    start = index
    while start and lines[start - 1].x0 > edge:
        level = heading is not None and lines[start - 1].baseline > heading.baseline - SAME_ROW
        if not (level or heading is None or lines[start - 1].caps):
            break
        start -= 1
    return start


def _signature(right: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Box 7a and box 7b, told apart by the room left for the signature, else by capitals."""
    for position, (before, after) in reversed(list(enumerate(pairwise(right), start=1))):
        if after.baseline - before.baseline > _SIGNING_ROOM * after.size:
            return tuple(right[:position]), tuple(right[position:])
    capitals = next((i for i, line in enumerate(right) if not line.caps), len(right))
    return tuple(right[:capitals]), tuple(right[capitals:])


def _recipients(left: Sequence[Line]) -> tuple[Recipient, ...]:
    """The list under ``Nơi nhận:``; what stands further below is no part of it."""
    gaps = (i for i, (a, b) in enumerate(pairwise(left), start=1) if _apart(a, b))
    return listed(left[: next(gaps, len(left))])


def _apart(before: Line, line: Line) -> bool:
    return line.page == before.page and line.baseline - before.baseline > _ITEM_GAP * line.size


def listed(lines: Sequence[Line]) -> tuple[Recipient, ...]:
    """Lines as the entries of a list: a line without a dash continues the entry above."""
    items: list[list[Line]] = []
    for line in lines:
        if items and not line.text.startswith(_DASHES):
            items[-1].append(line)
        else:
            items.append([line])
    return tuple(Recipient(tuple(item)) for item in items)
