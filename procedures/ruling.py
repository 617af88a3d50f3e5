"""Quy định đang áp dụng: every value in force for a commune on a day, and who says it.

What binds, what we read out of open words, what a source recommends and what only the product
suggests are told apart; where every source is silent it says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import regulations
from .regulations import Regulation, words
from .rules.size import SUGGESTED_MAX, SUGGESTED_MIN

if TYPE_CHECKING:
    from .models import Commune

SUGGESTED = "suggested"
UNRULED = "unruled"
# What is never ruled for the other level is not shown there.
_ONLY = {
    "hamlet": {"coverage", "organisations", "youth", "shops_percent"},
    "commune": {"overlap", "teams_percent", "public_notice", "school_team"},
}
# D.10 of the facts: where the sources differ, and the values that say it.
CONFLICTS = (
    ("K1", gettext_lazy("Ai ra quyết định thành lập tổ"), ("authority",)),
    ("K2", gettext_lazy("Số lượng thành viên"), ("min_members", "max_members")),
    ("K3", gettext_lazy("Nơi nào phải có tổ"), ("coverage",)),
    ("K4", gettext_lazy("Tổ phó"), ("min_deputies", "max_deputies", "deputy_from")),
    ("K5", gettext_lazy("Tên nhóm Zalo"), ("zalo_name", "zalo_members")),
    ("K6", gettext_lazy("Kỳ báo cáo"), ("reporting",)),
)


@dataclass(frozen=True)
class Row:
    """One value: what about, what is said, how strongly ("must", "reading", "advice",
    :data:`SUGGESTED`, :data:`UNRULED`), and by whom in which words."""

    key: str
    about: str
    said: str
    force: str
    label: str
    citation: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Voice:
    """What one source says of something, and whether it is the one that governs here."""

    source: str
    said: str
    governs: bool


@dataclass(frozen=True)
class Conflict:
    """Something the sources say differently, and what follows for this commune today."""

    code: str
    about: str
    voices: tuple[Voice, ...]
    here: str


def in_force(commune: Commune, on: datetime.date) -> list[tuple[str, list[Row]]]:
    """The rows of each level, by its name."""
    return [
        (str(label), [_row(commune, level, key, on) for key in _keys(level)])
        for level, label in words.LEVELS.items()
    ]


def _keys(level: str) -> Iterator[str]:
    elsewhere = {key for other, keys in _ONLY.items() if other != level for key in keys}
    return (key for key in words.KEYS if key not in elsewhere)


def _row(commune: Commune, level: str, key: str, on: datetime.date) -> Row:
    about = str(words.KEYS[key])
    for source in regulations.governing(commune, on):
        if value := source.values.get(f"{level}.{key}"):
            citation = regulations.cite(source, commune, value.clause)
            said, label = words.value(value.value), str(words.FORCES[value.force])
            return Row(key, about, said, value.force.value, label, citation, value.quote)
    if suggestion := _suggested(commune, level, key, on):
        return Row(key, about, suggestion, SUGGESTED, _("gợi ý, không phải quy định"))
    return Row(key, about, words.unruled(), UNRULED, "")


def _suggested(commune: Commune, level: str, key: str, on: datetime.date) -> str:
    """What the product itself suggests where the sources are silent; it only warns."""
    if key == "min_members" and not regulations.value(commune, f"{level}.target_low", on):
        return str(SUGGESTED_MIN)
    if key == "max_members":
        return str(SUGGESTED_MAX)
    if key == "leader":
        return words.value("hamlet_head" if level == "hamlet" else "youth_secretary")
    return ""


def conflicts(commune: Commune, on: datetime.date) -> list[Conflict]:
    """Where the five sources and the commune's own say different things, and what counts here."""
    governing = regulations.governing(commune, on)
    others = [source for source in regulations.REGULATIONS if source not in governing]
    return [
        Conflict(code, str(about), tuple(_voices(keys, governing, others)), _here(keys, governing))
        for code, about, keys in CONFLICTS
    ]


def _voices(
    keys: tuple[str, ...], governing: list[Regulation], others: list[Regulation]
) -> Iterator[Voice]:
    first = _speaker(keys, governing)
    for source in (*governing, *others):
        if said := _says(source, keys):
            yield Voice(source.cited, said, source is first)


def _speaker(keys: tuple[str, ...], sources: list[Regulation]) -> Regulation | None:
    return next((source for source in sources if _says(source, keys)), None)


def _says(source: Regulation, keys: tuple[str, ...]) -> str:
    told = [
        f"{words.LEVELS[level]}: {str(words.KEYS[key]).lower()} {words.value(value.value)}"
        for level in words.LEVELS
        for key in keys
        if (value := source.values.get(f"{level}.{key}"))
    ]
    return "; ".join(told)


def _here(keys: tuple[str, ...], governing: list[Regulation]) -> str:
    speaker = _speaker(keys, governing)
    if speaker is None:
        return _("Không nguồn nào đang áp dụng ở đây nói đến: không quy định.")
    why = _("quy định của chính xã") if speaker.own_plan else _("văn bản của cấp trên ở địa bàn")
    return _("Theo %(source)s (%(why)s).") % {"source": speaker.cited, "why": why}
