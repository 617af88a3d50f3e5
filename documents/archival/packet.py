"""What a file says of itself: the XMP packet, language and title (ISO 19005-2, 6.6; 14289-1, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from documents.archival.lack import Lack
from documents.archival.opened import Opened, got

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def _packet(opened: Opened) -> Any | None:
    """The packet's one ``rdf:RDF``; None when there is none, several, or no readable packet."""
    stream = got(opened.root, "/Metadata")
    data = stream.data if stream is not None else b""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None  # a packet has neither, and a parser would unfold them
    try:
        tree = ElementTree.fromstring(data)  # noqa: S314
    except ElementTree.ParseError:
        return None
    found = list(tree.iter(f"{_RDF}RDF"))
    return found[0] if len(found) == 1 else None


def _said(rdf: Any, name: str) -> str:
    """A property, written as an element or as an attribute."""
    for item in rdf:
        if name in item.attrib:
            return str(item.attrib[name])
        child = item.find(name)
        if child is not None:
            return "".join(child.itertext()).strip()
    return ""


def identification(opened: Opened) -> Iterator[Lack]:
    """pdfaid part 2 conformance A; pdfuaid part 1, described as an extension; one packet."""
    rdf = _packet(opened)
    if rdf is None:
        yield Lack("packet", _("Tệp không có đúng một gói siêu dữ liệu XMP đọc được."))
        return
    said = partial(_said, rdf)
    if (said(f"{_PDFA}part"), said(f"{_PDFA}conformance")) != ("2", "A"):
        yield Lack("pdfa", _("Siêu dữ liệu không ghi PDF/A phần 2, mức A."))
    if said(f"{_PDFUA}part") != "1":
        yield Lack("pdfua", _("Siêu dữ liệu không ghi PDF/UA-1."))
    # Signing software writes the same address as a reference.
    described = list(rdf.iter(f"{_SCHEMA}namespaceURI"))
    if not any(_PDFUA[1:-1] in (item.text, item.get(f"{_RDF}resource")) for item in described):
        yield Lack("pdfua-schema", _("Siêu dữ liệu không mô tả lược đồ mở rộng PDF/UA."))


def title(opened: Opened) -> Iterator[Lack]:
    """A title, the same in the packet and the information dictionary, shown by the viewer."""
    rdf = _packet(opened)
    written = _said(rdf, _TITLE) if rdf is not None else ""
    info = got(opened.reader.trailer, "/Info", {})
    if rdf is not None and not written:
        yield Lack("title", _("Siêu dữ liệu không có tên văn bản (dc:title)."))
    elif rdf is not None and "/Title" in info and str(info["/Title"]).strip() != written:
        yield Lack("title-differs", _("Tên văn bản trong XMP và trong Info khác nhau."))
    if not got(got(opened.root, "/ViewerPreferences", {}), "/DisplayDocTitle"):
        yield Lack("display-title", _("Tệp không yêu cầu hiện tên văn bản (DisplayDocTitle)."))


def language(opened: Opened) -> Iterator[Lack]:
    """The language a screen reader speaks."""
    if not str(got(opened.root, "/Lang", "")).strip():
        yield Lack("language", _("Tệp không ghi ngôn ngữ (Lang)."))


RULES = (identification, title, language)
