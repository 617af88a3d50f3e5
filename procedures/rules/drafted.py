"""Rules about the matters a specialist begins: announcements, training, commendations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workflows.models import in_force

from .. import names
from ..models.announcing import ANNOUNCE_TEAMS
from .base import Breach, of_dossier
from .facts import Facts

_PUBLISHING = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 9"
_SHORT = re.compile(r"1[0-9]{2,3}|1[89]00[0-9]{4,6}")
_RUN = re.compile(r"[+\d][\d\s.()\-]{7,}\d")


def _said(facts: Facts, procedure: str) -> Any:
    """What the dossier says, read once; None for another procedure."""
    if facts.dossier.procedure != procedure:
        return None
    return facts.dossier.matter


def _missing(said: Any, *fields: str) -> Iterator[Breach]:
    for field in fields if said else ():
        if not getattr(said, field):
            yield Breach(field)


# The public notice -------------------------------------------------------------------------------


@of_dossier
def contact_is_told(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi số điện thoại, nơi và thời gian hỗ trợ của cơ quan"""
    yield from _missing(_said(facts, ANNOUNCE_TEAMS), "hotline", "place", "hours")


@of_dossier
def hotline_is_a_number(facts: Facts) -> Iterator[Breach]:
    """Số điện thoại hỗ trợ không đúng: máy bàn có 11 số, di động có 10 số, hoặc số tổng đài ngắn"""
    said = _said(facts, ANNOUNCE_TEAMS)
    if said and said.hotline:
        digits = re.sub(r"[\s.()\-]", "", said.hotline)
        if not names.is_phone(said.hotline) and not _SHORT.fullmatch(digits):
            yield Breach("hotline")


@of_dossier
def no_personal_phone_is_published(facts: Facts) -> Iterator[Breach]:
    """Số này là số điện thoại riêng của một thành viên tổ, không công bố. Ông/bà ghi số của cơ
    quan"""
    said = _said(facts, ANNOUNCE_TEAMS)
    if not said:
        return
    people = facts.commune.people.values_list("phone", "guardian_phone")
    phones = {names.normal_phone(phone) for pair in people for phone in pair if phone}
    for field, text in said.columns().items():
        if any(names.normal_phone(run) in phones for run in _RUN.findall(text)):
            yield Breach(field, citation=_PUBLISHING)


@of_dossier
def there_are_teams(facts: Facts) -> Iterator[Breach]:
    """Chưa có tổ nào đang hoạt động để thông báo hoặc đăng ký"""
    told = facts.dossier.procedure in (ANNOUNCE_TEAMS,)
    if told and not facts.commune.teams.filter(in_force(facts.on)).exists():
        yield Breach("changes")
