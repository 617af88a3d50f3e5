"""Forgeries of the signature itself, known from the studies of signed PDFs: the value or its range
taken away or bent (USF), a signature wrapped around other content (SWA), bytes before and after."""

import asyncio
import hashlib
import io
import re

import pytest
from django.db import transaction
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner

from documents import service
from documents.models import Purpose
from documents.signing import pades
from documents.verification.answer import Outcome, answer

from .forger import Desk
from .increments import WHITE, added, entries, overlay
from .office import DEPUTY, PASSPHRASE
from .test_attacks import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Desk(None, None)
        transaction.set_rollback(True)


def last(data, pattern):
    [*_others, found] = re.finditer(pattern, data)
    return found


def put(data, found, value):
    """The match replaced in place; what follows keeps its position."""
    assert len(value) <= len(found[0])
    return data[: found.start()] + value.ljust(len(found[0])) + data[found.end() :]


RANGE = rb"/ByteRange \[([0-9 ]+)\]"
VALUE = rb"/Contents <([0-9A-F]+)>"


def ranged(bend):
    def change(desk):
        found = last(desk.data, RANGE)
        numbers = [int(number) for number in found[1].split()]
        text = " ".join(str(number) for number in bend(*numbers)).encode()
        return put(desk.data, found, b"/ByteRange [" + text + b"]")

    return change


def valued(value):
    return lambda desk: put(desk.data, last(desk.data, VALUE), value)


def renamed_key(old, new):
    return lambda desk: desk.data.replace(old, new)


def trailing(desk):
    """Data of one's own in the room behind the value."""
    found = last(desk.data, VALUE)
    hidden = b"48656C6C6F"
    return put(desk.data, found, found[0][: -len(hidden) - 1] + hidden + b">")


def without_end(desk):
    found = last(desk.data, VALUE)
    return put(desk.data, found, b"/Contents <" + found[1][:200].ljust(len(found[1]), b"0") + b">")


def wrapped(desk):
    """Other content between the value and the second range, which is told to begin later."""
    found = last(desk.data, RANGE)
    start, first, second, rest = (int(number) for number in found[1].split())
    more = b"\n9999 0 obj\n<</Type /Page>>\nendobj\n"
    bent = put(
        desk.data, found, b"/ByteRange [%d %d %d %d]" % (start, first, second + len(more), rest)
    )
    return bent[:second] + more + bent[second:]


def used_again(desk):
    """The agency's value copied into a new dictionary, over a page of the forger's."""
    value = last(desk.data, VALUE)[1]
    numbers = [int(number) for number in last(desk.data, RANGE)[1].split()]

    def change(writer):
        overlay(writer)
        copied = entries(
            Type=generic.NameObject("/Sig"),
            Filter=generic.NameObject("/Adobe.PPKLite"),
            SubFilter=generic.NameObject("/ETSI.CAdES.detached"),
            ByteRange=generic.ArrayObject([generic.NumberObject(number) for number in numbers]),
            Contents=generic.ByteStringObject(bytes.fromhex(value.decode())),
        )
        reference = writer.add_object(copied)
        for entry in writer.root["/AcroForm"]["/Fields"]:
            if entry.get_object()["/T"] == "Seal":
                entry.get_object()[generic.NameObject("/V")] = reference
                writer.mark_update(entry)

    return added(desk.data, change)


def gapped(desk):
    """The seal made anew with the agency's own key over ranges that leave out a part of the file:
    what stands there may be exchanged later."""
    found = last(desk.data, RANGE)
    start, first, second, rest = (int(number) for number in found[1].split())
    bent = put(desk.data, found, b"/ByteRange [%d %d %d %d]" % (start, first - 4000, second, rest))
    digest = hashlib.sha256(bent[: first - 4000] + bent[second : second + rest]).digest()
    signed = asyncio.run(desk.seal.async_sign(digest, "sha256", use_pades=True))
    value = last(bent, VALUE)
    text = signed.dump().hex().upper().encode().ljust(len(value[1]), b"0")
    return put(bent, value, b"/Contents <" + text + b">")


def weak(desk):
    """The right key over SHA-1, for which other content with the same digest can be found."""
    told = PdfSignatureMetadata(
        field_name="Signer",
        md_algorithm="sha1",
        certify=True,
        reason=f"SHA-256 nội dung: {desk.decision.content_digest}",
        contact_info=service.public_url(desk.decision),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(desk.base))
    row = pades.active_key(DEPUTY.key, Purpose.SIGNER)
    stock = SimpleSigner.load_pkcs12_data(bytes(row.pkcs12), [], PASSPHRASE.encode())
    signed = PdfSigner(told, stock).sign_pdf(writer, existing_fields_only=True)
    return sealed(signed.getvalue(), desk.decision, desk.seal)


def encrypted(desk):
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(desk.data)))
    writer.encrypt("x", "")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_table(desk):
    """An increment with a table of the old kind, as a text editor writes it: the page replaced."""
    reader = PdfFileReader(io.BytesIO(desk.data))
    page = reader.root["/Pages"]["/Kids"].raw_get(0).idnum
    size, before = int(reader.trailer["/Size"]), reader.last_startxref
    made = b"%d 0 obj\n<</Type /Page /MediaBox [0 0 595 842] /Resources <<>>>>\nendobj\n" % page
    position = len(desk.data) + len(made)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (page, len(desk.data))
    root = reader.trailer.raw_get("/Root").idnum
    trailer = b"trailer\n<</Size %d /Root %d 0 R /Prev %d>>\n" % (size, root, before)
    return desk.data + made + table + trailer + b"startxref\n%d\n%%%%EOF\n" % position


def circular(desk):
    """A table that names itself as the one before."""
    position = len(desk.data)
    table = b"xref\n0 1\n0000000000 65535 f \n"
    trailer = b"trailer\n<</Size 9 /Root 1 0 R /Prev %d>>\n" % position
    return desk.data + table + trailer + b"startxref\n%d\n%%%%EOF\n" % position


def deep(desk):
    nested = b"[" * 50_000 + b"]" * 50_000
    return desk.data + b"9999 0 obj\n" + nested + b"\nendobj\nstartxref\n0\n%%EOF\n"


def huge(desk):
    """An object of many numbers hung into the catalogue."""

    def change(writer):
        numbers = generic.ArrayObject([generic.NumberObject(0)] * 20_000)
        writer.root[generic.NameObject("/PieceInfo")] = writer.add_object(numbers)
        writer.update_root()

    return added(desk.data, change)


def two_values(desk):
    """A key twice in one dictionary: readers differ in which they believe."""
    found = last(desk.data, rb"/Reason \(")
    return desk.data[: found.start()] + b"/Reason (x)" + desk.data[found.start() :]


BROKEN = "Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký hỏng."
UNREAD = "Tệp PDF bị hỏng hoặc đã bị sửa nên không đọc được trọn vẹn."
LOCKED = "Tệp PDF bị khóa hoặc mã hóa nên không kiểm tra được; văn bản gốc không bị khóa."
TAKEN = "Tệp không có chữ ký số của người có thẩm quyền."
DIGEST = "Mã SHA-256 của tệp không trùng với bản lưu nào."
INSERTED = "Sau khi ký, tệp bị chèn thêm nội dung ngoài chữ ký."
UNCOVERED = (
    "Chữ ký (UBND xã Tam Quang (thử nghiệm)) không phủ hết tệp: phần bỏ ra có thể đã bị thay."
)
WEAK = "Chữ ký (Trần Quốc Hưng (thử nghiệm)) dùng thuật toán đã yếu, không còn được tin."
FORGED = {
    "value empty": (valued(b"/Contents <>"), UNREAD),
    "value zero": (valued(b"/Contents <00>"), UNREAD),
    "value null": (valued(b"/Contents null"), UNREAD),
    "value cut": (without_end, UNREAD),
    "value taken": (renamed_key(b"/Contents <", b"/Kontents <"), UNREAD),
    "range taken": (renamed_key(b"/ByteRange", b"/ByteRanga"), UNREAD),
    "range of nothing": (ranged(lambda *_: (0, 0, 0, 0)), BROKEN),
    "range negative": (ranged(lambda a, b, c, d: (0, -1, c, 9)), BROKEN),
    "range of three": (ranged(lambda a, b, c, d: (a, b, c)), BROKEN),
    "range twice": (ranged(lambda a, b, c, d: (0, 9, 0, 9)), BROKEN),
    "range past the end": (ranged(lambda a, b, c, d: (a, b, c, 999)), BROKEN),
    "trailing data": (trailing, DIGEST),
    "wrapped": (wrapped, UNREAD),
    "used again": (used_again, INSERTED),
    "gap": (gapped, UNCOVERED),
    "weak digest": (weak, WEAK),
    "junk before": (lambda desk: b"#!/bin/sh\n" + desk.data, UNREAD),
    "junk after": (lambda desk: desk.data + b"\n" + WHITE, DIGEST),
    "prepared again below": (lambda desk: desk.data + desk.base, TAKEN),
    "encrypted": (encrypted, LOCKED),
    "table of the old kind": (by_table, INSERTED),
    "circular": (circular, UNREAD),
    "deep": (deep, UNREAD),
    "huge": (huge, INSERTED),
    "key twice": (two_values, UNREAD),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_signature_is_refused_with_a_sentence(desk, name):
    make, sentence = FORGED[name]
    given = answer(make(desk), desk.decision)
    assert (given.outcome, given.why) == (Outcome.INVALID, sentence)
