"""A document's content to its official PDF: Decree 30/2020/NĐ-CP, PDF/A-2a and PDF/UA-1.

The same content and issue give the same bytes on every machine with the same Pango: nothing here
reads a clock, a setting or an installed font. WeasyPrint is imported at the first rendering (about
a second): a server calls :func:`warm` when it starts.
"""

from __future__ import annotations

import atexit
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from documents.kinds import KINDS, Kind
from documents.model import Content, Issue
from documents.rendering.scanned import scanned
from documents.rendering.sheet import annex_sheet, copy_sheet, sheet

# Field names as the signer and the verifier know them, with what a screen reader says.
SIGNER_FIELD = "Signer"
SEAL_FIELD = "Seal"
SECRETARY_FIELD = "Secretary"
_FIELDS = {
    SECRETARY_FIELD: "Chữ ký số của thư ký",
    SIGNER_FIELD: "Chữ ký số của người có thẩm quyền",
    SEAL_FIELD: "Chữ ký số của cơ quan ban hành",
}

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


def render(
    content: Content,
    issue: Issue | None,
    *,
    signature_fields: bool = True,
    draft: bool = False,
    pictures: Sequence[bytes] = (),
) -> bytes:
    """The PDF of one document.

    Without ``issue``, or for a numbered kind with ``issue.number`` None, number and date stay
    blank: a preview, or a print to be signed by hand; the year and the symbol of such an issue
    are printed. ``draft`` leaves them blank too, marks every page and never has signature fields.
    With ``signature_fields`` the empty fields of :func:`fields_of` wait for their signatures.
    ``pictures`` are the scanned pages of an electronic copy, those its content names. Annexes
    apart are left out: :func:`render_annex`. Raises ``KeyError`` for a kind outside the catalogue,
    ``ValueError`` for other pictures.
    """
    kind = KINDS[content.kind]
    fields = fields_of(content, issue) if signature_fields and not draft else []
    if kind.copy and content.copied:
        context = copy_sheet(content, issue, kind) | {"pictures": scanned(content.copied, pictures)}
        context, template = context | {"corner_fields": fields}, _last(content).template
    else:
        context, template = sheet(content, issue, kind, draft=draft), kind.template
        context["fields"] = fields
    return _press().print(render_to_string(template, context), fields, draft)


def _last(content: Content) -> Kind:
    """The kind whose form a copy is printed in: that of what was copied first of all."""
    copied = content.copied
    return _last(copied.content) if copied and copied.content else KINDS[content.kind]


def render_annex(
    content: Content, issue: Issue, position: int, *, signature_fields: bool = True
) -> bytes:
    """The PDF of an annex in a file of its own (Mẫu 2.1, 2.2); ``position`` counts from 0.

    An electronic one has the empty field ``Seal`` at its top right: the agency signs it there,
    without a picture (Phụ lục I.III.1d).
    """
    context = annex_sheet(content, issue, KINDS[content.kind], position)
    fields = [SEAL_FIELD] if signature_fields and context["corner"] else []
    html = render_to_string("documents/official/annex_apart.html", context | {"fields": fields})
    return _press().print(html, fields, draft=False)


def render_blank(template: str, context: dict[str, Any]) -> bytes:
    """The PDF of a form to fill in with a pen: no document, on our page with our fonts.

    ``template`` brings its own sizes; what it prints is final, as the strings of ``context`` are.
    """
    return _press().print(render_to_string(template, context), [], draft=False)


def warm() -> None:
    """Load WeasyPrint, the fonts and the style sheet, so the first document does not wait."""
    _press()


def fields_of(content: Content, issue: Issue | None = None) -> list[str]:
    """The signature fields of a document, in the order they are signed.

    A copy on paper and a citizen's application are signed with a pen; an electronic copy, which
    scanned pages are and what has a moment is, by the agency alone (box 14).
    """
    kind = KINDS[content.kind]
    if kind.copy:
        scans = bool(content.copied and content.copied.scans)
        return [SEAL_FIELD] if scans or (issue and issue.moment) else []
    if kind.key == "application":
        return []
    secretary = [SECRETARY_FIELD] if kind.key == "minutes" else []
    return [*secretary, SIGNER_FIELD, *([SEAL_FIELD] if kind.sealed else [])]


# -- the press: fonts and style sheet stay loaded, and the finisher writes what CSS cannot --------


@dataclass(frozen=True)
class _Press:
    """WeasyPrint with our fonts and style sheets loaded once; safe to share between threads."""

    html: Any
    fetcher: Any
    fonts: Any
    style: Any
    draft_style: Any

    def print(self, html: str, fields: list[str], draft: bool) -> bytes:
        styles = [self.style, self.draft_style] if draft else [self.style]
        page = self.html(string=html, url_fetcher=self.fetcher)
        data: bytes = page.write_pdf(
            stylesheets=styles,
            font_config=self.fonts,
            pdf_variant="pdf/a-2a",
            finisher=functools.partial(_finish, fields=fields),
        )
        return data


@functools.cache
def _press() -> _Press:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from documents.rendering.fetcher import FontsOnly

    fetcher, fonts = FontsOnly(), FontConfiguration()
    # The fonts lie in a temporary folder, removed only while the interpreter is still whole.
    atexit.register(_press.cache_clear)

    def compiled(name: str) -> Any:
        text = render_to_string(f"documents/official/{name}")
        return CSS(string=text, font_config=fonts, url_fetcher=fetcher)

    return _Press(HTML, fetcher, fonts, compiled("official.css"), compiled("draft.css"))


def _finish(document: Any, pdf: Any, *, fields: list[str]) -> None:
    _claim_accessibility(pdf)
    if fields:
        _add_signature_fields(document, pdf, fields)


def _claim_accessibility(pdf: Any) -> None:
    """Add PDF/UA-1 to the XMP packet: WeasyPrint writes one variant, an archive wants both."""
    packet = _object(pdf, pdf.catalog["Metadata"])
    packet.stream = [part.replace(b"</rdf:RDF>", _PDFUA) for part in packet.stream]


def _add_signature_fields(document: Any, pdf: Any, names: list[str]) -> None:
    """Empty, tagged signature fields where the template left their places.

    They must be there before the first signature: a field that signing software adds later would
    change the page structure of a certified document, and would not be tagged.
    """
    import pydyf

    # The template marks each place with a <blockquote>, a tag used for nothing else.
    places = [o for o in pdf.objects if isinstance(o, dict) and o.get("S") == "/BlockQuote"]
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        # SignaturesExist and AppendOnly: software then appends instead of rewriting.
        {"Fields": pydyf.Array(), "SigFlags": 3}
    )
    for name, element in zip(names, places, strict=True):
        widget = _widget(document, pdf, name)
        pdf.catalog["AcroForm"]["Fields"].append(widget.reference)
        _tag(pdf, element, widget)


def _widget(document: Any, pdf: Any, name: str) -> Any:
    """The field and its (empty) appearance, on the page that holds the place ``name``."""
    import pydyf

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
            "TU": pydyf.String(_FIELDS[name]),
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
    import pydyf

    element["S"] = "/Form"
    # The reference itself, not an array holding it: pyHanko's comparison of revisions follows
    # only this shape, and would else take the seal for tampering with the first signature.
    element["K"] = pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": element["Pg"]})
    numbers = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    widget["StructParent"] = numbers[-2] + 1
    numbers.extend([widget["StructParent"], element.reference])


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
