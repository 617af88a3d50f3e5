"""Rules about a dossier and the place of each of its teams."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from .. import regulations
from ..models.teams import Level
from ..roles import Role
from .base import Breach, of_dossier, of_team
from .facts import Facts, Line

# Requests about single people of one team may be under way together.
_SIDE_BY_SIDE = ("admit", "leave", "remove", "appoint")
_GROUNDS_IN_FULL = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6.a"


@of_dossier
def something_is_asked(facts: Facts) -> Iterator[Breach]:
    """Hồ sơ chưa chọn tổ nào để thành lập"""
    asks = facts.dossier.procedure in ("establish_team", "establish_round")
    if asks and not facts.lines and not facts.dossier.remedy:
        yield Breach("changes")


@of_dossier
def grounds_are_complete(facts: Facts) -> Iterator[Breach]:
    """Căn cứ còn để trống số, ngày: “%(ground)s”. Văn thư ghi kế hoạch của đơn vị vào phần thiết
    lập rồi ông/bà gửi lại"""
    if not facts.sets_up:
        return
    for ground in regulations.grounds(facts.commune, facts.on):
        if regulations.is_blank(ground):
            yield Breach("plan", citation=_GROUNDS_IN_FULL, values={"ground": ground})


@of_dossier
def governing_source_is_cited(facts: Facts) -> Iterator[Breach]:
    """Quyết định chưa viện dẫn được %(source)s vì bản lưu thiếu số, ngày"""
    for source in () if not facts.sets_up else regulations.unprintable(facts.commune, facts.on):
        yield Breach("plan", "warn", _GROUNDS_IN_FULL, values={"source": source})


@of_dossier
def tasks_have_a_source(facts: Facts) -> Iterator[Breach]:
    """Chưa có văn bản nào giao nhiệm vụ cho tổ ở %(commune)s để ghi vào Điều 2 của Quyết định"""
    sets_up = facts.sets_up and not facts.dossier.assigns
    if sets_up and not regulations.tasks(facts.commune, facts.on)[0]:
        yield Breach("plan", "warn", values={"commune": facts.commune.full_name})


@of_team
def place_is_ours(facts: Facts, line: Line) -> Iterator[Breach]:
    """Chọn một thôn, bản, khu phố của %(commune)s"""
    hamlet = line.change.hamlet
    if line.change.level == Level.COMMUNE:
        fits = hamlet is None
    else:
        fits = hamlet is not None and hamlet.commune_id == facts.commune.pk
    if not fits:
        yield Breach("hamlet", values={"commune": facts.commune.full_name})


@of_team
def head_asks_for_his_own_place(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(post)s chỉ đề xuất được tổ của nơi mình phụ trách"""
    hamlet, post = line.change.hamlet, facts.dossier.post
    if (hamlet is None or hamlet.head_post_id != post.pk) and post.role == Role.HAMLET_HEAD:
        yield Breach("hamlet", values={"post": post.title})


@of_team
def place_has_no_team(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(place)s đã có tổ theo Quyết định số %(number)s ngày %(date)s; mỗi nơi một tổ"""
    team, ruled = facts.teams.get(line.place), line.ruled("teams_per_place")
    if line.change.kind != "create":
        return  # it is the team that stands there
    if team and team.decision_id != facts.dossier.decision_id:
        number, date = team.decision.reference, _day(team.since)
        values = {"place": line.name, "number": number, "date": date}
        yield Breach("hamlet", citation=ruled.citation if ruled else "", values=values)


@of_team
def place_has_no_other_dossier(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(place)s đang có hồ sơ khác: %(state)s. Ông/bà chờ hồ sơ ấy xong hoặc rút hồ sơ ấy"""
    rival = facts.rivals.get(line.place)
    if rival and line.change.kind not in _SIDE_BY_SIDE:
        values = {"place": line.name, "state": rival.get_state_display()}
        yield Breach("hamlet", values=values)


@of_team
def place_is_named_once(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(place)s có tên hai lần trong hồ sơ này"""
    if sum(other.place == line.place for other in facts.lines) > 1:
        yield Breach("hamlet", values={"place": line.name})


def _day(date: datetime.date) -> str:
    """ "12/9/2026", "05/02/2026": as offices write a date inside a line."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d}/{month}/{date.year}"
