"""The pages of offices that ask without a Tờ trình, or let the Chánh Văn phòng look first."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import Series
from procedures.roles import Role
from tests.procedures.restructuring import founded
from workflows.models import Delegation
from workflows.service import history
from workflows.states import State

from .pages import fresh, text, to


@pytest.fixture
def one_person(tam_quang):
    """The first specialist stands in for the clerk."""
    Delegation.objects.create(
        principal=tam_quang.post(Role.CLERK), delegate=tam_quang.post(Role.SPECIALIST),
        kind="STAND_IN", since=timezone.localdate(), paper="Thông báo số 91/TB-UBND",
    )  # fmt: skip
    return tam_quang(Role.SPECIALIST)


def acts(dossier):
    return [event.act for event in history(dossier)]


def pictures(page):
    return re.findall(r'<img src="([^"]+)"', page.content.decode())


@pytest.mark.parametrize(
    ("asking", "act", "title", "inbox"),
    [
        ("slip", "agree_by_slip", "Phiếu trình", "Xem Phiếu trình"),
        ("initials", "initial_draft", "Ký nháy dự thảo", "Xem và ký nháy dự thảo"),
    ],
)
def test_the_head_of_division_reads_and_agrees_with_one_press(
    asking, act, title, inbox, acting, road
):
    road.ways(asking=asking)
    dossier, client = road.to(State.CHECKED), acting(Role.DIVISION_HEAD)
    assert inbox in text(client.get(reverse("home")))
    assert "Không có văn bản nào" in text(client.get(reverse("tray")))
    page = client.get(to("dossier", dossier))
    assert f'href="{to("dossier-ask", dossier)}"' in page.content.decode()
    assert "Tờ trình" not in text(page)
    page = client.get(to("dossier-ask", dossier))
    assert f"<h1>{title}</h1>" in page.content.decode()
    assert all(client.get(address).status_code == 200 for address in pictures(page))
    assert len(pictures(page)) >= 1
    data = {"seen": dossier.revision}
    answers = [client.post(to("dossier-ask", dossier), data) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert acts(dossier)[-1] == act
    assert fresh(dossier).state == State.APPRAISED
    done = text(client.get(to("dossier", dossier)))
    assert ("Phiếu trình" in done) == (asking == "slip")


def test_the_slip_is_read_and_downloaded_like_any_paper(acting, road):
    road.ways(asking="slip")
    dossier, client = road.to(State.APPRAISED), acting(Role.CLERK)
    page = client.get(to("dossier-read", dossier, "submission"))
    assert "Phiếu trình" in text(page)
    assert "Tờ trình" not in text(page)
    file = client.get(reverse("document-download", args=[dossier.submission_id]))
    assert file.content.startswith(b"%PDF-")


def test_where_the_head_initials_there_is_no_submission_to_read(acting, road):
    road.ways(asking="initials")
    dossier, client = road.to(State.CLEARED), acting(Role.CLERK)
    page = client.get(to("dossier-read", dossier, "submission"))
    assert "không lập Tờ trình" in text(page)
    assert not pictures(page)
    assert client.get(to("dossier-preview", dossier, "submission")).status_code == 404


@pytest.mark.parametrize("name", ["dossier-ask", "dossier-review"])
def test_a_page_of_another_road_says_so(name, acting, road):
    dossier, client = road.to(State.CHECKED), acting(Role.DIVISION_HEAD)
    for answer in (client.get(to(name, dossier)),
                   client.post(to(name, dossier), {"seen": dossier.revision})):  # fmt: skip
        assert "cách khác" in text(answer) or "đường khác" in text(answer)
    assert fresh(dossier).state == State.CHECKED
    road.ways(asking="initials")
    other = road.to(State.CHECKED, road.cast(Role.HAMLET_HEAD, 1))
    page = client.get(to("dossier-sign", other, "submission"))
    assert "trình lãnh đạo bằng cách khác" in text(page)
    assert 'name="passphrase"' not in page.content.decode()


def test_the_clerk_passes_it_to_the_chief_of_office_and_he_to_the_leader(acting, road):
    road.ways(review=True)
    dossier, client = road.to(State.APPRAISED), acting(Role.CLERK)
    page = client.get(to("dossier", dossier))
    assert "Tiếp theo: Chánh Văn phòng đang xem" in text(page)
    page = client.get(to("dossier-check-form", dossier))
    assert "Thể thức đạt, chuyển Chánh Văn phòng" in text(page)
    client.post(to("dossier-check-form", dossier), {"seen": dossier.revision})
    dossier = fresh(dossier)
    assert dossier.state == State.OFFICE_REVIEW
    client = acting(Role.CHIEF_OF_OFFICE)
    page = text(client.get(reverse("home")))
    assert "Xem dự thảo" in page
    assert "Đang chờ: Chánh Văn phòng HĐND và UBND" in text(client.get(to("dossier", dossier)))
    page = client.get(to("dossier-review", dossier))
    assert pictures(page)
    assert to("dossier-return", dossier) in page.content.decode()
    client.post(to("dossier-review", dossier), {"seen": dossier.revision})
    assert fresh(dossier).state == State.CLEARED


def test_without_the_step_nothing_shows_of_it(acting, road):
    dossier = road.to(State.CLEARED)
    for role in (Role.CLERK, Role.CHAIRMAN, Role.DIVISION_HEAD, Role.HAMLET_HEAD):
        page = text(acting(role).get(to("dossier", dossier)))
        assert "Chánh Văn phòng" not in page
        assert "Phiếu trình" not in page
        assert "ký nháy" not in page


def both(road, asking="initials", **more):
    road.ways(asking=asking, **more)
    return road.to(State.SUBMITTED)


@pytest.mark.parametrize("asking", ["slip", "initials"])
def test_one_person_checks_both_on_one_page(asking, acting, road, one_person):
    dossier, client = both(road, asking), acting(Role.SPECIALIST)
    page = client.get(to("dossier-check-content", dossier))
    assert "Kiểm tra nội dung và thể thức" in text(page)
    assert any("de-xuat" in address for address in pictures(page))
    assert any("quyet-dinh" in address for address in pictures(page))
    data = {"seen": dossier.revision}
    for _press in range(2):
        assert client.post(to("dossier-check-content", dossier), data).status_code == 302
    assert acts(dossier)[-2:] == ["check_content", "check_form_ahead"]
    dossier = fresh(dossier)
    head = acting(Role.DIVISION_HEAD)
    data = {"seen": dossier.revision}
    for _press in range(2):
        assert head.post(to("dossier-ask", dossier), data).status_code == 302
    assert fresh(dossier).state == State.CLEARED
    assert acts(dossier)[-1] == "carry_to_leader"


def test_the_number_of_the_offices_book_is_asked_for_and_neither_check_is_half_done(
    acting, road, one_person
):
    dossier, client = both(road), acting(Role.SPECIALIST)
    Series.objects.filter(pk=dossier.series("decision").pk).update(mode="external")
    address, seen = to("dossier-check-content", dossier), {"seen": dossier.revision}
    assert client.post(address, seen).status_code == 422
    assert fresh(dossier).state == State.SUBMITTED
    only = client.post(address, seen | {"content_only": "1"})
    assert only.status_code == 302
    dossier = fresh(dossier)
    assert (dossier.state, dossier.form_checked) == (State.CHECKED, False)
    later = to("dossier-check-form", dossier)
    assert f'href="{later}"' in client.get(to("dossier", dossier)).content.decode()
    numbered = {"seen": dossier.revision, "number": "45", "date": timezone.localdate()}
    assert client.post(later, numbered).status_code == 302
    assert (fresh(dossier).form_checked, fresh(dossier).decision_number) == (True, 45)


def test_a_number_out_of_order_is_told_where_both_are_checked(acting, road, one_person):
    dossier, client = both(road), acting(Role.SPECIALIST)
    Series.objects.filter(pk=dossier.series("decision").pk).update(mode="external")
    earlier = founded(road.cast, 3).decision
    told = f"Số lớn hơn {earlier.reference} đã mang ngày sớm hơn"
    address, day = to("dossier-check-content", dossier), timezone.localdate()
    stale = {"seen": dossier.revision - 1, "number": 45, "date": f"{day:%Y-%m-%d}"}
    for sent in (stale, {name: value for name, value in stale.items() if name != "seen"}):
        assert told in text(client.post(address, sent))
    done = client.post(address, stale | {"seen": dossier.revision}, follow=True)
    assert told in text(done)
    assert fresh(dossier).decision_number == 45


def test_with_a_submission_or_with_two_people_the_page_is_the_usual_one(acting, road, one_person):
    dossier = both(road, "submission")
    page = text(acting(Role.SPECIALIST).get(to("dossier-check-content", dossier)))
    assert "Kiểm tra nội dung và thể thức" not in page
    road.ways(asking="initials")
    other = road.to(State.SUBMITTED, road.cast(Role.HAMLET_HEAD, 1))
    page = text(acting(Role.SPECIALIST, 1).get(to("dossier-check-content", other)))
    assert "Kiểm tra nội dung và thể thức" not in page


def test_a_page_sent_without_its_token_does_nothing(road, tam_quang):
    road.ways(asking="initials")
    dossier, client = road.to(State.CHECKED), Client(enforce_csrf_checks=True)
    client.force_login(tam_quang(Role.DIVISION_HEAD))
    answer = client.post(to("dossier-ask", dossier), {"seen": dossier.revision})
    assert answer.status_code == 403
    assert fresh(dossier).state == State.CHECKED
