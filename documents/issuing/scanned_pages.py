"""Pages of an original as pictures, one JPEG per page: what a scanner gave, for an electronic copy,
or an electronic file drawn to be printed.

A digitised copy is in colour, at 200 dpi or more and at the size of the paper (Decree 30/2020,
Phụ lục I, Phần II): a page that is not is refused with what to change at the scanner.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from .. import files
from ..errors import ScanRefused
from ..rendering.scanned import A4_AT_200_DPI, is_a4, is_wide
from .on_paper import LARGEST_SCAN
from .reading import PDFIUM

MOST_PAGES = 40
# What leaves room for the signature in the 20 MB of a file that can be handed in to be checked.
LARGEST_PAGES = 18 * 2**20
DPI = 200
_A4 = (595, 842)  # points
_EDGE = 15  # points by which a sheet may be cut
_RATIO, _SKEW = 297 / 210, 0.03
_COLOUR_BITS = 24
_QUALITY = 88


def scanned_pages(uploads: Iterable[bytes]) -> list[bytes]:
    """The pages of the files handed in (PDF, JPEG or PNG), in order, as JPEG.

    Raises :class:`~documents.errors.ScanRefused` for a broken file, one that holds no scans,
    more than 40 pages or 20 MB, pages that come to more than 18 MB, and a page that is not in
    colour, A4, at 200 dpi.
    """
    given = list(uploads)
    if sum(map(len, given)) > LARGEST_SCAN:
        raise ScanRefused(_("Bản quét quá lớn; tối đa 20 MB."))
    pages: list[bytes] = []
    try:
        for data in given:
            pages += _pages(data, MOST_PAGES - len(pages))
    # Pillow calls a broken PNG a SyntaxError.
    except (OSError, ValueError, RuntimeError, SyntaxError) as broken:
        raise ScanRefused(
            _("Tệp quét hỏng, không mở được. Ông/bà quét lại rồi chọn tệp mới.")
        ) from broken
    if not pages:
        raise ScanRefused(_("Chọn tệp quét các trang của bản giấy."))
    if sum(map(len, pages)) > LARGEST_PAGES:
        raise ScanRefused(
            _("Các trang quét quá lớn, hơn %(most)d MB; ông/bà sao thành nhiều bản.")
            % {"most": LARGEST_PAGES // 2**20}
        )
    return pages


def printed_pages(data: bytes) -> list[bytes]:
    """The pages of an electronic original as they come out of a printer on A4, signatures drawn, as
    JPEG. Takes time: call outside any transaction.

    Raises :class:`~documents.errors.ScanRefused` for more than 40 pages, or a broken file.
    """
    import pypdfium2

    try:
        with PDFIUM, pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise _too_many()
            document.init_forms()
            return [_printed(page) for page in document]
    except RuntimeError as broken:
        raise ScanRefused(_("Tệp của bản gốc hỏng, không mở được.")) from broken


def _printed(page: Any) -> bytes:
    """On a white A4 sheet, made smaller where it is larger than that: before it is drawn, for a
    page may claim to be as large as a field."""
    from PIL import Image

    size = _sheet(page.get_size())
    # A sheet larger by a hair is cut by that hair.
    fits = min((dots + _EDGE) / side for dots, side in zip(size, page.get_size(), strict=True))
    drawn = page.render(scale=min(DPI / 72, fits)).to_pil().convert("RGB")
    sheet = Image.new("RGB", size, "white")
    sheet.paste(drawn, (0, 0))
    return _stored(sheet)


def keep_pages(pages: Iterable[bytes]) -> list[str]:
    """Store the pages, each under its own SHA-256; returns these."""
    return [files.sha256_of(page) for page in pages if files.keep_scan(page)]


def _too_many() -> ScanRefused:
    return ScanRefused(
        _("Bản quét có hơn %(most)d trang; ông/bà sao thành nhiều bản.") % {"most": MOST_PAGES}
    )


def _pages(data: bytes, most: int) -> Iterator[bytes]:
    kind = files.extension_of(data)
    if most < 1:
        raise _too_many()
    if kind == "pdf":
        yield from _pages_of_pdf(data, most)
    elif kind:
        yield _picture(data)
    else:
        raise ScanRefused(_("Bản quét phải là tệp PDF, JPEG hoặc PNG."))


def _picture(data: bytes) -> bytes:
    """A page a scanner stored as a picture; one that is a JPEG already stays as it is."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.load()
            upright = ImageOps.exif_transpose(image)
            turned = upright.size != image.size
    except Image.DecompressionBombError as bomb:
        raise ValueError("too many dots") from bomb
    if upright.mode not in ("RGB", "RGBA", "P", "CMYK"):
        raise _refused(_("Trang quét không có màu: ông/bà chọn quét màu."))
    short, long = sorted(upright.size)
    if abs(long / short / _RATIO - 1) > _SKEW:
        raise _refused(_not_a4())
    if not is_a4(upright.size):
        raise _too_coarse(short / A4_AT_200_DPI[0] * DPI)
    if image.format == "JPEG" and upright.mode == "RGB" and not turned:
        return data
    return _jpeg(upright)


def _pages_of_pdf(data: bytes, most: int) -> Iterator[bytes]:
    import pypdfium2

    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        if len(document) > most:
            raise _too_many()
        for page in document:
            _refuse_unscanned(page)
            yield _jpeg(page.render(scale=DPI / 72).to_pil())


def _refuse_unscanned(page: Any) -> None:
    """The page must be one picture of a sheet; what it is drawn at is never more than that was."""
    from pypdfium2 import raw

    size = page.get_size()
    if any(abs(a - b) > _EDGE for a, b in zip(sorted(size), _A4, strict=True)):
        raise _refused(_not_a4())
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    known = [item.get_metadata() for item in found]
    largest = max(known, key=lambda told: told.width * told.height, default=None)
    if largest is None:
        raise _refused(_("Tệp này không phải bản quét từ giấy: trang không có ảnh quét."))
    # Of a page that is turned the picture may lie otherwise than the page.
    sides = zip(sorted((largest.width, largest.height)), sorted(size), strict=True)
    dots = min(dots / points for dots, points in sides) * 72
    if dots + 1 < DPI:
        raise _too_coarse(dots)
    if largest.bits_per_pixel < _COLOUR_BITS:
        raise _refused(_("Trang quét không có màu: ông/bà chọn quét màu."))


def _sheet(size: tuple[float, float]) -> tuple[int, int]:
    """The dots of an A4 page that lies as a picture or page of this size does."""
    short, long = A4_AT_200_DPI
    return (long, short) if is_wide(size) else (short, long)


def _jpeg(image: Any) -> bytes:
    from PIL import Image

    plain = image.convert("RGB")
    wanted = tuple(max(a, b) for a, b in zip(plain.size, _sheet(plain.size), strict=True))
    # A sheet cut by a hair at the edge is stretched by that hair, not judged by it.
    page = plain if plain.size == wanted else plain.resize(wanted, Image.Resampling.LANCZOS)
    return _stored(page)


def _stored(page: Any) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_QUALITY, dpi=(DPI, DPI))
    return out.getvalue()


def _not_a4() -> str:
    return _("Trang quét không phải khổ A4: ông/bà quét cả trang, tỷ lệ 100%.")


def _too_coarse(dots: float) -> ScanRefused:
    return _refused(
        _("Trang quét chỉ có %(dots)d dpi; bản sao điện tử cần từ 200 dpi: ông/bà quét lại.")
        % {"dots": round(dots)}
    )


def _refused(sentence: str) -> ScanRefused:
    return ScanRefused(sentence)
