"""How teams are set up: the stories with which the demo's year begins."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone

from .. import remedies, rounds
from ..flows import correct_document, establish_round, establish_team
from ..models import Dossier, Remedy, Seat
from ..models.entering import Channel, Received
from ..roles import Role
from .cast import scan
from .walk import Walk

# Which heads answer the link, whose list is set aside, who has no signal; the other three bản have
# their teams since before.
BY_LINK, SET_ASIDE, ENTERED = range(11), 14, (15, 16, 17)


def round_of_the_commune(walk: Walk) -> None:
    """Fifteen bản, one decision for fourteen, and what goes wrong on the way.

    Twelve heads answer the link and three are entered for; one list is set aside and decided
    later. One list goes back to its head, one head takes his back, the round goes back to a chosen
    step, and a name is put right afterwards. The Deputy signs: the Chairman is away.
    """
    opened = _opened(walk)
    walk.later(1)
    requests = [*_by_link(walk), *_entered(walk)]
    walk.later(2)
    dossier = walk.do(
        opened, "gather", walk.cast(Role.SPECIALIST), requests=[r.pk for r in requests]
    )
    dossier = walk.to_the_tray(walk.do(dossier, "submit", walk.cast(Role.SPECIALIST)))
    dossier = _sent_back_once(walk, dossier)
    walk.later(1)
    dossier, left = _one_set_aside(walk, dossier)
    dossier = walk.signed_and_released(dossier, walk.cast(Role.DEPUTY_CHAIRMAN))
    walk.later(1)
    walk.signed_and_released(walk.to_the_tray(left), walk.cast(Role.DEPUTY_CHAIRMAN))
    walk.later(1)
    _name_put_right(walk, dossier)


def _opened(walk: Walk) -> Dossier:
    walk.tell("đợt lập tổ cho 15 bản chưa có tổ, một Tờ trình, một Quyết định")
    opened = establish_round.open_round(
        walk.cast(Role.SPECIALIST),
        walk.cast.post(Role.SPECIALIST),
        name=f"Đợt lập tổ tháng {timezone.localdate():%m/%Y}",
        due=timezone.localdate() + datetime.timedelta(days=7),
        hamlets=rounds.free_places(walk.commune)[0],
        message="Mỗi tổ từ 05 đến 10 người.",
    )
    return opened.dossier


def _by_link(walk: Walk) -> Iterator[Dossier]:
    """The heads' own lists: the first is returned once, the second taken back once."""
    for number in (*BY_LINK, SET_ASIDE):
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
    for number, channel in zip(ENTERED, channels, strict=True):
        post = walk.cast.post(Role.HAMLET_HEAD, number)
        draft = establish_team.draft_for(specialist, post, Received(channel, today))
        yield walk.sent(draft, specialist, members=5, entered=True)


def _sent_back_once(walk: Walk, dossier: Dossier) -> Dossier:
    """Back to the clerk, who had not looked at the list of recipients: a chosen step."""
    deputy = walk.cast(Role.DEPUTY_CHAIRMAN)
    dossier = walk.do(dossier, "return_to_clerk", deputy, note="Soát lại danh sách kèm theo.")
    return walk.do(dossier, "check_form", walk.cast(Role.CLERK))


def _one_set_aside(walk: Walk, dossier: Dossier) -> tuple[Dossier, Dossier]:
    """The Deputy strikes one bản; it goes back to the specialist alone."""
    line = dossier.changes.get(hamlet__head_post=walk.cast.post(Role.HAMLET_HEAD, SET_ASIDE))
    assert line.origin is not None
    left = line.origin.pk
    dossier = walk.do(
        dossier, "set_aside", walk.cast(Role.DEPUTY_CHAIRMAN), lines=[line.pk],
        note="Xác minh thêm một người rồi trình sau.",
    )  # fmt: skip
    return dossier, Dossier.objects.get(pk=left)


def _name_put_right(walk: Walk, wrong: Dossier) -> None:
    """One name was written wrongly: amended by another decision, the roster follows."""
    walk.tell("một họ tên ghi sai trong quyết định đã phát hành, ra quyết định sửa đổi")
    specialist, post = walk.drafter()
    decision = wrong.written("decision")
    team = remedies.teams_on(decision)[2]
    fault = "Ghi sai họ tên của một thành viên"
    draft = correct_document.draft(specialist, post, decision, Remedy.AMEND, [team], fault=fault)
    line = draft.changes.get()
    rows = [_row(seat) for seat in line.seats.order_by("position")]
    rows[2]["full_name"] = str(rows[2]["full_name"]).replace("Nhung", "Nhưng")
    walk.decided(walk.do(draft, "edit", specialist, seats={line.pk: rows}, fault=fault))


def _row(seat: Seat) -> dict[str, object]:
    columns = ("full_name", "birth_year", "phone", "role", "represents", "was_id", "another")
    return {name: getattr(seat, name) for name in columns}


def commune_team(walk: Walk) -> None:
    """The commune's own team, led by the Youth secretary, signed by the Chairman himself."""
    walk.tell("tổ cấp xã, Chủ tịch ký")
    dossier = walk.to_the_tray(walk.proposed(walk.cast(Role.YOUTH_SECRETARY), members=7))
    walk.signed_and_released(dossier, walk.cast(Role.CHAIRMAN))


def ward_on_paper(walk: Walk) -> None:
    """A khu phố of phường Hạc Thành: number from the office's own book, signed on paper."""
    walk.tell("tổ của một khu phố, ký giấy, số lấy từ sổ của phường")
    today, clerk = timezone.localdate(), walk.cast(Role.CLERK)
    dossier = walk.proposed(walk.cast(Role.HAMLET_HEAD), members=4)
    dossier = walk.do(dossier, "check_content", walk.cast(Role.SPECIALIST))
    dossier = walk.sign(dossier, "submission", walk.cast(Role.DIVISION_HEAD))
    dossier = walk.do(dossier, "check_form", clerk, number=412, date=today)
    dossier = walk.do(
        dossier, "record_paper_decision", clerk,
        signer=walk.cast(Role.CHAIRMAN), number=412, date=today, scan=scan(dossier),
    )  # fmt: skip
    walk.sealed_and_released(dossier)


def withdrawn(walk: Walk) -> None:
    """A head of khu phố thinks again."""
    walk.tell("một đề nghị được người lập rút lại")
    head = walk.cast(Role.HAMLET_HEAD, 1)
    dossier = walk.proposed(head, members=5)
    walk.do(dossier, "withdraw", head, note="Bổ sung người rồi gửi sau.")
