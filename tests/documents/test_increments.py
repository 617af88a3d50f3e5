"""Attacks that add to a file, known from the studies of signed PDFs (incremental saving, shadow,
overlay): each is seen by the analysis from our own revision, whoever signs over it."""

import pytest
from django.db import transaction

from documents.verification.answer import Outcome, answer
from documents.verification.changes import only_signatures_since
from documents.verification.reader import Reader

from .forger import Desk
from .increments import ON_PAGES_AND_CATALOGUE, added
from .increments_in_fields import AFTER_SIGNING, IN_FIELDS

pytestmark = pytest.mark.django_db
AFTER = {**ON_PAGES_AND_CATALOGUE, **IN_FIELDS}
ALL = {**AFTER, **AFTER_SIGNING}


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Desk(None, None)
        transaction.set_rollback(True)


def is_passed(base, data):
    """As verification asks it: what breaks the analysis proves nothing."""
    try:
        return only_signatures_since(base, Reader(data), data)
    # The product answers the same here (documents/verification/since.py).
    except Exception:
        return False


def test_signatures_alone_are_passed(desk):
    """A positive control: the same question, asked of what was honestly signed and completed."""
    assert is_passed(desk.base, desk.data)
    assert is_passed(desk.base, added(desk.data, lambda writer: writer.update_root()))


@pytest.mark.parametrize("name", AFTER)
def test_what_is_added_to_the_prepared_file_is_seen_whoever_signs_it(desk, name):
    """The signer's own tool, or who sits at it: no signature would tell."""
    assert not is_passed(desk.base, added(desk.base, AFTER[name]))


INSERTED = "Sau khi ký, tệp bị chèn thêm nội dung ngoài chữ ký."
CHANGED = "Sau chữ ký có thay đổi không được phép."
UNREAD = "Tệp PDF bị hỏng hoặc đã bị sửa nên không đọc được trọn vẹn."
SAID = {
    "fields taken away": "Tệp không có chữ ký số của người có thẩm quyền.",
    "namesake": "Tệp có hai chữ ký mang cùng một tên ô ký.",
    "look of the field": CHANGED,
    "field hidden": CHANGED,
    "other signature": CHANGED,
    "stamp with a script": UNREAD,
    "stamp with an action": UNREAD,
    "stamp with a look": UNREAD,
    "stamp shown below": UNREAD,
}
# Each kind of sentence in every run, and what the library itself does not see; the others are many
# of one kind.
FIRST = {*SAID, "overlay", "title", "title in the packet", "no stamp", "unsigned"}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n in FIRST else pytest.mark.slow) for n in ALL]
)
def test_what_is_added_to_the_finished_file_is_refused_without_asking_the_digest(desk, name):
    given = answer(added(desk.data, ALL[name]))
    failed = {check.name for check in given.verdict.checks if not check.ok}

    assert (given.outcome, given.why) == (Outcome.INVALID, SAID.get(name, INSERTED))
    assert failed & {"changes", "readable", "signed", "trusted"}
