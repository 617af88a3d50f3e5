"""What the office does with its teams in a year: targets, the list for the Sở, a course, a notice,
a commendation."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from workflows import authority

from .. import drafting
from ..flows import (
    AnnounceTeamsFlow,
    CommendFlow,
    RegisterTrainingFlow,
    assign_targets,
    list_upward,
)
from ..models import Membership, Target, TargetTeam, Team
from ..people import merits
from ..targets import assigned, progress
from ..targets.progress import Count
from .cast import households
from .reports_year import OFFICE_ABOVE
from .walk import Walk


def _ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


# Targets -----------------------------------------------------------------------------------------


def targets_assigned(walk: Walk, since: datetime.date, due: datetime.date) -> None:
    """What the Sở asks for, spread over every team: numbers out of counted households."""
    walk.tell("giao chỉ tiêu cho mọi tổ theo Công văn của Sở")
    author, post = walk.drafter()
    plan = {
        "origin": "superior",
        "paper": "Công văn",
        "number": "118/SKHCN-CĐS",
        "date": _ago(9),
        "issuer": OFFICE_ABOVE,
        "excerpt": "về việc giao chỉ tiêu hoạt động Tổ công nghệ số cộng đồng",
        "since": since,
        "due": due,
    }
    chosen = walk.commune.indicators.order_by("pk")
    teams = Team.objects.filter(commune=walk.commune, until=None, level="hamlet")
    draft = assign_targets.draft(author, post)
    draft = walk.do(
        draft, "edit", author, plan=plan, teams=[team.pk for team in teams],
        indicators=[chosen[0].pk, chosen[3].pk],
    )  # fmt: skip
    sheet = draft.target_sheet()
    source = {"base_source": "Số liệu của các Trưởng bản", "base_date": _ago(20)}
    cells = {
        (place.pk, item.pk): _asked(place.team, share=item.indicator.is_share)
        for place in sheet.places
        for item in sheet.items
    }
    items = {item.pk: source if item.indicator.is_share else {} for item in sheet.items}
    walk.decided(walk.do(draft, "edit", author, items=items, cells=cells))


def _asked(team: Team, *, share: bool) -> tuple[int, int | None]:
    """Thirty in a hundred households, and a meeting a month."""
    if not share or team.hamlet is None:
        return 12, None
    counted = households(team.hamlet)
    return counted * 30 // 100 + 1, counted


def targets_seen(walk: Walk) -> None:
    """Every leader opens the page of his team."""
    walk.tell("các Tổ trưởng xem chỉ tiêu được giao")
    for place in _given(walk):
        if leader := _leader(place.team):
            assigned.acknowledge(place.team, leader)
    seen = _given(walk).exclude(seen=None).count()
    walk.say(f"  {seen}/{_given(walk).count()} tổ đã xem")


def progress_told(walk: Walk, month: int) -> None:
    """How far the teams have come; two of three tell it this time, and what is missing is not 0."""
    walk.tell("các tổ báo tiến độ chỉ tiêu")
    told = 0
    for number, place in enumerate(_given(walk).filter(team__until=None)):
        leader = _leader(place.team)
        if leader is None or (number + month) % 3 == 0:
            continue
        as_what = assigned.speaks_for(leader, place.team, authority.capacities(leader))
        counts = [_count(target, month) for target in place.targets.filter(replaced_by=None)]
        today = timezone.localdate()
        progress.tell(place.team, counts, on=today, by=leader, capacity=as_what)
        told += 1
    walk.say(f"  {told} tổ có số liệu mới")


def _count(target: Target, month: int) -> Count:
    assert target.numerator is not None
    return Count(target.item.indicator, target.numerator * month // 12, target.denominator)


def target_changed(walk: Walk, place: str) -> None:
    """A leader says why one target is too high; a decision of its own answers."""
    walk.tell(f"tổ bản {place} đề nghị điều chỉnh một chỉ tiêu, được chấp nhận")
    team = walk.team(place)
    target = Target.objects.get(
        place__team=team,
        replaced_by=None,
        item__indicator=walk.commune.indicators.order_by("pk")[0],
    )
    asked = assigned.ask(
        target, by=_leader(team), reason="Nhiều hộ đi làm xa, cả năm chỉ còn hai phần ba số hộ."
    )
    author, post = walk.drafter()
    draft = assign_targets.draft_for(author, post, asked)
    sheet = draft.target_sheet()
    assert target.numerator is not None
    cells = {
        key: (target.numerator * 2 // 3, cell.denominator) for key, cell in sheet.cells.items()
    }
    walk.decided(walk.do(draft, "edit", author, items={}, cells=cells))


def _given(walk: Walk) -> Any:
    found = TargetTeam.objects.filter(
        team__commune=walk.commune, target_set__dossier__state="released", target_set__like=None
    )
    return found.select_related("team__commune").order_by("pk")


def _leader(team: Team) -> Any:
    seat = Membership.objects.filter(team=team, role="leader", until=None).first()
    return seat.person.user if seat else None


# To the office above, and to the public ----------------------------------------------------------


def listed_upward(walk: Walk) -> None:
    """The Sở asks for the list of teams; the form of eight columns goes with a Công văn."""
    walk.tell("gửi danh sách tổ cho Sở theo mẫu 8 cột")
    author, post = walk.drafter()
    request = {
        "asked_by": OFFICE_ABOVE,
        "reference": "1234/SKHCN-CĐS",
        "date": _ago(6),
        "about": "rà soát, kiện toàn Tổ công nghệ số cộng đồng",
        "due": timezone.localdate() + datetime.timedelta(days=10),
        "form": "eight",
        "full_phones": False,
        "purpose": "",
    }
    draft = list_upward.draft(author, post)
    walk.decided(walk.do(draft, "edit", author, request=request))


def announced(walk: Walk) -> None:
    """The public learns where the teams are and whom to call: a number of the office."""
    walk.tell("thông báo công khai về tổ và kênh hỗ trợ người dân")
    said = {
        "hotline": "02383 888 999",
        "place": "Trung tâm Phục vụ hành chính công xã Tam Quang",
        "hours": "giờ hành chính, từ thứ Hai đến thứ Sáu",
        "online": "Zalo UBND xã Tam Quang",
        "message": "",
    }
    _drafted(walk, AnnounceTeamsFlow, said)


def training_registered(walk: Walk) -> None:
    """The leaders and deputies of the first six teams go to a course of the Sở."""
    walk.tell("đăng ký tập huấn cho Tổ trưởng, Tổ phó")
    teams = Team.objects.filter(commune=walk.commune, until=None).order_by("pk")[:6]
    seats = Membership.objects.filter(
        team__in=list(teams), until=None, role__in=("leader", "deputy")
    )
    said = {
        "organiser": OFFICE_ABOVE,
        "course": f"Kỹ năng số cho Tổ công nghệ số cộng đồng năm {timezone.localdate().year}",
        "reference": "689/SKHCN-CĐS",
        "date": _ago(5),
        "due": None,
        "full_phones": False,
        "purpose": "",
        "people": list(seats.order_by("pk").values_list("pk", flat=True)),
    }
    _drafted(walk, RegisterTrainingFlow, said)


def commended(walk: Walk, place: str) -> None:
    """A leader puts somebody forward; the meeting adds the whole team."""
    walk.tell(f"khen thưởng tổ bản {place} và một thành viên")
    team = walk.team(place)
    merits.seat(team)
    leader = _leader(team)
    person = team.memberships.filter(role="member", until=None).order_by("pk")[0].person
    did = "Hướng dẫn 120 hộ của bản cài đặt và dùng dịch vụ công trực tuyến"
    merit = merits.put_forward(leader, authority.capacities(leader), team, person, did)
    row = {"who": f"t{team.pk}", "other": "", "amount": 1_500_000, "merit": None,
           "achievement": "Dẫn đầu xã về số hộ được hướng dẫn tận nhà"}  # fmt: skip
    said = {
        "occasion": f"xuất sắc trong hoạt động Tổ công nghệ số cộng đồng năm {_ago(0).year}",
        "meeting_date": _ago(3),
        "minutes": "05/BB-UBND",
        "present": 9,
        "in_favour": 8,
        "rows": [row],
        "take": [merit.pk],
    }
    _drafted(walk, CommendFlow, said)


def _drafted(walk: Walk, flow: Any, said: dict[str, Any]) -> None:
    author, post = walk.drafter()
    draft = drafting.draft(flow, author, post)
    walk.decided(walk.do(draft, "edit", author, said=said))
