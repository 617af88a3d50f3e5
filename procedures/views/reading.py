"""Reading a paper: its pages as pictures, so that an old phone needs no PDF viewer.

The pictures of a page belong to the very PDF that was drawn for it: their address carries the
digest of that PDF. A few PDFs stay on a shelf in memory between the page and its pictures.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image

from documents import service as documents
from documents.errors import DocumentRefused
from workflows.errors import Refusal

from .. import access, papers
from ..issuing import signers, signing
from ..models import Dossier
from . import pages

WIDTH = 1100
_COLOURS = 32  # black, the blue of ink, the red of a seal, and the steps between
_SHELF_SIZE = 32
_SCANS = {b"\xff\xd8": ("jpg", "image/jpeg"), b"\x89P": ("png", "image/png")}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Pillow calls a broken PNG a SyntaxError.
_BROKEN = (RuntimeError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)
_shelf: OrderedDict[tuple[int, str, str], list[bytes]] = OrderedDict()


@dataclass(frozen=True)
class Reading:
    """A paper as a person reads it now: digest of the PDF, its page numbers, or why not."""

    kind: str
    digest: str = ""
    numbers: tuple[int, ...] = ()
    refusal: Refusal | None = None


def reading_of(dossier: Dossier, kind: str, request: HttpRequest) -> Reading:
    """Draw the paper and put its pictures on the shelf."""
    digest = ""
    try:
        whole = [signing.preview(dossier, kind, request.user), *signing.annexes(dossier, kind)]
        digest = hashlib.sha256(b"".join(whole)).hexdigest()[:16]
        images = _shelved(dossier, kind, digest, whole)
    except (Refusal, DocumentRefused) as refused:
        return Reading(kind, digest, refusal=Refusal(refused.sentence))
    return Reading(kind, digest, tuple(range(1, len(images) + 1)))


def _shelved(dossier: Dossier, kind: str, digest: str, whole: list[bytes]) -> list[bytes]:
    return shelved((dossier.pk, kind, digest), lambda: whole)


def shelved(key: tuple[int, str, str], draw: Callable[[], list[bytes]]) -> list[bytes]:
    """The pictures of the files ``draw`` gives, from the shelf where they lie on it under
    ``key``."""
    if key not in _shelf:
        _shelf[key] = [image for file in draw() for image in _pictures(file)]
        while len(_shelf) > _SHELF_SIZE:
            _shelf.popitem(last=False)
    return _shelf[key]


def _pictures(data: bytes) -> list[bytes]:
    """The pages of a PDF, or the one page of a scanned picture, as PNG.

    Raises :class:`Refusal` for a file that cannot be drawn: a scan is kept as it was handed in.
    """
    try:
        whole = documents.page_images(data, width_px=WIDTH) if data[:5] == b"%PDF-" else [data]
        return [_lighter(image) for image in whole]
    except _BROKEN as broken:
        raise Refusal(
            _("Không xem được tệp này trên trang. Ông/bà tải về để mở bằng chương trình khác.")
        ) from broken


def _lighter(image: bytes) -> bytes:
    """A page in few colours: a quarter of the bytes, for a phone at the end of the valley."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(image)) as page:
        page.thumbnail((WIDTH, 3 * WIDTH))
        few = page.convert("RGB").quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
        few.save(out, "PNG")
    return out.getvalue()


@require_safe
def read(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One paper, page by page."""
    dossier = access.dossier_for(request.user, pk)
    paper = dossier.paper(kind)
    draft = kind != "proposal" and (paper is None or paper.state in signing.DRAFTED)
    reading = reading_of(dossier, kind, request)
    return pages.page(
        request, "read.html", dossier, reading=reading, paper=paper, kind=kind, draft=draft
    )


@require_safe
def picture(request: HttpRequest, pk: int, kind: str, digest: str, number: int) -> HttpResponse:
    """One page as PNG. A picture of another version than the one asked for is never shown."""
    dossier = access.dossier_for(request.user, pk)
    images = _shelf.get((dossier.pk, kind, digest))
    if images is None and reading_of(dossier, kind, request).digest == digest:
        images = _shelf.get((dossier.pk, kind, digest))
    if images is None or not 1 <= number <= len(images):
        raise Http404
    return private(HttpResponse(images[number - 1], content_type="image/png"))


@require_safe
def preview(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The very file that is shown: a PDF, or a scan as it was handed in."""
    dossier = access.dossier_for(request.user, pk)
    try:
        data = signing.preview(dossier, kind, request.user)
    except (Refusal, DocumentRefused):
        raise Http404 from None
    end, media_type = _SCANS.get(data[:2], ("pdf", "application/pdf"))
    return attached(data, f"{kind}-{dossier.pk}.{end}", media_type)


@require_safe
def draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """What would be signed, to go on with in a word processor; a signed paper is read as PDF."""
    dossier = access.dossier_for(request.user, pk)
    try:
        data = signing.draft_docx(dossier, kind, request.user)
    except Refusal:
        raise Http404 from None
    return attached(data, f"du-thao-{kind}-{dossier.pk}.docx", _DOCX)


@require_safe
def printout(request: HttpRequest, pk: int, kind: str, signer: int) -> HttpResponse:
    """The PDF to print and sign with ink by one of those able to: number and day blank."""
    dossier = access.dossier_for(request.user, pk)
    able = {capacity.user.pk: capacity for capacity in signers.able_to_sign(dossier, kind)}
    if signer not in able or dossier.is_final:
        raise Http404
    block = signers.signature_block(dossier.kind_of(kind), able[signer])
    content = papers.content(kind, dossier, block)
    data = documents.blank_print(content, dossier.series(kind), timezone.localdate())
    return attached(data, f"{kind}-{dossier.pk}-de-ky.pdf", "application/pdf")


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The best file of a document: sealed, else signed, else scan."""
    document = access.document_for(request.user, pk)
    try:
        file = documents.download(document)
    except DocumentRefused:
        raise Http404 from None
    return attached(file.data, file.name, file.media_type)


@require_safe
def annex(request: HttpRequest, pk: int, ordinal: int) -> HttpResponse:
    """An annex of a document that stands in a file of its own."""
    document = access.document_for(request.user, pk)
    try:
        file = documents.annex_download(document, ordinal)
    except DocumentRefused:
        raise Http404 from None
    return attached(file.data, file.name, file.media_type)


def attached(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to keep, which no cache does."""
    safe = _ascii(name)
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{safe}"'
    return private(response)


def scan(entry: Any, stem: str) -> HttpResponse:
    """The scanned paper of an entry made from one; 404 where it was entered without, or the file
    is gone."""
    if not entry.scan:
        raise Http404
    try:
        file = documents.read_scan(entry.scan)
    except DocumentRefused:
        raise Http404 from None
    return attached(file.data, f"{stem}.{entry.scan.rpartition('.')[2]}", file.media_type)


def _ascii(name: str) -> str:
    """A file name any phone and any shell can keep: "05-QĐ-UBND.pdf" -> "05-QD-UBND.pdf"."""
    plain = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^A-Za-z0-9._-]+", "", plain).strip(".") or "van-ban.pdf"


def private(response: HttpResponse) -> HttpResponse:
    # Papers name people: neither a proxy nor a shared phone keeps a copy.
    response["Cache-Control"] = "private, no-store"
    return response
