"""Rules about the matters a specialist begins: announcements, training, commendations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from workflows.models import in_force

from ..models.announcing import ANNOUNCE_TEAMS
from ..models.commending import COMMEND
from ..models.training import REGISTER_TRAINING
from ..people import names
from .base import Breach, of_dossier
from .facts import Facts

_PUBLISHING = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 9"
_CITED = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6.b"
_SHORT = re.compile(r"1[0-9]{2,3}|1[89]00[0-9]{4,6}")


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
    notice = facts.dossier.is_drafted and facts.dossier.kind_of("decision") == "notice"
    if not notice:
        return
    for field, text in facts.dossier.matter.columns().items():
        if isinstance(text, str) and facts.commune.has_private_phone(text):
            yield Breach(field, citation=_PUBLISHING)


@of_dossier
def there_are_teams(facts: Facts) -> Iterator[Breach]:
    """Chưa có tổ nào đang hoạt động để thông báo hoặc đăng ký tập huấn"""
    needed = facts.dossier.procedure in (ANNOUNCE_TEAMS, REGISTER_TRAINING)
    if needed and not facts.commune.teams.filter(in_force(facts.on)).exists():
        yield Breach("changes")


# Registering for training ------------------------------------------------------------------------


@of_dossier
def course_is_told(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi cơ quan tổ chức và nội dung lớp tập huấn"""
    yield from _missing(_said(facts, REGISTER_TRAINING), "organiser", "course")


@of_dossier
def training_request_is_cited_whole(facts: Facts) -> Iterator[Breach]:
    """Văn bản đề nghị phải ghi đủ số và ngày, hoặc để trống cả hai"""
    said = _said(facts, REGISTER_TRAINING)
    if said and bool(said.reference) != bool(said.date):
        yield Breach("date" if said.reference else "reference", citation=_CITED)


@of_dossier
def training_request_came_already(facts: Facts) -> Iterator[Breach]:
    """Ngày của văn bản đề nghị ở sau hôm nay"""
    said = _said(facts, REGISTER_TRAINING)
    if said and said.date and said.date > facts.on:
        yield Breach("date")


@of_dossier
def somebody_is_registered(facts: Facts) -> Iterator[Breach]:
    """Ông/bà chọn ít nhất một người đi tập huấn"""
    said = _said(facts, REGISTER_TRAINING)
    if said and not said.listed:
        yield Breach("people")


@of_dossier
def registered_people_still_sit(facts: Facts) -> Iterator[Breach]:
    """Không còn trong tổ đã ghi: %(names)s"""
    said = _said(facts, REGISTER_TRAINING)
    gone = said.gone(facts.on) if said else []
    if gone:
        yield Breach("people", "warn", values={"names": ", ".join(gone)})


@of_dossier
def every_team_sends_somebody(facts: Facts) -> Iterator[Breach]:
    """Chưa có người đi tập huấn: %(names)s"""
    said = _said(facts, REGISTER_TRAINING)
    without = said.teams_without(facts.on) if said else []
    if without:
        values = {"names": ", ".join(without)}
        yield Breach("people", "suggest", _("gợi ý, không phải quy định"), values=values)


# Commending --------------------------------------------------------------------------------------


@of_dossier
def occasion_and_meeting_are_told(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi thành tích chung, ngày họp xét, số biên bản và kết quả biểu quyết"""
    said = _said(facts, COMMEND)
    yield from _missing(said, "occasion", "meeting_date", "minutes", "present")
    if said and said.in_favour is None:
        yield Breach("in_favour")


@of_dossier
def meeting_was_held(facts: Facts) -> Iterator[Breach]:
    """Ngày họp xét khen thưởng ở sau hôm nay"""
    said = _said(facts, COMMEND)
    if said and said.meeting_date and said.meeting_date > facts.on:
        yield Breach("meeting_date")


@of_dossier
def vote_adds_up(facts: Facts) -> Iterator[Breach]:
    """Số người đồng ý nhiều hơn số người dự họp"""
    said = _said(facts, COMMEND)
    if said and said.present and (said.in_favour or 0) > said.present:
        yield Breach("in_favour")


@of_dossier
def most_agreed(facts: Facts) -> Iterator[Breach]:
    """Chưa quá nửa số người dự họp đồng ý khen thưởng"""
    said = _said(facts, COMMEND)
    if said and said.present and said.in_favour is not None and said.in_favour * 2 <= said.present:
        yield Breach("in_favour", "suggest", _("gợi ý, không phải quy định"))


@of_dossier
def somebody_is_commended(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi ít nhất một người hoặc tập thể được khen"""
    said = _said(facts, COMMEND)
    if said and not said.listed:
        yield Breach("rows")


@of_dossier
def every_reward_is_for_something(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi thành tích của %(names)s"""
    said = _said(facts, COMMEND)
    bare = [row.name for row in said.listed if not row.achievement] if said else []
    if bare:
        yield Breach("rows", values={"names": ", ".join(bare)})


@of_dossier
def nobody_is_commended_twice(facts: Facts) -> Iterator[Breach]:
    """%(names)s có tên hai lần trong danh sách khen thưởng"""
    said = _said(facts, COMMEND)
    rows = said.listed if said else []
    counted = Counter((row.person_id or row.name, row.name) for row in rows)
    twice = [name for (_who, name), count in counted.items() if count > 1]
    if twice:
        yield Breach("rows", values={"names": ", ".join(twice)})
