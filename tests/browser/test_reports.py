"""Reporting from a phone at the end of the valley, and what the office makes of it."""

import pytest

from procedures.demo import Cast
from procedures.models import Report
from tests.conftest import TAM_QUANG
from tests.procedures.cells import SCAN
from tests.procedures.reporting import LETTER, asked, indicators, teams
from workflows.models import Agency

from .test_walk import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call(transactional_db):
    cast = Cast(Agency.objects.get(code=TAM_QUANG))
    teams(cast)
    title = "Báo cáo kết quả hoạt động của các Tổ công nghệ số cộng đồng tháng 11/2026"
    return asked(cast, indicators(cast), title=title, **LETTER)


def test_figures_with_a_photo_and_nothing_to_report(visit, call):
    head = visit(*PHONE, True).enter("tq.truongban1")
    head.look("90-report-asked")
    head.follow("Làm báo cáo")
    head.look("91-report-form")
    page = head.page
    page.get_by_label("Lượt người được hướng dẫn (lượt)").fill("25")
    page.get_by_label("Hộ có gian hàng số (hộ)").fill("50")
    page.get_by_label("trên tổng số hộ trong bản").fill("40")
    head.expected.append(422)
    head.press("Gửi báo cáo")
    head.expect("Số này không thể lớn hơn tổng số.")
    head.look("92-report-wrong")
    page.get_by_label("Hộ có gian hàng số (hộ)").fill("12")
    photo = {"name": "anh.png", "mimeType": "image/png", "buffer": SCAN}
    page.get_by_label("Ảnh, tệp kèm theo (không bắt buộc)").set_input_files(photo)
    head.press("Gửi báo cáo")
    head.expect("Đã gửi báo cáo.")
    head.expect("Đã gửi, chờ tổ cấp xã xem")
    head.look("93-report-sent")
    second = visit(*PHONE, False).enter("tq.truongban2")
    second.follow("Làm báo cáo")
    second.press("Không phát sinh")
    second.expect("Đã gửi báo cáo: không phát sinh.")
    second.look("94-report-none")
    assert sorted(Report.objects.filter(sent__isnull=False).values_list("none", flat=True)) == [
        False, True
    ]  # fmt: skip
    secretary = visit(*PHONE, True).enter("tq.bithudoan")
    secretary.look("95-report-inbox")
    for name in ("bản Bãi Sở", "bản Bãi Xa"):
        secretary.page.goto("/")
        secretary.follow(name)
        secretary.press("Đã đọc, ghi nhận báo cáo")
        secretary.expect("Đã ghi nhận báo cáo.")
    secretary.look("96-report-accepted")
    office(visit, call)


def office(visit, call):
    for size, mark in ((PHONE, "phone"), (DESK, "desk")):
        specialist = visit(*size, True).enter("tq.chuyenvien")
        specialist.follow("Báo cáo")
        specialist.look(f"97-report-calls-{mark}")
        specialist.follow("Báo cáo kết quả hoạt động")
        specialist.expect("Đã có 2/3 báo cáo")
        specialist.look(f"98-report-call-{mark}")
        for address in ("yeu-cau", "dinh-ky", "chi-so"):
            specialist.page.goto(f"/bao-cao/{address}/")
            specialist.look(f"99-report-{address}-{mark}")
    missing = call.reports.order_by("pk")[2]
    specialist.page.goto(f"/bao-cao/{missing.pk}/nhap-ho/")
    specialist.look("99-report-enter")
    specialist.page.goto(f"/bao-cao/ky/{call.pk}/")
    specialist.press("Lập Báo cáo gửi cấp trên")
    specialist.expect("Dự thảo đã lưu")
    specialist.look("99-report-upward")
    specialist.press("Gửi Trưởng phòng")
    specialist.expect("Đã chuyển lên Trưởng phòng.")
    specialist.look("99-report-upward-sent")
