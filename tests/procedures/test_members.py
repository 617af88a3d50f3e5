"""Joining, leaving and being taken out of a team: from the leader's words to the roster."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import service as documents
from documents.model import SignatureBlock
from procedures import papers, rules
from procedures.flows import change_members
from procedures.issuing import signers, signing
from procedures.management.commands import check_cases
from procedures.messages import digest
from procedures.models import Change, Dossier, Membership, Notice, Seat, SeatRole
from procedures.models.entering import Received
from procedures.people import member_requests, mourning
from procedures.roles import Role
from procedures.teams import roster
from workflows.errors import Refusal
from workflows.models import CaseTask, Holding
from workflows.states import State

from . import members as on
from .members import ADMIT, LEAVE, REMOVE


def pooled(team):
    return list(change_members.pool(team.commune))


def sentences(dossier, level=None):
    found = rules.judge(Dossier.for_act().get(pk=dossier.pk))
    return [str(f) for f in found if level in (None, f.level)]


def test_from_the_leaders_words_to_the_roster(
    road, tam_quang, tmp_path, django_capture_on_commit_callbacks
):
    """Two teams, one decision: somebody joins, somebody leaves, somebody died."""
    first, second = on.team(tam_quang), on.team(tam_quang, 1)
    joining = on.agreed(tam_quang, first)
    leaving = on.agreed(tam_quang, second, LEAVE)
    going = on.member(second, number=1)
    dead = on.agreed(tam_quang, second, REMOVE, going, cause="died", reason="Mất ngày 02/11")
    assert [request.pk for request in pooled(first)] == [joining.pk, leaving.pk, dead.pk]
    assert joining.waits_at is None
    assert not CaseTask.objects.filter(process=joining.case, status="NEW").exists()
    assert list(check_cases._records()) == []
    dossier = on.gathered(tam_quang, joining, leaving, dead)
    requests = (joining, leaving, dead)
    assert {on.fresh(request).state for request in requests} == {State.CONTINUED}
    assert pooled(first) == []
    with pytest.raises(Refusal, match="Chọn ít nhất một"):
        on.gathered(tam_quang, joining)
    dossier = on.sent(tam_quang, dossier)
    dossier = road._forward(dossier, State.SEALED)
    looks_right(dossier, tmp_path)
    with (
        CaptureQueriesContext(connection) as captured,
        django_capture_on_commit_callbacks(execute=True),
    ):
        road._forward(dossier, State.RELEASED)
    asked = [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 30 + 3 * 3 + 12, len(asked)  # the notices are told after the act
    assert "Vi Thị Hoa" in on.names(first)
    assert len(on.names(second)) == 4
    assert roster.differences(first.commune) == []
    roster.rebuild(first.commune)
    assert len(on.names(second)) == 4
    assert {on.fresh(request).shown_state for request in requests} == {State.RELEASED}
    told = Notice.objects.filter(recipient=tam_quang(Role.HAMLET_HEAD), kind="released")
    assert {notice.record_id for notice in told} >= {joining.pk}


def looks_right(dossier, folder):
    """Every paper passes the checker of Decree 30; causes and phones are nowhere in public."""
    request = Dossier.objects.get(procedure="remove_member")
    papers = {
        "quyet-dinh": documents.file_of(dossier.decision),
        "to-trinh": documents.file_of(dossier.submission),
        "de-xuat": signing.preview(request, "proposal"),
    }
    for name, data in papers.items():
        (folder / f"{name}.pdf").write_bytes(data)
        call_command("check_format", str(folder / f"{name}.pdf"))
    content = str(dossier.decision.content)
    assert "Kết nạp 01 người; cho thôi tham gia 01 người; đưa ra khỏi danh sách 01" in content
    for private in ("mất", "Mất", "nguyện vọng", "0914", "sinh năm"):
        assert private not in content
    assert "Vi Thị Hoa" not in dossier.decision.content["subject"]
    assert "Trưởng bản Bãi Xa, các đơn vị, cá nhân có liên quan chịu trách nhiệm" in content
    asked = str(on.fresh(request).proposal.content)
    assert "Lý do: đã mất: Mất ngày 02/11." in asked
    assert "TỔ TRƯỞNG" in asked


def test_at_once_for_one_person(road, tam_quang):
    team = on.team(tam_quang)
    request = on.agreed(tam_quang, team, LEAVE)
    dossier = on.sent(tam_quang, on.gathered(tam_quang, request))
    assert dossier.title == "Cho thôi tham gia Tổ công nghệ số cộng đồng bản Bãi Sở"
    dossier = road._forward(dossier, State.CLEARED)
    content = signing.preview(dossier, "decision")
    assert content[:5] == b"%PDF-"
    block = signers.signature_block("decision", signing.likely_signer(dossier, "decision"))
    written = papers.content("decision", dossier, block)
    name = request.given_lines.get().seats.get().full_name
    assert f"Cho ông (bà) {name} (Người dân) thôi tham gia" in written.body[0].text
    assert written.annexes == ()
    asked = papers.slip(dossier, block)
    assert asked.subject == written.subject
    assert "Cho thôi tham gia 01 người" in asked.body[1].rows[0][2]
    assert "có liên quan và ông (bà) có tên tại Điều 1 chịu trách nhiệm" in written.body[-1].text


# Nobody's consent is lost or counted twice --------------------------------------------------------


@pytest.mark.parametrize("way", ["withdraw", "reject", "set_aside", "draft"])
def test_what_is_not_decided_goes_back_to_the_pool(way, road, tam_quang):
    team = on.team(tam_quang)
    one, other = on.agreed(tam_quang, team), on.agreed(tam_quang, team, LEAVE)
    dossier = on.gathered(tam_quang, one, other)
    specialist, lines = tam_quang(Role.SPECIALIST), [one.given_lines.get().pk]
    if way == "draft":
        on.do(dossier, "set_aside", specialist, "Chờ thêm.", lines=lines)
    else:
        dossier = on.sent(tam_quang, dossier)
        if way == "withdraw":
            on.do(dossier, "withdraw", specialist)
        elif way == "reject":
            on.do(dossier, "reject", tam_quang(Role.DIVISION_HEAD), "Chưa cần.")
        else:
            on.do(dossier, "set_aside", tam_quang(Role.DIVISION_HEAD), "Chờ.", lines=lines)
    back = {one.pk, other.pk} if way in ("withdraw", "reject") else {one.pk}
    assert {request.pk for request in pooled(team)} == back
    assert one.changes.get().origin_id is None
    assert on.fresh(one).title == "Kết nạp thành viên Tổ công nghệ số cộng đồng bản Bãi Sở"
    again = on.gathered(tam_quang, *pooled(team))
    assert again.changes.count() == len(back)
    assert Change.objects.filter(kind=ADMIT).count() == 1
    assert on.fresh(one).state == State.CONTINUED


def test_many_gatherings_lose_nobody_and_count_nobody_twice(tam_quang):
    """Whatever is gathered and given back in whatever order: each request is in one place."""
    team = on.team(tam_quang)
    people = [{"full_name": f"Vi Thị {name}", "birth_year": 1990} for name in ("Én", "Sen", "Lan")]
    requests = [on.agreed(tam_quang, team, seat=person) for person in people]
    specialist = tam_quang(Role.SPECIALIST)
    for shift in range(3):
        chosen = [*requests[shift:], *requests[:shift]][:2]
        dossier = on.gathered(tam_quang, *(on.fresh(request) for request in chosen))
        line = chosen[0].given_lines.get().pk
        dossier = on.do(dossier, "set_aside", specialist, "Chờ.", lines=[line])
        assert len(pooled(team)) == 2
        assert dossier.changes.count() == 1
        on.do(dossier, "withdraw", specialist)
        assert {request.pk for request in pooled(team)} == {request.pk for request in requests}
        assert sum(request.changes.count() for request in requests) == len(requests)


def test_the_leader_withdraws_what_was_agreed_to_but_not_what_is_gathered(tam_quang):
    team = on.team(tam_quang)
    leader = tam_quang(Role.HAMLET_HEAD)
    kept, given_up = on.agreed(tam_quang, team), on.agreed(tam_quang, team, LEAVE)
    on.do(given_up, "withdraw", leader)
    assert [request.pk for request in pooled(team)] == [kept.pk]
    on.gathered(tam_quang, kept)
    with pytest.raises(Refusal, match="Đi tiếp trong hồ sơ khác"):
        on.do(on.fresh(kept), "withdraw", leader)


def test_a_consent_is_taken_back_until_somebody_built_on_it(
    tam_quang, django_capture_on_commit_callbacks
):
    team, chairman = on.team(tam_quang), tam_quang(Role.CHAIRMAN)
    request = on.do(on.agreed(tam_quang, team), "take_back_consent", chairman)
    assert request.waits_at.label == "Chủ tịch"
    assert CaseTask.objects.filter(process=request.case, status="NEW").count() == 1
    request = on.do(request, "consent", tam_quang(Role.DEPUTY_CHAIRMAN))
    assert request.state == State.AGREED
    with django_capture_on_commit_callbacks(execute=True):
        reopened = on.do(request, "reopen", tam_quang(Role.SPECIALIST), "Tổ vừa đủ người.")
    told = Notice.objects.filter(recipient=tam_quang(Role.HAMLET_HEAD))
    assert [notice.words for notice in told] == ["Tổ vừa đủ người."]
    assert reopened.state == State.SUBMITTED
    assert pooled(team) == []


def test_a_step_stays_within_its_budget(tam_quang):
    team, chairman = on.team(tam_quang), tam_quang(Role.CHAIRMAN)
    specialist, leader = tam_quang(Role.SPECIALIST), tam_quang(Role.HAMLET_HEAD)
    request = member_requests.draft(leader, team.leading_post(), team, ADMIT)
    seats = {request.changes.get().pk: [{"role": "member", **on.NEWCOMER}]}
    request = on.do(request, "edit", leader, seats=seats)
    steps = [("submit", leader), ("pass_for_consent", specialist), ("consent", chairman)]
    for act, by in steps:
        request = on.fresh(request)
        with CaptureQueriesContext(connection) as captured:
            request = on.do(request, act, by)
        asked = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(asked) <= 30, (act, len(asked))


# Refused, returned, not his to decide -------------------------------------------------------------


def test_the_chairman_refuses_and_the_leader_hears_why(
    tam_quang, django_capture_on_commit_callbacks
):
    team = on.team(tam_quang)
    request = on.passed(tam_quang, on.asked(tam_quang, team))
    with django_capture_on_commit_callbacks(execute=True):
        on.do(request, "reject", tam_quang(Role.CHAIRMAN), "Chưa sinh sống tại bản.")
    told = Notice.objects.get(recipient=tam_quang(Role.HAMLET_HEAD), kind="rejected")
    assert told.words == "Chưa sinh sống tại bản."
    assert on.asked(tam_quang, team).state == State.SUBMITTED  # he may ask again


def test_nobody_consents_to_what_concerns_himself(tam_quang):
    deputy = tam_quang(Role.DEPUTY_CHAIRMAN)
    team = on.team(tam_quang)
    request = on.passed(tam_quang, on.asked(tam_quang, team, seat={"full_name": deputy.full_name}))
    with pytest.raises(Refusal, match="của chính ông/bà"):
        on.do(request, "consent", deputy)
    assert on.do(request, "consent", tam_quang(Role.CHAIRMAN)).state == State.AGREED


def test_a_leader_asks_for_his_own_leave_and_the_team_is_warned_of(tam_quang):
    team = on.team(tam_quang, members=3)
    request = on.asked(tam_quang, team, LEAVE, on.member(team, "leader"))
    assert "Tổ phải có đúng một Tổ trưởng; danh sách đang ghi 0 người" in sentences(request, "warn")
    assert sentences(request, "block") == []
    assert on.passed(tam_quang, request).state == State.AWAITING_CONSENT


@pytest.mark.parametrize(
    ("role", "keeper"), [("leader", "Phòng Văn hóa - Xã hội"), ("member", "Tổ trưởng")]
)
def test_the_decision_asks_somebody_who_is_there_to_keep_the_list(tam_quang, role, keeper):
    team = on.team(tam_quang)
    request = on.agreed(tam_quang, team, LEAVE, on.member(team, role))
    draft = on.gathered(tam_quang, request)
    said = papers.content("decision", draft, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn T"))
    assert said.body[1].text.endswith(f"; {keeper} cập nhật danh sách của tổ.")


# Rules --------------------------------------------------------------------------------------------


def refused(tam_quang, team, kind=ADMIT, seat=None, **words):
    with pytest.raises(Refusal) as raised:
        on.asked(tam_quang, team, kind, seat, **words)
    return str(raised.value)


def test_what_a_request_is_refused_for(tam_quang):
    team = on.team(tam_quang, members=10)
    known = Membership.objects.filter(team=team, role="member").first().person
    twice = {"full_name": known.full_name, "birth_year": known.birth_year}
    assert "đang là thành viên của tổ" in refused(tam_quang, team, seat=twice)
    unsure = refused(tam_quang, team, seat={"full_name": known.full_name})
    assert "Trong tổ đã có người tên" in unsure
    full = refused(tam_quang, team)
    assert "Tổ có 11 thành viên; tối đa 10 người" in full
    assert "mục II.2.1.a" in full
    beside = {**on.NEWCOMER, "role": SeatRole.COLLABORATOR}
    assert on.asked(tam_quang, team, seat=beside).state == State.SUBMITTED
    on.asked(tam_quang, team, LEAVE)
    assert "đang có đề nghị khác ở tổ này" in refused(tam_quang, team, REMOVE, cause="moved")
    seat = on.member(team, number=2)
    assert "chọn lý do" in refused(tam_quang, team, REMOVE, seat)
    told = refused(tam_quang, team, REMOVE, seat, cause="violation", reason="Thu tiền của dân")
    assert "hỏi ý kiến người ấy" in told
    heard = {"cause": "violation", "reason": "Thu tiền của dân", "heard": "Đã nhận sai."}
    assert on.asked(tam_quang, team, REMOVE, seat, **heard).state == State.SUBMITTED


def test_two_agreed_to_one_after_the_other_do_not_overfill_a_team(tam_quang):
    team = on.team(tam_quang, members=9)
    first = on.agreed(tam_quang, team)
    other = {"full_name": "Kha Thị Mai", "birth_year": 1999}
    assert "Cùng những đề nghị đang xét, tổ sẽ có 11" in refused(tam_quang, team, seat=other)
    leaving = on.agreed(tam_quang, team, LEAVE)
    second = on.agreed(tam_quang, team, seat=other)
    dossier = on.gathered(tam_quang, first, second)
    assert any("tối đa 10" in sentence for sentence in sentences(dossier, "block"))
    with pytest.raises(Refusal, match="tối đa 10"):
        on.do(dossier, "submit", tam_quang(Role.SPECIALIST))
    on.do(dossier, "gather", tam_quang(Role.SPECIALIST), requests=[leaving.pk])
    assert sentences(dossier, "block") == []


def test_a_commune_without_a_maximum_is_only_given_a_hint(hac_thanh):
    team = on.team(hac_thanh, members=10)
    request = on.asked(hac_thanh, team)
    assert sentences(request, "block") == []
    assert any("gợi ý, không phải quy định" in said for said in sentences(request, "suggest"))


def test_who_has_left_meanwhile_is_told_apart(tam_quang):
    """The list was changed by another decision while the request lay in the pool."""
    team = on.team(tam_quang)
    request = on.agreed(tam_quang, team, LEAVE)
    person = request.changes.get().seats.get().person
    Seat.objects.filter(change__kind="create", person=person).update(person=None)
    seat = Seat.objects.get(change__kind="create", full_name=person.full_name)
    request.changes.get().seats.update(was=None)
    seat.delete()
    assert f"{person.full_name} không còn trong danh sách của tổ" in sentences(request, "block")
    dossier = on.gathered(tam_quang, request)
    with pytest.raises(Refusal, match="không còn trong danh sách"):
        on.do(dossier, "submit", tam_quang(Role.SPECIALIST))


# The dead, and teams without a leader -------------------------------------------------------------


def test_who_died_is_written_to_no_more_from_the_moment_it_is_sent(
    tam_quang, django_capture_on_commit_callbacks
):
    team, leader = on.team(tam_quang), tam_quang(Role.HAMLET_HEAD)
    assert mourning.silenced([leader.pk]) == set()
    by, received = tam_quang(Role.SPECIALIST), Received("phone", timezone.localdate())
    seat = on.member(team, "leader")
    with django_capture_on_commit_callbacks(execute=True):
        request = on.asked(tam_quang, team, REMOVE, seat, by=by, received=received, cause="died")
    assert mourning.silenced([leader.pk]) == {leader.pk}
    assert not Notice.objects.filter(recipient=leader).exists()
    assert leader.is_active
    leader.email = "truongban@example.vn"
    leader.save()
    assert leader not in digest.addressees(timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        back = on.do(request, "return_for_correction", tam_quang(Role.SPECIALIST, 1), "Thiếu.")
    assert not Notice.objects.filter(recipient=leader).exists()
    on.do(back, "withdraw", leader)
    assert leader in digest.addressees(timezone.localdate())
    assert mourning.silenced([leader.pk]) == set()


def test_a_team_without_a_leader_is_asked_for_by_its_deputy_through_the_specialist(tam_quang):
    team, specialist = on.team(tam_quang), tam_quang(Role.SPECIALIST)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Holding.objects.filter(post=team.leading_post()).update(until=yesterday)
    post = member_requests.posted_at(team, on.post_of(specialist))
    assert post == on.post_of(specialist)
    received = Received("in_person", timezone.localdate())
    request = member_requests.ask(specialist, post, team, ADMIT, on.NEWCOMER, received=received)
    deputy = team.seated(SeatRole.DEPUTY).person.full_name
    assert deputy in str(request.proposal.content)
    assert "TỔ PHÓ" in str(request.proposal.content)
    with pytest.raises(Refusal, match="của chính ông/bà"):
        on.do(request, "pass_for_consent", specialist)
    passed = on.do(request, "pass_for_consent", tam_quang(Role.SPECIALIST, 1))
    assert passed.state == State.AWAITING_CONSENT
