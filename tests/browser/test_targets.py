"""Targets on a phone and on a desk: the leader sees his, tells a number; the office sees all."""

import pytest

from procedures.models import Indicator
from procedures.targets import progress
from tests.procedures.conftest import Road
from tests.procedures.targets import begun, released, standing, written

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


@pytest.fixture
def given(tam_quang):
    """Three teams with two targets; the second has told numbers on two days."""
    return apart(lambda: _given(tam_quang))


def _given(cast):
    teams = standing(cast, 3)
    dossier = released(Road(cast), written(Road(cast), begun(cast)))
    return teams, dossier


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_leader_sees_his_targets_and_tells_a_number(visit, size, tam_quang, given):
    [team, *_others], dossier = given
    leader = visit(*size, True).enter("tq.truongban1")
    page = leader.page
    leader.look("400-home-with-targets")
    leader.follow("Chỉ tiêu của tổ")
    leader.expect("Chưa có số liệu")
    leader.look("401-targets-nothing-told")
    leader.follow("Ghi số liệu")
    leader.look("402-tell")
    leader.expected.append(422)
    page.get_by_label("Đã đạt").first.fill("500")
    leader.press("Ghi số liệu")
    leader.expect("Số đã đạt (500) lớn hơn tổng số (120).")
    leader.look("403-tell-wrong")
    page.get_by_label("Đã đạt").first.fill("20")
    leader.press("Ghi số liệu")
    leader.expect("20/120 hộ (16,6%)")
    leader.expect("Chưa có số liệu")  # the other target: nothing was told of it
    leader.look("404-targets-told")
    leader.follow("Đề nghị điều chỉnh chỉ tiêu này")
    page.get_by_label("Lý do").fill("Bản có 20 hộ đi làm xa cả năm.")
    leader.look("405-ask")
    leader.press("Gửi đề nghị")
    leader.expect("đang chờ văn phòng trả lời")
    _office(visit, size, dossier)
    assert apart(lambda: _latest(team)) == "20/120 hộ (16,6%)"


def _latest(team):
    indicator = Indicator.objects.filter(commune=team.commune).order_by("pk").first()
    return progress.latest(team, indicator)[team.pk, indicator.pk].told


def _office(visit, size, dossier):
    office = visit(*size, True).enter("tq.chuyenvien")
    page = office.page
    page.goto("/chi-tieu/")
    office.look("410-sets")
    office.follow("Đọc và trả lời")
    office.look("411-answer")
    page.goto(f"/chi-tieu/{dossier.target_set.pk}/")
    office.expect("1/3 tổ đã xem")
    office.look("412-board")
    office.press("Lập chỉ tiêu mới từ bảng này")
    office.look("413-plan")
    office.press("Lưu và ghi số cho từng tổ")
    office.look("414-numbers")
    office.expected.append(422)
    page.locator("td input").first.fill("900")
    office.press("Gửi")
    office.expect("Số phải đạt (900) lớn hơn tổng số (120).")
    office.look("415-numbers-wrong")
    page.goto(f"/ho-so/{dossier.pk}/")
    office.look("416-case")
