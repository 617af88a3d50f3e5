"""Sign one field of a prepared PDF: PAdES over SHA-256, as lasting as the evidence allows.

The key is opened by :mod:`documents.signing.keys`, time stamp and revocation lists are brought by
:mod:`documents.signing.evidence`. The fields stand in the file before the first signature
(:mod:`documents.rendering.pdf`); the signer's is a certification that allows form filling only, the
agency's seal an incremental update after it (Decree 30/2020, Phụ lục I.II.7d, II.8; Điều 32.2d).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import pil_image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.stamp import BaseStampStyle

from ..verification.reader import Reader
from .appearance import Drawing
from .evidence import TROUBLE, Evidence, gone
from .keys import active_key, unlock
from .signer import LoadedSigner

__all__ = ["LoadedSigner", "Statement", "active_key", "sign_field", "unlock"]

# Lists go into the revision of the signature itself: one revision less to explain, and a reader
# that knows no increments sees them too.
_LISTS = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)


@dataclass(frozen=True)
class Statement:
    """What goes into the signature dictionary, and so under the signature.

    ``reason`` is the content digest for the signer and the ledger's head for the seal;
    ``address`` is the public address of the document.
    """

    field: str
    reason: str
    address: str
    place: str
    certify: bool = False


def sign_field(
    pdf: bytes,
    signer: LoadedSigner,
    says: Statement,
    picture: Drawing,
    evidence: Evidence | None = None,
) -> bytes:
    """``pdf`` with one incremental update that signs the field ``says.field``: B-B without
    ``evidence``, with it B-T or B-LT as far as it reaches.

    The input stays a prefix of the output byte for byte.
    """
    evidence = evidence or Evidence()
    try:
        return _signed(pdf, signer, says, picture, evidence)
    except TROUBLE:
        if evidence.stamper is None:
            raise
        gone()
        return _signed(pdf, signer, says, picture, evidence.without_stamp())


def _signed(
    pdf: bytes, signer: LoadedSigner, says: Statement, picture: Drawing, evidence: Evidence
) -> bytes:
    metadata = PdfSignatureMetadata(
        field_name=says.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=says.certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=says.reason,
        contact_info=says.address,
        location=says.place,
        validation_context=evidence.context,
        embed_validation_info=evidence.context is not None,
        dss_settings=_LISTS,
    )
    writer = IncrementalPdfFileWriter.from_reader(Reader(pdf))
    out = PdfSigner(
        metadata, signer, timestamper=evidence.stamper, stamp_style=PictureStyle(picture)
    ).sign_pdf(writer, existing_fields_only=True)
    signed: bytes = out.getvalue()
    return signed


class PictureStyle(BaseStampStyle):  # type: ignore[misc]
    """Makes the field's appearance from a drawing; pyHanko's own stamps bring fonts along."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__(border_width=0)
        object.__setattr__(self, "drawing", drawing)

    def create_stamp(self, writer: Any, box: Any, text_params: dict[str, Any]) -> _Picture:
        return _Picture(writer, box, self.drawing)


class _Picture(AppearanceContent):  # type: ignore[misc]
    """A drawing scaled into the field's rectangle, centred, its proportions kept."""

    def __init__(self, writer: Any, box: Any, drawing: Drawing) -> None:
        super().__init__(writer=writer, box=box)
        self._drawing = drawing

    def render(self) -> bytes:
        drawing = self._drawing
        scale = min(self.box.width / drawing.width, self.box.height / drawing.height)
        x = (self.box.width - scale * drawing.width) / 2
        y = (self.box.height - scale * drawing.height) / 2
        place = f"q {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm "
        return place.encode() + (self._image() or drawing.operators) + b" Q"

    def _image(self) -> bytes:
        drawing = self._drawing
        if drawing.image is None:
            return b""
        name = pdf_name("/Picture")
        self.set_resource(ResourceType.XOBJECT, name, pil_image(drawing.image, self.writer))
        return f"{drawing.width:.3f} 0 0 {drawing.height:.3f} 0 0 cm /Picture Do".encode()

    def as_form_xobject(self) -> Any:
        form = super().as_form_xobject()
        form.compress()
        return form
