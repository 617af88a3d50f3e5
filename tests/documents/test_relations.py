"""What one released document does to another, and what is told of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from documents import service
from documents.models import Relation

from .office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office().give_keys()


def standing_of(document):
    [check] = [c for c in service.verify(service.file_of(document)).checks if c.name == "standing"]
    return check


@pytest.mark.parametrize(
    ("kind", "told", "stands"),
    [
        ("amends", "Đã được sửa đổi, bổ sung bởi Quyết định số 02/QĐ-UBND", True),
        ("corrects", "Đã được đính chính bởi Quyết định số 02/QĐ-UBND", True),
        ("replaces", "Đã được thay thế bởi Quyết định số 02/QĐ-UBND", False),
        ("recalls", "Đã bị thu hồi bởi Quyết định số 02/QĐ-UBND", False),
    ],
)
def test_the_old_one_is_genuine_and_tells_what_became_of_it(office, kind, told, stands):
    old, new = office.released(), office.released()
    before = service.file_of(old)
    with transaction.atomic():
        relation = service.relate(new, old, kind)
    assert service.told(relation).startswith(told)
    assert (standing_of(old).ok, told in standing_of(old).sentence) == (stands, True)
    assert service.verify(before).signatures_hold
    assert service.file_of(old) == before
    assert [service.around(old), service.around(new)] == [([relation], []), ([], [relation])]
    assert (service.ended_by(old) is None) is stands


@pytest.mark.parametrize("ending", ["replaces", "recalls"])
def test_nothing_follows_an_end(office, ending):
    old, new, third = office.released(), office.released(), office.released()
    with transaction.atomic():
        service.relate(new, old, "amends")
        service.relate(third, old, ending)
    fourth = office.released()
    for kind in Relation.Kind.values:
        with (
            pytest.raises(service.DocumentRefused, match="không sửa được nữa"),
            transaction.atomic(),
        ):
            service.relate(fourth, old, kind)


def test_only_released_documents_act_and_are_acted_on(office):
    old, signed = office.released(), office.signed()
    for document, target in ((signed, old), (old, signed)):
        with pytest.raises(service.DocumentRefused, match="phát hành"), transaction.atomic():
            service.relate(document, target, "amends")


def test_what_was_written_down_is_not_taken_back(office):
    old, new = office.released(), office.released()
    with transaction.atomic():
        relation = service.relate(new, old, "recalls")
    with pytest.raises(PermissionDenied):
        relation.delete()
