"""Signing with one's own tool, and issuing in another system, as a person does them on a screen."""

import pytest

from procedures.issuing import certificates
from procedures.models import Dossier
from procedures.roles import Role
from tests.documents.outside import Outside
from tests.procedures.conftest import Road
from tests.procedures.test_issued_elsewhere import issued, reworded
from workflows.states import State

from .test_trouble import apart

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = (390, 844), (1280, 800)


def file(name, data):
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def ready_to_sign(tam_quang, tool):
    dossier, chairman = Road(tam_quang).to(State.CLEARED), tam_quang(Role.CHAIRMAN)
    data = tool.token(chairman.full_name, "signer")
    clerk = tam_quang(Role.CLERK)
    certificates.enrol(tam_quang.agency, str(chairman.pk), data, by=clerk)
    return dossier


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_chairman_signs_with_his_own_tool(visit, size, tam_quang, tmp_path):
    tool = Outside(tmp_path)
    dossier = apart(lambda: ready_to_sign(tam_quang, tool))
    chairman = visit(*size, True).enter("tq.chutich")
    page = chairman.page
    page.goto(f"/ho-so/{dossier.pk}/ky/quyet-dinh/")
    chairman.look("120-sign")
    chairman.follow("Ký bằng công cụ riêng")
    chairman.look("121-sign-outside")
    chairman.press("Lấy số và bản trình ký")
    chairman.expect("Tải bản trình ký về")
    chairman.look("122-fetched")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải bản trình ký (PDF)").click()
    tool.ask("signed", taken.value.path().read_bytes(), "signer", certify=True)
    tool.run()
    chairman.expected.append(422)
    page.get_by_label("Tệp PDF đã ký").set_input_files(taken.value.path())
    chairman.press("Nhận bản đã ký")
    chairman.expect("chưa có chữ ký mới")
    chairman.look("123-not-signed-yet")
    page.get_by_label("Tệp PDF đã ký").set_input_files(file("ban-da-ky.pdf", tool["signed"]))
    chairman.press("Nhận bản đã ký")
    chairman.expect("Đã nhận bản đã ký")
    chairman.look("124-signed-outside")
    clerk = visit(*size, True).enter("tq.vanthu")
    clerk.page.goto(f"/ho-so/{dossier.pk}/dong-dau-rieng/")
    clerk.look("125-seal-outside")
    clerk.page.goto("/chung-thu/")
    clerk.look("126-certificates")
    assert apart(lambda: Dossier.objects.get(pk=dossier.pk).state) == State.SIGNED


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_clerk_brings_back_what_another_system_issued(visit, size, hac_thanh):
    road = Road(hac_thanh)
    dossier = apart(lambda: road.to(State.CLEARED))
    data = apart(lambda: issued(dossier, change=reworded))
    clerk = visit(*size, True).enter("ht.vanthu")
    page = clerk.page
    page.goto("/ban-hanh-ngoai/")
    clerk.look("130-elsewhere-list")
    page.goto(f"/ho-so/{dossier.pk}/ban-hanh-ngoai/")
    clerk.look("131-elsewhere")
    page.get_by_label("Bản PDF đã ban hành").set_input_files(file("45-QD-UBND.pdf", data))
    clerk.press("So với bản dự thảo")
    clerk.expect("Giao thêm 5 tỷ đồng.")
    clerk.look("132-elsewhere-differs")
    clerk.expected.append(422)
    clerk.press("Xác nhận, ghi nhận bản này")
    clerk.expect("ông/bà ghi lý do vì sao")
    page.get_by_label("Vì sao chữ khác").fill("Thường trực thêm kinh phí khi ký.")
    clerk.press("Xác nhận, ghi nhận bản này")
    clerk.expect("Bản do cơ quan tải lên")
    clerk.look("133-elsewhere-recorded")
    page.goto(f"/ho-so/{dossier.pk}/dong-dau/")
    clerk.press("Phát hành")
    clerk.expect("Đã có quyết định")
