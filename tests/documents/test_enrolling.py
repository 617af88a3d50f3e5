"""Binding a token's certificate to its owner: its PIN, its authority, and the one it follows."""

import pytest

from documents import service
from documents.errors import SigningRefused
from documents.models import Purpose, SigningKey
from documents.signing import keys, tokens

from . import softhsm
from .authority import Authority
from .office import DEPUTY
from .test_tokens import TOKEN, authority, office

__all__ = ["authority", "office"]  # fixtures
pytestmark = [pytest.mark.django_db, pytest.mark.token]


def test_a_pin_must_fit_to_enrol_and_an_expired_certificate_is_not_enrolled(office, authority):
    [found, *_] = [item for item in service.token_certificates("usb") if "rsa" in repr(item.place)]
    with pytest.raises(SigningRefused, match="PIN"):
        service.enrol_token(found, "person:55", Purpose.SIGNER, "sai-sai-sai")

    expired = authority.issue(DEPUTY.name, softhsm.keypair(TOKEN, "rsa"), days=-1)
    with pytest.raises(SigningRefused, match="hết hạn"):
        service.enrol_token(
            tokens.Found(found.place, expired), "person:55", Purpose.SIGNER, softhsm.PIN
        )
    with pytest.raises(SigningRefused, match="nơi cấp"):
        service.enrol_token(
            tokens.Found(found.place, authority.root), "person:55", Purpose.SIGNER, softhsm.PIN
        )
    with pytest.raises(SigningRefused, match="người khác"):
        service.enrol_token(found, "person:55", Purpose.SIGNER, softhsm.PIN)
    assert not SigningKey.objects.filter(owner_key="person:55").exists()


def test_a_token_of_an_authority_nobody_trusts_here_is_not_enrolled(office):
    [found, *_] = [item for item in service.token_certificates("usb") if "rsa" in repr(item.place)]
    stranger = Authority("Nơi cấp lạ").issue(DEPUTY.name, softhsm.keypair(TOKEN, "rsa"))

    with pytest.raises(SigningRefused, match="không dẫn đến nơi cấp"):
        service.enrol_token(
            tokens.Found(found.place, stranger), DEPUTY.key, Purpose.SIGNER, softhsm.PIN
        )


def test_a_renewed_certificate_takes_the_place_and_keeps_the_picture(office, authority):
    former = service.key_of(office.issuer.key, Purpose.SEAL)
    renewed = authority.issue("UBND xã Tam Quang", softhsm.keypair(TOKEN, "p256"))

    found = tokens.Found(keys.place_of(former), renewed)
    now = service.enrol_token(found, office.issuer.key, Purpose.SEAL, softhsm.PIN)

    former.refresh_from_db()
    assert (former.active, now.active, now.picture) == (False, True, former.picture)
