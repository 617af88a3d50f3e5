"""What others may read of a document: previews, pictures, files.

See :mod:`documents.service`.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import files
from ..errors import DocumentRefused
from ..model import Content, Issue
from ..models import Document, Medium, State
from ..rendering import docx, pdf
from ..verification.case import final_file
from .on_paper import reference_file

# pdfium keeps global state and must not be entered by two threads at once.
PDFIUM = threading.Lock()
# Of a page as it is drawn, in widths of the picture.
_LONGEST = 5
_MOST_SHOWN = 300


@dataclass(frozen=True)
class Download:
    """A file to hand out: its bytes, a file name, its MIME type and SHA-256."""

    data: bytes
    name: str
    media_type: str
    sha256: str


# A draft is read page by page, and by everybody on its road: the same words give the same bytes.
@lru_cache(maxsize=64)
def preview(content: Content) -> bytes:
    """The draft PDF of a content, with blanks for number and date; stores nothing."""
    return pdf.render(content, None, signature_fields=False, draft=True)


def draft_docx(content: Content) -> bytes:
    """The same draft for a word processor, number and date blank; stores nothing."""
    return docx.render(content, None)


def page_images(data: bytes, *, width_px: int) -> list[bytes]:
    """One PNG per page, ``width_px`` wide, signatures drawn as on paper; a page like a ribbon
    comes out narrower. Raises :class:`~documents.errors.DocumentRefused` for more than 300: a small
    file can have ten thousand."""
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        if len(document) > _MOST_SHOWN:
            raise DocumentRefused(
                _("Tệp có hơn %(most)d trang nên không xem được trên trang này. Ông/bà tải về.")
                % {"most": _MOST_SHOWN}
            )
        document.init_forms()
        return [_png(page, width_px) for page in document]


def page_count(data: bytes) -> int:
    """Pages of a PDF; a scanned picture is one."""
    import pypdfium2

    if not data.startswith(b"%PDF-"):
        return 1
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        return len(document)


def _png(page: object, width_px: int) -> bytes:
    out = io.BytesIO()
    width, height = page.get_size()  # type: ignore[attr-defined]
    # A page a point wide would otherwise be drawn a thousand times its length.
    scale = min(width_px / width, _LONGEST * width_px / height)
    page.render(scale=scale).to_pil().save(out, "PNG")  # type: ignore[attr-defined]
    return out.getvalue()


def file_of(document: Document) -> bytes:
    """The best file of a document: sealed, else signed, else scan, else our rendering.

    A recorded paper without number is drawn from its snapshot, to the same bytes each time.
    One issued outside the system has at most its scan. Raises
    :class:`~documents.errors.DocumentRefused`, :class:`~documents.errors.FileDamaged`; may
    render, so call outside any transaction.
    """
    if document.state == State.RECORDED:
        issue = Issue(date=timezone.localdate(document.created))
        return pdf.render(document.says(), issue, signature_fields=False)
    if document.medium == Medium.PAPER:
        reference_file(document)
    stored = final_file(document)
    if stored is None and document.medium == Medium.ELSEWHERE:
        raise DocumentRefused(
            _(
                "Văn bản ban hành ngoài hệ thống, chưa có bản quét; bản gốc lưu tại cơ quan ban "
                "hành."
            )
        )
    if stored is None:
        raise DocumentRefused(_("Văn bản này chưa có tệp."))
    return files.read(stored)


def reference_of(document: Document) -> bytes:
    """Our own rendering of a paper document, whether or not it has a scan."""
    return files.read(reference_file(document))


def download(document: Document, data: bytes | None = None) -> Download:
    """:func:`file_of` (or the ``data`` given) with a file name: ``"05-QĐ-UBND.pdf"``."""
    return _download(document, file_of(document) if data is None else data)


def file_stem(document: Document) -> str:
    """``"05-QĐ-UBND"``: how its files are called."""
    return document.reference.replace("/", "-") or f"{document.kind}-{document.pk}"


def _download(document: Document, data: bytes) -> Download:
    return Download(
        data=data,
        name=f"{file_stem(document)}.{files.extension_of(data)}",
        media_type=files.media_type_of(data),
        sha256=files.sha256_of(data),
    )
