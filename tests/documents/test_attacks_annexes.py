"""Whoever can write the database, or hands in a page of his own making, against annexes apart."""

import pytest

from documents import service
from documents.errors import FileDamaged
from documents.models import AnnexFile

from .test_annexes_apart import failed, issued

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
