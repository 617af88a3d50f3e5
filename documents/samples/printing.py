"""Printing and signing a sample, with demo keys that no register knows."""

from __future__ import annotations

import functools

from documents.models import Purpose
from documents.rendering import pdf
from documents.samples.common import Sample
from documents.samples.scan import blank_page
from documents.signing import appearance, pades
from documents.signing.demo_ca import unsaved_demo_key

_WORDS = "mẫu văn bản"  # the passphrase of keys that live as long as the process


def printed(sample: Sample) -> bytes:
    """The PDF with empty signature fields, where it is signed electronically."""
    if sample.annex is not None:
        return pdf.render_annex(sample.content, sample.issue, sample.annex)
    pictures = [blank_page()] if sample.scans else []
    paper = sample.issue.medium == "paper"
    return pdf.render(sample.content, sample.issue, signature_fields=not paper, pictures=pictures)


def signed(sample: Sample, data: bytes) -> bytes:
    """:func:`printed` with every field signed in its order; as it is where there is none."""
    for place, name in enumerate(sorted(fields_of(sample), key=pdf.SIGNED_IN_ORDER.index)):
        statement = pades.Statement(
            field=name,
            reason="Mẫu văn bản",
            address=sample.issue.verify_url,
            place=sample.content.letterhead.place,
            certify=place == 0,
        )
        owner = _owner(sample, name)
        data = pades.sign_field(data, _key(name, owner), statement, _picture(sample, name, owner))
    return data


def fields_of(sample: Sample) -> list[str]:
    """The fields a sample has; a file of an annex, and a scan, have the seal's alone."""
    if sample.issue.medium == "paper":
        return []
    if sample.annex is not None:
        return [pdf.SEAL_FIELD]
    return pdf.fields_of(sample.content, sample.issue)


def _owner(sample: Sample, field: str) -> str:
    if field == pdf.SEAL_FIELD:
        return "UBND xã Tam Quang"
    beside = sample.content.beside
    return beside.name if beside and field == pdf.SECRETARY_FIELD else sample.content.signature.name


def _picture(sample: Sample, field: str, owner: str) -> appearance.Drawing:
    if field != pdf.SEAL_FIELD:
        return appearance.signature(owner)
    # No picture: Phụ lục I.II.8b, Phần II.
    in_words = sample.annex is not None or sample.content.copied is not None
    seal = appearance.seal("Ủy ban nhân dân xã Tam Quang", demo=True)
    return appearance.NOTHING if in_words else seal


@functools.cache
def _key(field: str, owner: str) -> pades.LoadedSigner:
    purpose = Purpose.SEAL if field == pdf.SEAL_FIELD else Purpose.SIGNER
    return pades.unlock(unsaved_demo_key(owner, owner, purpose, _WORDS), _WORDS)
