"""What is inside the file: signature fields, tags, fonts, the QR code."""

import dataclasses
import datetime
import io
from xml.etree import ElementTree

import pypdfium2
import pytest
import segno
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.model import SignatureBlock
from documents.rendering.pdf import render

from . import samples
from .samples import DECISION, ISSUED, PROPOSAL, SENT, SUBMISSION, SUBMITTED

POINTS = 72 / 25.4


def root_of(data):
    return PdfFileReader(io.BytesIO(data)).root


def form_fields(data):
    listed = [item.get_object() for item in root_of(data)["/AcroForm"]["/Fields"]]
    return {str(field["/T"]): field for field in listed}


# -- signature fields ------------------------------------------------------------------------------


def test_a_sealed_document_waits_for_two_signatures_and_the_others_for_one():
    assert list(form_fields(render(DECISION, ISSUED))) == ["Signer", "Seal"]
    assert list(form_fields(render(SUBMISSION, SUBMITTED))) == ["Signer"]
    assert "/AcroForm" not in root_of(render(DECISION, ISSUED, signature_fields=False))
    assert "/AcroForm" not in root_of(render(PROPOSAL, SENT, draft=True))


def test_fields_are_empty_signature_fields_with_a_spoken_name_and_a_tag():
    data = render(DECISION, ISSUED)
    assert root_of(data)["/AcroForm"]["/SigFlags"] == 3
    parents = list(root_of(data)["/StructTreeRoot"]["/ParentTree"]["/Nums"])
    tagged = dict(zip(parents[::2], parents[1::2], strict=True))
    for name, field in form_fields(data).items():
        assert (field["/FT"], "/V" in field) == ("/Sig", False)
        assert "Chữ ký số" in field["/TU"]
        element = tagged[field["/StructParent"]].get_object()
        assert element["/S"] == "/Form"
        assert str(element["/K"]["/Obj"]["/T"]) == name


def test_signer_is_centred_between_position_and_name_and_the_seal_covers_its_left_third(draw):
    document = draw(DECISION, ISSUED)
    name, position = document.find("Trần Quốc Hưng"), document.find("PHÓ CHỦ TỊCH")
    signer, seal = (
        [float(value) / POINTS for value in field["/Rect"]]
        for field in form_fields(document.data).values()
    )
    assert (signer[0] + signer[2]) / 2 == pytest.approx((name.x0 + name.x1) / 2, abs=0.5)
    assert 297 - signer[3] >= position.bottom
    assert 297 - signer[1] <= name.top
    assert [seal[2] - seal[0], seal[3] - seal[1]] == pytest.approx([36, 36], abs=0.1)
    third = signer[0] + (signer[2] - signer[0]) / 3
    assert seal[2] == pytest.approx(third, abs=0.1)
    assert seal[1] + seal[3] == pytest.approx(signer[1] + signer[3], abs=0.1)


def throw_away_signer(name):
    """A signer with a key and a self-signed certificate made on the spot."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    encoded = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(
            certificate.public_bytes(serialization.Encoding.DER)
        ),
        signing_key=asn1_keys.PrivateKeyInfo.load(encoded),
        cert_registry=SimpleCertificateStore(),
    )


def sign(data, signer, field, *, certify):
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    signing = signers.PdfSigner(metadata, signer=signer)
    return signing.sign_pdf(writer, existing_fields_only=True).getvalue()


def verdicts(data, *trusted):
    trust = [signer.signing_cert for signer in trusted]
    return {
        signature.field_name: validate_pdf_signature(
            signature, ValidationContext(trust_roots=trust, allow_fetching=False)
        ).bottom_line
        for signature in PdfFileReader(io.BytesIO(data)).embedded_signatures
    }


def test_the_chairman_certifies_and_the_seal_follows():
    chairman, office = throw_away_signer("Chủ tịch"), throw_away_signer("UBND xã")
    prepared = render(DECISION, ISSUED)
    certified = sign(prepared, chairman, "Signer", certify=True)
    sealed = sign(certified, office, "Seal", certify=False)
    assert sealed.startswith(certified)
    assert certified.startswith(prepared)
    assert verdicts(sealed, chairman, office) == {"Signer": True, "Seal": True}
    # The same file, with one byte of the first revision changed, or judged without trust.
    middle = len(prepared) // 2
    changed = sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]
    assert verdicts(changed, chairman, office)["Signer"] is False
    assert verdicts(sealed, office) == {"Signer": False, "Seal": True}


# -- archive and accessibility -------------------------------------------------------------------


def test_the_file_claims_pdf_a_2a_and_pdf_ua_1_in_one_packet():
    root = root_of(render(DECISION, ISSUED))
    packet = ElementTree.fromstring(root["/Metadata"].data)
    rdf = packet.findall("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF")
    assert len(rdf) == 1
    pdfa, pdfua = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
    attributes = {key: value for item in rdf[0] for key, value in item.attrib.items()}
    assert (attributes[f"{pdfa}part"], attributes[f"{pdfa}conformance"]) == ("2", "A")
    assert [element.text for element in rdf[0].iter(f"{pdfua}part")] == ["1"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "vi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def structure(element, tag):
    """The structure elements of a tag, in reading order."""
    if not hasattr(element, "get") or element.get("/Type") == "/OBJR":
        return []
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    found = [hit for kid in kids for hit in structure(kid.get_object(), tag)]
    return [element, *found] if element.get("/S") == tag else found


def test_a_screen_reader_finds_headings_table_headers_and_the_qr_text():
    tree = root_of(render(DECISION, ISSUED))["/StructTreeRoot"]
    assert len(structure(tree, "/H1")) == 1
    assert len(structure(tree, "/H2")) == 1
    assert len(structure(tree, "/TH")) == 4
    assert len(structure(tree, "/Form")) == 2
    (figure,) = structure(tree, "/Figure")
    assert figure["/Alt"] == "Mã QR dẫn đến trang kiểm tra văn bản này"
    assert structure(tree, "/BlockQuote") == []


def test_only_our_own_fonts_are_embedded_whatever_is_written(draw):
    name = "Ngô 王 😀 \u202eTrần\u200b Văn Ả"
    document = draw(dataclasses.replace(DECISION, signature=SignatureBlock(("CHỦ TỊCH",), name)))
    used = {char["fontname"].split("+")[1] for page in document.pages for char in page.chars}
    assert used <= {f"TrinhKySerif{s}" for s in ("", "-Bold", "-Italic", "-Bold-Italic")}
    # Every character our fonts lack, the invisible ones too, is shown as one and the same sign.
    assert "Ngô � � �Trần� Văn Ả" in document.text(1)


def test_the_qr_code_is_the_address_at_its_size(draw):
    document = draw(DECISION, ISSUED)
    strokes = document.pages[0].lines  # one along the middle of every run of dark modules
    left, right = min(s["x0"] for s in strokes), max(s["x1"] for s in strokes)
    first, last = min(s["top"] for s in strokes), max(s["top"] for s in strokes)
    assert 18 <= (right - left) / POINTS <= 20
    expected = segno.make(samples.VERIFY_URL, error="m", boost_error=False, micro=False).matrix
    size, step = range(len(expected)), (right - left) / len(expected)
    assert last - first == pytest.approx(step * (len(expected) - 1), rel=0.01)
    image = pypdfium2.PdfDocument(document.data)[0].render(scale=4).to_pil()

    def dark(row, column):
        x, y = left + (column + 0.5) * step, first + row * step
        return image.getpixel((round(x * 4), round(y * 4)))[0] < 128

    assert [[dark(row, column) for column in size] for row in size] == [
        [bool(module) for module in row] for row in expected
    ]
