"""Which place a team's name means: a hamlet of the commune, or the commune itself.

Offices write "Tổ KP1", "Thôn Bãi Sở" or "Tổ CNSCĐ bản Bãi Sở, xã Tam Quang" for the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from ..models.places import in_use
from ..models.teams import Level
from ..people import names

if TYPE_CHECKING:
    from ..models import Commune

# Names a team goes by besides the uniform one, longest first.
_TEAM_WORDS = (
    "công nghệ số cộng đồng",
    "chuyển đổi số cộng đồng",
    "công nghệ cộng đồng",
    "chuyển đổi số",
    "cnscđ",
    "cncđ",
    "cns",
)
_KINDS = ("tổ dân phố", "khu phố", "thôn", "bản", "ấp", "khối", "xóm", "làng", "buôn", "tdp", "kp")
_SHORT = {"khu phố": "kp", "tổ dân phố": "tdp"}
_GAPS = re.compile(r"[\s.,;:()_\-]+")
_ALIKE = 0.6
_PADDED = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True)
class Place:
    """Where a team stands. ``name`` is "bản Bãi Sở" or "xã Tam Quang"."""

    level: str
    hamlet_id: int | None
    name: str


def _key(text: str) -> str:
    """A name as it is compared: no spaces, no marks of punctuation, "KP 01" as "kp1"."""
    return _PADDED.sub("", _GAPS.sub("", text.casefold()))


@dataclass(frozen=True)
class Places:
    """The places of a commune by the names people give them.

    ``kind`` and ``name`` are the commune's; ``hamlets`` are (primary key, kind, name).
    """

    kind: str
    name: str
    hamlets: tuple[tuple[int, str, str], ...]

    @classmethod
    def of(cls, commune: Commune) -> Places:
        """In one query."""
        rows = commune.hamlets.filter(in_use()).order_by("pk").values_list("pk", "kind", "name")
        return cls(commune.kind, commune.name, tuple(rows))

    @property
    def commune(self) -> Place:
        return Place(Level.COMMUNE, None, f"{self.kind} {self.name}")

    def is_commune(self, text: str) -> bool:
        """Whether a cell names this commune, with or without its kind or its marks."""
        own = {self.name, self.commune.name}
        return any(_key(names.fold(text)) == _key(names.fold(known)) for known in own)

    def find(self, text: str) -> list[Place]:
        """The places a team's name may mean: one, none, or several that it does not tell apart.

        Marks count; only where nothing fits with them are they left out.
        """
        return self._matches(text, str.casefold) or self._matches(text, names.fold)

    def _matches(self, text: str, form: Callable[[str], str]) -> list[Place]:
        for said in self._readings(form(text), form):
            found = [place for place, words in self._words() if said in _keys(words, form)]
            if found:
                return found
        return []

    def _words(self) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """Each place with the names it goes by."""
        yield self.commune, (self.commune.name, self.name, self.kind, f"cấp {self.kind}")
        for pk, kind, name in self.hamlets:
            place = Place(Level.HAMLET, pk, f"{kind} {name}")
            yield place, (place.name, name, f"{_SHORT.get(kind, kind)} {name}")

    def _readings(self, text: str, form: Callable[[str], str]) -> Iterator[str]:
        """The name as typed, then without "Tổ …", the commune's name, the kind of place."""
        yield _key(text)
        bare = _without_team_words(text, form)
        yield _key(bare)
        commune = form(self.commune.name)
        short = bare.removesuffix(commune).rstrip(" ,-") or bare
        yield _key(short)
        yield _key(_after(short, [form(kind) for kind in _KINDS]))

    def nearest(self, text: str) -> list[str]:
        """Up to three places whose names look most like the one typed."""
        bare = _without_team_words(names.fold(text), names.fold)
        said = _after(bare, [names.fold(kind) for kind in _KINDS])
        alike = [
            (SequenceMatcher(None, said, names.fold(name)).ratio(), f"{kind} {name}")
            for _pk, kind, name in self.hamlets
        ]
        close = [(ratio, label) for ratio, label in alike if ratio >= _ALIKE]
        return [label for _ratio, label in sorted(close, key=lambda found: -found[0])][:3]


def _keys(words: tuple[str, ...], form: Callable[[str], str]) -> set[str]:
    return {_key(form(word)) for word in words}


def _without_team_words(text: str, form: Callable[[str], str]) -> str:
    """ "tổ công nghệ số cộng đồng bản Bãi Sở" -> "bản Bãi Sở"."""
    bare = _after(text, [form("tổ")])
    return _after(bare, [form(words) for words in _TEAM_WORDS])


def _after(text: str, words: list[str]) -> str:
    """The text after the first of ``words`` it begins with; itself where nothing would be left."""
    for word in words:
        if text.startswith(word) and text[len(word) :].strip():
            rest = text[len(word) :]
            # "kp1" is a kind and a number; "bảnh" is not the kind "bản".
            if not rest[0].isalpha():
                return rest.strip(" :.-")
    return text
