"""How an office asks its Chairman: each way from the proposal to a released decision."""

import datetime
import io
import itertools

import pdfplumber
import pytest
from django.core.management import call_command
from django.utils import timezone

from documents import service as documents
from documents.models import Document
from documents.nd30 import check
from procedures import assignments, deadlines, standing, ways
from procedures.issuing import signing
from procedures.messages import sharing
from procedures.models import Commune, Dossier
from procedures.models.ways import Asking
from procedures.roles import DIGITAL, Role
from procedures.views.tray import kind_of
from workflows import assigning, ledger
from workflows.deadlines import add_working_days
from workflows.errors import Refusal
from workflows.inbox import waiting_for
from workflows.models import Delegation, Event
from workflows.service import available_to, history
from workflows.states import State
from workflows.terms import Paper, Term

BASIS = "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội"
ROADS = list(itertools.product(Asking.values, (False, True)))


def words_of(document):
    with pdfplumber.open(io.BytesIO(documents.file_of(document))) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def acts(dossier):
    return [event.act for event in history(dossier)]


@pytest.fixture
def one_person(tam_quang):
    """The specialist stands in for the clerk as well."""
    today = timezone.localdate()
    assigning.assign(
        assignments.desk_of(tam_quang.agency),
        by=tam_quang(Role.CLERK),
        principal=tam_quang.post(Role.CLERK),
        delegate=tam_quang.post(Role.SPECIALIST),
        kind=Delegation.Kind.STAND_IN,
        term=Term(today),
        paper=Paper("Thông báo số 91/TB-UBND", today),
    )
    return tam_quang(Role.SPECIALIST)


@pytest.mark.parametrize(("asking", "review"), ROADS)
def test_every_way_ends_in_a_decision_of_the_right_form(asking, review, road):
    road.ways(asking=asking, review=review)
    dossier = road.to(State.RELEASED)
    assert check(documents.file_of(dossier.decision)) == []
    said = words_of(dossier.decision)
    cited = f"{BASIS} tại Tờ trình số 01/TTr-VHXH ngày"
    assert (cited if asking == Asking.SUBMISSION else f"{BASIS}. QUYẾT ĐỊNH:") in said
    assert ("tại Tờ trình" in said) == (asking == Asking.SUBMISSION)
    assert ("approve_draft" in acts(dossier)) == review
    for command in ("check_cases", "verify_ledger"):
        call_command(command, stdout=io.StringIO())


@pytest.mark.parametrize("review", [False, True])
def test_the_ward_that_numbers_elsewhere_goes_the_same_ways(review, other_road):
    other_road.ways(asking=Asking.INITIALS, review=review)
    dossier = other_road.to(State.CLEARED)
    assert dossier.decision_number == 500 + dossier.pk
    assert other_road.to(State.RELEASED, other_road.cast(Role.HAMLET_HEAD, 1)).decision.number


def test_initials_leave_no_paper_and_a_slip_one_without_a_number(road):
    road.ways(asking=Asking.INITIALS)
    assert road.to(State.APPRAISED).submission is None
    road.ways(asking=Asking.SLIP)
    slip = road.to(State.APPRAISED, road.cast(Role.HAMLET_HEAD, 1)).submission
    assert check(documents.file_of(slip)) == []
    assert (slip.kind, slip.number, slip.state) == ("slip", None, "recorded")
    said = words_of(slip)
    assert "PHIẾU TRÌNH" in said
    assert "Thống nhất, trình lãnh đạo" in said
    assert road.cast(Role.DIVISION_HEAD).full_name in said
    assert road.cast(Role.SPECIALIST).full_name in said
    assert not Document.objects.filter(kind="submission").exists()


def test_a_change_of_the_setting_changes_no_case_under_way(road, tam_quang):
    road.ways(asking=Asking.INITIALS, review=True)
    dossier = road.to(State.RETURNED)
    road.ways()
    dossier = road.do(dossier, "submit", tam_quang(Role.HAMLET_HEAD))
    assert (dossier.asking, dossier.office_review) == (Asking.INITIALS, True)
    dossier = road._forward(dossier, State.RELEASED)
    assert {"initial_draft", "approve_draft"} <= set(acts(dossier))
    assert road.to(State.APPRAISED, road.cast(Role.HAMLET_HEAD, 1)).submission.number == 1


def test_another_way_is_refused_with_a_sentence_and_not_offered(road, tam_quang):
    head = tam_quang(Role.DIVISION_HEAD)
    for asking, wrong in (("submission", "initial_draft"), ("initials", "agree_by_slip"),
                          ("slip", "reserve_submission")):  # fmt: skip
        road.ways(asking=asking)
        author = tam_quang(Role.HAMLET_HEAD, ["submission", "initials", "slip"].index(asking))
        dossier = road.to(State.CHECKED, author)
        with pytest.raises(Refusal, match="trình lãnh đạo bằng cách khác"):
            road.do(dossier, wrong, head)
        assert wrong not in {act.name for act, _refusal in available_to(head, dossier)}
        assert kind_of(dossier) == ("submission" if asking == "submission" else "")


def test_a_stand_in_does_not_agree_for_the_head_of_division(road, tam_quang):
    """Initials are a signer's: his deputy gives them for him, a stand-in does not."""
    road.ways(asking=Asking.INITIALS)
    dossier = road.to(State.CHECKED)
    Delegation.objects.create(
        principal=tam_quang.post(Role.DIVISION_HEAD), delegate=tam_quang.post(Role.SPECIALIST, 1),
        kind="STAND_IN", since=timezone.localdate(), paper="Thông báo",
    )  # fmt: skip
    with pytest.raises(Refusal, match="không ký được với tư cách"):
        road.do(dossier, "initial_draft", tam_quang(Role.SPECIALIST, 1))
    assert (
        road.do(dossier, "initial_draft", tam_quang(Role.DEPUTY_DIVISION_HEAD)).submission is None
    )


def test_a_slip_sent_back_is_gone_and_another_is_agreed_to(road, tam_quang):
    road.ways(asking=Asking.SLIP)
    dossier = road.to(State.APPRAISED)
    first = dossier.submission
    dossier = road.do(dossier, "return_to_head", tam_quang(Role.CLERK), note="Ghi rõ hơn.")
    assert dossier.submission is None
    dossier = road.do(dossier, "agree_by_slip", tam_quang(Role.DIVISION_HEAD))
    assert dossier.submission not in (None, first)
    dossier = road.do(dossier, "take_back_slip", tam_quang(Role.DIVISION_HEAD))
    assert (dossier.state, dossier.submission) == (State.CHECKED, None)


# The Chánh Văn phòng ------------------------------------------------------------------------------


def test_the_chief_of_office_has_it_in_his_inbox_between_clerk_and_leader(road, tam_quang):
    road.ways(review=True)
    chief = tam_quang(Role.CHIEF_OF_OFFICE)
    dossier = road.to(State.OFFICE_REVIEW)
    [task] = waiting_for(chief)
    assert (task.process.seed, task.flow_task.name) == (dossier, "review_draft")
    dossier = road.do(dossier, "approve_draft", chief)
    assert not waiting_for(chief).exists()
    dossier = road.do(dossier, "take_back_approval", chief)
    dossier = road.do(dossier, "return_to_clerk", chief, note="Sai nơi nhận.")
    assert (dossier.state, dossier.submission.state) == (State.APPRAISED, "signed")


def test_the_leader_sends_it_back_to_the_chief_of_office(road, tam_quang):
    road.ways(review=True)
    dossier = road.to(State.CLEARED)
    back = road.do(dossier, "return_to_office", tam_quang(Role.CHAIRMAN), note="Xem lại Điều 2.")
    assert back.state == State.OFFICE_REVIEW
    assert [task.process.seed for task in waiting_for(tam_quang(Role.CHIEF_OF_OFFICE))] == [back]


def test_the_step_has_a_limit_is_late_by_it_and_is_told_in_plain_words(road, tam_quang):
    road.ways(review=True)
    dossier = road.to(State.OFFICE_REVIEW)
    due = deadlines.deadline_of(dossier).day
    assert due == add_working_days(timezone.localdate(), 1)
    assert deadlines.deadline_of(dossier, on=add_working_days(due, 1)).late
    assert "Tình trạng hồ sơ: Chánh Văn phòng đang xem" in sharing.share_text(dossier)
    assert [state.value for state in standing.steps_ahead(dossier)][:2] == ["cleared", "signed"]


# Both checks by one person ------------------------------------------------------------------------


def both(road, dossier, by):
    dossier = road.do(dossier, "check_content", by)
    return road.do(dossier, "check_form_ahead", by)


@pytest.mark.parametrize(("asking", "review"), [r for r in ROADS if r[0] != "submission"])
def test_both_checks_are_recorded_and_the_clerk_is_not_waited_for(asking, review, road, one_person):
    road.ways(asking=asking, review=review)
    dossier = both(road, road.to(State.SUBMITTED), one_person)
    head = road.cast(Role.DIVISION_HEAD)
    dossier = road.do(dossier, "agree_by_slip" if asking == "slip" else "initial_draft", head)
    dossier = road.do(dossier, "carry_to_office" if review else "carry_to_leader", head)
    assert dossier.state == (State.OFFICE_REVIEW if review else State.CLEARED)
    capacities = {event.act: event.capacity for event in history(dossier)}
    assert "làm thay Văn thư" in capacities["check_form_ahead"]
    assert "làm thay" not in capacities["check_content"]
    dossier = road._forward(dossier, State.RELEASED)
    assert check(documents.file_of(dossier.decision)) == []


def test_where_a_submission_is_signed_in_between_the_second_check_waits(road, one_person):
    dossier = road.do(road.to(State.SUBMITTED), "check_content", one_person)
    with pytest.raises(Refusal, match="ký giữa hai lần kiểm tra"):
        road.do(dossier, "check_form_ahead", one_person)


def test_only_who_checked_the_content_checks_the_form_ahead(road, one_person):
    road.ways(asking=Asking.INITIALS)
    dossier = road.do(road.to(State.SUBMITTED), "check_content", one_person)
    with pytest.raises(Refusal, match="Chỉ người vừa kiểm tra nội dung"):
        road.do(dossier, "check_form_ahead", road.cast(Role.CLERK))
    other = road.to(State.CHECKED, road.cast(Role.HAMLET_HEAD, 1))
    with pytest.raises(Refusal, match="Việc này thuộc văn thư"):
        road.do(other, "check_form_ahead", road.cast(Role.SPECIALIST, 1))


def test_what_was_not_checked_ahead_is_not_carried_past_the_clerk(road, one_person):
    road.ways(asking=Asking.INITIALS)
    head = road.cast(Role.DIVISION_HEAD)
    dossier = road.to(State.APPRAISED)
    with pytest.raises(Refusal, match="văn thư kiểm tra ở bước này"):
        road.do(dossier, "carry_to_leader", head)
    other = both(road, road.to(State.SUBMITTED, road.cast(Role.HAMLET_HEAD, 1)), one_person)
    with pytest.raises(Refusal, match="không có trong các bước"):
        road.do(road.do(other, "initial_draft", head), "carry_to_office", head)


@pytest.mark.parametrize(("asking", "review"), [("slip", False), ("initials", True)])
def test_the_head_takes_back_what_he_carried_on_until_the_next_acts(
    asking, review, road, one_person
):
    road.ways(asking=asking, review=review)
    head, where = road.cast(Role.DIVISION_HEAD), "office" if review else "leader"
    agree = "agree_by_slip" if asking == "slip" else "initial_draft"
    dossier = road.do(both(road, road.to(State.SUBMITTED), one_person), agree, head)
    dossier = road.do(dossier, f"carry_to_{where}", head)
    with pytest.raises(Refusal, match="Chỉ người vừa làm"):
        road.do(dossier, f"take_back_from_{where}", road.cast(Role.DEPUTY_DIVISION_HEAD))
    dossier = road.do(dossier, f"take_back_from_{where}", head)
    assert (dossier.state, dossier.submission, dossier.form_checked) == ("checked", None, True)
    dossier = road.do(road.do(dossier, agree, head), f"carry_to_{where}", head)
    if review:
        dossier = road.do(dossier, "approve_draft", road.cast(Role.CHIEF_OF_OFFICE))
        with pytest.raises(Refusal, match="khi chưa ai làm việc tiếp theo"):
            road.do(dossier, f"take_back_from_{where}", head)
    call_command("check_cases", stdout=io.StringIO())


def test_a_return_forgets_the_check_made_ahead(road, one_person):
    road.ways(asking=Asking.INITIALS)
    dossier = both(road, road.to(State.SUBMITTED), one_person)
    head = road.cast(Role.DIVISION_HEAD)
    dossier = road.do(dossier, "return_to_specialist", head, note="Xem lại thành phần.")
    assert not dossier.form_checked
    dossier = both(road, dossier, one_person)
    dossier = road.do(dossier, "take_back_checks", one_person)
    assert (dossier.state, dossier.form_checked) == (State.SUBMITTED, False)


# The setting --------------------------------------------------------------------------------------


def test_only_the_clerk_chooses_and_the_ledger_says_what(tam_quang, hac_thanh):
    def chosen(by):
        return ways.choose(tam_quang.agency, by=by, asking="slip", office_review=True)

    for role in Role:
        if role != Role.CLERK:
            with pytest.raises(Refusal):
                chosen(tam_quang(role))
    with pytest.raises(Refusal):
        chosen(hac_thanh(Role.CLERK))
    chosen(tam_quang(Role.CLERK))
    chosen(tam_quang(Role.CLERK))
    assert Commune.objects.get(agency=tam_quang.agency).asking == "slip"
    assert Commune.objects.get(agency=hac_thanh.agency).asking == "submission"
    event = Event.objects.get(act="choose_ways")
    assert event.facts == {"asking": "slip", "office_review": True}
    assert list(ledger.verify(tam_quang.agency)) == []


def test_the_digest_of_the_ledger_sees_a_road_changed_by_hand(road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    assert dossier.digest() == history(dossier).last().digest
    Dossier.objects.filter(pk=dossier.pk).update(office_review=True)
    assert Dossier.objects.get(pk=dossier.pk).digest() != history(dossier).last().digest


def test_a_decision_by_initials_is_signed_by_the_deputy_while_the_chairman_is_away(road, tam_quang):
    """The whole item at once: assigned by the clerk, initials, KT., sealed and released."""
    today = timezone.localdate()
    assigning.assign(
        assignments.desk_of(tam_quang.agency), by=tam_quang(Role.CLERK),
        principal=tam_quang.post(Role.CHAIRMAN), delegate=tam_quang.post(Role.DEPUTY_CHAIRMAN, 1),
        kind="KT", field=DIGITAL, term=Term(today, today + datetime.timedelta(days=3)),
        paper=Paper("Thông báo số 92/TB-UBND", today),
    )  # fmt: skip
    road.ways(asking=Asking.INITIALS)
    dossier = road.sign(road.to(State.CLEARED), "decision", tam_quang(Role.DEPUTY_CHAIRMAN, 1))
    assert dossier.decision.signer_capacity == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    clerk = tam_quang(Role.CLERK)
    done = signing.seal_and_release(dossier, by=clerk, seen=dossier.revision, passphrase="demo")
    assert done.state == State.RELEASED
    assert "Thông báo số 92/TB-UBND, ngày" in history(done).get(act="sign_decision").capacity
