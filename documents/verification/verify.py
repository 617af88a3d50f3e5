"""Is this file the document we issued? The verdict, check by check, in sentences.

Two independent defences are reported apart: the signatures (hold for anybody, even without our
database) and the SHA-256 of the stored file (catches what no signature covers, such as the padding
of a signature's own bytes).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import files
from ..errors import FileDamaged
from ..models import Document, Medium, Purpose, SigningKey, Stage, StoredFile, digest_of
from ..models.document import sealed_alone
from ..public import token_in
from ..rendering.pdf import SEAL_FIELD, SIGNER_FIELD
from . import copies, signatures
from .accepted import as_accepted, content_stands
from .changes import only_signatures_since
from .origins import origins_of
from .reader import Reader
from .saying import notes_of, problem_of
from .signatures import Signature
from .standing import originals_stand, standing
from .verdict import Check, Verdict

# Best first: what "the file" of a document is.
FINAL_STAGES = (
    Stage.COMPLETED, Stage.SEALED, Stage.SIGNED, Stage.UPLOADED, Stage.SCAN, Stage.PREPARED,
)  # fmt: skip
# A copy handed out before the evidence was added is the same document.
_BEFORE_COMPLETION = (Stage.SEALED, Stage.SIGNED)
# Their files prove nothing by a signature of ours: a scan, our print, another system's file.
_NOT_SIGNED_HERE = (Medium.PAPER, Medium.ELSEWHERE, Medium.UPLOADED)
CONTENT_PREFIX = "SHA-256 nội dung: "


@dataclass(frozen=True)
class Case:
    """What is examined: the bytes, what they contain, and the document they claim to be."""

    data: bytes
    sha256: str
    reader: Reader
    document: Document | None
    found: dict[str, Signature]

    def stored(self, *stages: Stage) -> StoredFile | None:
        """The first stage that the document has a file of."""
        if self.document is None:
            return None
        by_stage = {item.stage: item for item in self.document.files.all()}
        return next((by_stage[stage] for stage in stages if stage in by_stage), None)


def verify(data: bytes) -> Verdict:
    """The verdict on the bytes of a file. Reads only; never fetches anything; never raises for
    the file's sake."""
    sha256 = files.sha256_of(data)
    same = StoredFile.objects.filter(sha256=sha256).select_related("document").first()
    try:
        reader = signatures.open_pdf(data)
    except signatures.Unreadable:
        return _unreadable(sha256, same)
    document = same.document if same else _claimed(reader) or next(origins_of(data), None)
    found = signatures.read_all(reader, _moments(document))
    case = Case(data, sha256, reader, document, {item.field: item for item in found})
    return Verdict(
        sha256=sha256,
        checks=list(_checks(case)),
        reference=document.reference if document else "",
        document_id=document.pk if document else None,
        signatures=found,
        notes=_notes(case),
    )


def final_file(document: Document) -> StoredFile | None:
    """The file a document stands by: sealed, else signed, else scan, else our rendering."""
    by_stage = {item.stage: item for item in document.files.all()}
    return next((by_stage[stage] for stage in FINAL_STAGES if stage in by_stage), None)


def _claimed(reader: Reader) -> Document | None:
    tokens = [token_in(address) for address in signatures.addresses(reader)]
    document: Document | None = Document.objects.filter(token__in=filter(None, tokens)).first()
    return document


def _moments(document: Document | None) -> Callable[[str], datetime.datetime]:
    """When the certificate of a field must have been valid: when we stored it, else now.

    Our own record of that time stands in for a time stamp; the signer's clock proves nothing.
    """
    sealed = document.files.filter(stage=Stage.SEALED).first() if document else None
    known = {
        SIGNER_FIELD: document.issued if document else None,
        SEAL_FIELD: sealed.created if sealed else None,
    }
    return lambda name: known.get(name) or timezone.now()


def _unreadable(sha256: str, same: StoredFile | None) -> Verdict:
    """Not a PDF: at most the scan of a paper document, which proves nothing by itself."""
    known = same.document if same else None
    checks = [
        Check("readable", False, _("Tệp không phải PDF đọc được.")),
        Check("digest", known is not None, _digest_sentence(known is not None)),
    ]
    if known and known.medium == Medium.ELSEWHERE:
        checks.append(_unsigned_here())
    if known:
        checks += [standing(known), *originals_stand(known)]
    return Verdict(
        sha256=sha256,
        readable=same is not None,
        reference=known.reference if known else "",
        document_id=known.pk if known else None,
        checks=checks,
    )


def _checks(case: Case) -> Iterator[Check]:
    yield Check("readable", True, _("Tệp là PDF đọc được."))
    yield _known(case)
    yield _digest(case)
    yield _signed(case)
    if case.document and case.document.medium in _NOT_SIGNED_HERE:
        yield standing(case.document)
        yield from originals_stand(case.document)
        return
    if case.found:
        yield _trusted(case)
    if case.document is None:
        return
    if SIGNER_FIELD in case.found:
        yield _owned(case, SIGNER_FIELD, Purpose.SIGNER, "signer")
        yield _content(case)
    if sealed_alone(case.document):
        yield _content_by_drawing(case, case.document)
    if case.document.needs_seal:
        yield _sealed(case)
    yield _changes(case)
    yield standing(case.document)
    yield from originals_stand(case.document)


def _known(case: Case) -> Check:
    if case.document is None:
        return Check("known", False, _("Không tìm thấy văn bản này trong hệ thống."))
    sentence = _("Tệp tự nhận là văn bản số %(number)s của %(issuer)s.") % {
        "number": case.document.reference,
        "issuer": case.document.issuer.name,
    }
    return Check("known", True, sentence)


def _digest(case: Case) -> Check:
    final = case.stored(*FINAL_STAGES)
    same = final is not None and final.sha256 == case.sha256
    if final is not None and final.stage == Stage.COMPLETED and not same:
        former = case.stored(*_BEFORE_COMPLETION)
        same = former is not None and former.sha256 == case.sha256
    earlier = next(
        (
            item
            for item in (case.document.files.all() if case.document else ())
            if item.sha256 == case.sha256
        ),
        None,
    )
    if earlier and not same:
        sentence = _("Tệp trùng với một bản trước đó (%(stage)s), chưa phải bản cuối.") % {
            "stage": earlier.get_stage_display()
        }
        return Check("digest", False, sentence)
    return Check("digest", same, _digest_sentence(same))


def _digest_sentence(same: bool) -> str:
    if same:
        return _("Mã SHA-256 của tệp trùng với bản lưu.")
    return _("Mã SHA-256 của tệp không trùng với bản lưu nào.")


def _signed(case: Case) -> Check:
    """The signer's certification and every other signature are cryptographically intact."""
    if case.document and case.document.medium == Medium.ELSEWHERE:
        return _unsigned_here()
    if case.document and case.document.medium == Medium.UPLOADED:
        return Check("signed", False, _("Bản do cơ quan tải lên: ký số ở hệ thống khác."))
    if case.document and case.document.medium == Medium.PAPER:
        return Check("signed", False, _("Văn bản ký giấy: tệp để tham khảo, bản gốc ở Văn thư."))
    if case.document and sealed_alone(case.document):
        return copies.signed(case.found)
    signer = case.found.get(SIGNER_FIELD)
    if signer is None:
        return Check("signed", False, _("Tệp không có chữ ký số của người có thẩm quyền."))
    if not all(item.intact for item in case.found.values()):
        return Check("signed", False, _("Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng."))
    if not signer.certifies and not as_accepted(case.document, case.data):
        return Check("signed", False, _("Chữ ký của người có thẩm quyền không khóa nội dung."))
    return Check("signed", True, _("Nội dung đúng như khi ký."))


def _unsigned_here() -> Check:
    sentence = _("Văn bản ban hành ngoài hệ thống: không có chữ ký số để xác minh.")
    return Check("signed", False, sentence)


def _trusted(case: Case) -> Check:
    """The bottom line of pyHanko for every signature, which includes the chain to our roots."""
    wrong = next((item for item in case.found.values() if not item.holds), None)
    if wrong is None:
        return Check("trusted", True, _("Chứng thư số do nơi được tin cậy cấp và còn hiệu lực."))
    return Check("trusted", False, problem_of(wrong))


def _owned(case: Case, name: str, purpose: Purpose, check: str) -> Check:
    """The certificate is one of the person's (or the agency's) own, deactivated ones included."""
    document, signature = case.document, case.found[name]
    assert document is not None
    owner = document.signer_key if purpose == Purpose.SIGNER else document.issuer.key
    ours = SigningKey.objects.filter(
        owner_key=owner, purpose=purpose, fingerprint=signature.fingerprint
    ).exists()
    if ours:
        return Check(check, True, _("Chứng thư số đúng của %(who)s.") % {"who": signature.signer})
    return Check(
        check,
        False,
        _("Chứng thư số (%(who)s) không phải của người đã ký văn bản này trong hệ thống.")
        % {"who": signature.signer or "?"},
    )


def _sealed(case: Case) -> Check:
    if SEAL_FIELD not in case.found:
        return Check("sealed", False, _("Tệp chưa có chữ ký số của cơ quan (con dấu)."))
    return _owned(case, SEAL_FIELD, Purpose.SEAL, "sealed")


def _content(case: Case) -> Check:
    """The digest under the signature is the one of the content kept in the database."""
    document = case.document
    assert document is not None
    ours = digest_of(document.says())
    if not case.found[SIGNER_FIELD].reason.startswith(CONTENT_PREFIX):
        return _content_by_drawing(case, document)
    same = case.found[SIGNER_FIELD].reason == CONTENT_PREFIX + ours == _named(document)
    if same:
        return Check("content", True, _("Nội dung lưu trong hệ thống đúng là nội dung đã ký."))
    return Check("content", False, _("Nội dung lưu trong hệ thống khác với nội dung đã ký."))


def _content_by_drawing(case: Case, document: Document) -> Check:
    """A copy's signature names no digest, nor does one made with the signer's own tool."""
    if sealed_alone(document):
        return copies.content(document)
    if as_accepted(document, case.data) and content_stands(document):
        sentence = _("Ký bằng công cụ ngoài hệ thống; bản trình ký dựng đúng từ nội dung lưu.")
        return Check("content", True, sentence)
    return Check("content", False, _("Chữ ký không xác nhận nội dung lưu trong hệ thống."))


def _named(document: Document) -> str:
    return CONTENT_PREFIX + document.content_digest


def _changes(case: Case) -> Check:
    prepared = case.stored(Stage.PREPARED)
    try:
        passed = prepared is not None and only_signatures_since(
            files.read(prepared), case.reader, case.data
        )
    except FileDamaged as error:
        return Check("changes", False, error.sentence)
    # A hostile file may break the analysis itself; then nothing is proven.
    except Exception:
        passed = False
    if passed:
        return Check("changes", True, _("Từ bản trình ký của hệ thống chỉ có thêm chữ ký."))
    return Check("changes", False, _("Tệp có thay đổi ngoài chữ ký so với bản trình ký."))


def _notes(case: Case) -> list[str]:
    """Of each signature: its time and by whose word, and whether a list was there to ask."""
    signer = case.found.get(SIGNER_FIELD)
    outside = bool(case.document and signer and not signer.reason.startswith(CONTENT_PREFIX))
    return [
        *([_("Người ký dùng công cụ ký số riêng, trên bản do hệ thống dựng.")] if outside else []),
        *(note for item in case.found.values() for note in notes_of(item)),
    ]
