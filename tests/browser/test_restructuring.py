"""Work on standing teams at the desk: new heads, hamlets that merge, a head on his phone."""

import datetime

import pytest
from django.utils import timezone

from procedures.roles import Role
from tests.procedures.restructuring import founded, succeed

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


@pytest.fixture
def office(visit):
    """The second specialist: he drafts, the first one checks."""
    return visit(*DESK, True).enter("tq.chuyenvien2")


def test_two_new_heads_become_leaders_in_one_case(visit, office, tam_quang):
    founded(tam_quang)
    founded(tam_quang, 1)
    for index in (0, 1):
        succeed(tam_quang, index, tam_quang(Role.HAMLET_HEAD, index + 5))
    office.page.goto("/viec-ve-to/")
    office.look("200-work-on-teams")
    office.press("Lập hồ sơ thay Tổ trưởng cho 2 tổ")
    name = office.page.get_by_label("Họ và tên Tổ trưởng mới").first
    kept = name.input_value()
    assert kept == tam_quang(Role.HAMLET_HEAD, 5).full_name
    name.fill("")
    office.expected.append(422)
    office.press("Gửi")
    office.expect("Ông/bà ghi họ và tên.")
    office.look("201-new-leader-without-a-name")
    office.page.get_by_label("Họ và tên Tổ trưởng mới").first.fill(kept)
    office.press("Gửi")
    office.expect("Đã gửi")
    office.look("202-new-leaders-sent")
    checker = visit(*PHONE, True).enter("tq.chuyenvien")
    checker.follow("Thay Tổ trưởng")
    checker.look("203-new-leaders-to-check")


def test_hamlets_merge_and_their_teams_become_one(office, tam_quang):
    for index in (0, 1):
        founded(tam_quang, index)
    today = timezone.localdate()
    page = office.page
    page.goto("/viec-ve-to/")
    office.follow("Ghi nhận sáp nhập thôn, bản")
    page.get_by_label("Tên nơi mới").fill("Bãi Mới")
    page.get_by_label("Số nghị quyết").fill("20/NQ-HĐND")
    page.get_by_label("Ngày nghị quyết").fill(f"{today - datetime.timedelta(days=9):%Y-%m-%d}")
    page.get_by_label("Cơ quan ban hành").fill("Hội đồng nhân dân xã Tam Quang")
    page.get_by_label("Sáp nhập từ ngày").fill(f"{today:%Y-%m-%d}")
    office.expected.append(422)
    office.press("Ghi vào hệ thống")
    office.expect("Ông/bà chọn ít nhất hai nơi sáp nhập với nhau.")
    office.look("204-merger-of-nothing")
    for number in (0, 1):
        page.get_by_role("checkbox").nth(number).check()
    office.press("Ghi vào hệ thống")
    office.expect("Sáp nhập thành bản Bãi Mới")
    office.look("205-merger-open")
    office.press("Lập hồ sơ hợp nhất tổ")
    office.expect("Hợp nhất tổ sau sáp nhập thành bản Bãi Mới")
    office.look("206-merged-list")


def test_a_team_is_reviewed_as_a_difference(visit, tam_quang):
    team = apart(lambda: founded(tam_quang))
    head = visit(*PHONE, True).enter("tq.truongban1")
    head.page.goto(f"/to/{team.pk}/")
    head.follow("Thay Tổ trưởng, Tổ phó")
    head.look("207-head-chooses-his-team")
    specialist = visit(*DESK, True).enter("tq.chuyenvien2")
    page = specialist.page
    page.goto(f"/viec-ve-to/kien-toan/?to={team.pk}")
    specialist.press("Lập hồ sơ")
    page.get_by_label("Lý do").first.fill("Đổi một người cho đủ thành phần")
    page.get_by_role("button", name="Bớt người thứ 5").click()
    specialist.press("+ Thêm người")
    page.get_by_label("Họ và tên").last.fill("Ngân Văn Thêm")
    specialist.press("Lưu nháp")
    specialist.look("208-review-with-its-difference")
    specialist.press("Gửi")
    specialist.expect("Thêm Ngân Văn Thêm")
    specialist.look("209-review-sent")
