"""What people see when something is wrong: sent back, refused, numbered elsewhere, not there."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from procedures import demo
from procedures.flows import establish_team
from procedures.models import Dossier
from procedures.roles import Role
from tests.procedures.conftest import Road
from workflows.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [pytest.param((390, 844), id="phone"), pytest.param((1280, 800), id="desk")]
LONG = "Nguyễn Hoàng Phương Thảo Nguyên Bảo Ngọc Khánh Quỳnh Trâm Anh Đào Thị Thượng"


@pytest.fixture
def opened(visit, size):
    def open_as(login):
        return visit(*size, True).enter(login)

    return open_as


def apart(work):
    """Run in a thread of its own: signing starts an event loop, and here playwright's runs."""
    connection = connections["default"]

    def run():
        connections["default"] = connection
        return work()

    connection.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()
    finally:
        connection.dec_thread_sharing()


@pytest.mark.parametrize("size", SIZES)
def test_a_list_the_rules_refuse(opened, tam_quang):
    head = tam_quang(Role.HAMLET_HEAD)
    [post] = establish_team.posts_that_may_start(head)
    dossier = establish_team.draft(head, post)
    seats = [
        {"full_name": f"{LONG} {number}"[-78:], "birth_year": 1960 + number, "role": "member"}
        for number in range(12)
    ]
    road = Road(tam_quang)
    road.do(dossier, "edit", head, seats={dossier.changes.get().pk: seats})
    person = opened(head.username)
    person.look("70-home-draft")
    person.follow("Thành lập Tổ công nghệ số")
    person.look("71-case-draft")
    person.follow("Mở danh sách để sửa và gửi")
    person.expected.append(422)
    person.press("Gửi")
    person.expect("Căn cứ:")
    person.look("72-form-refused")


@pytest.mark.parametrize("size", SIZES)
def test_a_case_sent_back(opened, tam_quang):
    Road(tam_quang).to(State.RETURNED)
    person = opened(tam_quang(Role.HAMLET_HEAD).username)
    person.look("73-inbox-returned")
    person.follow("Thành lập Tổ công nghệ số")
    person.expect("Chưa rõ thành phần.")
    person.look("74-case-returned")


@pytest.mark.parametrize("size", SIZES)
def test_a_ward_that_numbers_elsewhere_and_signs_with_ink(opened, hac_thanh, tmp_path):
    dossier = apart(lambda: Road(hac_thanh).to(State.APPRAISED))
    clerk = opened(hac_thanh(Role.CLERK).username)
    clerk.follow("Thành lập Tổ công nghệ số")
    clerk.follow("Đọc và kiểm tra thể thức")
    clerk.expected.append(422)
    clerk.page.get_by_label("Số văn bản").fill("45/QĐ")
    clerk.press("Thể thức đạt, trình ký")
    clerk.expect("Chỉ gõ phần số")
    clerk.look("75-number-wrong")
    clerk.page.get_by_label("Số văn bản").fill("45")
    clerk.press("Thể thức đạt, trình ký")
    clerk.unfold("Việc khác")
    clerk.follow("Ghi nhận Quyết định ký giấy")
    scan = tmp_path / "quet.pdf"
    scan.write_bytes(b"MZ no scan")
    clerk.page.get_by_label("Bản quét văn bản đã ký").set_input_files(scan)
    clerk.press("Ghi nhận ký giấy")
    clerk.expect("phải là tệp PDF")
    clerk.look("76-paper-wrong")
    scan.write_bytes(b"%PDF-1.7 scan")
    clerk.page.get_by_label("Bản quét văn bản đã ký").set_input_files(scan)
    clerk.press("Ghi nhận ký giấy")
    clerk.expect("Đã ghi nhận bản ký giấy")
    clerk.follow("Đóng dấu và phát hành")
    clerk.look("77-seal-paper")
    clerk.press("Đóng dấu và phát hành")
    clerk.expect("Đã có quyết định")
    assert Dossier.objects.get(pk=dossier.pk).decision.number == 45


@pytest.mark.parametrize("size", SIZES)
def test_who_may_not_sign_is_told_which_paper_is_missing(opened, tam_quang):
    dossier = apart(lambda: Road(tam_quang).to(State.CLEARED))
    deputy = opened(tam_quang(Role.DEPUTY_CHAIRMAN, 1).username)
    deputy.page.goto(f"/ho-so/{dossier.pk}/")
    deputy.look("78-case-withheld")
    deputy.page.goto(f"/ho-so/{dossier.pk}/ky/quyet-dinh/")
    deputy.expect("văn bản phân công lĩnh vực này")
    deputy.look("79-sign-barred")
    deputy.page.goto("/ho-so/?buoc=released")
    deputy.look("80-nothing-found")


@pytest.mark.parametrize("size", SIZES)
def test_the_door_and_what_is_not_there(visit, size, tam_quang):
    person = visit(*size, True)
    person.expected.append(404)
    person.page.goto("/")
    person.page.get_by_label("Tên đăng nhập").fill("ai-do")
    person.page.get_by_label("Mật khẩu").fill(demo.PASSWORD[::-1])
    person.press("Vào")
    person.expect("chưa đúng")
    person.look("81-door-refused")
    person.enter("tq.truongban1")
    person.page.goto("/ho-so/999/")
    person.expect("Không tìm thấy trang này")
    person.look("82-not-there")
