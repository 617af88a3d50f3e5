"""The screens of reports: a leader's page, the list to accept, the office's calls, the Báo cáo."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from procedures import access
from procedures.forms.numbers import Whole
from procedures.models import Dossier, Indicator, Report, ReportCall, ReportRule
from procedures.roles import Role
from tests.procedures import reporting as helpers
from tests.procedures.cells import SCAN
from tests.procedures.reporting import accepted, asked, do, indicators, of, sent, teams


@pytest.fixture
def month(tam_quang):
    made, counted = teams(tam_quang), indicators(tam_quang)
    return tam_quang, asked(tam_quang, counted), made, counted


def page(client, user, name, *args):
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def posted(client, user, name, *args, files=None, said=None, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), {**data, **(said or {}), **(files or {})})


def photo():
    return SimpleUploadedFile("anh.png", SCAN, "image/png")


def test_a_leader_sees_what_is_asked_and_gives_figures_with_a_photo(month, client):
    cast, call, (first, *_), (helped, shops) = month
    report, head = of(call, first), cast(Role.HAMLET_HEAD)
    _status, home = page(client, head, "home")
    assert report.title in home
    assert f"hạn {call.due:%d/%m/%Y}" in home
    status, shown = page(client, head, "report", report.pk)
    assert status == 200
    assert "Không phát sinh" in shown
    told = {f"n_{helped.pk}": "1.250", f"n_{shops.pk}": "9", f"of_{shops.pk}": "", "send": "1"}
    wrong = posted(client, head, "report", report.pk, seen=1, **told)
    assert wrong.status_code == 422
    # Nothing typed is lost, and the mistake stands at its box.
    assert 'value="1.250"' in wrong.content.decode()
    assert "Ghi cả số hộ trong bản." in wrong.content.decode()
    told[f"of_{shops.pk}"] = "40"
    answer = posted(client, head, "report", report.pk, seen=1, files={"file": photo()}, **told)
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.state == "team_review"
    assert sorted(report.figures.values_list("numerator", "denominator")) == [(9, 40), (1250, None)]
    digest = access.scan_digest(report.files.get().name)
    client.force_login(cast(Role.YOUTH_SECRETARY))
    assert client.get(reverse("report-file", args=[report.pk, digest])).content == SCAN


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.250", 1250), ("1 250", 1250), ("0", 0), ("2.5", None), ("2,5", None), ("12.50", None)],
)
def test_a_figure_is_what_was_written_and_never_ten_times_that(typed, number):
    box = Whole()
    if number is None:
        with pytest.raises(ValidationError, match="số nguyên"):
            box.clean(typed)
    else:
        assert box.clean(typed) == number


def test_nothing_happened_is_one_tap_and_pressed_twice_is_one(month, client):
    cast, call, (first, *_), _counted = month
    report, head = of(call, first), cast(Role.HAMLET_HEAD)
    _status, shown = page(client, head, "report", report.pk)
    key = re.search(r'name="once" value="([^"]+)"', shown)[1]
    for _press in (1, 2):
        answer = posted(client, head, "report-none", report.pk, seen=1, once=key)
        assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.none, report.revision) == ("team_review", True, 2)
    _status, home = page(client, head, "home")
    assert report.title not in home
    stale = posted(client, head, "report-none", report.pk, seen=1)
    assert stale.status_code == 409


def test_the_commune_leader_accepts_from_the_inbox_or_returns_with_a_reason(month, client):
    cast, call, (first, second, *_), (helped, _shops) = month
    secretary = cast(Role.YOUTH_SECRETARY)
    one, two = of(call, first), of(call, second)
    sent(cast, one, {helped.pk: (5, None)})
    sent(cast, two)
    with CaptureQueriesContext(connection) as captured:
        _status, home = page(client, secretary, "home")
    assert one.title in home
    assert two.title in home
    few = len(captured.captured_queries)
    assert posted(client, secretary, "report-accept", one.pk, seen=2).status_code == 302
    empty = posted(client, secretary, "report-act", two.pk, "return_report", seen=2, note="")
    assert empty.status_code == 422
    told = {"seen": 2, "note": "Bản có mở lớp ngày 12."}
    assert (
        posted(client, secretary, "report-act", two.pk, "return_report", **told).status_code == 302
    )
    _status, shown = page(client, cast(Role.HAMLET_HEAD, 1), "report", two.pk)
    assert "Bản có mở lớp ngày 12." in shown
    assert [Report.objects.get(pk=r.pk).state for r in (one, two)] == ["accepted", "returned"]
    sent(cast, two)
    sent(cast, of(call, month[2][2]))
    with CaptureQueriesContext(connection) as captured:
        page(client, secretary, "home")
    assert len(captured.captured_queries) <= few


def test_the_office_sees_who_is_missing_and_reminds_them(month, client):
    cast, call, (first, *_), (helped, _shops) = month
    specialist = cast(Role.SPECIALIST)
    accepted(cast, of(call, first), {helped.pk: (5, None)})
    status, shown = page(client, specialist, "report-call", call.pk)
    assert status == 200
    assert "Đã có 1/3 báo cáo" in shown
    assert "Nhắc 2 tổ còn thiếu" in shown
    assert "(1/3 tổ có số liệu)" in shown
    with CaptureQueriesContext(connection) as captured:
        _status, listed = page(client, specialist, "reports")
    assert "Đã có 1/3 báo cáo" in listed
    assert not [q for q in captured.captured_queries if "reportfigure" in q["sql"]]
    assert posted(client, specialist, "report-remind", call.pk).status_code == 302
    again = posted(client, specialist, "report-remind", call.pk)
    assert again.status_code == 409
    assert "nhắc hết" in again.content.decode()
    # The list of calls does not grow by a query a team.
    with CaptureQueriesContext(connection) as captured:
        page(client, specialist, "report-call", call.pk)
    assert len(captured.captured_queries) <= 25


def test_a_request_is_sent_with_its_scan_and_a_wrong_one_keeps_what_was_typed(tam_quang, client):
    first, *_ = teams(tam_quang)
    helped, _shops = indicators(tam_quang)
    specialist, today = tam_quang(Role.SPECIALIST), timezone.localdate()
    status, shown = page(client, specialist, "report-ask")
    assert status == 200
    assert first.name in shown
    told = {
        "title": "Báo cáo tập huấn", "issuer": "Sở Khoa học và Công nghệ", "number": "12/SKHCN",
        "dated": "05/11/2026", "since": "01/11/2026", "until": "30/10/2026",
        "due": f"{today:%d/%m/%Y}", "indicators": [helped.pk], "teams": [first.pk],
    }  # fmt: skip
    wrong = posted(client, specialist, "report-ask", **told)
    assert wrong.status_code == 422
    assert 'value="12/SKHCN"' in wrong.content.decode()
    told["until"] = "30/11/2026"
    done = posted(client, specialist, "report-ask", files={"scan": photo()}, **told)
    call = ReportCall.objects.get()
    assert done["Location"] == reverse("report-call", args=[call.pk])
    assert call.reports.filter(procedure="village_report").count() == 1
    client.force_login(tam_quang(Role.HAMLET_HEAD))
    assert client.get(reverse("report-request", args=[call.pk])).content == SCAN


def test_the_recurring_rule_is_one_at_a_time(tam_quang, client):
    teams(tam_quang)
    helped, _shops = indicators(tam_quang)
    specialist = tam_quang(Role.SPECIALIST)
    told = {"every": "month", "counted": "from_15th", "due_day": "20",
            "source": helpers.PLAN, "indicators": [helped.pk]}  # fmt: skip
    bad = posted(client, specialist, "report-rule", **told | {"source": ""})
    assert bad.status_code == 422
    assert posted(client, specialist, "report-rule", **told).status_code == 302
    posted(client, specialist, "report-rule", **told)
    rule = ReportRule.objects.get()
    _status, shown = page(client, specialist, "report-rule")
    assert "Kỳ tới" in shown
    assert "hạn 20/" in shown
    assert posted(client, specialist, "report-rule-end").status_code == 302
    rule.refresh_from_db()
    assert rule.until == timezone.localdate()
    new = {"name": "Buổi tuyên truyền", "unit": "buổi", "counting": "flow"}
    assert posted(client, specialist, "report-indicators", said=new).status_code == 302
    assert posted(client, specialist, "report-indicators", said=new).status_code == 422
    assert Indicator.objects.filter(name="Buổi tuyên truyền").count() == 1


def test_the_specialist_enters_for_a_leader(month, client):
    cast, call, (first, second, *_), (helped, _shops) = month
    specialist, report = cast(Role.SPECIALIST), of(call, first)
    status, shown = page(client, specialist, "report-enter", report.pk)
    assert status == 200
    assert str(cast(Role.HAMLET_HEAD)) in shown
    how = {"nhan-channel": "zalo", "nhan-on": f"{timezone.localdate():%d/%m/%Y}"}
    wrong = posted(client, specialist, "report-enter", report.pk, seen=1, **{f"n_{helped.pk}": "7"})
    assert wrong.status_code == 422
    assert 'value="7"' in wrong.content.decode()
    told = {**how, f"n_{helped.pk}": "7", "send": "1"}
    done = posted(client, specialist, "report-enter", report.pk, seen=1, **told)
    assert done.status_code == 302
    none = posted(client, specialist, "report-enter", of(call, second).pk, seen=1, none="1", **how)
    assert none.status_code == 302
    assert of(call, second).none
    _status, shown = page(client, cast(Role.HAMLET_HEAD), "report", report.pk)
    assert "nhập hộ theo tin Zalo" in shown


def test_the_roll_up_and_the_report_upward(month, client):
    cast, call, (first, _second, _third, own), (helped, _shops) = month
    accepted(cast, of(call, first), {helped.pk: (5, None)})
    secretary, specialist = cast(Role.YOUTH_SECRETARY), cast(Role.SPECIALIST)
    _status, shown = page(client, secretary, "report", of(call, own).pk)
    assert "Cộng 1/3 báo cáo đã ghi nhận" in shown
    told = {"seen": 1, "answer": "Hoạt động đều.", "send": "1"}
    assert posted(client, secretary, "report", of(call, own).pk, **told).status_code == 302
    begun = posted(client, specialist, "report-upward", call.pk)
    dossier = Dossier.objects.get(procedure="report_upward")
    assert begun["Location"] == reverse("dossier-report", args=[dossier.pk])
    status, shown = page(client, specialist, "dossier-report", dossier.pk)
    assert status == 200
    assert "Có 1/3 báo cáo của các tổ được ghi nhận" in shown
    data = {"seen": 1, "results": "Đã mở 03 buổi.", "addressee": "", "send": "1"}
    wrong = posted(client, specialist, "dossier-report", dossier.pk, **data)
    assert wrong.status_code == 422
    assert "Ghi cơ quan nhận báo cáo." in wrong.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).revision == 1
    data["addressee"] = "Sở Khoa học và Công nghệ"
    assert posted(client, specialist, "dossier-report", dossier.pk, **data).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.revision) == ("checked", 4)
    for name in ("dossier", "dossier-report"):
        assert page(client, cast(Role.DIVISION_HEAD), name, dossier.pk)[0] == 200
    _status, shown = page(client, specialist, "dossier", dossier.pk)
    assert "đến khi phát hành" in shown
    assert "Đề xuất" not in shown
    assert page(client, specialist, "report-call", call.pk)[0] == 200
    late = reverse("late")
    client.force_login(specialist)
    assert client.get(late).status_code == 200


def test_a_quarter_is_shown_month_by_month(tam_quang, client):
    helped, _shops = indicators(tam_quang)
    first, *_ = teams(tam_quang)
    rule = helpers.rule(tam_quang, [helped])
    for month, count in ((10, 3), (11, 4)):
        title = f"Báo cáo tháng {month}/2026"
        call = asked(
            tam_quang, [helped], title=title, since=datetime.date(2026, month, 1),
            until=datetime.date(2026, month, 28),
        )  # fmt: skip
        ReportCall.objects.filter(pk=call.pk).update(rule=rule)
        accepted(tam_quang, of(call, first), {helped.pk: (count, None)})
    secretary = tam_quang(Role.YOUTH_SECRETARY)
    status, shown = page(client, secretary, "report-quarter", 2026, 4)
    assert status == 200
    cells = [
        re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", shown)
    ]
    assert cells[4:8] == ["Bản Bãi Sở", "3", "4", "7"]
    assert cells[8:12] == ["Bản Bãi Xa", "Chưa có", "Chưa có", "Chưa có"]
    assert page(client, secretary, "report-quarter", 2026, 1)[0] == 404
    assert page(client, secretary, "report-quarter", 2026, 9)[0] == 404
    specialist = tam_quang(Role.SPECIALIST)
    begun = posted(client, specialist, "report-quarter-upward", 2026, 4)
    assert begun.status_code == 302
    made = Dossier.objects.get(procedure="report_upward")
    assert made.name.endswith("quý IV/2026")
    assert "7 lượt" in made.upward.results


def addresses(call, report, dossier, digest):
    """Every address of this part, and whether it is only pressed."""
    return {
        "report-call": ([call.pk], False),
        "report-request": ([call.pk], False),
        "report-remind": ([call.pk], True),
        "report-upward": ([call.pk], True),
        "report": ([report.pk], False),
        "report-none": ([report.pk], True),
        "report-accept": ([report.pk], True),
        "report-act": ([report.pk, "return_report"], False),
        "report-enter": ([report.pk], False),
        "report-file": ([report.pk, digest], False),
        "dossier-report": ([dossier.pk], False),
    }


def test_another_commune_and_another_village_see_none_of_it(tam_quang, hac_thanh, client):
    from procedures.flows import report_upward

    counted, made = indicators(tam_quang), teams(tam_quang)
    call = asked(tam_quang, counted, **{**helpers.LETTER, "scan": SCAN})
    report = sent(tam_quang, of(call, made[0]), {counted[0].pk: (5, None)}, files=[SCAN])
    dossier = report_upward.draft(
        tam_quang(Role.SPECIALIST), tam_quang.post(Role.SPECIALIST), [call]
    )
    digest = access.scan_digest(report.files.get().name)
    strangers = [hac_thanh(role) for role in (Role.SPECIALIST, Role.YOUTH_SECRETARY, Role.CHAIRMAN)]
    for name, (args, pressed) in addresses(call, report, dossier, digest).items():
        client.force_login(tam_quang(Role.SPECIALIST))
        # The positive control: the very address answers the office.
        assert client.get(reverse(name, args=args)).status_code == (405 if pressed else 200), name
        for user in [*strangers, tam_quang(Role.HAMLET_HEAD, 1)]:
            client.force_login(user)
            if not pressed and (name, user) != ("report-request", tam_quang(Role.HAMLET_HEAD, 1)):
                assert client.get(reverse(name, args=args)).status_code == 404, (name, user)
                assert client.get(reverse(name, args=[2**70, *args[1:]])).status_code == 404
            answer = client.post(reverse(name, args=args), {"seen": 2, "note": "x"})
            assert answer.status_code in (404, 405), (name, user)
    assert Report.objects.get(pk=report.pk).revision == report.revision
    assert not ReportCall.objects.exclude(pk=call.pk).exists()


def test_the_head_of_division_and_the_clerk_only_read(month, client):
    cast, call, (first, *_), (helped, _shops) = month
    report = sent(cast, of(call, first), {helped.pk: (5, None)})
    assert (
        posted(client, cast(Role.DIVISION_HEAD), "report-accept", report.pk, seen=2).status_code
        == 409
    )
    for role in (Role.CLERK, Role.DIVISION_HEAD, Role.HAMLET_HEAD):
        for name in ("report-ask", "report-rule", "report-indicators"):
            assert page(client, cast(role), name)[0] == 404
    assert do(report, "accept_report", cast(Role.YOUTH_SECRETARY)).state == "accepted"


def test_empty_pages_say_what_to_do(tam_quang, client):
    assert "Chưa có kỳ báo cáo nào" in page(client, tam_quang(Role.SPECIALIST), "reports")[1]
    assert "Chưa có báo cáo nào" in page(client, tam_quang(Role.HAMLET_HEAD), "reports")[1]
    assert "Chưa có tổ" in page(client, tam_quang(Role.SPECIALIST), "report-ask")[1]
