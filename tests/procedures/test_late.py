"""Limits of the steps, and the list of who is late. The clock is set; days counted by hand."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from procedures import deadlines
from procedures.messages import desks
from procedures.models import Dossier
from procedures.roles import Role
from workflows import engine, inbox
from workflows.engine import HumanTask
from workflows.models import CalendarDay, Delegation
from workflows.states import State

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime.datetime(2026, 11, 20, 15, 0, tzinfo=HANOI)


def at(day, month, year=2026, hour=9):
    return time_machine.travel(datetime.datetime(year, month, day, hour, tzinfo=HANOI), tick=False)


def due_of(record):
    found = deadlines.deadline_of(record)
    return found and found.day


def is_late(record, on):
    found = deadlines.deadline_of(record, on=on)
    return bool(found and found.late)


@pytest.fixture
def submitted(road):
    """A dossier that came to the specialist on Friday 20 November 2026."""
    dossier = road.to(State.SUBMITTED)
    return moved(dossier, FRIDAY)


def moved(dossier, moment):
    Dossier.objects.filter(pk=dossier.pk).update(moved=moment)
    return Dossier.objects.get(pk=dossier.pk)


def test_every_step_of_the_road_has_a_limit_but_the_authors_own():
    names = {node.name for flow in engine.flows() for node in flow.instance.nodes()
             if isinstance(node, HumanTask) and node.desk != engine.AUTHOR}  # fmt: skip
    assert set(deadlines.LIMITS) <= names
    road = {"check_content", "sign_submission", "check_form", "sign_decision"}
    assert road | {"seal_decision", "release_decision"} <= set(deadlines.LIMITS)


def test_only_the_legal_term_names_a_source():
    sourced = {name for name, limit in deadlines.LIMITS.items() if limit.source}
    assert sourced == {"seal_decision", "release_decision"}
    assert "Điều 18" in deadlines.LIMITS["release_decision"].source


def test_three_working_days_over_a_weekend_and_a_holiday(submitted):
    # Monday 23, Wednesday 25, Thursday 26: the 24th is Ngày Văn hóa Việt Nam.
    assert due_of(submitted) == datetime.date(2026, 11, 26)
    assert not is_late(submitted, datetime.date(2026, 11, 26))
    assert is_late(submitted, datetime.date(2026, 11, 27))


def test_a_changed_calendar_changes_the_answer(submitted):
    holiday = CalendarDay.objects.create(
        day=datetime.date(2026, 11, 25), source="Thông báo số 1", note="Nghỉ bão"
    )
    assert due_of(submitted) == datetime.date(2026, 11, 27)
    holiday.delete()
    assert due_of(submitted) == datetime.date(2026, 11, 26)


def test_across_tet(submitted):
    dossier = moved(submitted, datetime.datetime(2027, 2, 2, 15, 0, tzinfo=HANOI))
    # Wednesday 3; then 4 to 10 February off; Thursday 11, Friday 12.
    assert due_of(dossier) == datetime.date(2027, 2, 12)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.REJECTED, State.RELEASED])
def test_what_waits_for_the_author_or_for_nobody_has_no_limit(state, road):
    assert due_of(road.to(state)) is None
    assert not is_late(road.to(State.DRAFT), datetime.date(2030, 1, 1))


def test_the_release_is_counted_from_the_signature_not_from_the_seal(road):
    dossier = road.to(State.SEALED)
    type(dossier.decision).objects.filter(pk=dossier.decision_id).update(issued=FRIDAY)
    sealed = moved(dossier, FRIDAY + datetime.timedelta(days=5))
    assert due_of(sealed) == datetime.date(2026, 11, 23)


def test_on_paper_it_is_counted_from_the_date_the_paper_bears(road, tam_quang):
    dossier = road.to(State.CLEARED)
    signed = road.do(
        dossier, "record_paper_decision", tam_quang(Role.CLERK),
        signer=tam_quang(Role.CHAIRMAN), date=dossier.submission.date, scan=b"%PDF-1.7 scan",
    )  # fmt: skip
    # Signed on Thursday the 12th, recorded eight days later.
    borne = {"date": datetime.date(2026, 11, 12), "issued": FRIDAY, "year": 2026}
    type(signed.decision).objects.filter(pk=signed.decision_id).update(**borne)
    recorded = moved(signed, FRIDAY)
    assert due_of(recorded) == datetime.date(2026, 11, 13)


def page(client, user):
    client.force_login(user)
    return client.get(reverse("late"))


def test_the_list_says_who_since_when_how_late_and_with_whom(client, submitted, tam_quang):
    with at(30, 11):
        text = page(client, tam_quang(Role.CLERK)).content.decode()
    # Due on Thursday 26: Friday 27 and Monday 30 have passed.
    assert "Trễ 2 ngày làm việc" in text
    assert "chậm nhất ngày 26/11/2026" in text
    assert "15:00 ngày 20/11/2026" in text
    assert tam_quang(Role.SPECIALIST).full_name in text
    assert tam_quang(Role.SPECIALIST, 1).full_name in text
    assert tam_quang(Role.CHAIRMAN).full_name not in text
    assert reverse("dossier", args=[submitted.pk]) in text


def test_nobody_is_late_on_the_last_day(client, submitted, tam_quang):
    with at(26, 11, hour=23):
        text = page(client, tam_quang(Role.CLERK)).content.decode()
    assert "Không có hồ sơ nào trễ hạn" in text


def test_the_most_overdue_comes_first(client, submitted, road, tam_quang):
    older = moved(
        road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1)),
        FRIDAY - datetime.timedelta(days=10),
    )
    with at(30, 11):
        text = page(client, tam_quang(Role.SPECIALIST)).content.decode()
    first, second = (text.index(reverse("dossier", args=[d.pk])) for d in (older, submitted))
    assert first < second


def test_only_the_office_sees_the_list_and_only_its_own(client, submitted, tam_quang, hac_thanh):
    with at(30, 11):
        assert page(client, tam_quang(Role.HAMLET_HEAD)).status_code == 403
        assert page(client, tam_quang(Role.YOUTH_SECRETARY)).status_code == 403
        there = page(client, hac_thanh(Role.CHAIRMAN))
    assert there.status_code == 200
    assert "Không có hồ sơ nào trễ hạn" in there.content.decode()


def asked(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("late")).status_code == 200
    return len(captured)


def test_a_longer_list_costs_no_more_queries(client, submitted, road, tam_quang):
    with at(30, 11):
        client.force_login(tam_quang(Role.CLERK))
        one = asked(client)
        for number in (1, 2, 3):
            moved(road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, number)), FRIDAY)
        dossier = road.to(State.SIGNED, tam_quang(Role.YOUTH_SECRETARY))
        type(dossier.decision).objects.filter(pk=dossier.decision_id).update(issued=FRIDAY)
        assert asked(client) == one <= 13


def drawn(user, dossiers):
    """The small words under each title of a list."""
    request = RequestFactory().get("/")
    request.user = user
    template = '{% for dossier in dossiers %}{% include "parts/due.html" %}{% endfor %}'
    return Template(template).render(Context({"dossiers": dossiers, "request": request}))


def test_the_words_under_a_title(submitted, tam_quang):
    with at(26, 11):
        assert "Chậm nhất ngày <strong>26/11/2026</strong>" in drawn(None, [submitted])
    with at(27, 11):
        assert "Trễ 1 ngày làm việc" in drawn(None, [submitted])


def test_a_list_of_titles_asks_for_the_calendar_once(submitted, road, tam_quang):
    other = road.to(State.SUBMITTED, tam_quang(Role.HAMLET_HEAD, 1))
    with CaptureQueriesContext(connection) as captured:
        drawn(None, [submitted, other, submitted])
    assert len(captured) == 1


def everybody(agency):
    from workflows.models import Holding

    return {holding.user for holding in Holding.objects.filter(post__agency=agency)}


@pytest.mark.parametrize(
    "state", [State.SUBMITTED, State.CHECKED, State.APPRAISED, State.CLEARED, State.RETURNED]
)
def test_who_sits_at_a_desk_is_who_has_the_case_in_his_inbox(state, road, tam_quang):
    """A stand-in of one day, a deputy of the field and one of another are among them."""
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.SPECIALIST),
        kind="STAND_IN", since=FRIDAY.date(), until=datetime.date(2099, 1, 1), paper="TB số 7",
    )  # fmt: skip
    dossier = road.to(state)
    seated = {c.user for c in desks.able(dossier)}
    inboxes = {
        user
        for user in everybody(dossier.agency)
        if any(task.process.seed == dossier for task in inbox.waiting_for(user))
    }
    assert seated == inboxes
    assert seated
