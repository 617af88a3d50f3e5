"""Whoever can write the database, or hands in a page of his own making, against annexes apart."""

import dataclasses

import pytest
from django.db import transaction

from documents import service
from documents.errors import DocumentRefused, FileDamaged, SigningRefused
from documents.models import AnnexFile
from documents.verification.answer import Outcome, answer

from .minutes import MINUTES, Meeting
from .office import ANCHOR, PASSPHRASE
from .test_annexes_apart import SECOND, failed, issued, seal

__all__ = ["issued"]
pytestmark = pytest.mark.django_db


def test_an_annex_whose_file_is_gone_is_not_drawn_again_as_if_it_were_signed(issued):
    rows = issued.document.annex_files.filter(ordinal=2)
    # Past the doors of the models, as who has the database would.
    rows.filter(stage="sealed")._raw_delete(using=rows.db)
    with pytest.raises(FileDamaged, match="Phụ lục II"):
        service.annex_file(issued.document, 2)
    rows._raw_delete(using=rows.db)
    with pytest.raises(FileDamaged, match="Phụ lục II"):
        service.annex_file(issued.document, 2)
    with pytest.raises(FileDamaged):
        service.annex_download(issued.document, 2)
    assert service.annex_file(issued.document, 1) == issued.first


def test_two_annexes_exchanged_in_the_database_are_told(issued):
    rows = list(issued.document.annex_files.all())
    for by in (10, -10):
        for row in rows:
            ordinal = row.ordinal + by if by > 0 else 3 - row.ordinal
            AnnexFile.objects.filter(pk=row.pk).update(ordinal=ordinal)
    assert service.annex_file(issued.document, 1) == issued.second
    assert "content" in failed(issued.first)
    assert "content" in failed(issued.second)


def test_minutes_of_two_with_an_annex_apart_and_what_a_void_paper_leaves():
    """The two ways meet: chair and secretary sign the text, the agency all files."""
    meeting = Meeting("agency:both").give_keys()
    content = service.with_annexes_apart(dataclasses.replace(MINUTES, annexes=(SECOND,)))
    half = meeting.signed(meeting.reserved(content))
    # Half signed it has no annex to show but the drawing, which proves nothing.
    drawing = service.annex_file(half, 1)
    assert answer(drawing, half).outcome is not Outcome.VALID
    with pytest.raises(DocumentRefused, match="Thư ký chưa ký"):
        seal(half)
    both = seal(meeting.countersigned(half))
    annex = service.annex_file(both, 1)
    assert failed(annex) == failed(service.file_of(both)) == {"standing"}
    released = meeting.released(both)
    assert failed(annex) == failed(service.file_of(released)) == set()

    wrong = seal(meeting.countersigned(meeting.signed(meeting.reserved(content))))
    annex = service.annex_file(wrong, 1)
    again = meeting.released(seal(meeting.countersigned(meeting.signed(meeting.reserved(content)))))
    service.void(wrong, "Nhầm ngày họp")
    assert failed(annex) == {"standing"}
    assert answer(annex, again).outcome is Outcome.INVALID
    assert failed(service.annex_file(again, 1)) == set()
    # Nor does the annex of one paper pass for that of another of the same words.
    third = meeting.countersigned(meeting.signed(meeting.reserved(content)))
    made = service.sealed_annexes(again, PASSPHRASE)
    data = service.sealed_bytes(third, PASSPHRASE, anchor=ANCHOR)
    with pytest.raises(SigningRefused), transaction.atomic():
        service.store_sealed(third, data, made)
