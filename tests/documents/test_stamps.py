"""Time stamps inside a signature that nobody here can rely on."""

import asyncio
import hashlib

import pytest
from asn1crypto import cms

from documents import service
from documents.models import Stage

from .authority import Authority
from .test_every_way import with_value
from .test_evidence import authority, office, served

__all__ = ["authority", "office", "served"]  # fixtures
pytestmark = pytest.mark.django_db


def test_a_stamp_of_a_stranger_is_as_none(office, authority, settings):
    with Authority("Người lạ").serving() as stranger:
        settings.TSA_URL = f"{stranger.address}/tsa"
        document = office.signed()

    verdict = service.verify(service.file_of(document))
    assert [item.level for item in verdict.signatures] == ["B-B"]
    assert document.files.get(stage=Stage.SIGNED).lacks == "stamp"


@pytest.mark.parametrize("problem", ["stamp", "stamper"])
def test_a_stamp_put_in_later_that_does_not_hold_is_told_as_that(office, authority, problem):
    """Of another signature, or of nobody trusted: it is not said that the file was changed."""
    stamper = authority.stamper() if problem == "stamp" else Authority("Người lạ").stamper()

    def stamped(signed):
        [info] = signed["signer_infos"]
        value = info["signature"].native if problem == "stamper" else b"another"
        token = asyncio.run(stamper.async_timestamp(hashlib.sha256(value).digest(), "sha256"))
        kind = "signature_time_stamp_token"
        info["unsigned_attrs"] = [cms.CMSAttribute({"type": kind, "values": [token]})]

    data = with_value(service.file_of(office.signed()), stamped)

    verdict = service.verify(data)
    assert [item.problem for item in verdict.signatures] == [problem]
    [said] = [check.sentence for check in verdict.checks if check.name == "trusted"]
    assert said.startswith("Dấu thời gian trong chữ ký (")
    assert verdict.answer == "invalid"
