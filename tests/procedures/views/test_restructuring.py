""" "Việc về tổ" on the screen: from a team or the page of all teams to a case that is sent."""

import datetime
import re

import pytest
from django.utils import timezone

from procedures.models import Dossier, HamletMerger
from procedures.roles import Role
from tests.procedures.restructuring import founded, specialist, succeed
from workflows.states import State

from .pages import fresh, text


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang)


@pytest.fixture
def office(client, tam_quang):
    """The second specialist's browser."""
    client.force_login(specialist(tam_quang)[0])
    return client


def begun(client, kind, *teams):
    """The case begun on the page that offers the teams."""
    answer = client.post(f"/viec-ve-to/{kind}/", {"teams": [team.pk for team in teams]})
    assert answer.status_code == 302, text(answer)
    return Dossier.objects.get(pk=int(re.search(r"/ho-so/(\d+)/viec-to/", answer["Location"])[1]))


def page_of(case):
    return f"/ho-so/{case.pk}/viec-to/"


def rows(line, **more):
    """What the page of a list sends back unchanged."""
    seats = list(line.seats.all())
    data = {"line": line.pk, "nguoi-TOTAL_FORMS": len(seats), "nguoi-INITIAL_FORMS": 0}
    for number, seat in enumerate(seats):
        data |= {
            f"nguoi-{number}-full_name": seat.full_name,
            f"nguoi-{number}-birth_year": seat.birth_year or "",
            f"nguoi-{number}-phone": seat.phone,
            f"nguoi-{number}-role": seat.role,
            f"nguoi-{number}-represents": seat.represents,
            f"nguoi-{number}-was": seat.was_id or "",
        }
    return data | more


def test_new_heads_are_offered_one_case_and_it_is_sent(office, tam_quang, team):
    second = founded(tam_quang, 1)
    succeed(tam_quang, 0, tam_quang(Role.HAMLET_HEAD, 5))
    succeed(tam_quang, 1, tam_quang(Role.HAMLET_HEAD, 6))
    page = office.get("/viec-ve-to/")
    assert "Lập hồ sơ thay Tổ trưởng cho 2 tổ" in text(page)
    case = begun(office, "thay-to-truong", team, second)
    form = office.get(page_of(case))
    shown = form.content.decode()
    for index in (5, 6):
        assert tam_quang(Role.HAMLET_HEAD, index).full_name in shown
    first, other = case.changes.order_by("pk")
    sent = {"seen": case.revision, "send": "1"}
    for line in (first, other):
        new = line.seats.get()
        sent |= {
            f"to-{line.pk}-leader": "khac",
            f"to-{line.pk}-leader_full_name": new.full_name,
            f"to-{line.pk}-leader_represents": new.represents,
            f"to-{line.pk}-leader_former": "o-lai",
            f"to-{line.pk}-deputy": "",
            f"to-{line.pk}-cause": "post_lost",
            f"to-{line.pk}-reason": "",
        }
    # A name left out: told at its box, and everything else still stands there.
    wrong = office.post(page_of(case), sent | {f"to-{other.pk}-leader_full_name": ""})
    assert wrong.status_code == 422
    assert "Ông/bà ghi họ và tên." in text(wrong)
    assert first.seats.get().full_name in wrong.content.decode()
    answer = office.post(page_of(case), sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/ho-so/{case.pk}/")
    case = fresh(case)
    assert case.state == State.SUBMITTED
    assert [seat.role for seat in first.seats.all()] == ["leader", "member"]
    again = office.post(page_of(case), sent)
    assert again.status_code == 302
    case_page = text(office.get(f"/ho-so/{case.pk}/"))
    assert "ở lại làm thành viên" in case_page
    assert "Hồ sơ đang làm" in text(office.get("/viec-ve-to/"))


def test_a_list_is_typed_refused_and_sent_again(office, team):
    case = begun(office, "kien-toan", team)
    line = case.changes.get()
    assert "Danh sách hiện nay được chép sẵn" in text(office.get(page_of(case)))
    more = office.post(page_of(case), rows(line, seen=1, more="1", why="Đổi người"))
    assert "Người thứ 6" in text(more)
    assert "Đổi người" in more.content.decode()
    # Two leaders: the rule refuses, what was typed is saved and stands there.
    data = rows(line, seen=1, send="1", why="Đổi người")
    data["nguoi-1-role"] = "leader"
    wrong = office.post(page_of(case), data)
    assert wrong.status_code == 422
    assert "Tổ phải có đúng một Tổ trưởng" in text(wrong)
    assert "Đổi người" in wrong.content.decode()
    case = fresh(case)
    assert (case.state, case.why) == (State.DRAFT, "Đổi người")
    data = rows(case.changes.get(), seen=case.revision, send="1", why="Đổi người")
    data |= {"nguoi-1-role": "deputy", "nguoi-2-full_name": "Ngân Văn Thêm", "nguoi-2-was": ""}
    answer = office.post(page_of(case), data)
    assert answer.status_code == 302
    assert fresh(case).state == State.SUBMITTED
    shown = text(office.get(f"/ho-so/{case.pk}/"))
    assert "Thêm Ngân Văn Thêm" in shown
    assert "Thôi " in shown
    # Sent is sent: the page says why it is closed.
    closed = office.get(page_of(case))
    assert closed.status_code == 200
    assert 'role="alert"' in closed.content.decode()


def test_the_end_of_a_team_asks_who_takes_over(office, team):
    case = begun(office, "giai-the", team)
    wrong = office.post(page_of(case), {"seen": 1, "send": "1", "why": "Hết dân", "hand_over": ""})
    assert wrong.status_code == 422
    assert "ai nhận nhiệm vụ" in text(wrong)
    assert "Hết dân" in wrong.content.decode()
    case = fresh(case)
    sent = {"seen": case.revision, "send": "1", "why": "Hết dân", "hand_over": "Tổ xã tiếp nhận"}
    assert office.post(page_of(case), sent).status_code == 302
    assert fresh(case).hand_over == "Tổ xã tiếp nhận"


def test_a_merger_is_entered_and_its_case_begun(office, acting, tam_quang, team):
    second = founded(tam_quang, 1)
    today = timezone.localdate()
    typed = {
        "hamlets": [team.hamlet_id, second.hamlet_id],
        "into": "",
        "kind": "bản",
        "name": "Bãi Mới",
        "paper": "Nghị quyết số 20/NQ-HĐND",
        "paper_date": f"{today - datetime.timedelta(days=9):%Y-%m-%d}",
        "issued_by": "Hội đồng nhân dân xã Tam Quang",
        "on": f"{today + datetime.timedelta(days=9):%Y-%m-%d}",
    }
    wrong = office.post("/viec-ve-to/sap-nhap/", typed)
    assert wrong.status_code == 422
    assert "Ngày sáp nhập chưa tới" in text(wrong)
    assert "Bãi Mới" in wrong.content.decode()
    answer = office.post("/viec-ve-to/sap-nhap/", typed | {"on": f"{today:%Y-%m-%d}"})
    assert answer.status_code == 302
    merger = HamletMerger.objects.get()
    assert (merger.paper, merger.into.full_name) == ("20/NQ-HĐND", "bản Bãi Mới")
    assert "Sáp nhập thành bản Bãi Mới" in text(office.get("/viec-ve-to/"))
    case = office.post(f"/viec-ve-to/sap-nhap/{merger.pk}/")["Location"]
    assert "Hợp nhất tổ sau sáp nhập thành bản Bãi Mới" in text(office.get(case))
    again = office.post(f"/viec-ve-to/sap-nhap/{merger.pk}/", follow=True)
    assert "đã có bản nháp" in text(again)
    # The clerk enters mergers but begins no case.
    clerk = acting(Role.CLERK)
    refused = clerk.post(f"/viec-ve-to/sap-nhap/{merger.pk}/", follow=True)
    assert "Chỉ chuyên viên" in text(refused)
    # The old head is offered no new team there any more.
    head = acting(Role.HAMLET_HEAD, 0)
    assert "Chỉ Trưởng thôn, bản, khu phố" in text(head.get("/de-nghi/"))


def test_the_head_of_a_place_begins_from_his_team(acting, team):
    client = acting(Role.HAMLET_HEAD)
    page = text(client.get(f"/to/{team.pk}/"))
    assert "Thay Tổ trưởng, Tổ phó" in page
    assert "Giải thể tổ" not in page
    case = begun(client, "thay-to-truong", team)
    assert client.get(page_of(case)).status_code == 200
    for address in ("/viec-ve-to/", "/viec-ve-to/sap-nhap/", "/viec-ve-to/kien-toan/"):
        assert client.get(address).status_code == 404


def test_nothing_of_it_is_there_for_others(acting, client, hac_thanh, team):
    theirs = founded(hac_thanh)
    merger_page = "/viec-ve-to/sap-nhap/1/"
    for role in (Role.CHAIRMAN, Role.DIVISION_HEAD, Role.CHIEF_OF_OFFICE):
        chair = acting(role)
        assert chair.get("/viec-ve-to/").status_code == 404
        assert chair.get("/viec-ve-to/thay-to-truong/").status_code == 404
        assert chair.post(merger_page).status_code == 404
    office = acting(Role.SPECIALIST, 1)
    assert office.get("/viec-ve-to/khong-co/").status_code == 404
    refused = office.post("/viec-ve-to/kien-toan/", {"teams": [theirs.pk]})
    assert refused.status_code == 422
    assert not Dossier.objects.filter(procedure="review_team").exists()
    case = begun(office, "kien-toan", team)
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(page_of(case)).status_code == 404


def test_an_empty_commune_is_told_so(office):
    assert "Chưa có tổ nào đang hoạt động" in text(office.get("/viec-ve-to/"))
    assert office.get("/viec-ve-to/kien-toan/").status_code == 404
