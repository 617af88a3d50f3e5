"""Kiện toàn: the whole list reviewed, shown as a difference, refused once another decision came."""

import pytest

from documents import nd30
from procedures import rules
from procedures.flows import appoint_leader, review_team
from procedures.issuing import signing
from procedures.models import Dossier, SeatRole
from procedures.models.changes import kept
from procedures.roles import Role
from procedures.teams import differences, roster
from workflows.errors import Refusal
from workflows.states import State

from .correcting import rows_of
from .restructuring import carried_out, findings_of, founded, sitting, specialist, text_of


def drafted(cast, teams):
    user, post = specialist(cast)
    return review_team.draft(user, post, teams)


def reviewed(dossier):
    """The third of the list goes, the fourth becomes deputy after the second, somebody joins."""
    line = dossier.changes.order_by("pk").first()
    rows = rows_of(line)
    gone = rows.pop(2)
    rows[1]["role"], rows[2]["role"] = "member", "deputy"
    rows.append({"full_name": "Ngân Văn Thêm", "birth_year": 1990, "role": "member"})
    return line, gone, rows


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang)


def test_a_list_reviewed_becomes_the_list_of_the_team(road, tam_quang, team, client):
    dossier = drafted(tam_quang, [team])
    line, gone, rows = reviewed(dossier)
    user = dossier.author
    dossier = road.do(dossier, "edit", user, seats={line.pk: rows}, why="Có người chuyển đi.")
    line = dossier.changes.get()
    told = {(one.kind, one.name): one.what for one in differences.told(line)}
    assert told == {
        ("leaves", gone["full_name"]): "Thành viên",
        ("changes", rows[1]["full_name"]): "Tổ phó → Thành viên",
        ("changes", rows[2]["full_name"]): "Thành viên → Tổ phó",
        ("joins", "Ngân Văn Thêm"): "Thành viên",
    }
    done = road._forward(road.do(dossier, "submit", user), State.RELEASED)
    now = sitting(team)
    assert gone["full_name"] not in now
    assert now["Ngân Văn Thêm"] == "member"
    assert now[rows[2]["full_name"]] == "deputy"
    assert roster.differences(team.commune) == []
    said = text_of(done.decision)
    old = team.decision
    assert "Kiện toàn Tổ công nghệ số cộng đồng bản Bãi Sở, xã Tam Quang gồm 05 thành viên" in said
    assert f"thay thế danh sách thành viên ban hành kèm theo Quyết định số {old.reference}" in said
    assert "Ngân Văn Thêm" in said
    assert gone["full_name"] not in said
    for slot, name in (("submission", "Tờ trình"), ("decision", "Quyết định")):
        assert nd30.inspect(signing.preview(done, slot)) == nd30.Report(name, ()), slot
    # The differences are told for good, whatever came to stand since.
    client.force_login(tam_quang(Role.CHAIRMAN))
    page = client.get(f"/ho-so/{done.pk}/").content.decode()
    assert "So với danh sách trước" in page
    assert gone["full_name"] in page


def test_another_decision_meanwhile_stops_it_at_sending_and_at_signing(road, tam_quang, team):
    dossier = drafted(tam_quang, [team])
    line, _gone, rows = reviewed(dossier)
    dossier = road.do(dossier, "edit", dossier.author, seats={line.pk: rows})
    other = appointed(tam_quang, team)
    refused = "đã thay đổi theo quyết định khác"
    with pytest.raises(Refusal, match=refused):
        road.do(dossier, "submit", dossier.author)
    dossier = road.do(dossier, "edit", dossier.author, refresh=[line.pk])
    line, _gone, rows = reviewed(dossier)
    assert len(line.basis) == len(rows)
    dossier = road.do(dossier, "edit", dossier.author, seats={line.pk: rows})
    cleared = road._forward(road.do(dossier, "submit", dossier.author), State.CLEARED)
    # Behind the guard that keeps two cases about one list apart.
    appointed(tam_quang, team, after=other)
    with pytest.raises(Refusal, match=refused):
        road.do(cleared, "reserve_decision", tam_quang(Role.CHAIRMAN))
    assert Dossier.objects.get(pk=cleared.pk).state == State.CLEARED


def appointed(cast, team, after=None):
    """Another deputy by a decision of its own."""
    user, post = specialist(cast, 0)
    case = appoint_leader.draft(user, post, [team])
    line = case.changes.get()
    seat = [s for s in line.before if s.role == SeatRole.MEMBER][-1]
    line.start_from(line.before, [kept(seat, role=SeatRole.DEPUTY)])
    return carried_out(case)


def test_one_case_at_a_time_about_a_whole_list(road, tam_quang, team):
    first = drafted(tam_quang, [team])
    with pytest.raises(Refusal, match="đã có bản nháp"):
        drafted(tam_quang, [team])
    line, _gone, rows = reviewed(first)
    road.do(first, "edit", first.author, seats={line.pk: rows})
    first = Dossier.objects.get(pk=first.pk)
    road.do(first, "submit", first.author)
    head = tam_quang(Role.HAMLET_HEAD)
    case = appoint_leader.draft(head, tam_quang.post(Role.HAMLET_HEAD), [team])
    found = {finding.rule: finding for finding in rules.judge(case) if finding.blocks}
    assert "place_has_no_other_dossier" in found
    assert "Bản Bãi Sở đang có hồ sơ khác" in found["place_has_no_other_dossier"].sentence


def test_several_lists_in_one_decision(road, tam_quang, team):
    second = founded(tam_quang, 1)
    dossier = drafted(tam_quang, [team, second])
    assert dossier.title == "Kiện toàn 02 Tổ công nghệ số cộng đồng"
    line, _gone, rows = reviewed(dossier)
    dossier = road.do(dossier, "edit", dossier.author, seats={line.pk: rows})
    judged = [f for f in rules.judge(dossier) if f.rule == "something_is_revised"]
    assert [f.level for f in judged] == ["warn"]
    assert judged[0].sentence.startswith(f"B{second.hamlet.full_name[1:]}: Danh sách không")
    assert [findings_of(dossier, slot) for slot in ("submission", "decision")] == [[], []]
    own = dossier.changes.last().pk
    dossier = road.do(dossier, "edit", dossier.author, drop=[own])
    assert dossier.title == "Kiện toàn Tổ công nghệ số cộng đồng bản Bãi Sở"
    with pytest.raises(Refusal, match="còn ít nhất một tổ"):
        road.do(dossier, "edit", dossier.author, drop=[line.pk])


def test_only_a_seat_of_the_list_may_be_followed(road, tam_quang, team):
    strange = founded(tam_quang, 1)
    dossier = drafted(tam_quang, [team])
    line = dossier.changes.get()
    other = review_team.draft(*specialist(tam_quang, 0), [strange]).changes.get()
    with pytest.raises(Refusal, match="mở lại trang"):
        road.do(dossier, "edit", dossier.author, seats={line.pk: rows_of(other)})
