"""What a commune lives through: the stories ``manage.py demo`` plays and exports."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone

from .. import remedies
from ..flows import correct_document, establish_round, establish_team
from ..models import Dossier, Remedy, Seat
from ..models.entering import Channel, Received
from ..roles import Role
from .cast import scan
from .walk import Walk

BY_LINK, ENTERED = 14, 3


def round_of_the_commune(walk: Walk) -> Iterator[Dossier]:
    """Eighteen bản, one decision for seventeen, and what goes wrong on the way.

    Fourteen heads answer the link and three are entered for; the last is set aside and decided
    later. One list goes back to its head, one head takes his back, the round goes back to a chosen
    step, and a name is put right afterwards. The Deputy signs: the Chairman is away.
    """
    opened = _opened(walk)
    requests = [*_by_link(walk, BY_LINK + 1), *_entered(walk)]
    dossier = walk.do(
        opened, "gather", walk.cast(Role.SPECIALIST), requests=[r.pk for r in requests]
    )
    dossier = walk.to_the_tray(walk.do(dossier, "submit", walk.cast(Role.SPECIALIST)))
    dossier = _sent_back_once(walk, dossier)
    dossier, left = _one_set_aside(walk, dossier)
    dossier = walk.signed_and_released(dossier, walk.cast(Role.DEPUTY_CHAIRMAN))
    yield dossier
    yield from (Dossier.objects.get(pk=request.pk) for request in requests if request.pk != left.pk)
    yield walk.signed_and_released(walk.to_the_tray(left), walk.cast(Role.DEPUTY_CHAIRMAN))
    yield _name_put_right(walk, dossier)


def _opened(walk: Walk) -> Dossier:
    walk.say("\nĐợt lập tổ, xã Tam Quang: 18 bản, một Tờ trình, một Quyết định")
    commune = walk.cast.agency.commune
    opened = establish_round.open_round(
        walk.cast(Role.SPECIALIST),
        walk.cast.post(Role.SPECIALIST),
        name=f"Đợt lập tổ tháng {timezone.localdate():%m/%Y}",
        due=timezone.localdate() + datetime.timedelta(days=7),
        hamlets=commune.hamlets.order_by("pk"),
        message="Mỗi tổ từ 05 đến 10 người.",
    )
    return opened.dossier


def _by_link(walk: Walk, count: int) -> Iterator[Dossier]:
    """The heads' own lists: the first is returned once, the second taken back once."""
    for number in range(count):
        head = walk.cast(Role.HAMLET_HEAD, number)
        dossier = walk.proposed(head, members=5 + number % 3)
        if number == 0:
            dossier = walk.do(
                dossier, "return_for_correction", walk.cast(Role.SPECIALIST),
                note="Ghi rõ thành phần của từng người rồi gửi lại.",
            )  # fmt: skip
            dossier = walk.do(dossier, "submit", head)
        if number == 1:
            dossier = walk.do(dossier, "take_back_proposal", head)
            dossier = walk.do(dossier, "submit", head)
        yield dossier


def _entered(walk: Walk) -> Iterator[Dossier]:
    """The bản without signal: the specialist enters what their heads brought or said."""
    specialist, today = walk.cast(Role.SPECIALIST), timezone.localdate()
    channels = (Channel.PAPER, Channel.PHONE, Channel.ZALO)
    for number, channel in enumerate(channels, BY_LINK + 1):
        post = walk.cast.post(Role.HAMLET_HEAD, number)
        draft = establish_team.draft_for(specialist, post, Received(channel, today))
        yield walk.sent(draft, specialist, members=5, entered=True)


def _sent_back_once(walk: Walk, dossier: Dossier) -> Dossier:
    """Back to the clerk, who had not looked at the list of recipients: a chosen step."""
    deputy = walk.cast(Role.DEPUTY_CHAIRMAN)
    dossier = walk.do(dossier, "return_to_clerk", deputy, note="Soát lại danh sách kèm theo.")
    return walk.do(dossier, "check_form", walk.cast(Role.CLERK))


def _one_set_aside(walk: Walk, dossier: Dossier) -> tuple[Dossier, Dossier]:
    """The Deputy strikes the fifteenth; it goes back to the specialist alone."""
    line = dossier.changes.get(hamlet__head_post=walk.cast.post(Role.HAMLET_HEAD, BY_LINK))
    assert line.origin is not None
    left = line.origin.pk
    dossier = walk.do(
        dossier, "set_aside", walk.cast(Role.DEPUTY_CHAIRMAN), lines=[line.pk],
        note="Xác minh thêm một người rồi trình sau.",
    )  # fmt: skip
    return dossier, Dossier.objects.get(pk=left)


def _name_put_right(walk: Walk, wrong: Dossier) -> Dossier:
    """One name was written wrongly: amended by another decision, the roster follows."""
    walk.say("\nMột họ tên ghi sai trong quyết định đã phát hành: quyết định sửa đổi")
    specialist = walk.cast(Role.SPECIALIST)
    decision = wrong.written("decision")
    team = remedies.teams_on(decision)[2]
    fault = "Ghi sai họ tên của một thành viên"
    post = walk.cast.post(Role.SPECIALIST)
    draft = correct_document.draft(specialist, post, decision, Remedy.AMEND, [team], fault=fault)
    line = draft.changes.get()
    rows = [_row(seat) for seat in line.seats.order_by("position")]
    rows[2]["full_name"] = str(rows[2]["full_name"]).replace("Nhung", "Nhưng")
    dossier = walk.do(draft, "edit", specialist, seats={line.pk: rows}, fault=fault)
    dossier = walk.do(dossier, "submit", specialist)
    second = walk.cast(Role.SPECIALIST, 1)
    dossier = walk.do(dossier, "check_content", second)
    dossier = walk.sign(dossier, "submission", walk.cast(Role.DIVISION_HEAD))
    dossier = walk.do(dossier, "check_form", walk.cast(Role.CLERK))
    return walk.signed_and_released(dossier, walk.cast(Role.CHAIRMAN))


def _row(seat: Seat) -> dict[str, object]:
    columns = ("full_name", "birth_year", "phone", "role", "represents", "was_id", "another")
    return {name: getattr(seat, name) for name in columns}


def commune_team(walk: Walk) -> Iterator[Dossier]:
    """The commune's own team, led by the Youth secretary, signed by the Chairman himself."""
    walk.say("\nTổ cấp xã, xã Tam Quang: Chủ tịch ký")
    dossier = walk.to_the_tray(walk.proposed(walk.cast(Role.YOUTH_SECRETARY), members=7))
    yield walk.signed_and_released(dossier, walk.cast(Role.CHAIRMAN))


def ward_on_paper(walk: Walk) -> Iterator[Dossier]:
    """A khu phố of phường Hạc Thành: number from the office's own book, signed on paper."""
    walk.say("\nTổ của một khu phố, phường Hạc Thành: ký giấy, số lấy từ sổ của phường")
    today, clerk = timezone.localdate(), walk.cast(Role.CLERK)
    dossier = walk.proposed(walk.cast(Role.HAMLET_HEAD), members=4)
    dossier = walk.do(dossier, "check_content", walk.cast(Role.SPECIALIST))
    dossier = walk.sign(dossier, "submission", walk.cast(Role.DIVISION_HEAD))
    dossier = walk.do(dossier, "check_form", clerk, number=412, date=today)
    dossier = walk.do(
        dossier, "record_paper_decision", clerk,
        signer=walk.cast(Role.CHAIRMAN), number=412, date=today, scan=scan(dossier),
    )  # fmt: skip
    yield walk.sealed_and_released(dossier)


def withdrawn(walk: Walk) -> Iterator[Dossier]:
    """A head of khu phố thinks again."""
    walk.say("\nMột đề nghị được người lập rút lại")
    head = walk.cast(Role.HAMLET_HEAD, 1)
    dossier = walk.proposed(head, members=5)
    walk.do(dossier, "withdraw", head, note="Bổ sung người rồi gửi sau.")
    yield from ()
