"""Entering for a head of hamlet in a real browser, and what the list asks about a child."""

import gzip

import pytest
from django.utils import timezone

from tests.procedures.cells import SCAN

from .test_walk import DESK, PHONE, unfold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST = 60 * 1024
CHILD = str(timezone.localdate().year - 12)


def row(page, number):
    return page.get_by_role("group", name=f"Người thứ {number}", exact=True)


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_proposal_on_paper_is_entered_with_its_photo(visit, size, javascript):
    specialist = visit(*size, javascript).enter("tq.chuyenvien")
    page = specialist.page
    specialist.follow("Nhập hộ")
    specialist.look("70-behalf-places")
    specialist.follow("Nhập hộ cho bản Bãi Sở")
    specialist.expected.append(422)
    specialist.press("Tiếp: ghi danh sách")
    specialist.expect("Chọn đề nghị này nhận bằng cách nào")
    specialist.look("71-behalf-how-wrong")
    page.get_by_label("Nhận đề nghị qua").select_option(label="Giấy")
    photo = {"name": "giay.png", "mimeType": "image/png", "buffer": SCAN}
    page.get_by_label("Ảnh hoặc bản quét").set_input_files(photo)
    specialist.press("Tiếp: ghi danh sách")
    specialist.expect("nhập hộ theo bản giấy nhận ngày")
    fill(specialist, page)
    specialist.look("72-behalf-list")
    specialist.press("Gửi")
    specialist.expect("Đã nhận. Mã hồ sơ: 16933-0001.")
    specialist.look("73-behalf-sent")
    head = visit(*size, javascript).enter("tq.truongban1")
    head.follow("Thông báo")
    head.expect("đã nhập hộ và gửi đề nghị này thay ông/bà")
    head.look("74-behalf-told")
    head.press("Mở hồ sơ")
    head.expect("Xem ảnh, bản quét đã nhận")


def fill(specialist, page):
    for number, name in enumerate(("Vi Thị Hoa", "Kha Văn Lực", "Ngân Thị Én", "La Văn Bảy"), 2):
        if row(page, number).count() == 0:
            specialist.press("+ Thêm người")
        row(page, number).get_by_label("Họ và tên").fill(name)
    row(page, 2).get_by_label("Chức vụ trong tổ").select_option(label="Tổ phó")
    unfold(row(page, 2))
    row(page, 2).get_by_label("Người này đồng ý công bố").check()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_child_asks_for_the_guardian(visit, javascript):
    head = visit(*PHONE, javascript).enter("tq.truongban1")
    head.follow("Đề nghị mới")
    head.press("Lập đề nghị")
    second = row(head.page, 2)
    guardian = second.get_by_label("Cha, mẹ hoặc người giám hộ", exact=True)
    assert not guardian.is_visible()
    second.get_by_label("Họ và tên").fill("La Văn Nhỏ")
    second.get_by_label("Năm sinh").fill(CHILD)
    if not javascript:
        head.press("Lưu nháp")
        second = row(head.page, 2)
        guardian = second.get_by_label("Cha, mẹ hoặc người giám hộ", exact=True)
    assert guardian.is_visible()
    head.look("75-child")
    if javascript:
        second.get_by_label("Năm sinh").fill("1990")
        assert not guardian.is_visible()


def weight(page):
    """The page with all it loads, compressed: {address: bytes}."""
    assets = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    found = {address: page.request.get(address) for address in (page.url, *assets)}
    return {address: len(gzip.compress(answer.body())) for address, answer in found.items()}


def test_what_a_leader_first_sees_is_light_and_short(visit):
    head = visit(*PHONE, javascript=True).enter("tq.truongban1")
    assert sum(weight(head.page).values()) < HEAVIEST
    head.follow("Đề nghị mới")
    head.press("Lập đề nghị")
    form = weight(head.page)
    assert any("guardian" in address for address in form)
    assert sum(form.values()) < HEAVIEST
    fields = head.page.locator("fieldset").locator("input:not([type=hidden]), select")
    assert 0 < sum(fields.nth(n).is_visible() for n in range(fields.count())) < 15
