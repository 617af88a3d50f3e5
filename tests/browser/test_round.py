"""A round in a browser: from the invitation to the released decision, and what is wrong with it."""

import pytest
from django.urls import reverse

from procedures import demo
from procedures.demo.walk import Walk
from procedures.models import Dossier, Round, Team
from procedures.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_round_from_the_invitation_to_the_released_decision(visit, size):
    def person(login):
        return visit(*size, True).enter(f"tq.{login}")

    specialist = person("chuyenvien")
    opened = open_round(specialist)
    answer_by_link(person("truongban1"), opened)
    walk = Walk("16933", print)
    for number in (1, 2, 3):
        walk.proposed(walk.cast(Role.HAMLET_HEAD, number), members=5)
    gather_and_send(specialist, opened)
    sign_in_the_tray(person("truongphong"), "Tờ trình", "30-tray-submission")
    check_form(person("vanthu"))
    deputy = person("phochutich")
    set_one_aside(deputy)
    sign_in_the_tray(deputy, "Quyết định", "51-tray-decision")
    release(person("vanthu"))
    ask_what_is_wrong(visit(*size, True).enter("tq.chuyenvien2"), opened)
    dossier = Dossier.objects.get(pk=opened.dossier_id)
    assert Team.objects.filter(decision=dossier.decision).count() == 3
    head = visit(*size, True).enter("tq.truongban2")
    head.page.goto(reverse("dossiers"))
    head.look("round-70-head-dossiers")
    head.follow("Thành lập Tổ công nghệ số cộng đồng bản Bãi Xa")
    head.expect("Tải Quyết định số")
    head.look("round-71-head-case")


def open_round(specialist):
    specialist.follow("Đợt lập tổ")
    specialist.look("round-10-none")
    specialist.follow("Mở đợt mới")
    specialist.look("round-11-open")
    specialist.press("Mở đợt")
    specialist.expect("Đã có 0/18 danh sách")
    specialist.look("round-12-empty")
    return Round.objects.get()


def answer_by_link(head, opened):
    page = head.page
    head.look("round-20-invited")
    page.goto(opened.places.first().get_absolute_url())
    head.look("round-21-link")
    head.press("Lập danh sách")
    for number, name in enumerate(("Vi Văn Chuyên", "Kha Thị Én", "Lô Thị Mão"), 2):
        if page.get_by_role("group", name=f"Người thứ {number}", exact=True).count() == 0:
            head.press("+ Thêm người")
        row = page.get_by_role("group", name=f"Người thứ {number}", exact=True)
        row.get_by_label("Họ và tên").fill(name)
    head.expected.append(422)
    head.press("Gửi")
    head.expect("Đã lưu nhưng chưa gửi.")
    head.press("Gửi như vậy")
    head.expect("Phòng đang kiểm tra nội dung")


def gather_and_send(specialist, opened):
    specialist.page.goto(reverse("round", args=[opened.pk]))
    specialist.expect("Đã có 4/18 danh sách")
    specialist.look("round-30-came")
    specialist.press("Đưa các danh sách đã chọn vào đợt")
    specialist.press("Nhắc các nơi còn thiếu")
    specialist.expect("Đã nhắc 14 người")
    specialist.look("round-31-gathered")
    specialist.press("Chốt 4 tổ, trình Trưởng phòng")
    specialist.expect("Đã chốt danh sách")
    specialist.look("round-32-sent")


def sign_in_the_tray(signer, what, picture):
    signer.page.goto(reverse("tray"))
    signer.page.get_by_label(f"Tôi đã đọc và ký {what} này").check()
    signer.page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    signer.look(f"round-{picture}")
    signer.press("Ký các văn bản đã chọn")
    signer.expect("Đã ký:")
    signer.look(f"round-{picture}-done")


def check_form(clerk):
    clerk.follow("Đợt lập tổ tháng")
    clerk.look("round-40-case")
    clerk.follow("Đọc và kiểm tra thể thức")
    clerk.look("round-41-check-form")
    clerk.press("Thể thức đạt, trình ký")
    clerk.expect("Chờ lãnh đạo ký")


def set_one_aside(deputy):
    deputy.follow("Đợt lập tổ tháng")
    deputy.unfold("Việc khác")
    deputy.follow("Để lại một số tổ")
    deputy.page.get_by_label("Tổ công nghệ số cộng đồng bản Tam Bông").check()
    deputy.expected.append(422)
    deputy.press("Để lại một số tổ")
    deputy.expect("ghi rõ lý do")
    assert deputy.page.get_by_label("Tổ công nghệ số cộng đồng bản Tam Bông").is_checked()
    deputy.look("round-50-set-aside")
    deputy.page.get_by_label("Lý do").fill("Xác minh thêm một người.")
    deputy.press("Để lại một số tổ")
    deputy.expect("Các tổ còn lại đi tiếp")


def release(clerk):
    clerk.follow("Đợt lập tổ tháng")
    clerk.follow("Đóng dấu và phát hành")
    clerk.page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    clerk.press("Đóng dấu và phát hành")
    clerk.expect("Đã có quyết định")
    clerk.look("round-60-released")


def ask_what_is_wrong(specialist, opened):
    page = specialist.page
    page.goto(reverse("dossier", args=[opened.dossier_id]))
    specialist.follow("Sai gì?")
    specialist.look("round-80-wrong")
    page.get_by_label("Sai về người").check()
    page.get_by_label("Tổ công nghệ số cộng đồng bản Bãi Xa").check()
    specialist.press("Tiếp tục")
    specialist.look("round-81-correction")
    row = page.get_by_role("group", name="Người thứ 2", exact=True)
    row.get_by_label("Họ và tên", exact=True).fill(
        row.get_by_label("Họ và tên", exact=True).input_value() + "h"
    )
    page.get_by_label("Sai ở chỗ nào").fill("Ghi sai họ tên của một thành viên")
    specialist.press("Gửi")
    specialist.expect("Phòng đang kiểm tra nội dung")
    specialist.look("round-82-case")
