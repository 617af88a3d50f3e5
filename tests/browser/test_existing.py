"""Recording teams that exist already, on a phone and at a desk, with JavaScript and without."""

import pytest

from tests.procedures.lists import book, changed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


def choose(page, label, data, name="danh-sach.xlsx"):
    page.get_by_label(label).first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_list_from_upload_to_teams(visit, size, javascript):
    specialist = visit(*size, javascript).enter("tq.chuyenvien")
    page = specialist.page
    page.goto("/to-da-co/")
    specialist.look("40-existing")

    specialist.expected.append(422)
    choose(page, "Tệp danh sách tổ", book(changed(4, "C", "Bản Bãi Xở")))
    specialist.press("Xem danh sách")
    specialist.expect("Có phải là bản Bãi Sở")
    specialist.look("41-existing-wrong")

    specialist.follow("Tải lên tệp đã sửa")
    choose(page, "Tệp danh sách tổ", book())
    specialist.press("Xem danh sách")
    specialist.expect("3 tổ, 7 lượt người")
    specialist.look("42-existing-read")

    specialist.press("Ghi nhận 3 tổ")
    specialist.expect("Ghi họ tên người đã ký quyết định.")
    page.get_by_label("Người ký").first.fill("Nguyễn Đình Hợp")
    page.get_by_text("Cơ quan khác ban hành, hoặc có bản quét").first.click()
    choose(page, "Bản quét quyết định", b"%PDF-1.4\n%%EOF", "quyet-dinh.pdf")
    specialist.press("Ghi nhận 3 tổ")
    specialist.expect("Đã ghi nhận các tổ trong danh sách.")
    specialist.look("43-existing-done")
