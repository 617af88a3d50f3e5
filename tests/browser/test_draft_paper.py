"""A specialist drafts an invitation, the clerk rewords it, the head reads it on a phone."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from procedures.models import Dossier
from tests.procedures.conftest import Road
from workflows.states import State

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_invitation_is_drafted_reworded_and_read(visit, tam_quang):
    office = visit(1280, 800, True).enter("tq.chuyenvien2")
    page = office.page
    page.goto("/soan-van-ban/")
    office.look("300-what-to-draft")
    office.press("Giấy mời")
    office.look("301-invitation-begun")
    page.get_by_label("Trích yếu").fill("Họp các Tổ công nghệ số cộng đồng")
    page.get_by_label("Giờ bắt đầu").fill("25 giờ")
    office.expected.append(422)
    office.press("Gửi")
    office.expect("Giờ không đúng")
    page.get_by_label("Giờ bắt đầu").fill("8h30")
    office.press("Gửi")
    office.expect("Ông/bà ghi mục “Mời ai”")
    office.look("302-invitation-lacks-words")
    assert page.get_by_label("Trích yếu").input_value() == "Họp các Tổ công nghệ số cộng đồng"
    page.get_by_label("Mời ai").fill("Tổ trưởng, Tổ phó các Tổ công nghệ số cộng đồng")
    page.get_by_label("Tới dự").fill("họp các Tổ công nghệ số cộng đồng")
    page.get_by_label("Chủ trì").fill("ông Trần Văn B, Phó Chủ tịch Ủy ban nhân dân xã")
    page.get_by_label("Ngày bắt đầu").fill(f"{timezone.localdate() + datetime.timedelta(3)}")
    page.get_by_label("Địa điểm").fill("Hội trường Ủy ban nhân dân xã")
    page.get_by_label("Lưu ý thêm").fill("Đề nghị mang theo sổ ghi chép.\n\nĐến đúng giờ.")
    page.get_by_label("Mức độ khẩn").select_option("KHẨN")
    office.press("Lưu nháp")
    office.follow("Xem bản in theo nội dung đã lưu")
    office.look("303-invitation-as-printed")
    page.go_back()
    office.press("Gửi")
    office.expect("Đã gửi")
    office.look("304-invitation-sent")

    dossier = Dossier.objects.get(procedure="draft_paper")
    apart(lambda: Road(tam_quang)._forward(dossier, State.APPRAISED))
    clerk = visit(1280, 800, True).enter("tq.vanthu")
    clerk.page.goto(f"/ho-so/{dossier.pk}/sua-chu/")
    clerk.look("305-reword")
    clerk.page.locator("textarea").nth(0).fill("Địa điểm: Nhà văn hóa bản Bãi Sở.")
    clerk.press("Lưu phần đã sửa")
    clerk.expect("Nhà văn hóa bản Bãi Sở")
    clerk.look("306-reworded")

    phone = visit(390, 844, True).enter("tq.chuyenvien2")
    phone.page.goto("/soan-van-ban/")
    phone.look("307-what-to-draft")
    phone.press("Biên bản")
    phone.expect("ký giấy")
    phone.look("308-minutes-begun")
    phone.page.goto(reverse("dossier-read", args=[dossier.pk, "decision"]))
    phone.look("309-invitation-read")
