"""Rules about the list of teams sent to an office above."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.listing_upward import LIST_UPWARD, ListRequest
from .base import Breach, of_dossier
from .facts import Facts

_CITED = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6.b"


def _request(facts: Facts) -> ListRequest | None:
    if facts.dossier.procedure != LIST_UPWARD:
        return None
    return facts.dossier.request_answered


@of_dossier
def request_is_named(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi đủ cơ quan đề nghị, số và ngày của văn bản đề nghị gửi danh sách"""
    request = _request(facts)
    for field in ("asked_by", "reference", "date") if request else ():
        if not getattr(request, field):
            yield Breach(field, citation=_CITED)


@of_dossier
def request_came_already(facts: Facts) -> Iterator[Breach]:
    """Ngày của văn bản đề nghị ở sau hôm nay"""
    request = _request(facts)
    if request and request.date and request.date > facts.on:
        yield Breach("date")


@of_dossier
def there_is_a_list(facts: Facts) -> Iterator[Breach]:
    """Chưa có tổ nào đang hoạt động để gửi danh sách"""
    if facts.dossier.procedure == LIST_UPWARD and not facts.commune.teams.filter(
        until__isnull=True
    ):
        yield Breach("form")
