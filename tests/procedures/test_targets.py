"""Giao chỉ tiêu: from the superior's paper to what each team has reached, and a changed number."""

import datetime
import re

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents.models import Relation
from procedures import papers, rules
from procedures.flows import assign_targets
from procedures.models import (
    Indicator,
    Membership,
    Notice,
    Person,
    ProgressEntry,
    Target,
    TargetRequest,
    TargetTeam,
)
from procedures.roles import Role
from procedures.targets import assigned, pages, progress
from procedures.targets.progress import Count
from tests.procedures.cells import SCAN
from tests.procedures.targets import (
    begun,
    leader_of,
    pdf,
    plan,
    released,
    sent,
    standing,
    written,
)
from workflows.errors import Refusal
from workflows.models import Post
from workflows.states import State

TODAY = timezone.localdate


def days(count):
    return datetime.timedelta(days=count)


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def told(team, indicator, numerator, denominator=None, *, on=None, by=None):
    count = Count(indicator, numerator, denominator)
    by = by or leader_of(team)
    return progress.tell(team, [count], on=on or TODAY(), by=by, capacity="Tổ trưởng")


def first_target(dossier, place=0, item=0):
    sheet = dossier.target_sheet()
    return sheet.cell(sheet.places[place], sheet.items[item])


def test_from_the_superiors_paper_to_a_changed_number(
    road, tam_quang, client, django_capture_on_commit_callbacks
):
    teams = standing(tam_quang, 18)
    with django_capture_on_commit_callbacks(execute=True):
        dossier = released(road, written(road, begun(tam_quang)))
    _one_grid_that_passes(dossier)
    _every_leader_is_told(teams, dossier)
    _opening_acknowledges(client, teams, dossier, tam_quang)
    _missing_is_not_zero(client, teams, dossier, tam_quang)
    with django_capture_on_commit_callbacks(execute=True):
        _a_request_is_refused(client, teams[1], dossier, tam_quang)
        _a_request_is_answered_by_a_decision(road, client, teams[0], dossier, tam_quang)


def _one_grid_that_passes(dossier):
    for kind in ("decision", "submission"):
        assert nd30.check(pdf(dossier, kind)) == []
    content = dossier.decision.content
    assert content["subject"] == (
        "Về việc giao chỉ tiêu cho 18 Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang"
    )
    assert any("1203/SKHCN-CĐS" in ground for ground in content["grounds"])
    assert "tại Tờ trình số" in content["grounds"][-1]
    [annex] = content["annexes"]
    grid = annex["blocks"][0]
    assert [row[2] for row in grid["rows"]][:2] == ["36/120 (30%)", "37/121 (30,5%)"]
    assert len(grid["rows"]) == 19
    assert grid["rows"][-1][1:3] == ["Cộng", "801/2313 (34,6%)"]


def _every_leader_is_told(teams, dossier):
    notices = Notice.objects.filter(kind="released", record_type="procedures.targetteam")
    assert {notice.recipient for notice in notices} == {leader_of(team) for team in teams}
    assert all(notice.page for notice in notices)


def _opening_acknowledges(client, teams, dossier, cast):
    board = ("target-board", dossier.target_set.pk)
    client.force_login(cast(Role.SPECIALIST))
    assert "0/18 tổ đã xem" in page(client, *board)
    page(client, "team-targets", teams[0].pk)  # the office looking is not the team looking
    assert "0/18 tổ đã xem" in page(client, *board)
    client.force_login(leader_of(teams[0]))
    notice = Notice.objects.get(recipient=leader_of(teams[0]), kind="released")
    shown = client.get(notice.page, follow=True).content.decode()
    assert "36/120 hộ (30%)" in shown
    assert "37/121" not in shown
    first = TargetTeam.objects.get(team=teams[0])
    assert first.seen_by == leader_of(teams[0])
    page(client, "team-targets", teams[0].pk)
    assert TargetTeam.objects.get(team=teams[0]).seen == first.seen
    download = client.get(reverse("document-download", args=[dossier.decision_id]))
    assert download.content[:5] == b"%PDF-"
    client.force_login(cast(Role.SPECIALIST))
    assert "1/18 tổ đã xem" in page(client, *board)


def _missing_is_not_zero(client, teams, dossier, cast):
    first, second = (item.indicator for item in dossier.target_sheet().items)
    client.force_login(leader_of(teams[0]))
    address = reverse("team-progress", args=[teams[0].pk])
    day = f"{TODAY():%Y-%m-%d}"
    typed = {"on": day, f"n-{first.pk}": "0", f"d-{first.pk}": "120", f"n-{second.pk}": ""}
    assert client.post(address, typed).status_code == 302
    latest = progress.latest(teams, [first, second])
    assert latest[teams[0].pk, first.pk].numerator == 0  # nothing reached was told, and is kept
    assert set(latest) == {(teams[0].pk, first.pk)}  # nothing was told of the other
    assert latest[teams[0].pk, first.pk].capacity == "Tổ trưởng"
    client.force_login(cast(Role.SPECIALIST))
    typed = {"on": day, f"n-{first.pk}": "1.050", f"d-{first.pk}": "1.200"}
    client.post(reverse("team-progress", args=[teams[1].pk]), typed)
    entry = ProgressEntry.objects.get(team=teams[1])
    assert (entry.numerator, entry.denominator) == (1050, 1200)
    assert entry.capacity == "chuyên viên, nhập thay tổ"
    shown = page(client, "target-board", dossier.target_set.pk)
    assert "0/120 hộ (0%)" in shown
    assert "1050/1200 hộ (87,5%)" in shown
    assert shown.count('<span class="status">Chưa có số liệu</span>') == 18 * 2 - 2


def _a_request_is_refused(client, team, dossier, cast):
    target = first_target(dossier, place=1)
    asked = assigned.ask(target, by=leader_of(team), reason="Bản có 20 hộ đi vắng.")
    client.force_login(cast(Role.SPECIALIST))
    assert "Bản có 20 hộ đi vắng." in page(client, "target-answer", asked.pk)
    address = reverse("target-answer", args=[asked.pk])
    assert client.post(address, {"keep": "1", "reason": ""}).status_code == 422
    client.post(address, {"keep": "1", "reason": "Sở không giảm số."})
    assert client.post(address, {"keep": "1", "reason": "Lần nữa."}).status_code == 409
    asked.refresh_from_db()
    assert asked.refusal == "Sở không giảm số."
    assert Notice.objects.get(recipient=leader_of(team), kind="answered").words == asked.refusal
    client.force_login(leader_of(team))
    assert "Sở không giảm số." in page(client, "team-targets", team.pk)


def _a_request_is_answered_by_a_decision(road, client, team, dossier, cast):
    target = first_target(dossier)
    client.force_login(leader_of(team))
    address = reverse("target-ask", args=[team.pk, target.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Bản đã tách hộ."}).status_code == 302
    assert client.post(address, {"reason": "Bản đã tách hộ!"}).status_code == 409
    asked = TargetRequest.objects.get(target=target)
    told_to = Notice.objects.filter(kind="asked", record_id=asked.pk)
    assert {n.recipient for n in told_to} == {cast(Role.SPECIALIST), cast(Role.SPECIALIST, 1)}
    second = cast(Role.SPECIALIST, 1)
    client.force_login(second)
    answer = client.post(reverse("target-answer", args=[asked.pk]), {"change": "1"})
    new = asked.answering.get().dossier
    assert answer["Location"] == reverse("targets-plan", args=[new.pk])
    [place], [item] = new.target_sheet().places, new.target_sheet().items
    assert (place.team, item.indicator) == (team, target.item.indicator)
    with pytest.raises(Refusal, match="đang có hồ sơ"):
        assign_targets.draft_for(second, Post.objects.get(holdings__user=second), asked)
    cells = {(place.pk, item.pk): (30, 110)}
    source = {"base_source": "Sổ hộ khẩu của Công an xã", "base_date": TODAY()}
    new = road.do(new, "edit", second, items={item.pk: source}, cells=cells)
    warned = [str(finding) for finding in rules.judge(new)]
    assert any(dossier.decision.reference in sentence for sentence in warned)
    new = released(road, new)
    assert nd30.check(pdf(new)) == []
    article = next(b for b in new.decision.content["body"] if b["lead"] == "Điều 3.")
    assert "thay thế các chỉ tiêu tương ứng đã giao tại Quyết định số" in article["text"]
    assert "Bản đã tách hộ" in str(new.submission.content)
    target.refresh_from_db()
    assert target.replaced_by == first_target(new)
    assert Relation.objects.get(target=dossier.decision).kind == "amends"
    client.force_login(leader_of(team))
    shown = page(client, "team-targets", team.pk)
    assert "30/110 hộ (27,2%)" in shown
    assert f"Đã thay bằng chỉ tiêu tại Quyết định số {new.decision.reference}" in shown


def test_more_indicators_than_a_sheet_is_wide_for_have_an_annex_for_each_team(road, tam_quang):
    standing(tam_quang, 2)
    dossier = written(road, begun(tam_quang), 4)
    block = papers.SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn A")
    first, second = papers.content("decision", dossier, block).annexes
    assert first.title == "CHỈ TIÊU GIAO TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG BẢN BÃI SỞ"
    table = first.blocks[0]
    assert table.rows[0][2:] == ("hộ", "36", "120 hộ trong thôn, bản, khu phố", "30%")
    assert table.rows[3][2:] == ("buổi", "36", "-", "-")  # a plain count has no share
    assert second.blocks[0].rows[0][3] == "37"


def test_the_communes_own_plan_is_cited_as_its_own_and_once(road, tam_quang):
    standing(tam_quang, 1)
    own = {"origin": "own", "paper": "Kế hoạch", "issuer": "", "number": "45/KH-UBND"}
    dossier = written(road, begun(tam_quang), **own, excerpt="về chuyển đổi số")
    assert findings(dossier) == set()
    grounds = papers.content("decision", dossier, papers.SignatureBlock((), "")).grounds
    [cited] = [ground for ground in grounds if "45/KH-UBND" in ground]
    assert cited.endswith("của Ủy ban nhân dân xã Tam Quang về chuyển đổi số")


def findings(dossier):
    return {(f.field[:2].rstrip("-"), f.rule) for f in rules.judge(dossier) if f.blocks}


def test_what_cannot_be_assigned_is_refused_with_its_box(road, tam_quang):
    teams = standing(tam_quang, 2)
    empty = begun(tam_quang)
    assert {rule for _field, rule in findings(empty)} == {
        "origin_is_told", "period_is_told", "an_indicator_is_chosen",
    }  # fmt: skip
    past = written(road, begun(tam_quang), since=TODAY() - days(9), due=TODAY() - days(1))
    assert findings(past) == {("du", "due_is_ahead")}
    dossier = written(road, begun(tam_quang))
    [(share, place)] = [(s.items[0], s.places[0]) for s in [dossier.target_sheet()]]
    other = dossier.target_sheet().places[1]
    source = {"base_source": "", "base_date": None}
    cells = {(place.pk, share.pk): (5, None), (other.pk, share.pk): (None, 120)}
    dossier = road.do(dossier, "edit", dossier.author, items={share.pk: source}, cells=cells)
    assert findings(dossier) == {
        ("d", "share_has_its_whole"), ("n", "every_team_is_given_something"),
        ("s", "the_whole_has_a_source"), ("b", "the_whole_has_a_source"),
        ("n", "every_indicator_is_given"),
    }  # fmt: skip
    fine = written(road, begun(tam_quang))
    assert findings(fine) == set()
    teams[0].until = TODAY()
    teams[0].save()
    fine._sheet = None
    assert findings(fine) == {("te", "teams_still_stand")}
    with pytest.raises(Refusal, match="không còn hoạt động"):
        sent(road, fine)


def test_a_day_that_comes_on_the_way_only_warns(road, tam_quang):
    standing(tam_quang, 1)
    dossier = sent(road, written(road, begun(tam_quang), due=TODAY()))
    dossier.target_set.due = TODAY() - days(1)
    dossier.target_set.since = TODAY() - days(9)
    dossier.target_set.save()
    dossier._sheet = None
    [finding] = [f for f in rules.judge(dossier, first_time=False) if f.rule == "due_is_ahead"]
    assert not finding.blocks
    assert road.do(dossier, "check_content", tam_quang(Role.SPECIALIST)).state == State.CHECKED


def test_teams_and_indicators_of_another_commune_are_refused(road, tam_quang, hac_thanh):
    standing(tam_quang, 1)
    [foreign] = standing(hac_thanh, 1)
    dossier = begun(tam_quang)
    other = Indicator.objects.filter(commune=foreign.commune).first()
    for words in ({"teams": [foreign.pk]}, {"indicators": [other.pk]}):
        with pytest.raises(Refusal, match="của xã, phường mình"):
            road.do(dossier, "edit", dossier.author, **words)
    post = Post.objects.get(holdings__user=tam_quang(Role.CLERK))
    with pytest.raises(Refusal, match="Chỉ chuyên viên"):
        assign_targets.draft(tam_quang(Role.CLERK), post)


# What was last told --------------------------------------------------------------------------


def test_latest_is_the_newest_day_and_of_one_day_the_last_word(tam_quang):
    first, second, *_others = standing(tam_quang, 4)
    indicator, other = Indicator.objects.filter(commune=first.commune).order_by("pk")[:2]
    old, new = TODAY() - days(20), TODAY() - days(5)
    told(first, indicator, 50, 120, on=new)
    told(first, indicator, 30, 120, on=old)  # told later, of an earlier day
    told(first, indicator, 40, 121, on=new)  # the same day again: the denominator moved
    told(second, other, 3, 9, on=old)
    with CaptureQueriesContext(connection) as asked:
        found = progress.latest([first, second], [indicator, other])
        assert {key: entry.told for key, entry in found.items()} == {
            (first.pk, indicator.pk): "40/121 hộ (33%)",
            (second.pk, other.pk): "3/9 sản phẩm (33,3%)",
        }
    assert len(asked) == 2  # none of them adds up
    assert progress.latest(first, indicator, old)[first.pk, indicator.pk].numerator == 30
    assert progress.latest(second, other, since=new) == {}
    assert progress.latest(first, other) == {}
    history = progress.history(first, [indicator])[indicator.pk]
    assert [entry.numerator for entry in history] == [30, 50, 40]
    assert [entry.numerator for entry in progress.between(history, [], None, None)] == [30, 40]


def test_a_number_told_is_never_changed_and_never_impossible(tam_quang):
    [team] = standing(tam_quang, 1)
    indicator = Indicator.objects.filter(commune=team.commune).order_by("pk").first()
    [entry] = told(team, indicator, 1, 2)
    entry.numerator = 2
    with pytest.raises(RuntimeError):
        entry.save()
    for numerator, denominator, on, said in (
        (3, 2, None, "lớn hơn"), (3, None, None, "Ghi tổng số"), (3, 0, None, "Ghi tổng số"),
        (1, 2, TODAY() + days(1), "chưa đến"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=said):
            told(team, indicator, numerator, denominator, on=on)
    assert ProgressEntry.objects.count() == 1


def test_the_board_asks_as_much_for_many_teams_as_for_one(road, tam_quang):
    standing(tam_quang, 6)
    dossier = written(road, begun(tam_quang))
    sheet = dossier.target_sheet()
    with CaptureQueriesContext(connection) as asked:
        rows = pages.board(sheet)
        assert all("Chưa có số liệu" in cell.bar for _place, row in rows for cell in row)
    assert len(asked) == 2


# What is typed -------------------------------------------------------------------------------


@pytest.fixture
def typing(road, tam_quang, client):
    """The draft of a specialist who is at his screen."""
    standing(tam_quang, 2)
    dossier = begun(tam_quang)
    client.force_login(dossier.author)
    return dossier


def typed_plan(dossier, **more):
    indicators = Indicator.objects.filter(commune=dossier.commune).order_by("pk")
    kept = {k: f"{v:%Y-%m-%d}" if hasattr(v, "year") else v for k, v in plan().items()}
    teams = [place.team_id for place in dossier.target_sheet().places]
    return {
        **kept, "seen": dossier.revision, "next": "1",
        "indicators": [indicators[0].pk, indicators[3].pk], "teams": teams, **more,
    }  # fmt: skip


def again(dossier):
    return type(dossier).objects.get(pk=dossier.pk)


def test_the_plan_keeps_what_is_typed_and_tells_what_is_missing(typing, client):
    address = reverse("targets-plan", args=[typing.pk])
    answer = client.post(address, typed_plan(typing, date="32/13/2026", new_name="Hộ có wifi"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày ghi dạng ngày/tháng/năm" in shown
    assert 'value="Hộ có wifi"' in shown
    assert 'value="1203/SKHCN-CĐS"' in shown
    bare = {"new_name": "Hộ có wifi", "new_unit": "%", "new_source": "Kế hoạch xã"}
    answer = client.post(address, typed_plan(typing, **bare))
    assert "Không giao tỷ lệ trơ" in answer.content.decode()
    assert not Indicator.objects.filter(name="Hộ có wifi").exists()
    new = {**bare, "new_unit": "hộ", "new_of": "hộ trong bản", "issuer": ""}
    answer = client.post(address, typed_plan(typing, **new))
    assert answer.status_code == 422  # kept, but the paper is not named in full
    assert "cơ quan ban hành" in answer.content.decode()
    assert [i.indicator.name for i in again(typing).target_sheet().items][-1] == "Hộ có wifi"
    fine = typed_plan(again(typing), scan=SimpleUploadedFile("cong-van.png", SCAN))
    assert client.post(address, fine)["Location"].endswith("/so/")
    assert client.get(reverse("targets-scan", args=[typing.pk])).content == SCAN


def test_the_table_fills_reckons_and_loses_nothing(typing, client):
    client.post(reverse("targets-plan", args=[typing.pk]), typed_plan(typing))
    dossier = again(typing)
    sheet = dossier.target_sheet()
    (first, second), (share, count) = sheet.places, sheet.items
    address = reverse("targets-numbers", args=[dossier.pk])
    boxes = {
        "seen": dossier.revision, f"p-{share.pk}": "30%", f"a-{count.pk}": "4",
        f"d-{first.pk}-{share.pk}": "121", f"d-{second.pk}-{share.pk}": "1.200",
        f"n-{second.pk}-{share.pk}": "500", f"n-{second.pk}-{count.pk}": "7",
        f"s-{share.pk}": "Số liệu của Trưởng bản", f"b-{share.pk}": f"{TODAY():%d/%m/%Y}",
    }  # fmt: skip
    filled = client.post(address, {**boxes, "fill": "1"}).content.decode()
    assert box(filled, f"n-{first.pk}-{share.pk}") == "37"  # 36,3 is not yet 30 %
    assert box(filled, f"n-{second.pk}-{share.pk}") == "500"
    assert box(filled, f"n-{first.pk}-{count.pk}") == "4"
    assert box(filled, f"n-{second.pk}-{count.pk}") == "7"
    assert not Target.objects.exists()
    wrong = {**boxes, f"n-{first.pk}-{share.pk}": "130", f"n-{first.pk}-{count.pk}": "bốn"}
    answer = client.post(address, {**wrong, "send": "1"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Số phải đạt (130) lớn hơn tổng số (121)." in shown
    assert "Gõ số nguyên từ 0 trở lên" in shown
    assert f'href="#id_n-{first.pk}-{count.pk}"' in shown
    assert box(shown, f"n-{first.pk}-{count.pk}") == "bốn"
    told = client.post(address, {**boxes, "send": "1"})
    assert "Để trống nên không giao" in told.content.decode()
    boxes |= {"seen": box(told.content.decode(), "seen"), "send": "1 some_are_not_given"}
    assert client.post(address, boxes)["Location"].endswith(f"/{dossier.pk}/")
    dossier = again(dossier)
    assert dossier.state == State.SUBMITTED
    asked = {t.place_id: t.told for t in dossier.target_sheet().cells.values() if t.item == share}
    assert asked == {first.pk: "37/121 hộ (30,5%)", second.pk: "500/1200 hộ (41,6%)"}


def test_what_the_rules_refuse_stands_at_its_box_and_the_draft_is_kept(typing, client):
    client.post(reverse("targets-plan", args=[typing.pk]), typed_plan(typing))
    dossier = again(typing)
    first, second = dossier.target_sheet().places
    share, _count = dossier.target_sheet().items
    boxes = {f"n-{p.pk}-{share.pk}": "5" for p in (first, second)}
    address = reverse("targets-numbers", args=[dossier.pk])
    answer = client.post(address, {"seen": dossier.revision, "send": "1", **boxes})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count("không giao tỷ lệ mà không biết trên tổng số nào") == 2
    assert box(shown, f"n-{first.pk}-{share.pk}") == "5"
    assert again(dossier).state == State.DRAFT
    assert Target.objects.filter(numerator=5).count() == 2


def box(shown, name):
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', shown)[0]
    value = re.search(r'value="([^"]*)"', found)
    return value[1] if value else ""


def test_progress_says_what_is_wrong_in_its_box(road, tam_quang, client):
    [team] = standing(tam_quang, 1)
    dossier = released(road, written(road, begun(tam_quang)))
    first, second = (item.indicator for item in dossier.target_sheet().items)
    client.force_login(leader_of(team))
    address = reverse("team-progress", args=[team.pk])
    tomorrow = f"{TODAY() + days(1):%Y-%m-%d}"
    wrong = {"on": tomorrow, f"n-{first.pk}": "121", f"d-{first.pk}": "120", f"g-{second.pk}": "x"}
    answer = client.post(address, wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Ngày này chưa đến", "lớn hơn tổng số (120)", "Ghi số kèm với ghi chú này"):
        assert sentence in shown
    assert box(shown, f"n-{first.pk}") == "121"
    nothing = client.post(address, {"on": f"{TODAY():%Y-%m-%d}"}).content.decode()
    assert "Chưa ghi số nào" in nothing
    assert not ProgressEntry.objects.exists()
    _who_may(client, team, dossier, tam_quang)


def _who_may(client, team, dossier, cast):
    """A member reads, the Chairman too; the leader, the deputy and the specialist tell."""
    member, deputy = cast(Role.HAMLET_HEAD, 5), cast(Role.HAMLET_HEAD, 6)
    for user, role in ((member, "member"), (deputy, "deputy")):
        Membership.objects.create(
            team=team, person=Person.objects.get(user=user), role=role,
            decision=team.decision, since=team.since,
        )  # fmt: skip
    target = first_target(dossier)
    may = {  # sees, tells, asks
        member: (200, 404, 404),
        deputy: (200, 200, 200),
        leader_of(team): (200, 200, 200),
        cast(Role.SPECIALIST): (200, 200, 404),
        cast(Role.CHAIRMAN): (200, 404, 404),
        cast(Role.HAMLET_HEAD, 7): (404, 404, 404),
    }
    for user, expected in may.items():
        client.force_login(user)
        addresses = [reverse(name, args=[team.pk]) for name in ("team-targets", "team-progress")]
        addresses.append(reverse("target-ask", args=[team.pk, target.pk]))
        assert tuple(client.get(a).status_code for a in addresses) == expected, user


def test_another_commune_sees_nothing_of_it(road, tam_quang, hac_thanh, client):
    [team] = standing(tam_quang, 1)
    dossier = released(road, written(road, begun(tam_quang)))
    target = first_target(dossier)
    asked = assigned.ask(target, by=leader_of(team), reason="Vì sao.")
    place = dossier.target_sheet().places[0]
    addresses = [
        reverse("target-board", args=[dossier.target_set.pk]),
        reverse("target-team", args=[place.pk]),
        reverse("target-answer", args=[asked.pk]),
        reverse("targets-plan", args=[dossier.pk]),
        reverse("targets-numbers", args=[dossier.pk]),
        reverse("team-targets", args=[team.pk]),
        reverse("team-progress", args=[team.pk]),
        reverse("target-ask", args=[team.pk, target.pk]),
        reverse("document-download", args=[dossier.decision_id]),
    ]
    client.force_login(tam_quang(Role.SPECIALIST, 1))
    shown = [client.get(address) for address in addresses]
    _every_form_has_its_key(shown)
    own = [answer.status_code for answer in shown]
    assert own == [200, 302, 200, 200, 200, 200, 200, 404, 200]  # only a leader asks
    for role in (Role.SPECIALIST, Role.CHAIRMAN, Role.HAMLET_HEAD):
        client.force_login(hac_thanh(role))
        for address in addresses:
            assert client.get(address).status_code == 404, address
            assert client.post(address, {"change": "1"}).status_code in (404, 405)
        like = {"like": dossier.target_set.pk}
        assert client.post(reverse("targets-begin"), like).status_code == 404
    client.force_login(tam_quang(Role.HAMLET_HEAD, 3))
    assert client.get(reverse("target-sets")).status_code == 403
    assert client.get(addresses[0]).status_code == 404
    assert client.post(reverse("targets-begin")).status_code == 404


def _every_form_has_its_key(answers):
    forms = 0
    for answer in answers:
        if answer["Content-Type"].startswith("text/html") and answer.status_code == 200:
            for form in lxml.html.fromstring(answer.content).xpath("//main//form[@method='post']"):
                forms += 1
                assert form.xpath(".//input[@name='once']"), answer.request["PATH_INFO"]
    assert forms >= 4


def test_the_list_begins_a_draft_once_and_shows_an_empty_office(tam_quang, client):
    client.force_login(tam_quang(Role.SPECIALIST))
    assert "Chưa giao chỉ tiêu nào." in page(client, "target-sets")
    answer = client.post(reverse("targets-begin"), follow=True)
    assert "Chưa có tổ nào đang hoạt động" in answer.content.decode()
    standing(tam_quang, 1)
    key = re.search(r'name="once" value="([^"]+)"', page(client, "target-sets"))[1]
    first = client.post(reverse("targets-begin"), {"once": key})
    assert client.post(reverse("targets-begin"), {"once": key})["Location"] == first["Location"]
    assert client.get(first["Location"]).status_code == 200


BUDGET = 30


def test_every_step_stays_within_its_budget(road, tam_quang):
    """However many teams: the table is read in the same few queries."""
    standing(tam_quang, 12)
    dossier, spent = written(road, begun(tam_quang), 4), {}
    specialist, clerk = tam_quang(Role.SPECIALIST), tam_quang(Role.CLERK)
    steps = [
        ("submit", dossier.author), ("check_content", specialist),
        ("reserve_submission", tam_quang(Role.DIVISION_HEAD)),
    ]  # fmt: skip
    for act, by in steps:
        dossier = spent_on(spent, road, again(dossier), act, by)
    dossier = road.do(dossier, "drop_signing", tam_quang(Role.DIVISION_HEAD), note="Xem lại.")
    dossier = road._forward(dossier, State.CLEARED)
    dossier = spent_on(spent, road, again(dossier), "reserve_decision", tam_quang(Role.CHAIRMAN))
    dossier = road.do(dossier, "drop_signing", tam_quang(Role.CHAIRMAN), note="Xem lại.")
    dossier = road._forward(dossier, State.SEALED)
    spent_on(spent, road, again(dossier), "release_decision", clerk)
    assert max(spent.values()) <= BUDGET, spent


def spent_on(spent, road, dossier, act, by):
    with CaptureQueriesContext(connection) as captured:
        done = road.do(dossier, act, by)
    asked = [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    spent[act] = len(asked)
    return done
