"""Sao văn bản on a phone and at a desk: from the register to the sealed copy and the public."""

import pytest

from documents.models import Document
from procedures import demo
from procedures.models import CopyRequest
from procedures.roles import Role
from tests.documents.copying import page as scanned_page
from tests.procedures.conftest import Road
from workflows.states import State

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_copies_from_the_register_to_the_public(visit, size, tam_quang):
    decision = apart(lambda: Road(tam_quang).to(State.RELEASED)).decision
    clerk = visit(*size, True).enter("tq.vanthu")
    page = clerk.page
    clerk.follow("Bản sao văn bản")
    clerk.look("200-copies-empty")
    clerk.follow("Sổ đăng ký văn bản đi")
    clerk.look("201-copies-register")
    clerk.follow(f"Sao văn bản số {decision.reference}")
    clerk.look("202-copy-begin")
    clerk.expected.append(422)
    page.get_by_label("Bản trích sao: bản điện tử").check()
    page.get_by_label("Nơi nhận bản sao").fill("Sở Khoa học và Công nghệ\nTrưởng bản Bãi Sở")
    clerk.press("Lập bản sao")
    clerk.expect("chọn ít nhất một phần của nội dung")
    assert "Sở Khoa học" in page.get_by_label("Nơi nhận bản sao").input_value()
    clerk.look("203-copy-begin-wrong")
    page.get_by_label("Điều 2.").check()
    clerk.press("Lập bản sao")
    clerk.expect("Chờ lãnh đạo cho sao")
    clerk.look("204-copy-asked")
    copy = apart(CopyRequest.objects.get)

    leader = visit(*size, True).enter("tq.chutich")
    leader.look("205-copy-inbox")
    leader.follow("Bản trích sao Quyết định số")
    leader.look("206-copy-allow")
    leader.press("Cho sao")
    leader.expect("Lãnh đạo đã cho sao, chờ đóng dấu")

    page.goto(f"/ban-sao/{copy.pk}/")
    clerk.follow("Đóng dấu, phát hành")
    clerk.look("207-copy-seal")
    clerk.follow("Ký số bản sao bằng thiết bị của cơ quan")
    clerk.look("216-copy-seal-outside")
    clerk.press("Lấy tệp để ký số")
    clerk.expect("Tải tệp để ký số (PDF)")
    clerk.look("217-copy-taken-out")
    page.goto(f"/ban-sao/{copy.pk}/dong-dau/")
    page.get_by_label("Mật khẩu khóa ký").fill(demo.PASSPHRASE)
    clerk.press("Đóng dấu, phát hành")
    clerk.expect("01/TrS-UBND")
    clerk.look("208-copy-released")
    clerk.follow("Trang tra cứu công khai")
    clerk.expect("Bản sao của Quyết định số")
    clerk.look("209-copy-public")

    page.goto(f"/ban-sao/moi/{decision.pk}/")
    page.get_by_label("Bản sao y: bản giấy").check()
    page.get_by_label("Nơi nhận bản sao").fill("Trưởng bản Bãi Sở")
    page.get_by_label("Số lượng bản giấy").fill("2")
    clerk.press("Lập bản sao")
    clerk.look("210-copy-paper")
    clerk.follow("In để ký, ghi nhận bản đã ký")
    clerk.look("211-copy-record")
    chairman = tam_quang(Role.CHAIRMAN)
    page.get_by_label("Người đã ký bản sao").select_option(str(chairman.pk))
    clerk.press("Ghi nhận bản sao đã ký")
    clerk.follow("Đóng dấu, phát hành")
    clerk.look("212-copy-seal-paper")
    clerk.press("Đóng dấu, phát hành")
    clerk.expect("02/SY-UBND")
    clerk.follow("Sao lục từ bản sao y này")
    page.get_by_label("Bản sao lục: từ trang quét").check()
    page.get_by_label("Nơi nhận bản sao").fill("Trưởng bản Bãi Xa")
    coarse = {"name": "tho.jpg", "mimeType": "image/jpeg", "buffer": scanned_page((1240, 1754))}
    page.get_by_label("Bản quét các trang").set_input_files([coarse])
    clerk.press("Lập bản sao")
    clerk.expect("chỉ có 150 dpi")
    clerk.look("213-copy-coarse")
    good = {"name": "dep.jpg", "mimeType": "image/jpeg", "buffer": scanned_page()}
    page.get_by_label("Bản quét các trang").set_input_files([good, good])
    clerk.press("Lập bản sao")
    clerk.expect("Chờ lãnh đạo cho sao")
    clerk.look("214-copy-scanned")
    page.goto("/ban-sao/")
    clerk.look("215-copies")
    page.goto("/tim/?q=01/TrS")
    clerk.look("218-copy-found")
    page.goto("/so-van-ban/")
    clerk.look("219-copies-in-register")

    # Signed in the office's own system: printed from the file it issued.
    apart(lambda: Document.objects.filter(pk=decision.pk).update(medium="uploaded"))
    page.goto(f"/ban-sao/moi/{decision.pk}/")
    clerk.look("220-copy-begin-printed")
    page.get_by_label("Nơi nhận bản sao").fill("Trưởng bản Bãi Sở")
    clerk.press("Lập bản sao")
    clerk.expect("Chờ ký tay bản sao")
    clerk.look("221-copy-printed")
