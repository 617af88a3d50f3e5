"""Single members on the screen: the leader asks, the tray agrees, the pool becomes a decision."""

import pytest
from django.urls import reverse
from django.utils import timezone

from procedures.models import Dossier, SeatRole
from procedures.roles import Role
from tests.procedures import members as on
from workflows.states import State

from .pages import text

TYPED = {"nguoi-full_name": "Vi Thị Hoa", "nguoi-birth_year": "1996", "nguoi-phone": "0914 994 777"}


@pytest.fixture
def team(tam_quang):
    return on.team(tam_quang)


def page(name, team):
    return reverse(f"member-{name}", args=[team.pk])


def test_the_leader_introduces_somebody_and_sees_where_it_stands(acting, team):
    client = acting(Role.HAMLET_HEAD)
    shown = text(client.get(reverse("team", args=[team.pk])))
    assert "Giới thiệu thành viên" in shown
    assert "Đề nghị đưa ra khỏi danh sách" in shown
    blank = client.get(page("admit", team)).content.decode()
    fields = blank.count("<input") - blank.count('type="hidden"') + blank.count("<select")
    assert fields < 10
    answer = client.post(page("admit", team), TYPED, follow=True)
    assert "Đã nhận. Mã hồ sơ: 16933-0001" in text(answer)
    assert "Đọc và kiểm tra nội dung" not in text(answer)
    assert "Vi Thị Hoa" in text(client.get(reverse("team", args=[team.pk])))
    again = client.post(page("admit", team), TYPED)
    assert again.status_code == 422
    assert "đang có đề nghị khác ở tổ này" in text(again)
    assert 'value="Vi Thị Hoa"' in again.content.decode()


def test_who_asks_for_a_team_that_stands_is_led_to_its_page(acting, team):
    begun = acting(Role.HAMLET_HEAD).get(reverse("start")).content.decode()
    assert reverse("team", args=[team.pk]) in begun
    assert "Lập đề nghị" not in begun


def test_a_full_team_offers_the_group_of_collaborators(acting, tam_quang):
    full = on.team(tam_quang, 1, members=10)
    client = acting(Role.HAMLET_HEAD, 1)
    refused = client.post(page("admit", full), TYPED)
    assert refused.status_code == 422
    assert "Tổ có 11 thành viên; tối đa 10 người" in text(refused)
    assert "Đưa vào nhóm cộng tác viên" in text(refused)
    answer = client.post(page("admit", full), {**TYPED, "collaborate": "1"}, follow=True)
    assert "Đã nhận" in text(answer)
    request = Dossier.objects.get(procedure="join_team")
    assert request.changes.get().seats.get().role == SeatRole.COLLABORATOR


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("admit", {"nguoi-full_name": ""}, "không được để trống"),
        ("admit", {"nguoi-full_name": "Vi Hoa", "nguoi-phone": "12"}, "Số điện thoại không đúng"),
        ("leave", {"nguoi-cause": "own_wish"}, "chọn một người"),
        ("leave", {"nguoi-cause": "died"}, "chọn một lý do trong danh sách"),
        ("remove", {"nguoi-cause": "violation"}, "nói rõ đã vi phạm điều gì"),
        ("remove", {"nguoi-cause": "violation", "nguoi-reason": "Thu tiền"}, "hỏi ý kiến người ấy"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(acting, team, kind, typed, sentence):
    if "nguoi-reason" in typed or typed.get("nguoi-cause") == "violation":
        typed = {**typed, "nguoi-member": on.member(team)["was_id"]}
    answer = acting(Role.HAMLET_HEAD).post(page(kind, team), typed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Dossier.objects.filter(state=State.SUBMITTED).exists()


def test_others_may_not_ask_and_strangers_see_no_team(acting, client, team, hac_thanh):
    assert acting(Role.CLERK).get(page("admit", team)).status_code == 403
    assert acting(Role.HAMLET_HEAD, 1).get(page("admit", team)).status_code == 404
    for role in (Role.CHAIRMAN, Role.SPECIALIST, Role.HAMLET_HEAD):
        client.force_login(hac_thanh(role))
        for kind in ("admit", "leave", "remove"):
            assert client.get(page(kind, team)).status_code == 404
            assert client.post(page(kind, team), TYPED).status_code == 404
    client.force_login(hac_thanh(Role.HAMLET_HEAD))
    assert client.get(reverse("pool")).status_code == 403


def test_the_specialist_enters_it_and_the_leader_is_told(
    acting, team, django_capture_on_commit_callbacks
):
    client = acting(Role.SPECIALIST)
    assert "Nhập hộ Tổ trưởng" in text(client.get(page("leave", team)))
    how = {"channel": "phone", "on": str(timezone.localdate())}
    typed = {"nguoi-member": on.member(team)["was_id"], "nguoi-cause": "health"}
    assert client.post(page("leave", team), typed).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page("leave", team), {**typed, **how}, follow=True)
    assert "nhập hộ theo điện thoại" in text(answer)
    told = acting(Role.HAMLET_HEAD).get(reverse("notices"))
    assert "đã nhập hộ và gửi đề nghị này thay ông/bà" in text(told)


def test_a_returned_request_is_put_right_and_sent_again(acting, team, tam_quang):
    request = on.asked(tam_quang, team)
    on.do(request, "return_for_correction", tam_quang(Role.SPECIALIST), "Ghi sai năm sinh.")
    client = acting(Role.HAMLET_HEAD)
    address = reverse("dossier-request", args=[request.pk])
    shown = client.get(address)
    assert "Ghi sai năm sinh." in text(shown)
    assert 'value="1996"' in shown.content.decode()
    seen = on.fresh(request).revision
    typed = {**TYPED, "nguoi-birth_year": "1995", "seen": seen}
    answer = client.post(address, typed, follow=True)
    assert "Đã nhận" in text(answer)
    assert on.fresh(request).changes.get().seats.get().birth_year == 1995
    assert client.post(address, typed).status_code == 409


def test_several_are_agreed_to_at_once_and_each_has_its_answer(acting, team, tam_quang):
    first = on.passed(tam_quang, on.asked(tam_quang, team))
    other = {"full_name": "Kha Thị Mai", "birth_year": 1999}
    second = on.passed(tam_quang, on.asked(tam_quang, team, seat=other))
    client = acting(Role.CHAIRMAN)
    assert "Đồng ý nhiều đề nghị một lần" in text(client.get(reverse("home")))
    tray = text(client.get(reverse("tray")))
    assert "Vi Thị Hoa: kết nạp thành viên, bản Bãi Sở" in tray
    chosen = {"chosen": [f"{first.pk}:{first.revision}", f"{second.pk}:1"]}
    answer = client.post(reverse("tray-agree"), chosen)
    assert "Đã đồng ý:" in text(answer)
    assert "1 đề nghị ông/bà chọn đã thay đổi" in text(answer)
    assert (on.fresh(first).state, on.fresh(second).state) == ("agreed", "awaiting_consent")
    # The same page sent again by a phone that lost the network.
    resent = client.post(reverse("tray-agree"), {"chosen": [f"{first.pk}:{first.revision}"]})
    assert resent.status_code == 200
    none = client.post(reverse("tray-agree"), {})
    assert "đánh dấu ít nhất một đề nghị" in text(none)


def test_the_pool_becomes_a_decision(acting, team, tam_quang):
    one, other = on.agreed(tam_quang, team), on.agreed(tam_quang, team, on.LEAVE)
    client = acting(Role.SPECIALIST)
    pool = reverse("pool")
    shown = text(client.get(pool))
    assert "Lãnh đạo đồng ý từ" in shown
    assert "Ra quyết định ngay" in shown
    assert client.post(pool, {}).status_code == 409
    at_once = client.post(pool, {"only": one.pk, "requests": [one.pk, other.pk]}, follow=True)
    assert "Trong quyết định này 1" in text(at_once)
    dossier = Dossier.objects.get(procedure="change_members")
    address = reverse("dossier-members", args=[dossier.pk])
    more = {"gather": "1", "requests": [other.pk], "seen": dossier.revision}
    assert "Trong quyết định này 2" in text(client.post(address, more, follow=True))
    sent = client.post(address, {"send": "1", "seen": dossier.revision + 1}, follow=True)
    assert "Chờ Trưởng phòng trình lãnh đạo" in text(sent)
    assert "Không có ai đang chờ quyết định." in text(client.get(pool))
    aside = reverse("dossier-set-aside", args=[dossier.pk])
    head = acting(Role.DIVISION_HEAD)
    assert "Vi Thị Hoa: kết nạp thành viên" in text(head.get(aside))
    line = other.given_lines.get().pk
    typed = {"lines": [line], "note": "Chờ họp tổ.", "seen": on.fresh(dossier).revision}
    assert "để lại 1 người" in text(head.post(aside, typed, follow=True))
    assert on.fresh(other).state == State.AGREED
    assert acting(Role.CLERK).get(pool).status_code == 200


def test_the_case_page_draws_its_own_road(acting, team, tam_quang):
    request = on.asked(tam_quang, team)
    shown = acting(Role.SPECIALIST).get(reverse("dossier", args=[request.pk]))
    picture = shown.context["picture"]
    assert "Chờ lãnh đạo đồng ý" in picture
    assert "Văn thư" not in picture
    assert "Đọc và kiểm tra nội dung" in text(shown)
    read = acting(Role.SPECIALIST).get(reverse("dossier-pass", args=[request.pk]))
    assert "Nội dung đạt, xin ý kiến lãnh đạo" in text(read)
    collaborator = reverse("dossier-act", args=[request.pk, "collaborate"])
    assert acting(Role.SPECIALIST).get(collaborator).status_code == 200


def test_an_empty_application_is_printed_for_whoever_wants_one(acting, client, team, hac_thanh):
    client = acting(Role.HAMLET_HEAD)
    for name in ("blank-joining", "blank-leaving"):
        sheet = client.get(reverse(name, args=[team.pk]))
        assert sheet.content[:5] == b"%PDF-"
    client.force_login(hac_thanh(Role.HAMLET_HEAD))
    assert client.get(reverse("blank-joining", args=[team.pk])).status_code == 404
