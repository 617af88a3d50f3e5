"""What CSS cannot say: the claim of PDF/UA-1 and the signature fields, put into the PDF that
WeasyPrint has drawn. Import this module only where a document is rendered: it loads its writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf

_PDFUA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description></rdf:RDF>"""


def finish(document: Any, pdf: Any, *, fields: Mapping[str, str]) -> None:
    """The last hand on ``pdf`` (pydyf's), drawn from ``document`` (WeasyPrint's). ``fields``: the
    names of the signature fields in their order, and what a screen reader says of each."""
    _claim_accessibility(pdf)
    if fields:
        _add_signature_fields(document, pdf, fields)
    pdf.objects[:] = map(_Written, pdf.objects)


def _claim_accessibility(pdf: Any) -> None:
    """Add PDF/UA-1 to the XMP packet: WeasyPrint writes one variant, an archive wants both."""
    packet = _object(pdf, pdf.catalog["Metadata"])
    packet.stream = [part.replace(b"</rdf:RDF>", _PDFUA) for part in packet.stream]


def _add_signature_fields(document: Any, pdf: Any, fields: Mapping[str, str]) -> None:
    """Empty, tagged signature fields where the template left their places.

    They must be there before the first signature: a field that signing software adds later would
    change the page structure of a certified document, and would not be tagged.
    """
    # The template marks each place with a <blockquote>, a tag used for nothing else.
    places = [o for o in pdf.objects if isinstance(o, dict) and o.get("S") == "/BlockQuote"]
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        # SignaturesExist and AppendOnly: software then appends instead of rewriting.
        {"Fields": pydyf.Array(), "SigFlags": 3}
    )
    for (name, said), element in zip(fields.items(), places, strict=True):
        widget = _widget(document, pdf, name, said)
        pdf.catalog["AcroForm"]["Fields"].append(widget.reference)
        _tag(pdf, element, widget)


def _widget(document: Any, pdf: Any, name: str, said: str) -> Any:
    """The field and its (empty) appearance, on the page that holds the place ``name``."""
    index, page = next((i, p) for i, p in enumerate(document.pages) if name in p.anchors)
    left, top, right, bottom = (0.75 * value for value in page.anchors[name])  # px to points
    height = 0.75 * page.height
    box = [0, 0, right - left, bottom - top]
    form = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(box)}
    appearance = pydyf.Stream([], form)
    pdf.add_object(appearance)
    pdf_page = _object(pdf, pdf.page_references[index])
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "TU": pydyf.String(said),
            "F": 4,  # printed
            "P": pdf_page.reference,
            "Rect": pydyf.Array([left, height - bottom, right, height - top]),
            "AP": pydyf.Dictionary({"N": appearance.reference}),
        }
    )
    pdf.add_object(widget)
    pdf_page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    return widget


def _tag(pdf: Any, element: Any, widget: Any) -> None:
    """Turn the place's structure element into the form element of its field."""
    element["S"] = "/Form"
    # The reference itself, not an array holding it: pyHanko's comparison of revisions follows
    # only this shape, and would else take the seal for tampering with the first signature.
    element["K"] = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": element["Pg"]})
    numbers = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    widget["StructParent"] = numbers[-2] + 1
    numbers.extend([widget["StructParent"], element.reference])


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are final: the library would make and pack them once for the file and
    again for the digest that names it."""

    data = b""
    compressible = False

    def __init__(self, made: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = made.number, made.generation, made.free
        self.compressible = made.compressible
        self.data = made.data if made.free == "n" else b""
