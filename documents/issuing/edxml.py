"""A released document with its metadata as edXML, for the office's own document system.

Elements and their order follow QCVN 102:2016/BTTTT as implementations and samples show them; the
standard's own text was not read and no exchange has tried a file of ours. So the kind of document
goes by its name and without the numeric code, over which samples differ, and the priority is left
out where the document carries no urgency mark.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import DocumentRefused
from ..models import Document, Relation, State
from .reading import Download

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_XLINK = "http://www.w3.org/1999/xlink"
_SOAP_NEXT = "http://schemas.xmlsoap.org/soap/actor/next"
_COMPETENCES = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
# BussinessDocType: what this document does to an earlier one, the weightiest first.
_NEW = "0"
_DOES = {
    Relation.Kind.RECALLS: "1",
    Relation.Kind.REPLACES: "3",
    Relation.Kind.AMENDS: "2",
    Relation.Kind.CORRECTS: "2",
}


@dataclass(frozen=True)
class Envelope:
    """One document to hand over: its final file, its receivers by name, its number of pages, and
    the files of its annexes that stand apart."""

    document: Document
    file: Download
    receivers: Sequence[str]
    pages: int
    annexes: Sequence[Download] = ()

    @property
    def files(self) -> Sequence[Download]:
        return (self.file, *self.annexes)


def edxml(envelope: Envelope) -> bytes:
    """The XML file, UTF-8, with the document's file in base64.

    Raises :class:`~documents.errors.DocumentRefused` for a document that is not released.
    """
    document = envelope.document
    if document.state != State.RELEASED or document.date is None:
        raise DocumentRefused(_("Chỉ bàn giao văn bản đã phát hành."))
    for prefix, address in (("edXML", NAMESPACE), ("xlink", _XLINK)):
        ET.register_namespace(prefix, address)
    root = ET.Element(_q("edXML"))
    inner = _add(root, _q("edXMLEnvelope"))
    header = _add(inner, _q("edXMLHeader"))
    _message(_add(header, _q("MessageHeader")), envelope)
    _trace(_add(header, _q("TraceHeaderList")), document)
    _manifest(_add(_add(inner, _q("edXMLBody")), _q("edXMLManifest")), envelope)
    encoded = _add(root, _q("AttachmentEncoded"))
    for file in envelope.files:
        _attachment(_add(encoded, _q("Attachment")), document, file)
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def document_id(document: Document) -> str:
    """``"H40.31.5,2026/03/05,31/QĐ-UBND"``; nothing before the first comma for an office that has
    not entered its code."""
    return f"{document.issuer.organ_id},{_day(document.date)},{document.number}/{document.symbol}"


def _message(message: ET.Element, envelope: Envelope) -> None:
    document, content = envelope.document, envelope.document.says()
    _organ(_add(message, "From"), document.issuer.organ_id, document.issuer.name)
    for name in envelope.receivers:
        _organ(_add(message, "To"), "", name)
    _fields(message, "Code", CodeNumber=str(document.number), CodeNotation=document.symbol)
    place = content.letterhead.place
    _fields(message, "PromulgationInfo", Place=place, PromulgationDate=_day(document.date))
    _fields(message, "DocumentType", TypeName=document.name)
    _add(message, "Subject", content.subject)
    _add(message, "Content")
    competence, position = _capacity(content.signature.lines)
    _fields(
        message, "SignerInfo", Competence=competence, Position=position,
        FullName=content.signature.name,
    )  # fmt: skip
    _add(message, "DueDate")
    places = _add(message, "ToPlaces")
    for line in content.recipients:
        _add(places, "Place", line)
    other = _add(message, "OtherInfo")
    _add(other, "PageAmount", str(envelope.pages))
    annexes = _add(other, "Appendixes")
    for annex in content.annexes:
        _add(annexes, "Appendix", annex.title)
    _add(message, "DocumentId", document_id(document))


def _organ(parent: ET.Element, code: str, name: str) -> None:
    _add(parent, "OrganId", code)
    _add(parent, "OrganName", name)


def _capacity(lines: Iterable[str]) -> tuple[str, str]:
    """``("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")`` -> ``("KT.", "PHÓ CHỦ TỊCH")``: the last form counts."""
    competence, position = "", ""
    for line in lines:
        form = next((form for form in _COMPETENCES if line.startswith(form)), "")
        competence, position = form or competence, line.removeprefix(form).strip()
    return competence, position


def _trace(parent: ET.Element, document: Document) -> None:
    parent.attrib |= {"id": "1", "version": "1.0", "mustUnderstand": "1", "actor": _SOAP_NEXT}
    header = _add(parent, "TraceHeader")
    _add(header, "OrganId", document.issuer.organ_id)
    released = timezone.localtime(document.released)
    _add(header, "Timestamp", f"{released:%Y/%m/%d %H:%M:%S}")
    done = list(document.acts_on.select_related("target__issuer").order_by("pk"))
    does = min((_DOES[Relation.Kind(relation.kind)] for relation in done), default=_NEW)
    business = _add(parent, "Bussiness")
    _add(business, "BussinessDocType", does)
    reason = "; ".join(f"{r.get_kind_display()} {r.target.reference}" for r in done)
    _add(business, "BussinessDocReason", reason)
    _add(business, "DocumentId", document_id(done[0].target if done else document))


def _manifest(manifest: ET.Element, envelope: Envelope) -> None:
    manifest.set("version", "1.0")
    for file in envelope.files:
        reference = _add(manifest, "Reference")
        reference.set(f"{{{_XLINK}}}href", f"cid:{file.sha256}")
        _named(reference, envelope.document, file)
        _add(reference, "AttachmentName", file.name)


def _attachment(attachment: ET.Element, document: Document, file: Download) -> None:
    _named(attachment, document, file)
    _add(attachment, "ContentTransferEncoded", base64.b64encode(file.data).decode())
    _add(attachment, "AttachmentName", file.name)


def _named(parent: ET.Element, document: Document, file: Download) -> None:
    _add(parent, "ContentId", file.sha256)
    _add(parent, "ContentType", file.media_type)
    _add(parent, "Description", document.subject)


def _day(date: datetime.date | None) -> str:
    return f"{date:%Y/%m/%d}" if date else ""


def _fields(parent: ET.Element, tag: str, **values: str) -> None:
    group = _add(parent, tag)
    for name, value in values.items():
        _add(group, name, value)


def _add(parent: ET.Element, tag: str, text: str = "") -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = text or None
    return child


def _q(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
