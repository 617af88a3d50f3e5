"""The way in, in a real browser: slip and second factor, on a phone and at a desk."""

import re

import pytest

from procedures import demo
from tests.browser.conftest import chromium, visit

from .conftest import six_digits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["chromium", "visit"]

PHONE, DESK = (390, 844), (1280, 800)


def show_slip(clerk):
    clerk.page.goto("/phieu-vao/")
    clerk.look("100-slips")
    clerk.follow("Lô Văn Thìn")
    clerk.look("101-slip-person")
    clerk.press("In phiếu vào")
    clerk.look("102-slip-print")
    clerk.page.emulate_media(media="print")
    assert not clerk.page.get_by_role("link", name="Quay lại").is_visible()
    assert clerk.page.locator(".slip svg").is_visible()
    clerk.page.screenshot(path=clerk_paper(clerk), full_page=True)
    clerk.page.emulate_media(media="screen")
    return re.search(r"\b[A-Z2-9]{4} [A-Z2-9]{4}\b", clerk.page.locator(".slip").inner_text())[0]


def clerk_paper(clerk):
    from tests.browser.conftest import SCREENS

    return SCREENS / f"{clerk.size['width']}" / "103-slip-on-paper.png"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_printed_slip_to_a_lost_phone(visit, size):
    clerk = visit(*size, True).enter("tq.vanthu")
    code = show_slip(clerk)
    head = visit(*PHONE, javascript=False)
    head.page.goto("/vao/")
    head.follow("Tôi có phiếu vào")
    head.page.get_by_label("Mã trên phiếu").fill("CFHJ KMNP")
    head.press("Vào")
    head.expect("Không có phiếu nào mang mã này")
    head.page.get_by_label("Mã trên phiếu").fill(code.lower())
    head.press("Vào")
    head.expect("Không có việc nào đang chờ")
    head.page.goto("/tai-khoan/")
    head.expect("máy này")
    head.press("Đăng xuất")
    head.expect("phải xin văn thư phiếu mới")
    head.follow("Không, ở lại")
    clerk.page.goto("/phieu-vao/")
    clerk.follow("Lô Văn Thìn")
    clerk.look("104-slip-person-in")
    clerk.press("Mất điện thoại")
    clerk.expect("Đã ngắt 1 máy")
    head.page.goto("/ho-so/")
    head.expect("Máy này đã bị ngắt")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_slip_is_scanned_once(visit, size, tam_quang):
    from procedures.roles import Role
    from project.accounts import slips

    printed = slips.issue(tam_quang(Role.HAMLET_HEAD), by=tam_quang(Role.CLERK))
    head = visit(*size, True)
    head.page.goto(f"/vao/phieu/{printed.token}/")
    head.expect("Lô Văn Thìn")
    head.look("110-slip")
    head.press("Vào")
    head.expect("Không có việc nào đang chờ")
    head.page.goto("/tai-khoan/")
    head.look("111-account")
    head.press("Đăng xuất")
    head.look("112-leave")
    other = visit(*size, True)
    other.expected.append(410)
    other.page.goto(f"/vao/phieu/{printed.token}/")
    other.expect("Phiếu này đã dùng rồi")
    other.look("113-slip-dead")
    other.page.goto("/vao/ma/")
    other.look("114-slip-code")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_officer_sets_up_a_second_factor(visit, size, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    officer = visit(*size, True).enter("tq.chutich")
    officer.expect("Ông/bà cài mã xác nhận một lần")
    officer.look("120-factor-set-up")
    secret = officer.page.locator("code").inner_text()
    officer.page.get_by_label("Mã xác nhận", exact=True).fill("000000")
    officer.press("Bật mã xác nhận")
    officer.expect("Mã chưa đúng")
    officer.page.get_by_label("Mã xác nhận", exact=True).fill(six_digits(secret))
    officer.press("Bật mã xác nhận")
    officer.expect("Mỗi mã dùng một lần")
    officer.look("121-reserve-codes")
    reserve = officer.page.locator("code").first.inner_text()
    officer.follow("Đã cất mã, làm việc tiếp")
    officer.expect("Không có việc nào đang chờ")
    officer.page.goto("/tai-khoan/xac-nhan/")
    officer.look("122-factor")
    officer.page.goto("/vao/lai/")
    officer.look("123-again")
    officer.page.goto("/tai-khoan/xac-nhan/bo/")
    officer.look("124-factor-off")
    officer.page.goto("/tai-khoan/ma-du-phong/moi/")
    officer.look("125-reserve-new")
    other = visit(*size, True).enter("tq.chutich")
    other.expect("Ông/bà gõ mã 6 số")
    other.look("126-factor-asked")
    other.page.get_by_label("Mã xác nhận", exact=True).fill(reserve)
    other.press("Vào")
    other.expect("Không có việc nào đang chờ")


def test_too_many_tries_say_when_to_come_back(visit):
    guesser = visit(*PHONE, True)
    for _try in range(6):
        guesser.page.goto("/vao/")
        guesser.page.get_by_label("Tên đăng nhập").fill("tq.vanthu")
        guesser.page.get_by_label("Mật khẩu").fill(f"{demo.PASSWORD}-sai")
        guesser.press("Vào")
    guesser.expect("Đã thử sai quá nhiều lần")
    guesser.look("130-too-many")
