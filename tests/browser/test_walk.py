"""The whole road in a real browser, on a phone and at a desk, with JavaScript and without."""

import re

import pytest

from procedures import demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)
LONG = "Lô Thị Bích Nguyệt Thượng Hường"
PEOPLE = [
    (LONG, "1992", "0914994021", "Tổ phó", "Bí thư Chi đoàn Thanh niên bản Bãi Sở"),
    ("Vi Văn Chuyên", "1988", "", "Thành viên", "Giáo viên"),
    ("Kha Thị Én", "1990", "0914994023", "Thành viên", "Chi hội Phụ nữ"),
    ("Lương Văn Tuấn", "1999", "0914994024", "Thành viên", "Người dân"),
]


def fill(page, number, person):
    row = page.get_by_role("group", name=f"Người thứ {number}", exact=True)
    name, year, phone, role, represents = person
    row.get_by_label("Họ và tên").fill(name)
    row.get_by_label("Năm sinh").fill(year)
    unfold(row)
    row.get_by_label("Số điện thoại", exact=True).fill(phone)
    row.get_by_label("Chức vụ trong tổ").select_option(label=role)
    row.get_by_label("Thành phần").fill(represents)


def unfold(row):
    """Open what a row folds away: the phone is not asked of everybody."""
    if row.locator("details.more[open]").count() == 0:
        row.locator("details.more summary").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_team_from_proposal_to_public_page(visit, size, javascript):
    def person(login):
        return visit(*size, javascript).enter(f"tq.{login}")

    address = propose(person("truongban1"))
    check_content(person("chuyenvien"))
    sign_submission(person("truongphong"))
    check_form(person("vanthu"))
    sign_decision(person("phochutich"))
    public = seal_and_download(person("vanthu"), address)
    anyone = visit(*size, javascript)
    anyone.page.goto(public)
    anyone.expect("Đang có hiệu lực")
    assert LONG not in anyone.page.content()
    anyone.look("90-public")


def propose(head):
    page = head.page
    head.expect("Không có việc nào đang chờ")
    head.look("10-home-empty")
    head.follow("Đề nghị mới")
    head.look("11-start")
    head.press("Lập đề nghị")
    head.look("12-form-new")
    for number, someone in enumerate(PEOPLE, 2):
        if page.get_by_role("group", name=f"Người thứ {number}", exact=True).count() == 0:
            head.press("+ Thêm người")
        fill(page, number, someone)
    head.press("+ Thêm người")
    head.press("Bớt người thứ 6")
    assert page.get_by_role("group", name=re.compile("^Người thứ")).count() == 5
    fill(page, 3, (*PEOPLE[1][:2], "12345", *PEOPLE[1][3:]))
    head.expected.append(422)
    head.press("Gửi")
    third = page.get_by_role("group", name="Người thứ 3", exact=True)
    assert third.get_by_label("Số điện thoại", exact=True).input_value() == "12345"
    assert third.locator(".error").is_visible()
    assert (
        page.get_by_role("group", name="Người thứ 2").get_by_label("Họ và tên").input_value()
        == LONG
    )
    head.look("13-form-wrong")
    fill(page, 3, PEOPLE[1])
    head.press("Lưu nháp")
    head.expect("Đã lưu nháp")
    head.look("14-form-saved")
    head.press("Gửi")
    head.expect("Phòng đang kiểm tra nội dung")
    head.look("15-case-sent")
    head.follow("Việc chờ tôi")
    return page.url


def check_content(specialist):
    specialist.look("20-inbox")
    specialist.follow("Thành lập Tổ công nghệ số cộng đồng bản Bãi Sở")
    specialist.look("21-case")
    specialist.follow("Đọc và kiểm tra nội dung")
    specialist.look("22-check-content")
    specialist.unfold("Chưa đạt")
    specialist.follow("Trả về người lập để sửa")
    specialist.expected.append(422)
    specialist.press("Trả về người lập để sửa")
    specialist.expect("Ông/bà ghi rõ lý do")
    specialist.look("23-reason-missing")
    specialist.page.go_back()
    specialist.page.go_back()
    specialist.press("Nội dung đạt, trình Trưởng phòng")
    specialist.expect("Chờ Trưởng phòng trình lãnh đạo")
    specialist.look("24-case-not-his-turn")


def sign_submission(head):
    head.follow("Thành lập Tổ công nghệ số")
    head.follow("Đọc và ký Tờ trình")
    head.expected.append(422)
    head.page.get_by_label("Mật khẩu khóa ký").fill("nhầm")
    head.press("Ký Tờ trình")
    assert head.page.locator(".error").first.is_visible()
    head.look("30-sign-wrong-passphrase")
    head.page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    head.press("Ký Tờ trình")
    head.expect("Văn thư đang kiểm tra thể thức")


def check_form(clerk):
    clerk.follow("Thành lập Tổ công nghệ số")
    clerk.follow("Đọc và kiểm tra thể thức")
    clerk.look("40-check-form")
    clerk.press("Thể thức đạt, trình ký")
    clerk.expect("Chờ lãnh đạo ký")
    clerk.unfold("Việc khác")
    clerk.follow("Ghi nhận Quyết định ký giấy")
    clerk.look("41-paper")


def sign_decision(deputy):
    deputy.follow("Thành lập Tổ công nghệ số")
    deputy.look("50-case")
    deputy.follow("Đọc và ký Quyết định")
    deputy.expect("KT. CHỦ TỊCH")
    deputy.look("51-sign")
    deputy.page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    deputy.press("Ký Quyết định")
    deputy.expect("Đã ký, chờ đóng dấu")


def seal_and_download(clerk, address):
    page = clerk.page
    clerk.follow("Thành lập Tổ công nghệ số")
    clerk.follow("Đóng dấu và phát hành")
    clerk.look("60-seal")
    page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    clerk.press("Đóng dấu và phát hành")
    clerk.expect("Đã có quyết định")
    clerk.look("61-case-released")
    decision = page.get_by_role("listitem").filter(has_text="Quyết định số")
    with page.expect_download() as waiting:
        decision.get_by_role("link", name="Tải về").click()
    assert re.fullmatch(r"\d+-QD-UBND\.pdf", waiting.value.suggested_filename)
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    with page.expect_navigation():
        decision.get_by_role("link", name="Đọc").click()
    clerk.look("62-read")
    page.go_back()
    public = decision.get_by_role("link", name="Trang tra cứu công khai").get_attribute("href")
    clerk.follow("Hồ sơ")
    clerk.look("63-dossiers")
    return public
