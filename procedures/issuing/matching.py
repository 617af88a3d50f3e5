"""Which case an issued file belongs to: by its name, by the code on its page, by its words.

A file keeps the name we gave it, or part of it; where it does not, what is in it tells. Drafts are
drawn for the few cases whose words it has, never for all that wait.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.errors import DocumentRefused
from workflows.errors import Refusal

from ..models import Dossier
from .issued_elsewhere import Drafts, mark, read

_NAME = re.compile(r"HS(\d{1,12})-([0-9a-f]{8})", re.IGNORECASE)
# Of how many cases drafts are drawn to compare one file with, and how much of a text it may lack.
_NEAREST = 3
_LACKING = 0.2

_BY_NAME = _("Nhận ra theo tên tệp.")
_BY_CODE = _("Nhận ra theo mã QR hoặc địa chỉ kiểm tra trên trang.")
_BY_WORDS = _("Nhận ra vì chữ trong tệp khớp bản dự thảo.")


@dataclass(frozen=True)
class Match:
    """The case of a file, and by what it was recognised, as a sentence."""

    dossier: Dossier
    how: Promise


def match(
    name: str, data: bytes, dossiers: Iterable[Dossier], made: Drafts | None = None
) -> Match | None:
    """The case a file belongs to, the surest sign first; None where no sign names one alone.

    ``made`` are the drafts of the request, which several files share.
    """
    waiting, made = list(dossiers), made or Drafts()
    for how, find in _WAYS:
        found = list(find(name, data, waiting, made))
        if len(found) == 1:
            return Match(found[0], how)
    return None


def _by_name(name: str, _data: bytes, dossiers: list[Dossier], made: Drafts) -> Iterator[Dossier]:
    """Whatever another system put around the name the draft carried."""
    told = _NAME.search(name)
    for dossier in dossiers if told else ():
        assert told is not None
        if dossier.pk != int(told[1]):
            continue
        owner = dossier.owner_of_token
        if told[2].lower() in {mark(owner, content) for _one, content in made.able(dossier)}:
            yield dossier


def _by_code(_name: str, data: bytes, dossiers: list[Dossier], made: Drafts) -> Iterator[Dossier]:
    tokens = {
        documents.token_of(dossier.owner_of_token, content): dossier
        for dossier in dossiers
        for _one, content in made.able(dossier)
    }
    found = {tokens[token].pk: tokens[token] for token in _carried(data, tokens)}
    yield from found.values()


def _carried(data: bytes, tokens: Iterable[str]) -> set[str]:
    try:
        return documents.carried(data, tokens) if data.startswith(b"%PDF-") else set()
    except DocumentRefused:
        return set()


def _by_words(_name: str, data: bytes, dossiers: list[Dossier], made: Drafts) -> Iterator[Dossier]:
    """Those whose draft says exactly what the file says."""
    if not data.startswith(b"%PDF-"):
        return
    for dossier in _nearest(data, dossiers, made):
        try:
            if read(dossier, data, made).comparison.same:
                yield dossier
        except Refusal:
            continue


def _nearest(data: bytes, dossiers: list[Dossier], made: Drafts) -> list[Dossier]:
    pairs = [(dossier.pk, said) for dossier in dossiers for _one, said in made.able(dossier)]
    try:
        shares = documents.missing_words([said for _pk, said in pairs], data)
    except DocumentRefused:
        return []
    lacking: dict[int, float] = {}
    for (pk, _said), share in zip(pairs, shares, strict=True):
        lacking[pk] = min(share, lacking.get(pk, 1.0))
    dossiers = [dossier for dossier in dossiers if dossier.pk in lacking]
    near = [dossier for dossier in dossiers if lacking[dossier.pk] <= _LACKING]
    return sorted(near, key=lambda dossier: lacking[dossier.pk])[:_NEAREST]


_Finder = Callable[[str, bytes, list[Dossier], Drafts], Iterator[Dossier]]
_WAYS: tuple[tuple[Promise, _Finder], ...] = (
    (_BY_NAME, _by_name),
    (_BY_CODE, _by_code),
    (_BY_WORDS, _by_words),
)
