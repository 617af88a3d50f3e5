"""Software signatures: unlock a key, sign one field of a prepared PDF (PAdES B-B, SHA-256).

The fields stand in the file before the first signature (:mod:`documents.pdf`); the signer's is a
certification that allows form filling only, the agency's seal an incremental update after it
(Decree 30/2020, Phụ lục I.II.7d, II.8; Điều 32.2d). No address is ever fetched.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.content import AppearanceContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .appearance import Drawing
from .errors import SigningRefused
from .models import Purpose, SigningKey

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class LoadedSigner(Signer):  # type: ignore[misc]  # pyHanko's types are not followed
    """Signs with a private key that is already loaded.

    The stock signer parses the key at every call and signs in the dry run too, which costs as
    much as the rendering.
    """

    def __init__(self, key: PrivateKey, certificate: Any, chain: list[Any]) -> None:
        registry = SimpleCertificateStore()
        registry.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=registry, embed_roots=False)
        self._key = key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The raw signature; in a dry run as many zeros as it may take."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            size = self._key.key_size // 8
            return (
                bytes(size)
                if dry_run
                else self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
            )
        # Two integers of the curve's size and nine bytes of DER around them.
        size = 2 * (self._key.key_size // 8) + 9
        return bytes(size) if dry_run else self._key.sign(data, ec.ECDSA(hashes.SHA256()))


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


def active_key(owner_key: str, purpose: Purpose) -> SigningKey:
    """The owner's key for this purpose; :class:`SigningRefused` when he has none."""
    key: SigningKey | None = SigningKey.objects.filter(
        owner_key=owner_key, purpose=purpose, active=True
    ).first()
    if key is None:
        raise SigningRefused(
            _("Chưa có khóa ký số cho người ký này.")
            if purpose == Purpose.SIGNER
            else _("Chưa có chữ ký số của cơ quan.")
        )
    return key


def unlock(key: SigningKey, passphrase: str) -> LoadedSigner:
    """A signer holding the private key.

    Raises :class:`SigningRefused` for a wrong passphrase, an expired or deactivated key, a key
    without private part, or a demo key where those are not allowed.
    """
    _refuse_unusable(key)
    try:
        private, _cert, _others = pkcs12.load_key_and_certificates(
            bytes(key.pkcs12), passphrase.encode()
        )
    except ValueError as error:
        raise SigningRefused(_("Mật khẩu của khóa ký số không đúng.")) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise SigningRefused(_("Loại khóa ký số này chưa dùng được."))
    certificate, *chain = load_certs_from_pemder_data((key.certificate + key.chain).encode())
    return LoadedSigner(private, certificate, chain)


def _refuse_unusable(key: SigningKey) -> None:
    if key.demo and not settings.DEMO_KEYS_ALLOWED:
        raise SigningRefused(_("Khóa thử nghiệm không được dùng ở bản chạy thật."))
    if not key.active or not key.pkcs12:
        raise SigningRefused(_("Khóa ký số này không còn dùng để ký."))
    if key.not_after <= timezone.now():
        raise SigningRefused(
            _("Chứng thư số đã hết hạn ngày %(date)s.")
            % {"date": f"{timezone.localtime(key.not_after):%d/%m/%Y}"}
        )


def sign_field(pdf: bytes, signer: LoadedSigner, says: Statement, picture: Drawing) -> bytes:
    """``pdf`` with one incremental update that signs the field ``says.field``.

    The input stays a prefix of the output byte for byte.
    """
    metadata = PdfSignatureMetadata(
        field_name=says.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=says.certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=says.reason,
        contact_info=says.address,
        location=says.place,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = PdfSigner(metadata, signer, stamp_style=_PictureStyle(picture)).sign_pdf(
        writer, existing_fields_only=True
    )
    signed: bytes = out.getvalue()
    return signed


class _PictureStyle(BaseStampStyle):  # type: ignore[misc]
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
        return place.encode() + drawing.operators + b" Q"

    def as_form_xobject(self) -> Any:
        form = super().as_form_xobject()
        form.compress()
        return form
