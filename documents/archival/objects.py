"""The file and its objects: header, trailer, fonts, output intent, nothing active (ISO 19005-2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic

from documents.archival.lack import Lack
from documents.archival.opened import Opened, got

_HEADER = re.compile(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}")
# Actions that reach outside the file or change it (6.5.1): a plain link to an address may stand.
_ACTIVE = frozenset(
    [
        "/Launch",
        "/GoToR",
        "/GoToE",
        "/SubmitForm",
        "/ResetForm",
        "/ImportData",
        "/Sound",
        "/Movie",
        "/Rendition",
        "/Trans",
        "/GoTo3DView",
        "/SetOCGState",
        "/Hide",
    ]
)
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def header(opened: Opened) -> Iterator[Lack]:
    """6.1.2: the version, and four bytes that say the file is binary."""
    if not _HEADER.match(opened.data):
        yield Lack(
            "header", _("Đầu tệp không đúng: thiếu phiên bản PDF hoặc dòng đánh dấu nhị phân.")
        )


def end(opened: Opened) -> Iterator[Lack]:
    """6.1.3: nothing after the end, and an identifier in the trailer."""
    last = opened.data.rfind(b"%%EOF")
    if opened.data[last + 5 :].strip(b"\r\n") or len(opened.data) - last > 7:
        yield Lack("end", _("Sau dấu kết thúc tệp (%%EOF) còn dữ liệu."))
    if "/ID" not in opened.reader.trailer:
        yield Lack("identifier", _("Tệp không có mã định danh (ID)."))


def fonts(opened: Opened) -> Iterator[Lack]:
    """6.2.11: every font is in the file, and every glyph is a letter of Unicode (level A)."""
    for font in opened.dictionaries:
        if got(font, "/Type") != "/Font" or str(got(font, "/Subtype", "")).startswith("/CIDFont"):
            continue
        name = {"font": str(got(font, "/BaseFont", "")).lstrip("/")}
        if not _embedded(font):
            yield Lack("font", _("Phông chữ %(font)s không nằm trong tệp.") % name)
        if "/ToUnicode" not in font:
            yield Lack(
                "to-unicode", _("Phông chữ %(font)s không cho biết chữ Unicode (ToUnicode).") % name
            )


def _embedded(font: Any) -> bool:
    if got(font, "/Subtype") == "/Type3":
        return True  # drawn in the file itself
    holders = [item.get_object() for item in got(font, "/DescendantFonts", [])] or [font]
    descriptors = [got(holder, "/FontDescriptor", {}) for holder in holders]
    return all(any(key in descriptor for key in _PROGRAMS) for descriptor in descriptors)


def colour(opened: Opened) -> Iterator[Lack]:
    """6.2.3: what the colours mean stands in the file, as an ICC profile."""
    intents = [item.get_object() for item in got(opened.root, "/OutputIntents", [])]
    meant = [intent for intent in intents if got(intent, "/S") == "/GTS_PDFA1"]
    profiles = [intent["/DestOutputProfile"] for intent in meant if "/DestOutputProfile" in intent]
    if not any(profile.data[36:40] == b"acsp" for profile in profiles):
        yield Lack("output-intent", _("Tệp không có hồ sơ màu (output intent với hồ sơ ICC)."))


def active(opened: Opened) -> Iterator[Lack]:
    """6.5, 6.6: no script, no action that leaves the file, nothing that runs by itself."""
    for item in opened.dictionaries:
        action = str(got(item, "/S", "")) if "/P" not in item else ""  # no structure element
        if action == "/JavaScript" or "/JS" in item:
            yield Lack("javascript", _("Tệp có JavaScript."))
        if action in _ACTIVE:
            yield Lack("action", _("Tệp có hành động bị cấm: %(name)s.") % {"name": action[1:]})
        if "/AA" in item:
            yield Lack("automatic", _("Tệp có hành động tự chạy khi mở hoặc in."))
    names = got(opened.root, "/Names", {})
    if "/JavaScript" in names:
        yield Lack("javascript", _("Tệp có JavaScript."))


def outside(opened: Opened) -> Iterator[Lack]:
    """6.1.7, 6.8: all the file needs is in it, and nothing else is."""
    for item in opened.dictionaries:
        stream = isinstance(item, generic.StreamObject)
        if stream and any(key in item for key in ("/F", "/FFilter", "/FDecodeParms")):
            yield Lack("external", _("Tệp trỏ tới dữ liệu nằm ngoài tệp."))
        if stream and any(name in ("/LZWDecode", "/Crypt") for name in _filters(item)):
            yield Lack("filter", _("Tệp dùng cách nén bị cấm (LZW hoặc Crypt)."))
        if "/EF" in item or got(item, "/Type") == "/EmbeddedFile":
            yield Lack("attachment", _("Tệp có tệp khác đính kèm bên trong."))
        if "/XFA" in item:
            yield Lack("xfa", _("Tệp có biểu mẫu XFA."))


def _filters(stream: Any) -> list[str]:
    value = got(stream, "/Filter", [])
    return [str(name) for name in (value if isinstance(value, list) else [value])]


RULES = (header, end, fonts, colour, active, outside)
