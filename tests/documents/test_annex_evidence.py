"""An annex apart signed with a real key: what was out of reach is added to it later."""

import pytest
from django.core.cache import cache

from documents import service
from documents.signing.completing import complete, incomplete

from .test_annexes_apart import CONTENT, seal
from .test_evidence import authority, office, served

__all__ = ["authority", "office", "served"]
pytestmark = pytest.mark.django_db


def test_time_stamp_and_lists_come_later(office, authority):
    authority.down = True
    document = office.released(seal(office.signed(office.reserve(content=CONTENT))))
    before = service.annex_file(document, 1)
    assert [item.level for item in service.verify(before).signatures] == ["B-B"]
    waiting = incomplete()
    assert [row.ordinal for row in waiting] == [0, 1, 2]

    authority.down = False
    cache.clear()
    for row in waiting:
        complete(row)
    after = service.annex_file(document, 1)
    assert after.startswith(before)
    assert after != before
    found = service.verify(after)
    assert (found.answer, [item.level for item in found.signatures]) == ("valid", ["B-LT"])
    # Handed out before, the annex is the same annex.
    assert service.verify(before).annex == found.annex
    assert service.verify(before).digest_holds
    assert incomplete() == []
