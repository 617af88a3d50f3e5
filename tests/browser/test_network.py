"""A leader with an old phone and a bad network: nothing typed is lost, nothing is made twice."""

import gzip

import pytest

from procedures.models import Dossier
from procedures.roles import Role
from project.accounts import slips
from project.accounts.models import Tally
from tests.procedures.conftest import Road
from workflows.models import Event
from workflows.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)
MEMBERS = [("Vi Thị Hoa", "1992", "Tổ phó"), ("Kha Văn Lực", "1988", "Thành viên"),
           ("Ngân Thị Én", "1990", "Thành viên"), ("La Văn Bảy", "1999", "Thành viên")]  # fmt: skip
BUDGET = 60 * 1024


@pytest.fixture
def leader(visit, tam_quang):
    """``leader(size, javascript)``: a trưởng bản who has come in by his slip."""
    Tally.objects.all().delete()
    head = tam_quang(Role.HAMLET_HEAD)

    def enter(size=PHONE, javascript=True):
        printed = slips.issue(head, by=tam_quang(Role.CLERK))
        person = visit(*size, javascript)
        person.page.goto(f"/vao/phieu/{printed.token}/")
        person.press("Vào")
        person.expect("Không có việc nào đang chờ")
        return person

    return enter


def begin(person):
    person.follow("Đề nghị mới")
    person.press("Lập đề nghị")


def row(page, number):
    return page.get_by_role("group", name=f"Người thứ {number}", exact=True)


def fill_in(person):
    """Everybody on the list; returns how many boxes he had to fill."""
    page, filled = person.page, 0
    for number, (name, year, role) in enumerate(MEMBERS, 2):
        if row(page, number).count() == 0:
            person.press("+ Thêm người")
        row(page, number).get_by_label("Họ và tên").fill(name)
        row(page, number).get_by_label("Năm sinh").fill(year)
        filled += 2
        if role != "Thành viên":
            row(page, number).get_by_label("Chức vụ trong tổ").select_option(label=role)
            filled += 1
    return filled


def sent():
    """How often the one dossier was sent."""
    dossier = Dossier.objects.get()
    assert dossier.state == State.SUBMITTED
    return Event.objects.filter(record_id=dossier.pk, act="submit").count()


def names(page):
    rows = page.get_by_label("Họ và tên")
    return [rows.nth(number).input_value() for number in range(rows.count())]


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_leader_proposes_in_under_fifteen_boxes_and_sees_who_has_it(leader, size, javascript):
    person = leader(size, javascript)
    begin(person)
    assert fill_in(person) < 15
    person.press("Gửi")
    person.expect("Phòng đang kiểm tra nội dung")
    person.expect("Đang chờ:")
    person.look("100-leader-sent")
    assert sent() == 1


def test_without_a_network_he_is_told_and_sends_again(leader):
    person = leader()
    begin(person)
    fill_in(person)
    person.context.set_offline(True)
    person.page.get_by_role("button", name="Gửi", exact=True).click()
    person.expect("Mất mạng nên chưa nhận được trả lời")
    person.look("101-network-lost")
    assert Dossier.objects.get().state == State.DRAFT
    assert names(person.page)[1:] == [name for name, *_rest in MEMBERS]
    person.context.set_offline(False)
    person.complaints.clear()  # the browser has told of the network itself
    person.press("Gửi lại")
    person.expect("Trang này cho biết hồ sơ đang chờ ai.")
    assert sent() == 1


def lose_answers(page, times):
    """Let what is sent through to the server and lose its answer on the way back."""
    lost = []

    def handle(route):
        if route.request.method == "POST" and len(lost) < times:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/danh-sach/**", handle)
    return lost


def test_an_answer_lost_after_the_server_has_it_makes_nothing_twice(leader, tam_quang):
    person = leader()
    begin(person)
    fill_in(person)
    lost = lose_answers(person.page, 2)
    person.page.get_by_role("button", name="Gửi", exact=True).click()
    person.expect("Mất mạng nên chưa nhận được trả lời")
    assert sent() == 1
    person.page.get_by_role("button", name="Gửi lại", exact=True).click()
    person.page.wait_for_timeout(300)
    person.expect("Mất mạng nên chưa nhận được trả lời")
    # Somebody else acts before he tries a third time.
    road, dossier = Road(tam_quang), Dossier.objects.get()
    road.do(dossier, "check_content", tam_quang(Role.SPECIALIST))
    person.complaints.clear()
    person.press("Gửi lại")
    person.expect("Trang này cho biết hồ sơ đang chờ ai.")
    assert lost == [200, 200]
    assert Event.objects.filter(record_id=dossier.pk, act="submit").count() == 1
    assert Event.objects.filter(record_id=dossier.pk, act="edit").count() == 1
    assert person.page.evaluate("localStorage.length") == 0


def test_without_javascript_a_page_sent_again_makes_nothing_twice(leader):
    person = leader(javascript=False)
    begin(person)
    fill_in(person)
    lost = []

    def lose(route):
        route.fetch(max_redirects=0)
        lost.append(route.request)
        route.abort("connectionreset")

    person.page.route("**/danh-sach/", lose)
    person.page.get_by_role("button", name="Gửi", exact=True).click(no_wait_after=True)
    person.page.wait_for_timeout(1500)
    [first] = lost
    assert sent() == 1
    person.complaints.clear()
    # The browser's own "try again" sends the very same page.
    headers = {"content-type": first.headers["content-type"]}
    again = person.context.request.post(
        first.url, data=first.post_data_buffer, headers=headers, max_redirects=0
    )
    assert (again.status, again.headers["location"]) == (302, f"/ho-so/{Dossier.objects.get().pk}/")
    person.page.goto("/")
    assert sent() == 1


def test_what_was_typed_comes_back_after_a_reload_rows_and_all(leader):
    person = leader()
    begin(person)
    fill_in(person)
    page = person.page
    page.reload()
    person.expect("Đã khôi phục phần ông/bà gõ lúc")
    assert names(page)[1:] == [name for name, *_rest in MEMBERS]
    assert row(page, 2).get_by_label("Chức vụ trong tổ").input_value() == "deputy"
    person.look("102-given-back")
    assert page.evaluate("JSON.stringify(localStorage).includes('csrf')") is False
    person.press("Lưu nháp")
    person.expect("Đã lưu nháp")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.get_by_text("Đã khôi phục").count() == 0
    assert names(page)[1:] == [name for name, *_rest in MEMBERS]


def test_somebody_taken_off_the_list_stays_off_after_a_reload(leader):
    person = leader()
    begin(person)
    fill_in(person)
    person.press("Lưu nháp")
    person.press("Bớt người thứ 3")
    person.page.reload()
    person.expect("Đã khôi phục phần ông/bà gõ lúc")
    everybody = [name for name, *_rest in MEMBERS]
    assert names(person.page)[1:] == [everybody[0], *everybody[2:]]


def test_a_reason_being_typed_comes_back_and_goes_with_who_typed_it(leader, visit, tam_quang):
    dossier = Road(tam_quang).to(State.SUBMITTED)
    specialist = visit(*DESK, True).enter("tq.chuyenvien")
    page = specialist.page
    page.goto(f"/ho-so/{dossier.pk}/viec/reject/")
    page.get_by_label("Lý do").fill("Chưa đủ thành phần")
    page.goto("/")
    page.goto(f"/ho-so/{dossier.pk}/viec/reject/")
    specialist.expect("Đã khôi phục phần ông/bà gõ lúc")
    assert page.get_by_label("Lý do").input_value() == "Chưa đủ thành phần"
    assert page.evaluate("localStorage.length") == 1
    specialist.press("Đăng xuất")
    assert page.evaluate("localStorage.length") == 0


def test_another_person_on_the_same_phone_finds_nothing(leader):
    person = leader()
    begin(person)
    fill_in(person)
    assert person.page.evaluate("localStorage.length") == 1
    person.context.clear_cookies()  # a session that ended by itself
    person.enter("tq.chuyenvien")
    assert person.page.evaluate("localStorage.length") == 0


class Scales:
    """Weighs everything a page brings, each answer compressed as a web server does."""

    def __init__(self, page):
        self.bodies = {}
        page.on("requestfinished", self._on_finished)

    def _on_finished(self, request):
        response = request.response()
        if response and response.status == 200:
            self.bodies[request.url] = len(gzip.compress(response.body()))

    def weigh(self):
        total, self.bodies = sum(self.bodies.values()), {}
        return total


def test_the_first_pages_of_a_leader_weigh_little(visit, tam_quang, capsys):
    printed = slips.issue(tam_quang(Role.HAMLET_HEAD), by=tam_quang(Role.CLERK))
    person = visit(*PHONE, True)
    scales, weights = Scales(person.page), {}
    person.page.goto(f"/vao/phieu/{printed.token}/")
    person.page.wait_for_load_state("networkidle")
    weights["slip"] = scales.weigh()
    person.press("Vào")
    person.page.wait_for_load_state("networkidle")
    weights["home"] = scales.weigh()
    begin(person)
    person.page.wait_for_load_state("networkidle")
    weights["proposal, with the page before it"] = scales.weigh()
    with capsys.disabled():
        print("\ngzip, all assets:", weights)
    assert all(0 < weight <= BUDGET for weight in weights.values()), weights


def test_back_leads_through_the_pages_shown_and_then_out(leader):
    person = leader()
    begin(person)
    page = person.page
    person.press("+ Thêm người")
    person.press("+ Thêm người")
    count = page.get_by_role("group", name="Người thứ").count()
    page.go_back()
    assert page.get_by_role("group", name="Người thứ").count() == count - 1
    page.go_back()
    assert page.get_by_role("group", name="Người thứ").count() == count - 2
    page.go_forward()
    assert page.get_by_role("group", name="Người thứ").count() == count - 1
    page.go_back()
    page.go_back()
    person.expect("Đề nghị thành lập Tổ công nghệ số")
