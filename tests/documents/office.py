"""An office for the tests: xã Tam Quang with its series, a Deputy's key and the agency's seal.

It walks a document through the same doors as the product, one step per method.
"""

from uuid import uuid4

import pypdfium2
from django.db import transaction
from django.utils import timezone

from documents import service
from documents.models import Mode, Purpose

from .samples import DECISION, DIVISION, SUBMISSION

PASSPHRASE = "mật khẩu thử"
DEPUTY = service.Signer("person:7", "Trần Quốc Hưng", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
HEAD = service.Signer("person:9", "Ngân Thị Bích Thảo", ("TRƯỞNG PHÒNG",))
ANCHOR = "agency:3 12 " + "ab" * 32


class Office:
    """The clerk's desk. ``mode`` says who numbers the decisions."""

    def __init__(self, mode=Mode.OURS, key="agency:3"):
        self.issuer = service.ensure_issuer(key, "Ủy ban nhân dân xã Tam Quang", "Tam Quang")
        self.series = service.ensure_series(self.issuer, "QĐ-UBND", mode)
        division = service.ensure_issuer(
            f"{key}/division", "Phòng Văn hóa - Xã hội", DIVISION.place
        )
        self.division_series = service.ensure_series(division, "TTr-VHXH", mode)

    def give_keys(self):
        """Keys for the Deputy, the head of division and the agency."""
        for signer in (DEPUTY, HEAD):
            service.issue_demo_key(signer.key, signer.name, Purpose.SIGNER, PASSPHRASE)
        service.issue_demo_key(self.issuer.key, "UBND xã Tam Quang", Purpose.SEAL, PASSPHRASE)
        return self

    def reserve(self, attempt=None, content=DECISION, **changes):
        """A reserved decision; ``changes`` replace arguments of :func:`service.reserve`."""
        arguments = {
            "issuer": self.issuer,
            "kind": content.kind,
            "series": self.series,
            "content": content,
            "attempt": attempt or uuid4(),
            "signer": DEPUTY,
            "today": timezone.localdate(),
        }
        with transaction.atomic():
            return service.reserve(**{**arguments, **changes})

    def reserve_submission(self, attempt=None):
        return self.reserve(
            attempt,
            SUBMISSION,
            issuer=self.division_series.issuer,
            series=self.division_series,
            signer=HEAD,
        )

    def sign(self, document):
        """The signed bytes, not stored."""
        return service.sign(
            document,
            attempt=document.attempt,
            passphrase=PASSPHRASE,
            signer_key=document.signer_key,
        )

    def store(self, document, data):
        with transaction.atomic():
            return service.store_signed(document, attempt=document.attempt, data=data)

    def signed(self, document=None):
        document = document or self.reserve()
        return self.store(document, self.sign(document))

    def sealed(self, document=None):
        document = document or self.signed()
        data = service.sealed_bytes(document, PASSPHRASE, anchor=ANCHOR)
        with transaction.atomic():
            return service.store_sealed(document, data)

    def released(self, document=None):
        with transaction.atomic():
            return service.release(document or self.sealed())


def text_of(data):
    """The text of a PDF, the pages one after another."""
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
