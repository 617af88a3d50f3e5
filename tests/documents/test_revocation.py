"""Revocation lists at hand: read once, and asked for before a stranger's tool is believed."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from documents import service
from documents.errors import SigningRefused
from documents.models import Document, Purpose
from documents.signing import keys, revocation

from .office import DEPUTY, Office
from .outside import Outside
from .test_evidence import archive, authority, served

__all__ = ["authority", "served"]  # fixtures
pytestmark = pytest.mark.django_db


def test_a_list_is_read_once_until_its_file_changes(authority, settings):
    settings.DEMO_KEYS_ALLOWED = False
    settings.CRL_FOLDER.mkdir()
    file = settings.CRL_FOLDER / "ca.crl"
    file.write_bytes(authority.crl())
    [first], [second] = revocation.at_hand(), revocation.at_hand()
    assert first is second
    authority.revoked = [authority.issue("x", ec.generate_private_key(ec.SECP256R1()).public_key())]
    file.write_bytes(authority.crl())
    [third] = revocation.at_hand()
    assert len(third["tbs_cert_list"]["revoked_certificates"]) == 1
    file.write_bytes(b"no list")
    assert revocation.at_hand() == []


def test_the_lists_are_fetched_before_a_signature_from_outside_is_judged(
    authority, tmp_path, settings
):
    """The signer's token was reported lost this morning; no list of today lies here yet."""
    office, tool = Office(), Outside(tmp_path)
    issued, packed = archive(authority, DEPUTY.name, "outside")
    (tmp_path / "deputy.p12").write_bytes(packed)
    pem = keys.pem(issued).encode()
    service.enrol_certificate(DEPUTY.key, Purpose.SIGNER, pem, name=DEPUTY.name)
    document = office.reserve()
    tool.ask("signed", service.prepare(document, attempt=document.attempt), "deputy", certify=True)
    data = tool.run()["signed"]
    authority.revoked = [issued]
    document = Document.objects.get(pk=document.pk)

    with pytest.raises(SigningRefused, match="đã bị thu hồi"):
        service.judge_outside(document, data)
    assert authority.asked == ["/ca.crl"]
