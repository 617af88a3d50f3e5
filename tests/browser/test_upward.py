"""The list of teams for an office above: the table to copy, the công văn, and its phones."""

import pytest

from tests.procedures.test_existing import record

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_list_is_copied_and_sent_with_a_letter(visit, tam_quang):
    apart(lambda: record(tam_quang))
    office = visit(1280, 800, True).enter("tq.chuyenvien2")
    page = office.page
    page.goto("/danh-sach-gui/")
    office.look("210-list-upward")
    office.press("Hiện bảng để chép")
    office.expect("Bảng để chép")
    assert "0914994001" not in page.content()
    office.look("211-table-to-copy")
    office.follow("Lập công văn gửi danh sách")
    office.look("212-letter-begun")
    office.press("Bắt đầu")
    office.expected.append(422)
    office.press("Gửi")
    office.expect("Chưa gửi được")
    office.look("213-letter-lacks-words")
    page.get_by_label("Cơ quan đề nghị").fill("Sở Khoa học và Công nghệ tỉnh Nghệ An")
    page.get_by_label("Số, ký hiệu văn bản đề nghị").fill("1234/SKHCN-CĐS")
    page.get_by_label("Ngày của văn bản đề nghị").fill("2026-07-08")
    page.get_by_label("Về việc (trích yếu)").fill("rà soát Tổ công nghệ số cộng đồng")
    office.press("Gửi")
    office.look("214-letter-sent")
    checker = visit(390, 844, True).enter("tq.chuyenvien")
    checker.page.goto("/danh-sach-gui/")
    checker.look("215-list-upward-phone")
