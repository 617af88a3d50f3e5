""" "Sai gì?" on the screen: from a released decision to the list put right."""

import re

import pytest

from procedures.models import Dossier, Remedy, Team
from procedures.roles import Role
from workflows.states import State

from ..correcting import begun, rows_of, sent
from ..correcting import released as carried_through
from .pages import box, fresh, text, to
from .test_every_page import FORBIDDEN

COLUMNS = ("full_name", "birth_year", "phone", "role", "represents", "was", "another")


@pytest.fixture
def old(released):
    return released


def ask(document):
    return f"/van-ban/{document.pk}/sai-gi/"


def typed(dossier, rows=None, **more):
    """What the page of a list sends."""
    line = dossier.changes.first()
    rows = rows if rows is not None else rows_of(line)
    data = {
        "seen": dossier.revision,
        "line": line.pk,
        "nguoi-TOTAL_FORMS": len(rows),
        "nguoi-INITIAL_FORMS": 0,
        "fault": "Ghi sai họ và tên",
    }
    for number, row in enumerate(rows):
        shown = {**row, "was": row.get("was_id"), "another": "on" if row.get("another") else None}
        said = {c: shown.get(c) for c in COLUMNS}
        data |= {f"nguoi-{number}-{c}": v for c, v in said.items() if v is not None}
    return data | more


def respelt(dossier, number=3):
    rows = rows_of(dossier.changes.first())
    rows[number - 1]["full_name"] += "h"
    return rows


# Where it begins ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.CLERK])
def test_the_case_of_a_released_decision_asks_what_is_wrong(role, acting, old):
    answer = acting(role).get(to("dossier", old))
    assert f'href="{ask(old.decision)}"' in answer.content.decode()
    page = acting(role).get(ask(old.decision))
    assert page.status_code == 200
    assert text(page).count("Quyết định") > 2
    for remedy in Remedy.values:
        assert f'name="remedy" value="{remedy}"' in page.content.decode()
    assert not re.search(FORBIDDEN, page.content.decode())


@pytest.mark.parametrize(
    "role", [Role.CHAIRMAN, Role.DEPUTY_CHAIRMAN, Role.DIVISION_HEAD, Role.HAMLET_HEAD]
)
def test_others_read_the_decision_and_are_not_asked(role, acting, old):
    answer = acting(role).get(to("dossier", old))
    assert ask(old.decision) not in answer.content.decode()
    page = acting(role).get(ask(old.decision))
    assert "Chỉ chuyên viên hoặc văn thư" in text(page)
    assert "<form method" not in page.content.decode().split("<main")[1]
    assert acting(role).post(ask(old.decision), {"remedy": "recall"}).status_code == 409
    assert not Dossier.objects.exclude(remedy="").exists()


def test_before_its_release_nothing_is_asked(acting, road):
    sealed = road.to(State.SEALED)
    client = acting(Role.SPECIALIST)
    assert ask(sealed.decision) not in client.get(to("dossier", sealed)).content.decode()
    assert client.post(ask(sealed.decision), {"remedy": "recall"}).status_code == 409


def test_another_commune_gets_a_404_everywhere(client, old, hac_thanh, tam_quang):
    dossier = begun(tam_quang, old.decision, Remedy.AMEND)
    client.force_login(hac_thanh(Role.SPECIALIST))
    for address in (ask(old.decision), to("dossier-correct", dossier), to("dossier", dossier)):
        assert client.get(address).status_code == 404
    assert client.post(ask(old.decision), {"remedy": "recall"}).status_code == 404
    assert client.post(to("dossier-correct", dossier), typed(dossier)).status_code == 404


@pytest.mark.parametrize("remedy", Remedy.values)
def test_each_answer_leads_to_its_remedy(remedy, acting, old):
    answer = acting(Role.SPECIALIST, 1).post(ask(old.decision), {"remedy": remedy})
    dossier = Dossier.objects.get(corrects=old.decision)
    assert (dossier.remedy, dossier.state) == (remedy, "draft")
    assert answer.headers["Location"] == to("dossier-correct", dossier)
    page = acting(Role.SPECIALIST, 1).get(to("dossier-correct", dossier))
    shown = page.content.decode()
    assert 'name="fault"' in shown
    assert ('name="printed"' in shown) is (remedy == "correct")
    assert ('name="nguoi-0-full_name"' in shown) is (remedy in ("amend", "replace"))
    assert not re.search(FORBIDDEN, shown)


def test_an_unanswered_question_is_asked_again(acting, old):
    answer = acting(Role.CLERK).post(ask(old.decision), {})
    assert answer.status_code == 422
    assert "Ông/bà chọn một mục." in text(answer)


def test_a_second_press_shows_the_case_under_way(acting, old):
    client = acting(Role.SPECIALIST, 1)
    client.post(ask(old.decision), {"remedy": "recall"})
    again = client.post(ask(old.decision), {"remedy": "amend"})
    [dossier] = Dossier.objects.filter(corrects=old.decision)
    assert again.status_code == 409
    assert f"hồ sơ {dossier.pk} “Thu hồi Quyết định số" in text(again)
    assert f'href="{to("dossier", dossier)}"' in again.content.decode()


def several(road, tam_quang):
    """A released decision of three teams."""
    first = road.to(State.RELEASED)
    for index in (1, 2):
        other = road.to(State.RELEASED, tam_quang(Role.HAMLET_HEAD, index))
        Team.objects.filter(decision=other.decision).update(decision=first.decision)
    return first


def test_of_several_teams_the_wrong_one_is_chosen(acting, road, tam_quang):
    old = several(road, tam_quang)
    client, teams = acting(Role.CLERK), Team.objects.order_by("pk")
    page = client.get(ask(old.decision))
    assert page.content.decode().count('name="teams"') == 3
    missing = client.post(ask(old.decision), {"remedy": "amend"})
    assert missing.status_code == 422
    assert "chọn ít nhất một tổ" in text(missing)
    assert 'value="amend" checked' in missing.content.decode()
    client.post(ask(old.decision), {"remedy": "amend", "teams": [teams[1].pk]})
    dossier = Dossier.objects.get(corrects=old.decision)
    assert [line.team for line in dossier.lines()] == [teams[1]]


# The list ----------------------------------------------------------------------------------------


@pytest.fixture
def draft(old, tam_quang):
    return begun(tam_quang, old.decision, Remedy.AMEND)


def test_the_list_stands_as_it_is_and_one_name_is_put_right_and_sent(acting, draft):
    client = acting(Role.SPECIALIST, 1)
    page = client.get(to("dossier-correct", draft))
    names = [row["full_name"] for row in rows_of(draft.changes.get())]
    assert [box(page, f"nguoi-{n}-full_name") for n in range(6)] == names
    answer = client.post(to("dossier-correct", draft), typed(draft, respelt(draft), send=1))
    assert answer.headers["Location"] == to("dossier", draft)
    sent_case = fresh(draft)
    assert (sent_case.state, sent_case.fault) == ("submitted", "Ghi sai họ và tên")
    shown = text(client.get(to("dossier", draft)))
    assert "Sai ở chỗ nào Ghi sai họ và tên" in shown


def test_a_saved_draft_says_what_is_missing_when_opened_again(acting, draft):
    client = acting(Role.SPECIALIST, 1)
    client.post(to("dossier-correct", draft), typed(draft, fault="", save=1))
    assert fresh(draft).state == "draft"
    page = text(client.get(to("dossier-correct", draft)))
    assert "Ông/bà ghi rõ văn bản sai ở chỗ nào" in page
    assert "Danh sách chưa sửa chỗ nào" in page
    assert "Bản nháp chưa gửi" in text(client.get("/"))


def test_what_blocks_stands_at_its_box_and_nothing_typed_is_lost(acting, draft):
    client = acting(Role.SPECIALIST, 1)
    rows = rows_of(draft.changes.get())
    rows[2]["full_name"] = "Nguyễn Đức Phú"
    answer = client.post(to("dossier-correct", draft), typed(draft, rows, fault="", send=1))
    assert answer.status_code == 422
    assert box(answer, "nguoi-2-full_name") == "Nguyễn Đức Phú"
    fields = answer.content.decode().split('id="nguoi-3"')[1].split("</fieldset>")[0]
    assert "đánh dấu “Là người khác”" in fields
    assert "Ông/bà ghi rõ văn bản sai ở chỗ nào" in text(answer)
    draft = fresh(draft)
    rows[2] |= {"another": True, "phone": "", "birth_year": 1991}
    assert client.post(to("dossier-correct", draft), typed(draft, rows, send=1)).headers[
        "Location"
    ] == to("dossier", draft)


def test_adding_and_removing_a_row_saves_nothing_and_keeps_the_words(acting, draft):
    client = acting(Role.SPECIALIST, 1)
    more = client.post(to("dossier-correct", draft), typed(draft, respelt(draft), more=1))
    assert box(more, "nguoi-TOTAL_FORMS") == "7"
    assert box(more, "nguoi-2-full_name").endswith("h")
    assert "Ghi sai họ và tên" in more.content.decode()
    less = client.post(to("dossier-correct", draft), typed(draft, respelt(draft), less=0))
    assert box(less, "nguoi-TOTAL_FORMS") == "5"
    assert box(less, "nguoi-1-full_name").endswith("h")
    assert fresh(draft).revision == draft.revision


def test_the_second_click_is_answered_as_the_first(acting, draft):
    client, data = acting(Role.SPECIALIST, 1), typed(draft, respelt(draft), send=1)
    first = client.post(to("dossier-correct", draft), data)
    again = client.post(to("dossier-correct", draft), data)
    assert first.headers["Location"] == again.headers["Location"] == to("dossier", draft)


def test_a_seat_made_up_in_the_browser_is_refused(acting, draft, road, tam_quang):
    other = road.to(State.RELEASED, tam_quang(Role.HAMLET_HEAD, 1)).changes.get().seats.first()
    rows = respelt(draft)
    rows[0]["was_id"] = other.pk
    answer = acting(Role.SPECIALIST, 1).post(to("dossier-correct", draft), typed(draft, rows))
    assert answer.status_code == 409
    assert fresh(draft).revision == draft.revision


def test_a_list_of_another_team_is_saved_and_opened(acting, road, tam_quang):
    old = several(road, tam_quang)
    dossier = begun(tam_quang, old.decision, Remedy.AMEND)
    client, (_one, second, _three) = acting(Role.SPECIALIST, 1), dossier.lines()
    answer = client.post(
        to("dossier-correct", dossier), typed(dossier, respelt(dossier), go=second.pk)
    )
    assert answer.headers["Location"] == f"{to('dossier-correct', dossier)}?to={second.pk}"
    page = client.get(answer.headers["Location"])
    assert box(page, "line") == str(second.pk)
    assert f"Danh sách đúng của {second.team_name}" in text(page)
    assert dossier.changes.first().seats.get(position=3).full_name.endswith("h")


def test_only_its_author_writes_it(acting, draft):
    page = acting(Role.CLERK).get(to("dossier-correct", draft))
    assert 'name="fault"' not in page.content.decode()
    answer = acting(Role.CLERK).post(to("dossier-correct", draft), typed(draft, respelt(draft)))
    assert answer.status_code == 409


def test_the_page_of_another_procedure_is_not_here(acting, road, draft, tam_quang):
    proposal = road.draft(tam_quang(Role.HAMLET_HEAD, 1))
    client = acting(Role.HAMLET_HEAD, 1)
    page = client.get(to("dossier-correct", proposal))
    assert "không sửa văn bản đã phát hành nào" in text(page)
    assert client.post(to("dossier-correct", proposal), {"seen": 1}).status_code == 409
    moved = acting(Role.SPECIALIST, 1).get(to("dossier-edit", draft))
    assert moved.headers["Location"] == to("dossier-correct", draft)


# The road and the standing ---------------------------------------------------------------------


def test_the_steps_name_the_paper_that_is_signed(acting, road, old, tam_quang):
    dossier = begun(tam_quang, old.decision, Remedy.RECALL)
    dossier = road._forward(sent(road, dossier), State.CLEARED)
    chairman = acting(Role.CHAIRMAN)
    case = text(chairman.get(to("dossier", dossier)))
    assert "Đọc và ký Thông báo" in case
    assert "Ký Quyết định" not in text(chairman.get("/"))
    page = chairman.get(to("dossier-sign", dossier, "decision"))
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text(page)
    assert "Tôi đã đọc và ký Thông báo này" in text(chairman.get("/khay/"))
    signed = road.sign(dossier, "decision", tam_quang(Role.CHAIRMAN))
    assert "Chủ tịch, ký Thông báo." in text(chairman.get(to("dossier", signed)))


def test_both_cases_show_the_link_and_the_standing(acting, road, old, tam_quang):
    dossier = begun(tam_quang, old.decision, Remedy.RECALL)
    dossier = carried_through(road, sent(road, dossier))
    client = acting(Role.SPECIALIST)
    before, after = client.get(to("dossier", old)), client.get(to("dossier", dossier))
    assert "Đã bị thu hồi bởi Thông báo số 01/TB-UBND" in text(before)
    assert f'href="{to("dossier", dossier)}"' in before.content.decode()
    assert ask(old.decision) not in before.content.decode()
    assert "Thu hồi Quyết định số 01/QĐ-UBND" in text(after)
    assert f'href="{to("dossier", old)}"' in after.content.decode()
    asked = client.get(ask(old.decision))
    assert "Đã bị thu hồi bởi Thông báo số 01/TB-UBND" in text(asked)
    shared = client.get(to("dossier-share", old)).content.decode()
    assert "đã bị thu hồi bởi Thông báo số 01/TB-UBND" in shared


def test_the_head_of_the_village_reads_the_standing_and_a_public_link(acting, road, old, tam_quang):
    dossier = begun(tam_quang, old.decision, Remedy.CORRECT)
    words = {"printed": "ngày 5 tháng 03", "meant": "ngày 05 tháng 3"}
    dossier = carried_through(road, sent(road, dossier, **words))
    page = acting(Role.HAMLET_HEAD).get(to("dossier", old))
    assert "Đã được đính chính bởi Công văn số 01/UBND-VHXH" in text(page)
    assert f"/v/{dossier.decision.token}/" in page.content.decode()
    assert to("dossier", dossier) not in page.content.decode()
