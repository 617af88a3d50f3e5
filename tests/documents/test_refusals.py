"""A table: what was done to a decision, and the one sentence with which anybody is refused it."""

import pytest
from django.db import transaction

from documents import service
from documents.models import Document, Purpose, Stage
from documents.rendering import pdf
from documents.rendering.issue import issue_of
from documents.signing import pades
from documents.verification.answer import Outcome, answer

from .forger import Desk
from .office import PASSPHRASE, Office
from .samples import DECISION
from .test_attacks import base_of, page_edited, sealed, unlocked

pytestmark = pytest.mark.django_db

SENTENCES = {
    "flipped": "Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng.",
    "padding": "Mã SHA-256 của tệp không trùng với bản lưu nào.",
    "forged increment": "Sau khi ký, tệp bị chèn thêm nội dung ngoài chữ ký.",
    "edited before signing": "Nội dung bị sửa trước khi ký: chữ ký không nằm trên đúng bản trình "
    "ký.",
    "not prepared": "Phần gốc của tệp không phải bản trình ký do hệ thống lập.",
    "stripped": "Tệp không có chữ ký số của người có thẩm quyền.",
    "seal stripped": "Tệp chưa có chữ ký số của cơ quan (con dấu).",
    "foreign": "Có chữ ký không dẫn đến nơi cấp chứng thư được tin cậy.",
    "expired": "Chứng thư số (Trần Quốc Hưng) đã hết hạn vào thời điểm ký.",
    "early": "Chứng thư số (Trần Quốc Hưng) chưa có hiệu lực vào thời điểm ký.",
    "revoked": "Chứng thư số (Trần Quốc Hưng) đã bị thu hồi trước thời điểm ký.",
    "wrong person": "Chứng thư số (Lê Thị Bình (thử nghiệm)) không phải của người đã ký văn bản "
    "này trong hệ thống.",
    "wrong agency": "Con dấu số (UBND xã Tam Quang (thử nghiệm)) không phải của cơ quan ban hành "
    "văn bản này.",
    "approved only": "Chữ ký của người có thẩm quyền không khóa nội dung.",
    "content changed here": "Nội dung lưu trong hệ thống khác với nội dung đã ký.",
    "void": "Văn bản đã hủy.",
    "no PDF": "Tệp không phải PDF đọc được.",
    "another document": "Tệp là văn bản khác (số 02/QĐ-UBND), không phải văn bản số 01/QĐ-UBND.",
}


def flipped(desk):
    return desk.data.replace(b"/XML/Filter", b"/XMM/Filter")


def padding(desk):
    end = desk.data.rindex(b"00>")
    return desk.data[:end] + b"11" + desk.data[end + 2 :]


def unprepared(desk):
    """Drawn again with one word changed, and signed with the right keys."""
    text = {**desk.decision.content, "subject": "Về việc cấp đất"}
    drawn = pdf.render(Document(content=text).says(), issue_of(desk.decision))
    return desk.signed_by(drawn, desk.deputy)


def wrong_person(desk):
    other = service.issue_demo_key("person:8", "Lê Thị Bình", Purpose.SIGNER, PASSPHRASE)
    return desk.signed_by(desk.base, pades.unlock(other, PASSPHRASE))


def wrong_agency(desk):
    Office(key="agency:4").give_keys()
    signed = base_of(desk.decision, Stage.SIGNED)
    return sealed(signed, desk.decision, unlocked("agency:4", Purpose.SEAL))


def content_changed(desk):
    content = {**desk.decision.content, "subject": "Về việc cấp đất"}
    Document.objects.filter(pk=desk.decision.pk).update(content=content)
    return desk.data


def void(desk):
    document = desk.office.sealed()
    with transaction.atomic():
        service.void(document, "Sai tên tổ trưởng")
    return service.file_of(document)


MADE = {
    "flipped": flipped,
    "padding": padding,
    "forged increment": lambda desk: page_edited(desk.data),
    "edited before signing": lambda desk: desk.signed_by(page_edited(desk.base), desk.deputy),
    "not prepared": unprepared,
    "stripped": lambda desk: desk.base,
    "seal stripped": lambda desk: base_of(desk.decision, Stage.SIGNED),
    "foreign": lambda desk: desk.signed_by(desk.base, desk.certificate(trusted=False)),
    "expired": lambda desk: desk.signed_by(desk.base, desk.certificate(days=-1)),
    "early": lambda desk: desk.signed_by(desk.base, desk.certificate(since=-1)),
    "revoked": lambda desk: desk.signed_by(desk.base, desk.certificate(revoked=True)),
    "wrong person": wrong_person,
    "wrong agency": wrong_agency,
    "approved only": lambda desk: desk.signed_by(desk.base, desk.deputy, certify=False),
    "content changed here": content_changed,
    "void": void,
    "no PDF": lambda desk: b"PK\x03\x04",
    "another document": lambda desk: service.file_of(desk.office.released()),
}


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker):
    """One decision for all; each case undoes what it wrote."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Desk(None, None)
        transaction.set_rollback(True)


@pytest.mark.parametrize("case", SENTENCES)
def test_each_forgery_is_refused_with_its_own_sentence(shared, settings, tmp_path, case):
    desk = shared
    desk.folder, desk.settings = tmp_path, settings
    data = MADE[case](desk)

    given = answer(data, desk.decision if case == "another document" else None)

    assert (given.outcome, given.why) == (Outcome.INVALID, SENTENCES[case])


def test_a_print_that_bears_no_signature_proves_nothing_on_either_page(shared):
    printed = pdf.render(DECISION, None)

    anywhere, on_its_page = answer(printed), answer(printed, shared.decision)

    assert anywhere.outcome is on_its_page.outcome is Outcome.UNKNOWN
    assert "xin tệp PDF gốc đã ký số" in on_its_page.why
    # Our own file without its signatures claims to be that document: refused on its page too.
    assert answer(shared.base, shared.decision).outcome is Outcome.INVALID


def test_no_two_forgeries_share_a_sentence():
    assert len(set(SENTENCES.values())) == len(SENTENCES) == len(MADE)
