"""Whether a file is a spreadsheet that may be opened at all.

A workbook is a ZIP of XML: before anything parses it, its members are counted and unpacked once
under a limit, for what it declares about itself need not be true.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_MEMBERS = 300
MOST_SHEETS = 30
# Every element of parsed XML takes some hundred bytes and, in the styles, much time: a list of two
# thousand people has a tenth of these.
MOST_TAGS = {"xl/worksheets/": 250_000, "xl/sharedStrings.xml": 150_000, "": 30_000}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b")
_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Unreadable(Exception):
    """A file that is not read; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a safe XLSX workbook; False when they may be CSV text.

    Raises :class:`Unreadable` for everything else, each with its own sentence.
    """
    if len(data) > LARGEST_FILE:
        raise Unreadable(
            _("Tệp lớn quá 5 MB. Ông/bà chép riêng danh sách sang tệp mẫu rồi tải lên.")
        )
    if not data.strip():
        raise Unreadable(_("Tệp này trống."))
    if data.startswith(_OLE):
        raise Unreadable(_locked() if _ENCRYPTED in data else _old())
    if data.startswith(b"%PDF-"):
        raise Unreadable(_("Đây là tệp PDF. Ông/bà tải lên tệp bảng tính Excel (.xlsx)."))
    if not data.startswith(b"PK"):
        return False
    _refuse_unsafe(data)
    return True


def _locked() -> str:
    return _("Tệp có mật khẩu. Ông/bà bỏ mật khẩu trong Excel, lưu lại rồi tải lên.")


def _old() -> str:
    return _(
        "Tệp ở dạng Excel cũ (.xls). Ông/bà mở tệp, chọn Lưu thành dạng Excel (.xlsx) rồi tải lên."
    )


def _refuse_unsafe(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_size(archive)
            _refuse_other_formats(archive)
            for name, part in _unpacked(archive):
                _refuse_part(name, part)
    except Unreadable:
        raise
    # What a broken archive raises depends on where it is broken (zipfile, zlib, struct, codecs).
    except Exception as error:
        raise Unreadable(broken()) from error


def broken() -> str:
    """What is said of a file that cannot be read and does not tell why."""
    return _("Tệp hỏng, không mở được. Ông/bà mở bằng Excel, lưu lại rồi tải lên.")


def _refuse_size(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    declared = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or declared > LARGEST_UNPACKED:
        raise Unreadable(_bomb())
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable(_locked())
    odd = any(member.compress_type not in _COMPRESSION for member in members)
    if odd or len({member.filename for member in members}) < len(members):
        raise Unreadable(_not_excel())


def _macros() -> str:
    return _("Tệp có chứa macro. Ông/bà lưu thành dạng Excel thường (.xlsx) rồi tải lên.")


def _bomb() -> str:
    return _(
        "Tệp mở ra lớn bất thường nên không được mở. "
        "Ông/bà chép riêng danh sách sang tệp mẫu rồi tải lên."
    )


def _not_excel() -> str:
    return _("Đây không phải tệp bảng tính Excel (.xlsx). Ông/bà dùng tệp mẫu.")


def _refuse_other_formats(archive: zipfile.ZipFile) -> None:
    members = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in members):
        raise Unreadable(_macros())
    if "xl/workbook.bin" in members:
        raise Unreadable(
            _("Tệp ở dạng .xlsb. Ông/bà chọn Lưu thành dạng Excel (.xlsx) rồi tải lên.")
        )
    if "mimetype" in members or "content.xml" in members:
        raise Unreadable(
            _("Tệp ở dạng .ods. Ông/bà chọn Lưu thành dạng Excel (.xlsx) rồi tải lên.")
        )
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= members:
        raise Unreadable(_not_excel())


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every member with its real bytes; refuses once they exceed what is allowed."""
    total = 0
    for member in archive.infolist():
        with archive.open(member) as file:
            part = file.read(LARGEST_UNPACKED - total + 1)
        total += len(part)
        if total > LARGEST_UNPACKED:
            raise Unreadable(_bomb())
        yield member.filename, part


def _refuse_part(name: str, part: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    most = next(tags for prefix, tags in MOST_TAGS.items() if name.startswith(prefix))
    if part.count(b"<") > most or len(_SHEET.findall(part)) > MOST_SHEETS:
        raise Unreadable(_bomb())
    # A document type can declare entities that grow without bound; Excel writes none.
    if b"<!DOCTYPE" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(_not_excel())
    if name == "[Content_Types].xml" and b"macroEnabled" in part:
        raise Unreadable(_macros())
