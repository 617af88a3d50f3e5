"""What a signature costs with the key held open, beside pyHanko's own signer.

Each side gets the same prepared PDF, key, certificate, field, picture and statement, and brings
back the file certified, PAdES B-B over SHA-256. Ours is
:func:`documents.signing.pades.sign_field`. Theirs is what a user of the library writes:
``IncrementalPdfFileWriter``, ``PdfSigner`` and a ``SimpleSigner`` made once, as
``SimpleSigner.load_pkcs12`` makes it; neither opens an archive nor derives a key from a passphrase
in the measure.

What the stock side does besides: it parses the key at each signature, for RSA with a check of its
primes (most of its time); it signs once more in a dry run to learn the size; and it builds the CMS
container twice out of objects. Both read the file, write the increment and digest it.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from .timing import Work, compare


def print_signing() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    for name, key in (
        ("RSA-2048", rsa.generate_private_key(65537, 2048)),
        ("P-256", ec.generate_private_key(ec.SECP256R1())),
    ):
        compare(f"ký, khóa {name} đang mở / SimpleSigner của pyHanko", *_signing(key))


def _signing(key: Any) -> tuple[Work, Work]:
    """Ours and pyHanko's way to certify the same file."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    from documents.rendering import pdf
    from documents.signing import appearance, pades
    from tests.documents import samples

    prepared = pdf.render(samples.TWO_PAGES, samples.ISSUED)
    picture = appearance.signature("Trần Quốc Hưng")
    says = pades.Statement(pdf.SIGNER_FIELD, "a" * 64, samples.VERIFY_URL, "Tam Quang", True)
    ours, stock = _signers(key)

    def theirs() -> None:
        metadata = PdfSignatureMetadata(
            field_name=says.field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            reason=says.reason,
            contact_info=says.address,
            location=says.place,
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(prepared))
        style = pades.PictureStyle(picture)
        PdfSigner(metadata, stock, stamp_style=style).sign_pdf(writer, existing_fields_only=True)

    return lambda: pades.sign_field(prepared, ours, says, picture), theirs


def _signers(key: Any) -> tuple[Any, Any]:
    """Ours and pyHanko's, both with this key and one certificate."""
    from asn1crypto.keys import PrivateKeyInfo
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509.oid import NameOID
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from documents.signing.signer import LoadedSigner, SoftwareHand

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Đo thời gian")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    [certificate] = load_certs_from_pemder_data(made.public_bytes(serialization.Encoding.PEM))
    plain = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    stock = SimpleSigner(
        signing_cert=certificate,
        signing_key=PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )
    return LoadedSigner(SoftwareHand(key), key.public_key(), certificate, []), stock
