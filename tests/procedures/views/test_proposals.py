"""Proposing a team: nothing typed is lost, nothing wrong is kept."""

import re
import unicodedata

import pytest
from django.urls import reverse

from procedures.models import Dossier
from procedures.roles import Role
from workflows import service
from workflows.states import State

from .pages import ROWS, box, fresh, text, to, typed


def test_a_proposal_begins_with_its_author_as_leader(acting, tam_quang):
    client, post = acting(Role.HAMLET_HEAD), tam_quang.post(Role.HAMLET_HEAD)
    answer = client.post(reverse("start"), {"post": post.pk}, follow=True)
    assert box(answer, "nguoi-0-full_name") == tam_quang(Role.HAMLET_HEAD).full_name
    assert '<option value="leader" selected>' in answer.content.decode()
    again = client.post(reverse("start"), {"post": post.pk}, follow=True)
    assert again.redirect_chain == answer.redirect_chain
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("post", ["", "x", "0", "999999", str(2**70)])
def test_nobody_begins_for_a_post_that_is_not_his(post, acting):
    assert acting(Role.HAMLET_HEAD).post(reverse("start"), {"post": post}).status_code == 404
    assert not Dossier.objects.exists()


def test_nobody_begins_for_his_neighbour(acting, tam_quang):
    other = tam_quang.post(Role.HAMLET_HEAD, 1)
    assert acting(Role.HAMLET_HEAD).post(reverse("start"), {"post": other.pk}).status_code == 404


def test_more_and_less_keep_what_is_typed_and_save_nothing(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    rows = [*ROWS[:2], ("Sai <b>", "19x", "phone", "king", "?")]
    more = client.post(to("dossier-edit", draft), typed(draft, rows, more="1"))
    assert more.status_code == 200
    for number, row in enumerate(rows):
        assert box(more, f"nguoi-{number}-birth_year") == row[1]
        assert box(more, f"nguoi-{number}-phone") == row[2]
    assert "Sai &lt;b&gt;" in more.content.decode()
    assert box(more, "nguoi-3-full_name") == ""
    assert "không được để trống" not in text(more)
    less = client.post(to("dossier-edit", draft), typed(draft, rows, less="0"))
    assert box(less, "nguoi-0-full_name") == ROWS[1][0]
    assert box(less, "nguoi-TOTAL_FORMS") == "2"
    assert fresh(draft).revision == draft.revision


def test_the_last_row_taken_away_leaves_an_empty_one(acting, draft):
    page = acting(Role.HAMLET_HEAD).post(
        to("dossier-edit", draft), typed(draft, ROWS[:1], less="0")
    )
    assert box(page, "nguoi-TOTAL_FORMS") == "1"
    assert box(page, "nguoi-0-full_name") == ""


def test_sixty_rows_are_the_end(acting, draft):
    rows = [(f"Người {n}", "", "", "member", "") for n in range(60)]
    page = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), typed(draft, rows, more="1"))
    assert box(page, "nguoi-TOTAL_FORMS") == "60"
    assert 'name="more"' not in page.content.decode()


def test_a_draft_keeps_everything_even_a_phone_that_is_none(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    rows = [ROWS[0], ("Vi Thị Hoa", "", "091x", "member", "")]
    client.post(to("dossier-edit", draft), typed(draft, rows, save="1"))
    page = client.get(to("dossier-edit", draft))
    assert box(page, "nguoi-1-phone") == "091x"
    assert box(page, "nguoi-0-birth_year") == "1968"
    assert fresh(draft).state == State.DRAFT


def test_names_are_stored_in_nfc_and_printed_literally(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    name = unicodedata.normalize("NFD", "Lò Thị <script>alert(1)</script>")
    rows = [(name, *ROWS[0][1:])]
    client.post(to("dossier-edit", draft), typed(draft, rows, save="1"))
    seat = draft.changes.get().seats.get()
    assert seat.full_name == unicodedata.normalize("NFC", name)
    page = client.get(to("dossier", draft)).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_wrong_box_saves_nothing_and_loses_nothing(acting, draft):
    rows = [*ROWS[:2], ("Kha Văn Lực", "19x", "091", "member", "Giáo viên")]
    page = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), typed(draft, rows, send="1"))
    assert page.status_code == 422
    assert box(page, "nguoi-2-birth_year") == "19x"
    assert box(page, "nguoi-2-phone") == "091"
    assert "bốn chữ số" in text(page)
    assert 'aria-invalid="true"' in page.content.decode()
    assert fresh(draft).revision == draft.revision


def test_what_the_rules_refuse_stands_at_its_field_and_the_draft_is_kept(acting, draft):
    rows = [ROWS[0], ("Vi Thị Hoa", "1992", "12345", "deputy", ""), *ROWS[2:]]
    page = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), typed(draft, rows, send="1"))
    assert page.status_code == 422
    wrong = re.search(r'id="id_nguoi-1-phone_error">([^<]+)<', page.content.decode())
    assert "Số điện thoại không đúng" in wrong[1]
    assert box(page, "nguoi-1-phone") == "12345"
    kept = fresh(draft)
    assert kept.state == State.DRAFT
    assert kept.changes.get().seats.count() == len(rows)
    # The page carries the new revision: corrected, it goes through at once.
    assert box(page, "seen") == str(kept.revision)
    sent = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), typed(kept, send="1"))
    assert sent.status_code == 302
    assert fresh(draft).state == State.SUBMITTED


def test_a_rule_of_the_whole_team_is_quoted_with_its_source(acting, draft):
    rows = [(f"Lô Văn Số {n}", str(1960 + n), "", "member", "Người dân") for n in range(11)]
    rows[0] = ROWS[0]
    page = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), typed(draft, rows, send="1"))
    assert page.status_code == 422
    assert "Căn cứ:" in text(page)
    assert fresh(draft).state == State.DRAFT


def test_a_broken_count_is_a_sentence_not_an_error(acting, draft):
    client = acting(Role.HAMLET_HEAD)
    for count in ("", "x", "-1"):
        data = typed(draft, send="1") | {"nguoi-TOTAL_FORMS": count}
        page = client.post(to("dossier-edit", draft), data)
        assert page.status_code == 422
        assert "mở lại trang này" in text(page)
    data = typed(draft, send="1") | {"nguoi-TOTAL_FORMS": "999999"}
    assert client.post(to("dossier-edit", draft), data).status_code == 422
    assert fresh(draft).revision == draft.revision


@pytest.mark.parametrize("seen", ["", "x", "999", "0"])
def test_a_stale_or_made_up_revision_saves_nothing_and_loses_nothing(seen, acting, draft):
    data = typed(draft, save="1") | {"seen": seen}
    page = acting(Role.HAMLET_HEAD).post(to("dossier-edit", draft), data)
    assert page.status_code == 409
    assert box(page, "nguoi-4-full_name") == ROWS[4][0]
    assert box(page, "seen") == str(draft.revision)
    assert fresh(draft).revision == draft.revision


def test_a_double_click_on_send_is_answered_as_the_first(acting, draft):
    client, data = acting(Role.HAMLET_HEAD), typed(draft, send="1")
    answers = [client.post(to("dossier-edit", draft), data) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [to("dossier", draft)] * 2
    assert list(service.history(draft).values_list("act", flat=True)) == ["edit", "submit"]


def test_the_office_may_look_at_a_draft_but_not_write_in_it(acting, draft):
    client = acting(Role.SPECIALIST)
    page = client.get(to("dossier-edit", draft))
    assert "Việc này thuộc Trưởng bản Bãi Sở" in text(page)
    assert 'name="send"' not in page.content.decode()
    answer = client.post(to("dossier-edit", draft), typed(draft, send="1"))
    assert answer.status_code == 409
    assert fresh(draft).revision == draft.revision


def test_what_is_advised_is_shown_before_the_list_is_sent(acting, draft):
    client, address = acting(Role.HAMLET_HEAD), to("dossier-edit", draft)
    page = client.get(address)
    data = typed(draft, ROWS[:1], once=box(page, "once"))

    first, again = [client.post(address, data | {"send": "1"}) for _press in range(2)]

    for told in (first, again):
        assert told.status_code == 422
        assert "Tổ có 1 thành viên" in text(told)
        assert box(told, "nguoi-0-full_name") == ROWS[0][0]
    assert (fresh(draft).state, fresh(draft).revision) == (State.DRAFT, draft.revision + 1)
    button = re.search(r'name="send" value="([^"]+)">Gửi như vậy<', again.content.decode())[1]
    data = typed(fresh(draft), ROWS[:1], once=box(again, "once"), send=button)
    sent = [client.post(address, data)["Location"] for _press in range(2)]
    assert sent == [to("dossier", draft)] * 2
    assert fresh(draft).state == State.SUBMITTED
