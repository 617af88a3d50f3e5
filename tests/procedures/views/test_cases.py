"""The page of a case, and the acts that need only a word."""

import pytest
from django.utils import timezone

from procedures.flows import AnnounceTeamsFlow, CommendFlow, RegisterTrainingFlow
from procedures.roles import Role
from procedures.templatetags.screens import sentence
from workflows import service
from workflows.models import Event
from workflows.states import State

from ..drafted import begun
from ..test_access import replaced
from .pages import box, fresh, text, to, typed


def test_the_case_says_who_it_waits_for_since_when_and_what_comes_next(acting, road, tam_quang):
    dossier = road.to(State.SUBMITTED)
    page = text(acting(Role.HAMLET_HEAD).get(to("dossier", dossier)))
    assert "Phòng đang kiểm tra nội dung" in page
    assert "Đang chờ: chuyên viên Phòng Văn hóa - Xã hội" in page
    assert tam_quang(Role.SPECIALIST).full_name in page
    assert "(vừa xong)" in page
    assert "Tiếp theo: Chờ Trưởng phòng trình lãnh đạo" in page


def test_a_request_that_went_on_in_a_round_is_still_read(acting, road):
    page = text(acting(Role.HAMLET_HEAD).get(to("dossier", road.to(State.CONTINUED))))
    assert "Đi tiếp trong hồ sơ khác" in page


def test_a_case_waiting_for_the_chairman_names_the_deputy_who_may_sign_too(acting, road, tam_quang):
    page = text(acting(Role.HAMLET_HEAD).get(to("dossier", road.to(State.CLEARED))))
    chairman, deputy = tam_quang(Role.CHAIRMAN), tam_quang(Role.DEPUTY_CHAIRMAN)
    assert page.index(chairman.full_name) < page.index(deputy.full_name)
    assert tam_quang(Role.DEPUTY_CHAIRMAN, 1).full_name not in page


def test_a_button_that_is_missing_says_why(acting, road):
    dossier = road.to(State.CLEARED)
    page = acting(Role.DEPUTY_CHAIRMAN, 1).get(to("dossier", dossier))
    assert to("dossier-sign", dossier, "decision") not in page.content.decode()
    said = text(page)
    assert "Đọc và ký Quyết định" in said
    assert "văn bản phân công lĩnh vực này" in said
    assert "Căn cứ: Điều 13 Nghị định 30/2020/NĐ-CP" in said


@pytest.mark.parametrize(
    ("state", "role", "name", "more"),
    [
        (State.DRAFT, Role.HAMLET_HEAD, "dossier-edit", ()),
        (State.SUBMITTED, Role.HAMLET_HEAD, "dossier-act", ("withdraw",)),
        (State.SUBMITTED, Role.SPECIALIST, "dossier-check-content", ()),
        (State.SUBMITTED, Role.SPECIALIST, "dossier-act", ("return_for_correction",)),
        (State.CHECKED, Role.DIVISION_HEAD, "dossier-sign", ("submission",)),
        (State.CHECKED, Role.CLERK, "dossier-paper", ("submission",)),
        (State.APPRAISED, Role.CLERK, "dossier-check-form", ()),
        (State.CLEARED, Role.CHAIRMAN, "dossier-sign", ("decision",)),
        (State.CLEARED, Role.CLERK, "dossier-paper", ("decision",)),
        (State.SIGNED, Role.CLERK, "dossier-seal", ()),
        (State.SEALED, Role.CLERK, "dossier-seal", ()),
    ],
)
def test_each_step_has_its_button_and_the_button_leads_to_a_form(
    state, role, name, more, acting, road
):
    dossier, client = road.to(state), acting(role)
    address = to(name, dossier, *more)
    assert f'href="{address}"' in client.get(to("dossier", dossier)).content.decode()
    page = client.get(address)
    assert page.status_code == 200
    assert box(page, "seen") == str(dossier.revision)


@pytest.mark.parametrize("state", [State.RELEASED, State.REJECTED, State.WITHDRAWN])
def test_a_finished_case_offers_nothing(state, acting, road):
    dossier = road.to(state)
    for role in (Role.HAMLET_HEAD, Role.SPECIALIST, Role.CLERK, Role.CHAIRMAN):
        page = acting(role).get(to("dossier", dossier)).content.decode()
        assert 'class="button main"' not in page
        assert "Đang chờ:" not in page


def test_phones_are_masked_for_everybody_and_the_office_is_led_to_the_whole(
    acting, road, tam_quang
):
    dossier = road.to(State.SUBMITTED)
    phone = dossier.changes.get().seats.get(position=2).phone
    replaced(dossier.post, tam_quang(Role.HAMLET_HEAD, 1))
    for role, index, led in ((Role.HAMLET_HEAD, 1, False), (Role.SPECIALIST, 0, True)):
        answer = acting(role, index).get(to("dossier", dossier))
        assert f"{phone[:7]}***" in text(answer)
        assert phone not in answer.content.decode()
        assert (to("dossier-phones", dossier) in answer.content.decode()) is led


def test_history_is_told_in_sentences_with_the_capacity(acting, road, tam_quang):
    page = text(acting(Role.HAMLET_HEAD).get(to("dossier", road.to(State.SIGNED))))
    chairman = tam_quang(Role.CHAIRMAN)
    assert f"{chairman.full_name}, Chủ tịch, ký Quyết định." in page
    assert "lấy số" not in page
    assert "reserve_" not in page


def test_an_event_of_an_unknown_act_is_still_told(acting, road):
    event = Event(act="later", actor_name="A <b>", at=timezone.now())
    assert sentence(event) == "A &lt;b&gt;: later."


def test_why_it_came_back_stands_on_the_case_and_on_the_list(acting, road):
    dossier = road.to(State.RETURNED)
    for name in ("dossier", "dossier-edit"):
        page = text(acting(Role.HAMLET_HEAD).get(to(name, dossier)))
        assert "trả lại để sửa, vì: Chưa rõ thành phần." in page


def test_a_returned_list_is_corrected_and_sent_again(acting, road):
    dossier, client = road.to(State.RETURNED), acting(Role.HAMLET_HEAD)
    answer = client.post(to("dossier-edit", dossier), typed(dossier, send="1"))
    assert answer["Location"] == to("dossier", dossier)
    assert fresh(dossier).state == State.SUBMITTED


@pytest.mark.parametrize("act", ["return_for_correction", "reject"])
def test_an_act_that_needs_a_reason_is_refused_without_one(act, acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    page = client.post(to("dossier-act", dossier, act), {"seen": dossier.revision, "note": " "})
    assert page.status_code == 422
    assert "ghi rõ lý do" in text(page)
    done = client.post(
        to("dossier-act", dossier, act), {"seen": dossier.revision, "note": "Thiếu Phụ nữ."}
    )
    assert done["Location"] == to("dossier", dossier)
    assert service.history(dossier).last().note == "Thiếu Phụ nữ."


def test_a_stale_page_changes_nothing_and_keeps_the_reason(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.SPECIALIST)
    data = {"seen": dossier.revision - 1, "note": "Tôi đã gõ rất dài."}
    page = client.post(to("dossier-act", dossier, "reject"), data)
    assert page.status_code == 409
    assert "Hồ sơ vừa được người khác xử lý" in text(page)
    assert "Tôi đã gõ rất dài." in text(page)
    assert fresh(dossier).state == State.SUBMITTED


def test_an_act_out_of_turn_is_a_sentence(acting, road):
    dossier = road.to(State.SIGNED)
    data = {"seen": dossier.revision, "note": "Muốn rút."}
    page = acting(Role.HAMLET_HEAD).post(to("dossier-act", dossier, "withdraw"), data)
    assert page.status_code == 409
    assert "đang ở bước" in text(page)
    assert fresh(dossier).state == State.SIGNED


def test_a_double_click_on_withdraw_is_answered_as_the_first(acting, road):
    dossier, client = road.to(State.SUBMITTED), acting(Role.HAMLET_HEAD)
    data = {"seen": dossier.revision, "note": ""}
    answers = [client.post(to("dossier-act", dossier, "withdraw"), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert service.history(dossier).filter(act="withdraw").count() == 1


@pytest.mark.parametrize("act", ["no_such", "save", "reserve_decision", "sign_decision", "submit"])
def test_the_small_page_does_only_small_acts(act, acting, road):
    dossier = road.to(State.CLEARED)
    data = {"seen": dossier.revision, "note": "x"}
    answer = acting(Role.CHAIRMAN).post(to("dossier-act", dossier, act), data)
    assert answer.status_code == 404
    assert fresh(dossier).revision == dossier.revision


@pytest.mark.parametrize("flow", [AnnounceTeamsFlow, CommendFlow, RegisterTrainingFlow])
def test_full_phones_are_not_offered_where_nobody_is_listed(acting, tam_quang, flow):
    dossier = begun(tam_quang, flow)
    for role in (Role.SPECIALIST, Role.CLERK):
        page = acting(role).get(to("dossier", dossier)).content.decode()
        assert dossier.title in page
        assert to("dossier-phones", dossier) not in page
