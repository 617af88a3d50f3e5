"""What a copy says: which document it is a copy of, for whom, who signs it (Mẫu 3.1, 3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from documents import service as documents
from documents.kinds import KINDS
from documents.model import Content, Copied, Scan, SignatureBlock
from documents.models import Document
from workflows.errors import Refusal

from .common import cited, committee, commune_letterhead

if TYPE_CHECKING:
    from ..models import CopyRequest

ARTICLE = "Điều 25 Nghị định 30/2020/NĐ-CP"
_FILE_LINE = "Lưu: VT"
_NOBODY = SignatureBlock((), "")


def content(asked: CopyRequest, block: SignatureBlock | None = None) -> Content:
    """The copy asked for; ``block`` is who signs it by hand."""
    return Content(
        kind=asked.kind,
        letterhead=commune_letterhead(asked.commune),
        subject=subject(asked.original),
        body=(),
        signature=block or _NOBODY,
        recipients=recipients(asked.recipients),
        issued_by=committee(asked.commune),
        copied=_copied(asked),
    )


def subject(original: Document) -> str:
    """ "Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026 của Ủy ban nhân dân xã …"."""
    return f"{cited(original, KINDS[original.kind].name)} của {original.issuer.name}"


def short(original: Document) -> str:
    """ "Quyết định số 31/QĐ-UBND"."""
    return f"{KINDS[original.kind].name} số {original.reference}"


def recipients(typed: str) -> tuple[str, ...]:
    """The lines typed, and the file line."""
    lines = (line.strip(" -;.\t") for line in typed.splitlines())
    return (*(line for line in lines if line and line != _FILE_LINE), _FILE_LINE)


def _copied(asked: CopyRequest) -> Copied:
    if asked.scans:
        return Copied(scans=tuple(Scan(sha256) for sha256 in asked.scans))
    if asked.kind != "extract":
        return documents.copied_text(asked.original)
    return documents.copied_text(asked.original, asked.places, asked.annexes)


def refuse_uncopied(original: Document, kind: str, medium: str) -> None:
    """Raise :class:`Refusal` for a copy the decree does not know of this document."""
    found: list[Any] = documents.ways_to_copy(original)
    if not found:
        raise refused(original)
    if (kind, medium) not in {(way.kind, way.medium) for way in found}:
        raise Refusal(_t("Văn bản này không sao theo hình thức ấy được."), ARTICLE)


def refused(original: Document) -> Refusal:
    """Why no copy of a document is made here: with the article where the decree forbids it."""
    if original.state != "released" or original.number is None:
        return Refusal(_t("Chỉ sao văn bản đã phát hành."), ARTICLE)
    if KINDS[original.kind].copy:
        return Refusal(_t("Văn bản này là bản sao. Ông/bà sao từ văn bản gốc."), ARTICLE)
    return Refusal(_t("Văn bản này không sao ở đây được."))


def nothing_taken() -> str:
    """The sentence for a trích sao that takes nothing of the body."""
    return _t("Trích sao: chọn ít nhất một phần của nội dung; phụ lục đi kèm phần ấy.")
