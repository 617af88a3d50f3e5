"""Pictures of an office's real seal and of a signer's handwritten signature.

Decree 30/2020, Phụ lục I: the seal red, in its real size, PNG with a transparent ground (II.8a);
the signature blue, likewise (II.7d). A seal is 36 mm across; at 300 dpi that is 425 pixels.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from django.utils.translation import gettext as _
from PIL import Image

from .. import files
from ..errors import DocumentRefused
from ..models import Purpose, SigningKey
from .appearance import Drawing

LARGEST = 1_000_000  # bytes
WIDEST = 3000  # pixels
SEAL_PIXELS = 425
SIGNATURE_PIXELS = 200
_SEAL_POINTS = 102.0  # 36 mm
_SIGNATURE_POINTS = 130.0


def checked(data: bytes, purpose: Purpose) -> bytes:
    """The picture without its empty margins, as PNG.

    Raises :class:`DocumentRefused` with what is wrong: no PNG, too big or too small, no
    transparent ground, another colour, a seal that is not round.
    """
    image = _trimmed(_opened(data))
    if purpose == Purpose.SEAL:
        _refuse_seal(image)
    else:
        _refuse_signature(image)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def keep(key: SigningKey, data: bytes) -> SigningKey:
    """Check the picture and store it with the key; see :func:`checked`."""
    key.picture = files.keep_scan(checked(data, Purpose(key.purpose)))
    key.save(update_fields=["picture"])
    return key


def drawing(key: SigningKey) -> Drawing | None:
    """The key's picture in its real size, None when it has none. Raises
    :class:`~documents.errors.FileDamaged` when the stored file is."""
    if not key.picture:
        return None
    image = _opened(files.read_scan(key.picture))
    points = _SEAL_POINTS if key.purpose == Purpose.SEAL else _SIGNATURE_POINTS
    return Drawing(points, points * image.height / image.width, b"", image)


def _opened(data: bytes) -> Image.Image:
    if len(data) > LARGEST:
        raise DocumentRefused(_("Ảnh lớn hơn 1 MB."))
    try:
        image = Image.open(io.BytesIO(data), formats=["PNG"])
        # The size is in the head: a small file may name a picture that fills the memory.
        if max(image.size) > WIDEST:
            raise DocumentRefused(
                _("Ảnh rộng hơn %(size)s điểm ảnh; thu nhỏ lại.") % {"size": WIDEST}
            )
        return image.convert("RGBA")
    # Hostile bytes: whatever the decoder raises means the same.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DocumentRefused(_("Ảnh phải là tệp PNG đọc được.")) from error


def _trimmed(image: Image.Image) -> Image.Image:
    alpha = image.getchannel("A")
    if alpha.getextrema()[0] == 255:
        raise DocumentRefused(_("Nền ảnh phải trong suốt (PNG, Phụ lục I Nghị định 30/2020)."))
    box = alpha.point(lambda value: 255 * (value > 25)).getbbox()
    if box is None:
        raise DocumentRefused(_("Ảnh không có nét nào."))
    return image.crop(box)


def _refuse_seal(image: Image.Image) -> None:
    width, height = image.size
    if min(width, height) < SEAL_PIXELS:
        raise DocumentRefused(
            _("Ảnh con dấu phải rộng ít nhất %(size)s điểm ảnh (36 mm, 300 dpi).")
            % {"size": SEAL_PIXELS}
        )
    if abs(width - height) > 0.05 * max(width, height):
        raise DocumentRefused(_("Ảnh con dấu phải tròn: rộng và cao bằng nhau."))
    if _share(image, lambda red, green, blue: red > 120 and red > 1.5 * max(green, blue)) < 0.9:
        raise DocumentRefused(_("Con dấu phải màu đỏ (Phụ lục I Nghị định 30/2020)."))


def _refuse_signature(image: Image.Image) -> None:
    if image.width < SIGNATURE_PIXELS:
        raise DocumentRefused(
            _("Ảnh chữ ký phải rộng ít nhất %(size)s điểm ảnh.") % {"size": SIGNATURE_PIXELS}
        )
    if _share(image, lambda red, green, blue: blue > 70 and blue > 1.3 * max(red, green)) < 0.9:
        raise DocumentRefused(_("Chữ ký phải màu xanh (Phụ lục I Nghị định 30/2020)."))


def _share(image: Image.Image, fits: Callable[[int, int, int], bool]) -> float:
    """Which part of the drawn pixels has the colour; a thumbnail tells as much."""
    small = image.copy()
    small.thumbnail((150, 150))
    data = small.tobytes()
    drawn = [data[at : at + 3] for at in range(0, len(data), 4) if data[at + 3] > 128]
    return sum(fits(*pixel) for pixel in drawn) / max(len(drawn), 1)
