"""Reminding the desk that has a case: by its author's post, once per working day."""

import datetime

import pytest
from django.urls import reverse

from procedures.messages import reminding
from procedures.models import Notice
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import CalendarDay, Delegation, Holding
from workflows.states import State

from .clock import FRIDAY, MONDAY, SATURDAY, at, remind


def test_everybody_at_the_desk_is_reminded(waiting, tam_quang):
    with at(*FRIDAY):
        remind(waiting)
    both = {tam_quang(Role.SPECIALIST), tam_quang(Role.SPECIALIST, 1)}
    assert {notice.recipient for notice in Notice.objects.all()} == both
    for notice in Notice.objects.all():
        assert waiting.author.full_name in notice.sentence
        assert "nhắc" in notice.sentence


def test_once_per_working_day(waiting):
    with at(*FRIDAY):
        remind(waiting)
    for day, hour in ((FRIDAY, 23), (SATURDAY, 9), ((22, 11), 9)):
        with at(*day, hour), pytest.raises(Refusal, match="Đã nhắc lúc 09:00 ngày 20/11/2026"):
            remind(waiting)
    with at(*MONDAY):
        remind(waiting)
    # The 24th is a holiday.
    with at(24, 11), pytest.raises(Refusal, match="Mỗi ngày làm việc"):
        remind(waiting)
    with at(25, 11):
        remind(waiting)
    assert Notice.objects.count() == 6


def test_an_announced_working_saturday_counts(waiting):
    CalendarDay.objects.create(day=datetime.date(2026, 11, 21), working=True, source="TB số 1")
    for day in (FRIDAY, SATURDAY):
        with at(*day):
            remind(waiting)
    assert Notice.objects.count() == 4


def test_the_next_desk_may_be_reminded_on_the_same_day(waiting, road, tam_quang):
    with at(*FRIDAY):
        remind(waiting)
    with at(*FRIDAY, 10):
        checked = road.do(waiting, "check_content", tam_quang(Role.SPECIALIST))
        reminded = {notice.recipient for notice in remind(checked)}
    assert tam_quang(Role.DIVISION_HEAD) in reminded
    assert tam_quang(Role.SPECIALIST) not in reminded


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.DRAFT, "không chờ người khác"),
        (State.RETURNED, "không chờ người khác"),
        (State.REJECTED, "không chờ người khác"),
        (State.RELEASED, "không chờ người khác"),
    ],
)
def test_what_waits_for_nobody_else_needs_no_reminder(state, why, road):
    with pytest.raises(Refusal, match=why):
        remind(road.to(state))
    assert not Notice.objects.filter(kind="nudge").exists()


@pytest.mark.parametrize(
    "role", [Role.SPECIALIST, Role.DIVISION_HEAD, Role.CLERK, Role.CHAIRMAN, Role.YOUTH_SECRETARY]
)
def test_only_the_authors_post_reminds(role, waiting, tam_quang):
    with pytest.raises(Refusal, match="Chỉ người lập"):
        remind(waiting, tam_quang(role))
    with pytest.raises(Refusal, match="Chỉ người lập"):
        remind(waiting, tam_quang(Role.HAMLET_HEAD, 1))


def test_a_stand_in_of_the_author_reminds_in_his_capacity(waiting, tam_quang):
    neighbour = tam_quang(Role.HAMLET_HEAD, 1)
    Delegation.objects.create(
        principal=waiting.post, delegate=tam_quang.post(Role.HAMLET_HEAD, 1), kind="STAND_IN",
        since=datetime.date(2026, 1, 1), paper="Thông báo số 7",
    )  # fmt: skip
    with at(*FRIDAY):
        [first, *_others] = remind(waiting, neighbour)
    assert "Thông báo số 7" in first.sentence


def test_a_page_from_before_is_refused(waiting, road, tam_quang):
    seen = waiting.revision
    road.do(waiting, "check_content", tam_quang(Role.SPECIALIST))
    with pytest.raises(Refusal, match="vừa được xử lý"):
        reminding.nudge(waiting, by=waiting.author, seen=seen)


def test_a_desk_nobody_sits_at_is_told_plainly(waiting, tam_quang):
    Holding.objects.filter(post__role=Role.SPECIALIST).update(until=datetime.date(2026, 1, 1))
    with at(*FRIDAY), pytest.raises(Refusal, match="nhập người thay"):
        remind(waiting)


def test_the_screen_asks_first_then_reminds_once(client, waiting, tam_quang):
    client.force_login(waiting.author)
    address = reverse("dossier-nudge", args=[waiting.pk])
    page = client.get(address)
    assert tam_quang(Role.SPECIALIST).full_name in page.content.decode()
    assert not Notice.objects.exists()
    answer = client.post(address, {"seen": waiting.revision})
    assert answer["Location"] == reverse("dossier", args=[waiting.pk])
    again = client.post(address, {"seen": waiting.revision})
    assert again.status_code == 409
    assert "Đã nhắc lúc" in again.content.decode()
    assert Notice.objects.count() == 2


def test_a_stranger_finds_no_such_case(client, waiting, hac_thanh):
    client.force_login(hac_thanh(Role.CHAIRMAN))
    for name in ("dossier-nudge", "dossier-share"):
        assert client.get(reverse(name, args=[waiting.pk])).status_code == 404
