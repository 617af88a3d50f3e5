"""What the database gives back is drawn to the same bytes, whatever database it is.

PostgreSQL keeps JSON with its keys in an order of its own; SQLite keeps the text.
"""

import dataclasses
import datetime
import hashlib
import json

import pytest
from django.utils import timezone

from documents import service
from documents.model import to_json
from documents.models import Document, digest_of
from documents.rendering import pdf
from documents.rendering.issue import issue_of
from documents.samples import SAMPLES
from documents.samples.printing import printed

from . import golden
from .office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def known():
    """{sample: SHA-256} for these libraries."""
    recorded = json.loads(golden.FILE.read_text())
    if golden.libraries() not in recorded:
        pytest.skip("no digests recorded for these libraries: run tests.documents.golden --write")
    return recorded[golden.libraries()]


def stored(sample, number):
    """The document of a sample, as the database has it."""
    issuer = Office().issuer
    made = Document.objects.create(
        issuer=issuer, kind=sample.content.kind, symbol="QĐ-UBND", year=2025, number=number,
        date=datetime.date(2025, 7, 10), medium="elsewhere", state="released",
        content=to_json(sample.content), content_digest=digest_of(sample.content),
        signer_name="Nguyễn Đình Hợp", released=timezone.now(),
    )  # fmt: skip
    return Document.objects.get(pk=made.pk)


def test_every_sample_read_back_from_the_database_has_the_recorded_bytes(known):
    drawn = {}
    for number, (name, sample) in enumerate(SAMPLES.items(), start=1):
        document = stored(sample, number)
        assert digest_of(document.says()) == document.content_digest
        again = dataclasses.replace(sample, content=document.says())
        drawn[name] = hashlib.sha256(printed(again)).hexdigest()
    assert drawn == known


def test_a_reserved_document_is_drawn_again_to_the_bytes_that_are_signed():
    office = Office()
    document = office.reserve()
    first = service.prepare(document, attempt=document.attempt)
    kept = Document.objects.get(pk=document.pk)
    assert pdf.render(kept.says(), issue_of(kept)) == first
