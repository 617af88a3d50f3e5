"""An officer adds a passkey and comes in with it: a real browser with a virtual authenticator."""

import re

import pytest
from allauth.mfa.models import Authenticator

from procedures import demo
from procedures.roles import Role
from project.accounts.models import SignInEvent
from tests.conftest import TAM_QUANG, Cast
from tests.project.accounts.conftest import six_digits
from workflows.models import Agency

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def clerk(transactional_db):
    return Cast(Agency.objects.get(code=TAM_QUANG))(Role.CLERK)


def test_a_passkey_beside_the_code(visit, clerk, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = settings.SECOND_FACTOR_REQUIRED = True
    one = visit(390, 844, javascript=True)
    tool = one.context.new_cdp_session(one.page)
    tool.send("WebAuthn.enable")
    held = tool.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    one.enter(clerk.username)
    # Without the code of the phone there is no passkey.
    one.page.goto("/tai-khoan/xac-nhan/khoa/them/")
    assert one.page.url.endswith("/tai-khoan/xac-nhan/cai/")
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", one.page.content())[1]
    one.page.get_by_label("Mã xác nhận").fill(six_digits(secret))
    one.press("Bật mã xác nhận")
    one.page.goto("/tai-khoan/xac-nhan/")
    one.look("passkeys-none")
    one.follow("Thêm khóa truy cập")
    one.look("passkey-add")
    one.press("Tạo khóa truy cập trên máy này")
    one.expect("Đã thêm khóa truy cập.")
    one.expect("Khóa truy cập 1")
    one.look("passkeys")
    [key] = Authenticator.objects.filter(user=clerk, type=Authenticator.Type.WEBAUTHN)
    # Out, and in again: the password, then the passkey and no code.
    one.press("Đăng xuất")
    one.enter(clerk.username)
    one.look("passkey-enter")
    one.press("Dùng khóa truy cập của máy này")
    assert one.page.url.rstrip("/") == one.url
    # Before signing it is asked for again.
    one.page.goto("/vao/lai/?next=/tai-khoan/")
    one.look("passkey-again")
    one.press("Dùng khóa truy cập của máy này")
    assert one.page.url.endswith("/tai-khoan/")
    # A key this account does not know opens nothing, and says so without a word in the console.
    tool.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": held["authenticatorId"]})
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    one.press("Đăng xuất")
    one.enter(clerk.username)
    one.page.get_by_role("button", name="Dùng khóa truy cập của máy này").click()
    one.expect("Chưa dùng được khóa truy cập")
    code = Authenticator.objects.get(user=clerk, type=Authenticator.Type.RECOVERY_CODES).wrap()
    one.page.get_by_label("Mã xác nhận").fill(code.get_unused_codes()[0])
    one.press("Vào")
    one.page.goto(f"/tai-khoan/xac-nhan/khoa/{key.pk}/bo/")
    one.look("passkey-remove")
    one.press("Bỏ khóa này")
    one.expect("Đã bỏ khóa truy cập.")
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()
    kinds = SignInEvent.objects.filter(user=clerk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["factor_on", "key_added", "key_removed"]
    assert demo.PASSWORD not in one.page.content()
