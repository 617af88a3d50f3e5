"""Somebody with a file and no account: is it genuine, does it have the form? And the registers."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from documents import service
from tests.conftest import TAM_QUANG, Cast
from tests.documents.year import fill
from tests.procedures.conftest import Road
from workflows.models import Agency
from workflows.states import State

from .test_walk import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOREIGN = Path(__file__).parents[1] / "documents" / "foreign"


def send(anyone, data, button, name="van-ban.pdf"):
    file = {"name": name, "mimeType": "application/pdf", "buffer": data}
    anyone.page.locator("input[type=file]").set_input_files(file)
    anyone.press(button)


def released():
    """A released decision and its file. Signing needs a thread without the browser's event loop."""
    try:
        decision = Road(Cast(Agency.objects.get(code=TAM_QUANG))).to(State.RELEASED).decision
        return decision, service.file_of(decision)
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, False), (DESK, True)], ids=["phone-no-js", "desk-js"]
)
def test_a_file_is_checked_and_the_register_shows_its_number(visit, size, javascript):
    with ThreadPoolExecutor(1) as another:
        decision, data = another.submit(released).result()
    broken = bytearray(data)
    broken[len(broken) // 3] ^= 1

    anyone = visit(*size, javascript)
    anyone.page.goto("/kiem-tra/")
    anyone.look("95-verify")
    send(anyone, data, "Kiểm tra")
    anyone.expect("Hợp lệ")
    anyone.expect("còn nguyên như khi ban hành")
    anyone.look("96-verify-valid")
    anyone.page.goto(f"/v/{decision.token}/")
    send(anyone, bytes(broken), "Kiểm tra tệp")
    anyone.expect("Không hợp lệ")
    anyone.look("97-qr-invalid")
    anyone.page.goto("/kiem-tra/the-thuc/")
    send(anyone, (FOREIGN / "libreoffice-decision.pdf").read_bytes(), "Kiểm tra thể thức")
    anyone.expect("Có 16 chỗ chưa đúng")
    anyone.look("98-form")
    anyone.expected.append(422)
    send(anyone, b"hello", "Kiểm tra thể thức", "thu.txt")
    anyone.expect("chỉ kiểm tra được tệp PDF")
    assert not anyone.context.cookies()

    fill(decision.issuer, 2025, 60, 10)
    clerk = visit(*size, javascript).enter("tq.vanthu")
    clerk.follow("Sổ đăng ký văn bản đi")
    clerk.expect(decision.reference)
    clerk.page.get_by_label("Năm").select_option("2025")
    clerk.press("Lọc")
    clerk.expect("Năm 2025: 60 số")
    clerk.look("99-register")
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("link", name="QĐ-UBND", exact=True).click()
    clerk.expect("Không thiếu số nào")
    clerk.look("99-register-numbers")
    clerk.page.goto("/so-van-ban/den/")
    clerk.look("99-incoming")
