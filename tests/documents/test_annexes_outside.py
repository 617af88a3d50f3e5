"""Annexes apart where the signer, or the agency, has a tool of his own."""

from pathlib import Path

import pytest
from django.db import transaction

from documents import service
from documents.errors import SigningRefused
from documents.models import Purpose

from .office import DEPUTY, PASSPHRASE, Office
from .outside import Outside
from .test_annexes_apart import CONTENT, seal

pytestmark = pytest.mark.django_db


def test_the_signers_tool_signs_the_text_and_the_agency_here_the_annexes(tmp_path):
    """His signature names no digest: the text still comes out of the content, annexes with it."""
    office, tool = Office(), Outside(Path(tmp_path))
    service.issue_demo_key(office.issuer.key, "UBND xã Tam Quang", Purpose.SEAL, PASSPHRASE)
    tool.enrolled(DEPUTY.key, "signer", DEPUTY.name, "deputy")
    document = office.reserve(content=CONTENT)
    base = service.prepare(document, attempt=document.attempt)
    tool.ask("signed", base, "deputy", reason="Tôi ký")
    tool.run()
    with transaction.atomic():
        document = service.store_signed_outside(
            document, attempt=document.attempt, data=tool["signed"]
        )
    released = office.released(seal(document))
    for data in (service.file_of(released), service.annex_file(released, 2)):
        verdict = service.verify(data)
        assert verdict.valid, verdict

    # The content that was signed is all of it: a row changed in the database shows in both files.
    content = released.content
    content["annexes"][0]["blocks"][0]["rows"][0][1] = "Người khác"
    type(released).objects.filter(pk=released.pk).update(content=content)
    for data in (service.file_of(released), service.annex_file(released, 1)):
        assert [c.name for c in service.verify(data).checks if not c.ok] == ["content"]


def test_the_agencys_own_tool_cannot_seal_several_files(tmp_path):
    office, tool = Office().give_keys(), Outside(Path(tmp_path))
    tool.enrolled(office.issuer.key, "seal", "UBND xã Tam Quang", "seal")
    document = office.signed(office.reserve(content=CONTENT))
    with pytest.raises(SigningRefused, match="phụ lục ở tệp riêng"):
        service.store_sealed_outside(document, service.file_of(document))
