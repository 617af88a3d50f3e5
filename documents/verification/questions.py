"""What is asked of a file that claims to be a document of ours; each answer is a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..annexes import cited_annex
from ..models import Document, Medium, Purpose, SigningKey, Stage, digest_of
from ..models.document import sealed_alone
from ..public import ordinal_in
from ..rendering.pdf import SEAL_FIELD, SECRETARY_FIELD, SIGNER_FIELD
from . import agency_alone
from .accepted import as_accepted, content_stands
from .case import CONTENT_PREFIX, FINAL_STAGES, Case
from .saying import problem_of
from .since import changes_since
from .standing import originals_stand, standing_of
from .verdict import Check

# A copy handed out before the evidence was added is the same document.
_BEFORE_COMPLETION = (Stage.SEALED, Stage.COUNTERSIGNED, Stage.SIGNED)
# Their files prove nothing by a signature of ours: a scan, our print, another system's file.
NOT_SIGNED_HERE = (Medium.PAPER, Medium.ELSEWHERE, Medium.UPLOADED)


def checks(case: Case) -> Iterator[Check]:
    """Every question there is to ask of this case, in the order of the page."""
    yield Check("readable", True, _("Tệp là PDF đọc được."))
    yield _known(case)
    yield _digest(case)
    yield _signed(case)
    if case.document and case.document.medium in NOT_SIGNED_HERE:
        yield standing_of(case.document)
        yield from originals_stand(case.document)
        return
    if case.found:
        yield _trusted(case)
    if case.document is None:
        return
    if case.ordinal and SEAL_FIELD in case.found:
        yield _content(case, SEAL_FIELD)
    elif SIGNER_FIELD in case.found:
        yield _owned(case, SIGNER_FIELD)
        yield _content(case, SIGNER_FIELD)
    if case.document.secretary_key and not case.ordinal:
        yield _countersigned(case)
    if sealed_alone(case.document):
        yield _content_by_drawing(case, case.document)
    if case.document.needs_seal:
        yield _sealed(case)
    prepared = case.stored(Stage.PREPARED)
    yield changes_since(prepared, case.reader, case.data, case.found)
    yield standing_of(case.document)
    yield from originals_stand(case.document)


def _known(case: Case) -> Check:
    if case.document is None:
        return Check("known", False, _("Không tìm thấy văn bản này trong hệ thống."))
    what = _("văn bản số %(number)s") % {"number": case.document.reference}
    if case.ordinal:
        what = cited_annex(case.document, case.ordinal)
    sentence = _("Tệp tự nhận là %(what)s của %(issuer)s.")
    return Check("known", True, sentence % {"what": what, "issuer": case.document.issuer.name})


def recorded_as(case: Case) -> str:
    """The medium of a document nobody signed here, if these are its recorded bytes."""
    if case.document is None or case.document.medium not in NOT_SIGNED_HERE:
        return ""
    return str(case.document.medium) if _digest(case).ok else ""


def _digest(case: Case) -> Check:
    final = case.stored(*FINAL_STAGES)
    same = final is not None and final.sha256 == case.sha256
    if final is not None and final.stage == Stage.COMPLETED and not same:
        former = case.stored(*_BEFORE_COMPLETION)
        same = former is not None and former.sha256 == case.sha256
    earlier = next((item for item in case.files.values() if item.sha256 == case.sha256), None)
    if earlier and not same:
        sentence = _("Tệp trùng với một bản trước đó (%(stage)s), chưa phải bản cuối.") % {
            "stage": earlier.get_stage_display()
        }
        return Check("digest", False, sentence)
    return Check("digest", same, digest_sentence(same))


def digest_sentence(same: bool) -> str:
    """Whether the SHA-256 is that of a stored file."""
    if same:
        return _("Mã SHA-256 của tệp trùng với bản lưu.")
    return _("Mã SHA-256 của tệp không trùng với bản lưu nào.")


def _signed(case: Case) -> Check:
    """The signer's certification and every other signature are cryptographically intact."""
    if case.document and case.document.medium == Medium.ELSEWHERE:
        return unsigned_here()
    if case.document and case.document.medium == Medium.UPLOADED:
        return Check("signed", False, _("Bản do cơ quan tải lên: ký số ở hệ thống khác."))
    if case.document and case.document.medium == Medium.PAPER:
        return Check("signed", False, _("Văn bản ký giấy: tệp để tham khảo, bản gốc ở Văn thư."))
    names = [item.field_name for item in case.reader.embedded_regular_signatures]
    if len(set(names)) < len(names):
        return Check("signed", False, _("Tệp có hai chữ ký mang cùng một tên ô ký."))
    if case.ordinal:
        return agency_alone.signed(case.found, _("cơ quan ban hành"))
    if case.document and sealed_alone(case.document):
        return agency_alone.signed(case.found, _("cơ quan sao văn bản"))
    signer = case.found.get(SIGNER_FIELD)
    if signer is None:
        return Check("signed", False, _("Tệp không có chữ ký số của người có thẩm quyền."))
    if not all(item.intact for item in case.found.values()):
        return Check("signed", False, _("Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng."))
    if not signer.certifies and not as_accepted(case.document, case.data):
        return Check("signed", False, _("Chữ ký của người có thẩm quyền không khóa nội dung."))
    return Check("signed", True, _("Nội dung đúng như khi ký."))


def unsigned_here() -> Check:
    """What was issued elsewhere bears no signature that could be verified."""
    sentence = _("Văn bản ban hành ngoài hệ thống: không có chữ ký số để xác minh.")
    return Check("signed", False, sentence)


def _trusted(case: Case) -> Check:
    """The bottom line of pyHanko for every signature, which includes the chain to our roots."""
    wrong = next((item for item in case.found.values() if not item.holds), None)
    if wrong is None:
        return Check("trusted", True, _("Chứng thư số do nơi được tin cậy cấp và còn hiệu lực."))
    return Check("trusted", False, problem_of(wrong))


_CHECKS = {SIGNER_FIELD: "signer", SECRETARY_FIELD: "secretary", SEAL_FIELD: "sealed"}


def _owned(case: Case, name: str) -> Check:
    """The certificate is one of the person's (or the agency's) own, deactivated ones included."""
    document, signature = case.document, case.found[name]
    assert document is not None
    owner, purpose = {
        SIGNER_FIELD: (document.signer_key, Purpose.SIGNER),
        SECRETARY_FIELD: (document.secretary_key, Purpose.SIGNER),
        SEAL_FIELD: (document.issuer.key, Purpose.SEAL),
    }[name]
    ours = SigningKey.objects.filter(
        owner_key=owner, purpose=purpose, fingerprint=signature.fingerprint
    ).exists()
    said = _whose(name, document) if ours else _not_his(name)
    return Check(_CHECKS[name], ours, said % {"who": signature.signer or "?"})


def _whose(name: str, document: Document) -> str:
    if name == SECRETARY_FIELD:
        return _("Thư ký đã ký: chứng thư số đúng của %(who)s.")
    if name == SIGNER_FIELD and document.secretary_key:
        return _("Chủ tọa đã ký: chứng thư số đúng của %(who)s.")
    return _("Chứng thư số đúng của %(who)s.")


def _not_his(name: str) -> str:
    if name == SEAL_FIELD:
        return _("Con dấu số (%(who)s) không phải của cơ quan ban hành văn bản này.")
    if name == SECRETARY_FIELD:
        return _("Chứng thư số (%(who)s) ở ô thư ký không phải của thư ký ghi trong hệ thống.")
    return _("Chứng thư số (%(who)s) không phải của người đã ký văn bản này trong hệ thống.")


def _countersigned(case: Case) -> Check:
    """Minutes with one of their two signatures are not complete."""
    if SECRETARY_FIELD not in case.found:
        return Check("secretary", False, _("Biên bản chưa đủ hai người ký: thiếu chữ ký thư ký."))
    return _owned(case, SECRETARY_FIELD)


def _sealed(case: Case) -> Check:
    if SEAL_FIELD not in case.found:
        return Check("sealed", False, _("Tệp chưa có chữ ký số của cơ quan (con dấu)."))
    return _owned(case, SEAL_FIELD)


def _content(case: Case, field: str) -> Check:
    """The digest under the signature is the one of the content kept in the database."""
    document = case.document
    assert document is not None
    ours = digest_of(document.says())
    reason = case.found[field].reason
    if field == SIGNER_FIELD and not reason.startswith(CONTENT_PREFIX):
        return _content_by_drawing(case, document)
    same = reason == CONTENT_PREFIX + ours == _named(document)
    if case.ordinal and ordinal_in(case.found[field].address) != case.ordinal:
        # All annexes name one content: which of them a file is, its address says.
        return Check("content", False, _("Chữ ký trong tệp là của phụ lục khác."))
    if same:
        return Check("content", True, _("Nội dung lưu trong hệ thống đúng là nội dung đã ký."))
    return Check("content", False, _("Nội dung lưu trong hệ thống khác với nội dung đã ký."))


def _content_by_drawing(case: Case, document: Document) -> Check:
    """A copy's signature names no digest, nor does one made with the signer's own tool."""
    if sealed_alone(document):
        return agency_alone.content(document, case.data)
    if as_accepted(document, case.data) and content_stands(document):
        sentence = _("Ký bằng công cụ ngoài hệ thống; bản trình ký dựng đúng từ nội dung lưu.")
        return Check("content", True, sentence)
    return Check("content", False, _("Chữ ký không xác nhận nội dung lưu trong hệ thống."))


def _named(document: Document) -> str:
    return CONTENT_PREFIX + document.content_digest
