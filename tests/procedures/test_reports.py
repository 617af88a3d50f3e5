"""A month of reports: given, none, missing, returned, left lying; quarters, requests, Tết."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures import access
from procedures.finding import search
from procedures.management.commands.check_cases import disagreements
from procedures.management.commands.verify_ledger import check
from procedures.messages import digest, reminding
from procedures.models import Notice, Report, ReportCall, SearchEntry
from procedures.reports import periods, reporting, rollups
from procedures.roles import Role
from procedures.targets import reported
from tests.procedures.cells import SCAN
from workflows import authority
from workflows.deadlines import Calendar
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.models import Event

from . import reporting as helpers
from .reporting import LETTER, accepted, asked, at, do, indicators, of, received, rule, sent, teams

BUDGET = 30


@pytest.fixture
def month(tam_quang):
    """Three villages asked on Thursday 3 December 2026, due on Tuesday 8."""
    with at(2026, 12, 3):
        made, counted = teams(tam_quang), indicators(tam_quang)
        call = asked(tam_quang, counted)
        yield tam_quang, call, made, counted


def test_one_gives_figures_one_has_nothing_one_is_missing(
    month, django_capture_on_commit_callbacks
):
    cast, call, (first, second, third, _own), (helped, shops) = month
    assert [r.procedure for r in call.reports.order_by("pk")] == ["village_report"] * 3 + [
        "commune_report"
    ]
    report, none, missing = (of(call, team) for team in (first, second, third))
    with pytest.raises(Refusal, match="ít nhất một số liệu"):
        do(report, "send_report", helpers.leader(cast, report), figures={}, trouble="")
    with pytest.raises(Refusal, match="không thể lớn hơn"):
        sent(cast, report, {shops.pk: (20, 10)})
    with django_capture_on_commit_callbacks(execute=True):
        sent(cast, report, {helped.pk: (12, None)}, files=[SCAN], trouble="Sóng yếu")
        sent(cast, none)
    # Its sender's word is not counted before somebody accepted it.
    found = rollups.rollup([call])
    assert (found.arrived, found.accepted, len(found.missing)) == (2, 0, 1)
    assert [(s.numerator, s.given, s.asked) for s in found.sums] == [(None, 0, 3), (None, 0, 3)]
    secretary = cast(Role.YOUTH_SECRETARY)
    assert {task.process.seed for task in waiting_for(secretary)} == {report, none}
    with django_capture_on_commit_callbacks(execute=True):
        do(report, "accept_report", secretary)
        do(none, "accept_report", secretary)
    found = rollups.rollup([call])
    # A number left empty is missing; "Không phát sinh" is given and adds nothing.
    assert [(s.numerator, s.given, s.lacking) for s in found.sums] == [(12, 2, 1), (0, 1, 2)]
    assert [cell.given for cell in found.rows[0].cells] == [True, False]
    assert [cell.none for cell in found.rows[1].cells] == [True, True]
    assert found.missing == [missing]
    assert [rollups.standing(r) for r in found.reports] == [
        "Đã ghi nhận", "Không phát sinh", "Chưa gửi"
    ]  # fmt: skip
    told = Notice.objects.filter(record_id=report.pk, recipient=helpers.leader(cast, report))
    assert [n.kind for n in told.order_by("pk")] == ["called", "accepted"]
    # What was asked for is done: only the answer is news.
    assert [n.kind for n in told.filter(read=None)] == ["accepted"]
    assert list(check(cast.agency)) == []
    assert [line for line in disagreements() if "áo cáo" in line] == []
    facts = reported.given([first, second, third], [helped, shops])
    [fact] = facts.pop((first.pk, helped.pk))
    assert (fact.numerator, fact.denominator, fact.until) == (12, None, call.until)
    assert fact.accepted.date() == datetime.date(2026, 12, 3)
    # The second said that nothing happened; the third said nothing.
    assert {key: fact.numerator for key, [fact] in facts.items()} == {
        (second.pk, helped.pk): 0, (second.pk, shops.pk): 0
    }  # fmt: skip


def test_what_is_returned_keeps_its_first_day_and_late_is_counted_in_working_days(month):
    cast, call, (first, second, *_), (helped, _shops) = month
    calendar, day = Calendar.current(), timezone.localdate
    report, late = of(call, first), of(call, second)
    sent(cast, report, {helped.pk: (5, None)})
    with pytest.raises(Refusal, match="lý do"):
        do(report, "return_report", cast(Role.YOUTH_SECRETARY))
    do(report, "return_report", cast(Role.YOUTH_SECRETARY), note="Xem lại số lượt.")
    assert rollups.rollup([call]).arrived == 0
    with at(2026, 12, 14):  # Monday: four working days after Tuesday 8
        again = sent(cast, report, {helped.pk: (6, None)})
        other = sent(cast, late)
        assert again.sent_on == datetime.date(2026, 12, 3)
        assert rollups.late(again, calendar, day()) == 0
        assert rollups.late(other, calendar, day()) == 4
    with at(2026, 12, 15):
        do(again, "accept_report", cast(Role.YOUTH_SECRETARY))
        reopened = do(again, "reopen_report", cast(Role.SPECIALIST), note="Sai số.")
        assert reopened.state == "returned"
        assert reported.given([first], [helped]) == {}
        assert accepted(cast, reopened, {helped.pk: (7, None)}).sent_on == again.sent_on


def test_silence_past_the_term_hands_a_report_to_the_specialist(month):
    cast, call, (first, *_), (helped, _shops) = month
    report, system = of(call, first), cast(Role.CLERK)
    sent(cast, report, {helped.pk: (5, None)})
    with pytest.raises(Refusal, match="tự làm"):
        do(report, "hand_on", cast(Role.YOUTH_SECRETARY))
    # Nobody has to look before it is due (8 December); then one working day is left.
    for day in (8, 9):
        with at(2026, 12, day):
            assert reporting.hand_on_silent(system) == []
    with at(2026, 12, 10):
        call_command("open_reports", verbosity=0)
        call_command("open_reports", verbosity=0)
        report.refresh_from_db()
        assert report.state == "submitted"
        assert [t.process.seed for t in waiting_for(cast(Role.SPECIALIST))] == [report]
        assert not waiting_for(cast(Role.YOUTH_SECRETARY))
        event = Event.objects.filter(record_type="procedures.report").latest("sequence")
        assert (event.act, event.capacity, event.actor_name) == ("hand_on", "", "Hệ thống")
        with pytest.raises(Refusal):
            do(report, "accept_report", cast(Role.YOUTH_SECRETARY))
        assert do(report, "accept_report", cast(Role.SPECIALIST)).state == "accepted"
    assert list(check(cast.agency)) == []


def test_tet_does_not_count(tam_quang):
    """Tết Đinh Mùi: nobody works from Thursday 4 to Wednesday 10 February 2027."""
    with at(2027, 2, 1):
        counted = indicators(tam_quang)
        first, second, *_ = teams(tam_quang)
        before = asked(tam_quang, counted, due=datetime.date(2027, 2, 3))
        within = asked(tam_quang, counted, due=datetime.date(2027, 2, 5))
    calendar, report, other = Calendar.current(), of(before, first), of(within, second)
    days = [(2, 4), (2, 10), (2, 11), (2, 12), (2, 14), (2, 15)]

    def late(found):
        return [rollups.late(found, calendar, datetime.date(2027, *day)) for day in days]

    assert late(report) == [0, 0, 1, 2, 2, 3]
    # What falls due on a holiday is due on the next working day, Thursday 11.
    assert late(other) == [0, 0, 0, 1, 1, 2]
    with at(2027, 2, 3):
        sent(tam_quang, report)
    for day in (4, 10, 11):
        with at(2027, 2, day):
            assert reporting.hand_on_silent(tam_quang(Role.CLERK)) == []
    with at(2027, 2, 12):
        assert reporting.hand_on_silent(tam_quang(Role.CLERK)) == [report]


# What asks ---------------------------------------------------------------------------------------


def test_a_recurring_call_opens_once_on_its_day(tam_quang):
    counted = indicators(tam_quang)
    teams(tam_quang)
    rule(tam_quang, counted)
    with at(2026, 11, 30):
        call_command("open_reports", verbosity=0)
        assert [c.title for c in ReportCall.objects.all()] == ["Báo cáo tháng 10/2026"]
    with at(2026, 12, 1):
        for _again in range(3):
            call_command("open_reports", verbosity=0)
    call = ReportCall.objects.get(title="Báo cáo tháng 11/2026")
    assert (call.since, call.until) == (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
    assert (call.due, call.cited) == (datetime.date(2026, 12, 5), helpers.PLAN)
    assert (ReportCall.objects.count(), call.reports.count()) == (2, 4)
    assert Notice.objects.filter(kind="called", title__startswith=call.title).count() == 4
    with at(2026, 12, 2):
        [letter] = [
            digest.letter_for(tam_quang(Role.HAMLET_HEAD), Calendar.current(), timezone.localdate())
        ]
        assert "Báo cáo tháng 11/2026" in letter.body


@pytest.mark.parametrize(
    ("every", "counted", "today", "since", "until", "name", "due"),
    [
        ("month", "calendar", (2026, 12, 1), (2026, 11, 1), (2026, 11, 30), "tháng 11/2026", 25),
        ("month", "calendar", (2027, 1, 1), (2026, 12, 1), (2026, 12, 31), "tháng 12/2026", 5),
        ("month", "calendar", (2026, 12, 31), (2026, 11, 1), (2026, 11, 30), "tháng 11/2026", 5),
        ("month", "from_15th", (2026, 11, 15), (2026, 10, 15), (2026, 11, 14), "tháng 11/2026", 25),
        ("month", "from_15th", (2026, 11, 14), (2026, 9, 15), (2026, 10, 14), "tháng 10/2026", 25),
        ("quarter", "calendar", (2027, 1, 1), (2026, 10, 1), (2026, 12, 31), "quý IV/2026", 10),
        ("quarter", "from_15th", (2026, 12, 15), (2026, 9, 15), (2026, 12, 14), "quý IV/2026", 20),
        ("quarter", "from_15th", (2026, 4, 1), (2025, 12, 15), (2026, 3, 14), "quý I/2026", 20),
    ],
)
def test_periods(every, counted, today, since, until, name, due):
    """By hand, from legal.md D.7."""
    span = periods.last_ended(every, counted, datetime.date(*today))
    assert (span.since, span.until) == (datetime.date(*since), datetime.date(*until))
    assert span.name == name
    answer = periods.due_after(span.until, due)
    assert answer > span.until
    assert answer.day == due
    assert (answer - span.until).days <= 31


def test_a_quarter_adds_up_its_months_with_its_sources(tam_quang):
    helped, shops = indicators(tam_quang)
    first, second, *_ = teams(tam_quang)
    rule(tam_quang, (helped, shops))
    given = {(2026, 11): [(3, 10), None], (2026, 12): [(4, 12), (1, 8)], (2027, 1): [None, "none"]}
    for (year, number), figures in given.items():
        with at(year, number, 1):
            [call] = reporting.open_due(tam_quang(Role.CLERK))
            for team, said in zip((first, second), figures, strict=True):
                if said == "none":
                    accepted(tam_quang, of(call, team))
                elif said:
                    told = {helped.pk: (said[0], None), shops.pk: said}
                    accepted(tam_quang, of(call, team), told)
    months = rollups.months_of_quarter(tam_quang.agency.commune, 2026, 4)
    assert [call.title[-7:] for call in months] == ["10/2026", "11/2026", "12/2026"]
    found = rollups.rollup(months)
    count, share = found.sums
    # 3 + 4 of the first, 1 of the second; the third gave nothing and is no zero.
    assert (count.numerator, count.given, count.asked) == (8, 2, 3)
    assert (share.numerator, share.denominator) == (8, 12 + 8)
    assert [part.numerator for part in found.rows[0].cells[0].parts] == [3, 4, None]
    assert [part.none for part in found.rows[1].cells[0].parts] == [False, False, True]
    assert len(found.missing) == 2 + 1 + 0 + 2
    assert rollups.months_of_quarter(tam_quang.agency.commune, 2027, 1) == []


def test_a_request_goes_to_the_teams_chosen_and_the_rest_hear_nothing(tam_quang):
    counted = indicators(tam_quang)
    first, _second, third, own = teams(tam_quang)
    more = {**LETTER, "title": "Báo cáo kết quả tập huấn", "teams": [first, third], "scan": SCAN}
    call = asked(tam_quang, counted, **more)
    assert {report.team for report in call.reports.all()} == {first, third, own}
    assert call.cited == (
        "Công văn số 1234/SKHCN-CĐS ngày 05 tháng 11 năm 2026 của Sở Khoa học và Công nghệ tỉnh "
        "Nghệ An"
    )
    head, unasked = tam_quang(Role.HAMLET_HEAD), tam_quang(Role.HAMLET_HEAD, 1)
    assert access.request_scan_for(head, call.pk).data == SCAN
    with pytest.raises(Http404):
        access.request_scan_for(unasked, call.pk)
    # Reminding tells each missing team once a day.
    assert reporting.remind(call, by=tam_quang(Role.SPECIALIST)) == 2
    with pytest.raises(Refusal, match="nhắc hết"):
        reporting.remind(call, by=tam_quang(Role.YOUTH_SECRETARY))
    with pytest.raises(Refusal, match="Chỉ chuyên viên"):
        reporting.remind(call, by=head)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due": datetime.date(2026, 1, 1)}, "từ hôm nay"),
        ({"until": datetime.date(2026, 10, 1)}, "trước ngày đầu"),
        ({"indicators": []}, "ít nhất một chỉ số"),
        ({"teams": []}, "Chưa có tổ"),
    ],
)
def test_a_call_that_asks_nothing_is_refused(wrong, sentence, tam_quang):
    teams(tam_quang)
    with pytest.raises(Refusal, match=sentence):
        asked(tam_quang, indicators(tam_quang), **wrong)
    assert not ReportCall.objects.exists()


def test_only_a_specialist_asks(tam_quang, hac_thanh):
    post = tam_quang.post(Role.SPECIALIST)
    told = reporting.Asked("x", *[datetime.date(2026, 11, 1)] * 3, indicators=[])
    for by in (tam_quang(Role.CLERK), tam_quang(Role.YOUTH_SECRETARY), hac_thanh(Role.SPECIALIST)):
        with pytest.raises(Refusal, match="Chỉ chuyên viên"):
            reporting.ask(by, post, told)


# The commune team's report, entering for others, who sees what ----------------------------------


def test_the_commune_team_signs_off_the_sum_and_later_reports_do_not_change_it(month):
    cast, call, (first, second, _third, own), (helped, shops) = month
    secretary, specialist = cast(Role.YOUTH_SECRETARY), cast(Role.SPECIALIST)
    accepted(cast, of(call, first), {helped.pk: (12, None), shops.pk: (2, 9)})
    report = do(of(call, own), "send_rollup", secretary, answer="Các tổ hoạt động đều.")
    assert report.state == "submitted"
    assert report.added["sums"][0] | {"name": "", "unit": ""} == {
        "name": "", "unit": "", "of": "", "numerator": 12, "denominator": None, "given": 1,
        "asked": 3,
    }  # fmt: skip
    assert [(t["accepted"], t["cells"]) for t in report.added["teams"]] == [
        (1, [[12, None, False], [2, 9, False]]),
        (0, [[None, None, False], [None, None, False]]),
        (0, [[None, None, False], [None, None, False]]),
    ]
    accepted(cast, of(call, second), {helped.pk: (30, None)})
    assert of(call, own).added == report.added
    assert do(report, "take_back_rollup", secretary).state == "returned"
    again = do(report, "send_rollup", secretary)
    assert again.added["sums"][0]["numerator"] == 42
    assert again.answer == "Các tổ hoạt động đều."
    assert do(report, "accept_report", specialist).state == "accepted"


def test_the_specialist_enters_what_a_leader_said(month, django_capture_on_commit_callbacks):
    cast, call, (first, *_), (helped, _shops) = month
    report, head = of(call, first), cast(Role.HAMLET_HEAD)
    with pytest.raises(Refusal, match="nhận bằng cách nào"):
        do(report, "enter_report", cast(Role.SPECIALIST), none=True)
    with django_capture_on_commit_callbacks(execute=True):
        data = {"figures": {helped.pk: (9, None)}, "received": received()}
        entered = do(report, "enter_report", cast(Role.SPECIALIST), **data)
    assert (entered.state, entered.author) == ("team_review", head)
    assert entered.how_received == "theo điện thoại ngày 03/12/2026"
    assert Notice.objects.get(kind="reported").recipient == head
    do(report, "return_report", cast(Role.YOUTH_SECRETARY), note="Gọi lại.")
    assert sent(cast, report).how_received == ""


def test_no_village_sees_another_and_no_commune_another(month, hac_thanh):
    cast, call, (first, *_), (helped, _shops) = month
    report = sent(cast, of(call, first), {helped.pk: (1, None)}, files=[SCAN])
    name = access.scan_digest(report.files.get().name)
    seeing = (Role.YOUTH_SECRETARY, Role.SPECIALIST, Role.CHAIRMAN, Role.HAMLET_HEAD)
    for role in seeing:
        assert access.report_for(cast(role), report.pk) == report
        assert access.report_file_for(cast(role), report.pk, name).data == SCAN
    strangers = [cast(Role.HAMLET_HEAD, 1), *(hac_thanh(role) for role in seeing)]
    for user in strangers:
        assert not access.reports_of(user).filter(pk=report.pk).exists()
        for look in (
            lambda: access.report_for(user, report.pk),  # noqa: B023
            lambda: access.call_for(user, call.pk),  # noqa: B023
            lambda: access.report_file_for(user, report.pk, name),  # noqa: B023
        ):
            with pytest.raises(Http404):
                look()
    with pytest.raises(Http404):
        access.report_file_for(cast(Role.CHAIRMAN), report.pk, "0" * 64)


def test_a_report_is_found_and_reminded_like_any_record(month, django_capture_on_commit_callbacks):
    cast, call, (_first, _second, third, _own), _counted = month
    report = of(call, third)
    # It is found from the day it is asked for.
    assert SearchEntry.objects.filter(report__call=call).count() == 4
    with django_capture_on_commit_callbacks(execute=True):
        report = sent(cast, report)
    head = cast(Role.HAMLET_HEAD, 2)

    def hits(user):
        groups = search.find(user, authority.capacities(user), "bao cao thang 11 bong")
        return [hit.title for group in groups for hit in group.hits]

    assert hits(cast(Role.SPECIALIST)) == hits(head) == [report.title]
    assert hits(cast(Role.HAMLET_HEAD, 1)) == []
    SearchEntry.objects.all().delete()
    call_command("rebuild_search", verbosity=0)
    assert hits(cast(Role.YOUTH_SECRETARY)) == [report.title]
    [notice] = reminding.nudge(report, by=head, seen=report.revision)
    assert (notice.recipient, notice.page) == (
        cast(Role.YOUTH_SECRETARY), f"/bao-cao/{report.pk}/"
    )  # fmt: skip


def test_steps_stay_within_their_budget(month):
    cast, call, (first, *_rest, own), (helped, shops) = month
    report = of(call, first)
    steps = [
        (report, "send_report", cast(Role.HAMLET_HEAD),
         {"figures": {helped.pk: (1, None), shops.pk: (1, 2)}, "files": [SCAN]}),
        (report, "return_report", cast(Role.YOUTH_SECRETARY), {}),
        (report, "send_report", cast(Role.HAMLET_HEAD), {"none": True}),
        (report, "accept_report", cast(Role.YOUTH_SECRETARY), {}),
        (of(call, own), "send_rollup", cast(Role.YOUTH_SECRETARY), {}),
    ]  # fmt: skip
    for record, act, by, data in steps:
        with CaptureQueriesContext(connection) as captured:
            do(record, act, by, note="Vì một lý do.", **data)
        said = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(said) <= BUDGET, (act, len(said), said)
    with CaptureQueriesContext(connection) as captured:
        rollups.rollup([call])
    assert len(captured.captured_queries) <= 4
    assert Report.objects.get(pk=report.pk).none
