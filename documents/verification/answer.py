"""A verdict in the words of who holds a file and asks: is it genuine?

Three answers. "Không hợp lệ" only where something speaks against the file; where nothing does, but
nothing proves it either, "Chưa đủ căn cứ".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from .. import files
from ..models import Document, Medium
from .saying import problem_of
from .signatures import Signature
from .verdict import Check, Verdict
from .verify import verify

# What may be missing without anything being wrong.
_NO_PROOF = frozenset({"known", "digest", "signed", "trusted", "readable"})


class Outcome(Enum):
    """The answer; its value is the name of its style."""

    VALID = "good"
    INVALID = "bad"
    UNKNOWN = "wait"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS = {
    Outcome.VALID: _("Hợp lệ"),
    Outcome.INVALID: _("Không hợp lệ"),
    Outcome.UNKNOWN: _("Chưa đủ căn cứ"),
}


@dataclass(frozen=True)
class Answer:
    """``why`` is the sentence that decides; ``verdict`` has every check."""

    outcome: Outcome
    why: str
    verdict: Verdict

    @property
    def signatures(self) -> list[tuple[Signature, str]]:
        """Every signature of the file with what is wrong with it, empty where nothing is."""
        found = self.verdict.signatures
        return [(item, "" if item.holds else problem_of(item)) for item in found]


def answer(data: bytes, expected: Document | None = None) -> Answer:
    """What to say about a file, that claims to be the ``expected`` document where one is given.

    Reads only, stores nothing. Bound it: :mod:`documents.verification.bounds`.
    """
    verdict = verify(data)
    if _mere_likeness(data, verdict, expected):
        return Answer(Outcome.UNKNOWN, _of_a_likeness(expected), verdict)
    if expected is not None and verdict.document_id != expected.pk:
        why = _broken(data, verdict) or _another(verdict, expected)
        return Answer(Outcome.INVALID, why, verdict)
    outcome = outcome_of(verdict)
    return Answer(outcome, _why(outcome, verdict), verdict)


def _mere_likeness(data: bytes, verdict: Verdict, expected: Document | None) -> bool:
    """A photograph, a scan or a print that is none of our files and bears no signature: of a
    genuine paper or of a false one, who knows. What names a document of ours, or was made from
    its file, claims more and is judged."""
    if verdict.document_id is not None or verdict.signatures:
        return False
    unsigned_pdf = expected is not None and verdict.checks[0].ok
    return unsigned_pdf or files.media_type_of(data).startswith("image/")


def _of_a_likeness(expected: Document | None) -> str:
    if expected is None:
        return _t(
            "Tệp là ảnh chụp, bản quét nên không biết văn bản trong ảnh thật hay giả. Ông/bà quét "
            "mã QR in trên văn bản, hoặc hỏi cơ quan ban hành."
        )
    if expected.medium != Medium.ELECTRONIC:
        return _t(
            "Ảnh chụp, bản quét, bản in lại không có chữ ký số nên không biết thật hay giả. Ông/bà "
            "đối chiếu số, ngày, trích yếu ở trang này với bản đang cầm, hoặc hỏi cơ quan ban hành."
        )
    return _t(
        "Ảnh chụp, bản quét, bản in lại không có chữ ký số nên không biết thật hay giả. Ông/bà xin "
        "tệp PDF gốc đã ký số, hoặc đối chiếu số, ngày, trích yếu ở trang này với bản đang cầm."
    )


def outcome_of(verdict: Verdict) -> Outcome:
    """Which of the three answers a verdict is."""
    failed = {check.name for check in verdict.checks if not check.ok}
    if verdict.checks and not failed:
        # Without a list a certificate may have been revoked before it signed (decision 21).
        return Outcome.VALID if verdict.answer == "valid" else Outcome.UNKNOWN
    if verdict.recorded_as:
        # The clerk recorded these very bytes; a signature of another system is not judged here.
        return Outcome.INVALID if verdict.against else Outcome.UNKNOWN
    if failed - _NO_PROOF or any(not item.intact for item in verdict.signatures):
        return Outcome.INVALID
    passed = {check.name for check in verdict.checks if check.ok}
    if "known" in passed and "digest" not in passed:
        # It names a document of ours and is none of its files.
        return Outcome.INVALID
    if "readable" in failed and "digest" in failed:
        return Outcome.INVALID
    return Outcome.UNKNOWN


def _why(outcome: Outcome, verdict: Verdict) -> str:
    if outcome is Outcome.VALID:
        return _t("Tệp đúng là %(what)s, còn nguyên như khi ban hành.") % {"what": verdict.named}
    if outcome is Outcome.UNKNOWN:
        return _what_lacks(verdict)
    broken = [item.signer or "?" for item in verdict.signatures if not item.intact]
    judged = verdict.recorded_as or any(check.name == "signed" for check in verdict.against)
    if broken and not judged:
        return _t("Chữ ký của %(who)s đã hỏng.") % {"who": ", ".join(broken)}
    return _gravest(verdict.against).sentence


# What tells most, first.
_GRAVITY = (
    "readable", "signed", "changes", "trusted", "signer", "secretary", "sealed", "content",
    "standing", "original", "digest",
)  # fmt: skip


def _gravest(failed: list[Check]) -> Check:
    order = {name: place for place, name in enumerate(_GRAVITY)}
    return min(failed, key=lambda check: order.get(check.name, len(order)))


def _what_lacks(verdict: Verdict) -> str:
    if verdict.valid:
        return _t(
            "Tệp đúng là %(what)s, còn nguyên như khi ban hành; nhưng chưa có danh sách thu hồi "
            "để biết chứng thư số còn hiệu lực lúc ký."
        ) % {"what": verdict.named}
    if verdict.recorded_as == Medium.UPLOADED:
        return _t(
            "Tệp đúng là bản của văn bản số %(number)s mà Văn thư đã ghi nhận. Văn bản được ký ở "
            "hệ thống khác nên chữ ký không xét ở đây: muốn chắc chắn thì hỏi cơ quan ban hành."
        ) % {"number": verdict.reference}
    if verdict.recorded_as:
        return _t(
            "Tệp trùng với bản quét đã lưu của văn bản số %(number)s. Bản quét chỉ để tham khảo: "
            "muốn chắc chắn thì đối chiếu với bản gốc ở Văn thư của cơ quan ban hành."
        ) % {"number": verdict.reference}
    if verdict.reference:
        return _t("Hệ thống này chưa xác minh được nơi cấp chứng thư số của người ký.")
    if verdict.signatures:
        return _t(
            "Tệp có chữ ký số, nội dung chưa bị sửa sau khi ký, nhưng văn bản không do hệ thống "
            "này ban hành. Ông/bà hỏi cơ quan ghi trên văn bản."
        )
    return _t(
        "Tệp không có chữ ký số và không trùng với văn bản nào trong hệ thống, nên không biết "
        "thật hay giả. Ông/bà kiểm tra bằng mã QR in trên văn bản, hoặc hỏi cơ quan ban hành."
    )


def _broken(data: bytes, verdict: Verdict) -> str:
    """What is said of a PDF that cannot be read; nothing of one that can, or of a picture."""
    readable = verdict.checks[0]
    picture = files.media_type_of(data).startswith("image/")
    return "" if readable.ok or picture else readable.sentence


def _another(verdict: Verdict, expected: Document) -> str:
    if verdict.reference:
        return _t("Tệp là văn bản khác (số %(other)s), không phải văn bản số %(number)s.") % {
            "other": verdict.reference,
            "number": expected.reference,
        }
    if verdict.signatures:
        return _t("Tệp có chữ ký số nhưng không phải văn bản số %(number)s.") % {
            "number": expected.reference
        }
    return _t("Tệp là văn bản khác, không phải văn bản số %(number)s.") % {
        "number": expected.reference
    }


def is_accepted(data: bytes) -> bool:
    """Whether the first bytes are those of a kind of file we can say something about."""
    return bool(files.extension_of(data))
