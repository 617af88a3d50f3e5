"""Copies made through the doors of the documents, and pages as a scanner gives them."""

import functools
import hashlib
import io

from django.db import transaction
from PIL import Image, ImageDraw

from documents import service
from documents.model import Content, Copied, Letterhead, Scan, SignatureBlock
from documents.registry.numbering import joint_symbol

from .office import ANCHOR, DEPUTY, PASSPHRASE

PEN = SignatureBlock(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Quốc Hưng")
NOBODY = SignatureBlock((), "")
A4_200 = (1654, 2339)


@functools.cache
def page(size=A4_200, mode="RGB", kind="JPEG", dpi=200):
    """A page with dark bars where writing would be."""
    image = Image.new(mode, size, "white" if mode != "RGB" else (250, 247, 240))
    pen = ImageDraw.Draw(image)
    for y in range(size[1] // 8, size[1] * 6 // 7, size[1] // 48):
        ink = 90 if mode == "L" else (70, 70, 90)
        pen.rectangle((size[0] // 7, y, size[0] * 13 // 14, y + size[1] // 160), fill=ink)
    out = io.BytesIO()
    image.save(out, kind, **({"resolution": dpi} if kind == "PDF" else {}))
    return out.getvalue()


def copy_of(kind, original, copied, signature=NOBODY):
    """What a copy of a document says."""
    return Content(
        kind=kind,
        letterhead=Letterhead(("ỦY BAN NHÂN DÂN", "XÃ TAM QUANG"), "Tam Quang"),
        subject=f"{original.name} số {original.reference}",
        body=(),
        signature=signature,
        recipients=("Như Điều 3", "Lưu: VT"),
        issued_by="Ủy ban nhân dân xã Tam Quang",
        copied=copied,
    )


class Desk:
    """Where an office makes its copies: one series for all of them."""

    def __init__(self, office):
        self.office = office
        self.series = service.ensure_series(office.issuer, joint_symbol("UBND"), "ours")

    def electronic(self, kind, original, pictures=(), **parts):
        """An electronic copy, sealed and released: of the scanned pages, or drawn up anew."""
        scans = tuple(Scan(hashlib.sha256(data).hexdigest()) for data in pictures)
        copied = Copied(scans=scans) if scans else service.copied_text(original, **parts)
        content = copy_of(kind, original, copied)
        service.keep_pages(pictures)
        sealed = service.seal_copy(
            content, self.series, passphrase=PASSPHRASE, anchor=ANCHOR, pictures=pictures
        )
        with transaction.atomic():
            return service.store_copy(original, self.series, sealed)

    def paper(self, kind, original, date, **parts):
        """A copy printed with the agency's block, signed by hand, sealed and released."""
        return self._by_hand(kind, original, service.copied_text(original, **parts), date)

    def printed(self, kind, original, pictures, date):
        """The same of the pages of an electronic file."""
        scans = tuple(Scan(sha256) for sha256 in service.keep_pages(pictures))
        return self._by_hand(kind, original, Copied(scans=scans), date)

    def _by_hand(self, kind, original, copied, date):
        content = copy_of(kind, original, copied, PEN)
        with transaction.atomic():
            document = service.sign_paper(
                issuer=self.office.issuer, kind=kind, series=self.series, content=content,
                number=None, date=date, signer=DEPUTY, original=original,
            )  # fmt: skip
            return service.release(service.seal_paper(document))
