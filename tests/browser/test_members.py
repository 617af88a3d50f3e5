"""One member of a team, on the leader's phone and on the desks of the office."""

import pytest

from tests.procedures import members as on

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


def test_a_leader_introduces_a_member_on_his_phone(visit, tam_quang):
    team = apart(lambda: on.team(tam_quang, members=10))
    leader = visit(*PHONE, True).enter("tq.truongban1")
    page = leader.page
    page.goto(f"/to/{team.pk}/")
    leader.look("130-team-of-the-leader")
    leader.follow("Giới thiệu thành viên")
    leader.look("131-introduce")
    leader.expected.append(422)
    leader.press("Gửi")
    leader.expect("Ô này không được để trống.")
    page.get_by_label("Họ và tên").fill("Vi Thị Hoa")
    page.get_by_label("Năm sinh").fill("1996")
    page.get_by_label("Thành phần").fill("Giáo viên")
    leader.press("Gửi")
    leader.expect("tối đa 10 người")
    leader.look("132-introduce-full")
    leader.press("Đưa vào nhóm cộng tác viên")
    leader.expect("Đã nhận. Mã hồ sơ: 16933-0001.")
    leader.look("133-introduced")


def test_a_leave_is_proposed_agreed_to_and_gathered(visit, tam_quang):
    team = apart(lambda: on.team(tam_quang))
    apart(lambda: on.passed(tam_quang, on.asked(tam_quang, team)))
    leader = visit(*PHONE, True).enter("tq.truongban1")
    page = leader.page
    page.goto(f"/to/{team.pk}/")
    leader.follow("Đề nghị cho thôi")
    page.get_by_label("Ai thôi tham gia?").select_option(index=3)
    page.get_by_label("Lý do").select_option(label="Vì sức khỏe")
    leader.look("134-leave")
    leader.press("Gửi")
    leader.expect("Đã nhận. Mã hồ sơ: 16933-0002.")
    page.goto(f"/to/{team.pk}/dua-ra/")
    leader.look("135-remove")
    specialist = visit(*DESK, True).enter("tq.chuyenvien")
    specialist.follow("Cho thôi tham gia")
    specialist.follow("Đọc và kiểm tra nội dung")
    specialist.look("136-pass-on")
    specialist.press("Nội dung đạt, xin ý kiến lãnh đạo")
    specialist.expect("Chờ lãnh đạo đồng ý")
    specialist.look("137-waiting-for-consent")
    chairman = visit(*PHONE, True).enter("tq.chutich")
    chairman.follow("Đồng ý nhiều đề nghị một lần")
    chairman.look("138-tray-of-consents")
    for number in (0, 1):
        chairman.page.get_by_role("checkbox").nth(number).check()
    chairman.press("Đồng ý những đề nghị đã chọn")
    chairman.expect("Đã đồng ý:")
    chairman.look("139-agreed")
    specialist.page.goto("/cho-ra-quyet-dinh/")
    specialist.look("140-pool")
    specialist.press("Lập một quyết định cho những người đã chọn")
    specialist.look("141-members-of-a-decision")
    specialist.press("Trình Trưởng phòng")
    specialist.expect("Đã trình. Hồ sơ đã chuyển lên Trưởng phòng.")
