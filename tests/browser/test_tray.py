"""The signer's tray and the page of returns, looked at: several papers, one that fails, none."""

import pytest

from procedures import demo
from procedures.roles import Role
from tests.procedures.conftest import Road
from workflows.states import State

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_tray_signs_what_is_chosen_and_tells_what_is_not(visit, size, tam_quang):
    road = Road(tam_quang)
    first, _second, third = (
        apart(lambda n=n: road.to(State.CLEARED, tam_quang(Role.HAMLET_HEAD, n))) for n in range(3)
    )
    signer = visit(*size, True).enter("tq.chutich")
    page = signer.page
    signer.look("110-inbox-to-sign")
    signer.follow("Ký nhiều văn bản một lần")
    signer.look("111-tray")
    signer.expected.append(422)
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_label("Mật khẩu khóa ký").fill("nhầm")
    signer.press("Ký các văn bản đã chọn")
    assert page.locator(".error").first.is_visible()
    assert page.get_by_role("checkbox").nth(1).is_checked()
    signer.look("112-tray-wrong-passphrase")
    apart(lambda: road.do(first, "return_to_clerk", tam_quang(Role.CHAIRMAN), "Sai nơi nhận."))
    page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    signer.press("Ký các văn bản đã chọn")
    signer.expect("Đã ký:")
    signer.expect("đã thay đổi từ lúc mở trang")
    signer.look("113-tray-result")
    page.goto(f"/ho-so/{third.pk}/tra-ve/")
    signer.look("114-return")
    signer.press("Trả về")
    signer.expect("Ông/bà chọn bước để trả hồ sơ về.")
    signer.look("115-return-wrong")
    page.get_by_label("Trả về văn thư kiểm tra lại thể thức").check()
    page.get_by_label("Lý do").fill("Sai nơi nhận.")
    signer.press("Trả về")
    signer.expect("Văn thư đang kiểm tra thể thức")
    page.goto("/khay/")
    signer.look("116-tray-empty")
    page.goto("/tai-khoan/mat-khau/")
    signer.look("117-password")
    page.goto("/tim/?q=bai so")
    signer.look("118-search")
