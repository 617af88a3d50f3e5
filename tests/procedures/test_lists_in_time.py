"""A list drawn up some time ago drops nobody who joined since, whenever its decision is released.

Between a draft and its release other decisions about the same team may come first; and a decision
may be released after another that bears a later date.
"""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from procedures import rules
from procedures.flows import merge_hamlets
from procedures.issuing import signing
from procedures.models import Dossier, Remedy, Team
from procedures.roles import Role
from procedures.teams import differences, roster
from workflows.errors import Refusal
from workflows.states import State

from ..conftest import PASSPHRASE
from . import members
from .correcting import begun, changed, respelt, rows_of
from .members import ADMIT, LEAVE
from .restructuring import carried_out, founded, sitting, specialist
from .test_merging import merged

A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang, members=6)


def changes(cast, team, kind=ADMIT, day=None):
    """Vi Thị Hoa joins, or the first member leaves, by another decision."""
    return carried_out(members.gathered(cast, members.agreed(cast, team, kind)), day)


def amends(cast, team, remedy=Remedy.AMEND):
    """A draft of an amendment of one name, judged clean."""
    dossier = begun(cast, team.decision, remedy)
    line = dossier.lines()[0]
    rows = changed(line, 3, full_name=respelt(line)) if remedy != Remedy.RECALL else rows_of(line)
    dossier.rewrite({"fault": "Sai tên", "seats": {line.pk: rows}})
    dossier.save()
    return fresh(dossier)


def fresh(dossier):
    return Dossier.objects.get(pk=dossier.pk)


def blocking(dossier):
    return [finding.rule for finding in rules.judge(fresh(dossier)) if finding.blocks]


@pytest.mark.parametrize("remedy", [Remedy.AMEND, Remedy.REPLACE])
def test_whoever_joined_since_the_draft_is_not_dropped(remedy, tam_quang, team):
    dossier = amends(tam_quang, team, remedy)
    assert blocking(dossier) == []
    changes(tam_quang, team)
    before = sitting(team)
    assert before["Vi Thị Hoa"] == "member"
    assert blocking(dossier) == ["list_is_still_the_same"]
    with pytest.raises(Refusal, match="đã thay đổi theo quyết định khác"):
        carried_out(dossier)
    assert sitting(team) == before


def test_a_list_of_a_later_day_is_not_undone_by_who_left_before_it(tam_quang, team):
    """Signed on Thursday, not yet released when Friday's list, with him in it, was released."""
    leaves = members.gathered(tam_quang, members.agreed(tam_quang, team, LEAVE))
    carried_out(amends(tam_quang, team))
    with pytest.raises(Refusal, match="ký lại với ngày mới"):
        carried_out(leaves, timezone.localdate() - A_DAY)


def test_what_was_signed_before_another_decision_is_asked_again_at_its_release(
    road, tam_quang, team
):
    """Refused before the seal; voided, drawn up anew and released, it drops nobody."""
    dossier = amends(tam_quang, team)
    dossier = road._forward(road.do(dossier, "submit", dossier.author), State.SIGNED)
    changes(tam_quang, team)
    clerk = tam_quang(Role.CLERK)
    with pytest.raises(Refusal, match="hủy văn bản đã ký rồi trả hồ sơ về người lập"):
        signing.seal_and_release(dossier, by=clerk, seen=dossier.revision, passphrase=PASSPHRASE)
    assert fresh(dossier).state == State.SIGNED
    dossier = road.do(dossier, "void_decision", clerk, note="Danh sách đã thay đổi")
    dossier = road.do(dossier, "return_for_correction", clerk, note="Lấy lại danh sách")
    line = dossier.lines()[0]
    dossier = road.do(dossier, "edit", dossier.author, refresh=[line.pk])
    assert [seat.full_name for seat in dossier.lines()[0].seats.all()][-1] == "Vi Thị Hoa"
    assert blocking(dossier) == ["something_is_amended"]
    seats = {line.pk: changed(line, 3, represents="Giáo viên")}
    dossier = road.do(dossier, "edit", dossier.author, seats=seats)
    assert blocking(dossier) == []
    carried_out(dossier)
    assert sitting(team)["Vi Thị Hoa"] == "member"
    assert roster.differences(team.commune) == []


def test_the_page_offers_todays_list_and_saves_what_was_typed(tam_quang, team, client):
    dossier = amends(tam_quang, team)
    address = reverse("dossier-correct", args=[dossier.pk])
    client.force_login(dossier.author)
    offered = "Lấy lại danh sách hiện nay"
    assert offered not in client.get(address).content.decode()
    changes(tam_quang, team)
    page = client.get(address).content.decode()
    assert offered in page
    assert "Vi Thị Hoa" not in page
    sent = {"seen": dossier.revision, "line": dossier.lines()[0].pk, "fault": "Sai thành phần"}
    twice = [client.post(address, sent | {"refresh": "1"}) for _press in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]
    dossier = fresh(dossier)
    assert (dossier.revision, dossier.fault) == (2, "Sai thành phần")
    page = client.get(address).content.decode()
    assert offered not in page
    assert "Vi Thị Hoa" in page


def test_a_draft_of_yesterdays_list_can_still_be_kept(tam_quang, team):
    dossier = amends(tam_quang, team)
    changes(tam_quang, team, LEAVE)
    line = dossier.lines()[0]
    dossier.rewrite({"seats": {line.pk: changed(line, 2, represents="Giáo viên")}})
    assert fresh(dossier).lines()[0].seats.all()[1].represents == "Giáo viên"


@pytest.mark.parametrize("remedy", [Remedy.AMEND, Remedy.RECALL])
def test_what_is_said_of_a_whole_team_bears_no_date_before_another_decision(
    remedy, tam_quang, team
):
    changes(tam_quang, team)
    dossier = amends(tam_quang, team, remedy)
    with pytest.raises(Refusal, match=r"sau ngày của văn bản này \(.*ký lại với ngày mới"):
        carried_out(dossier, timezone.localdate() - A_DAY)
    assert Team.objects.get(pk=team.pk).until is None
    carried_out(dossier)
    assert roster.differences(team.commune) == []


def test_what_the_page_of_the_case_tells_of_an_amendment(tam_quang, team):
    dossier = amends(tam_quang, team)
    [line] = dossier.lines()
    [told] = differences.told(line)
    assert (told.kind, told.what) == ("changes", f"tên cũ ghi là {line.before[2].full_name}")
    assert dossier.snapshot()["changes"][0]["basis"] == [seat.pk for seat in line.before]


def test_a_merged_list_is_asked_again_at_its_release_too(tam_quang, team):
    other = founded(tam_quang, 1, members=4)
    merger = merged(tam_quang, [team.hamlet, other.hamlet], into=team.hamlet)
    dossier = merge_hamlets.draft(*specialist(tam_quang), merger)
    changes(tam_quang, team)
    with pytest.raises(Refusal, match="đã thay đổi theo quyết định khác"):
        carried_out(dossier)
    assert Team.objects.get(pk=other.pk).until is None


def test_a_team_recorded_again_on_an_older_decision_is_not_the_one_that_was_recalled(
    tam_quang, team
):
    carried_out(amends(tam_quang, team, Remedy.RECALL))
    again = founded(tam_quang, members=5)
    assert (again.since, again.until) == (team.since, None)
    assert roster.differences(team.commune) == []
    roster.rebuild(team.commune)
    assert Team.objects.get(pk=again.pk).until is None
