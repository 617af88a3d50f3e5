"""A document's content to its official PDF: Decree 30/2020/NĐ-CP, PDF/A-2a and PDF/UA-1.

The same content and issue give the same bytes on every machine with the same Pango: nothing here
reads a clock, a setting or an installed font. WeasyPrint is imported at the first rendering (about
a second): a server calls :func:`warm` when it starts.
"""

from __future__ import annotations

import atexit
import functools
import gc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from documents.kinds import KINDS, Kind
from documents.model import Content, Issue
from documents.rendering.scanned import begins_below, scanned
from documents.rendering.sheet import annex_sheet, copy_sheet, sheet

# Field names as the signer and the verifier know them, with what a screen reader says.
SIGNER_FIELD = "Signer"
SEAL_FIELD = "Seal"
SECRETARY_FIELD = "Secretary"
# The signer certifies the page, so nobody signs before him; the seal comes last (Điều 32.2d).
SIGNED_IN_ORDER = (SIGNER_FIELD, SECRETARY_FIELD, SEAL_FIELD)
_FIELDS = {
    SECRETARY_FIELD: "Chữ ký số của thư ký",
    SIGNER_FIELD: "Chữ ký số của người có thẩm quyền",
    SEAL_FIELD: "Chữ ký số của cơ quan ban hành",
}


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
    ``pictures`` are the pages of a copy that is made of pictures, those its content names. Annexes
    apart are left out: :func:`render_annex`. Raises ``KeyError`` for a kind outside the catalogue,
    ``ValueError`` for other pictures.
    """
    kind = KINDS[content.kind]
    fields = fields_of(content, issue) if signature_fields and not draft else []
    if kind.copy and content.copied:
        context = copy_sheet(content, issue, kind) | {"corner_fields": fields}
        context["pictures"] = scanned(content.copied, pictures)
        if pictures and context["copies"]:
            context["below"] = begins_below(pictures, context["copies"][0])
        template = _last(content).template
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
    """Load WeasyPrint, the fonts and the style sheets, so that the first document does not wait.

    For the process of a server, when it starts: what is loaded by now stays, so it is taken out of
    the search for garbage, which else goes through all of it again and again in a long list.
    """
    _press()
    gc.collect()
    gc.freeze()


def fields_of(content: Content, issue: Issue | None = None) -> list[str]:
    """The signature fields of a document, in the order of their places on the page.

    A copy on paper and a citizen's application are signed with a pen; an electronic copy, which
    has a moment, is by the agency alone (box 14).
    """
    kind = KINDS[content.kind]
    if kind.copy:
        return [SEAL_FIELD] if issue and issue.moment else []
    if kind.key == "application":
        return []
    secretary = [SECRETARY_FIELD] if kind.secretary else []
    return [*secretary, SIGNER_FIELD, *([SEAL_FIELD] if kind.sealed else [])]


# -- the press: fonts and style sheets stay loaded -----------------------------------------------


@dataclass(frozen=True)
class _Press:
    """WeasyPrint with our fonts and style sheets loaded once; safe to share between threads."""

    html: Any
    finish: Any
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
            finisher=functools.partial(
                self.finish, fields={name: _FIELDS[name] for name in fields}
            ),
        )
        return data


@functools.cache
def _press() -> _Press:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from documents.rendering.fetcher import FontsOnly
    from documents.rendering.finishing import finish

    fetcher, fonts = FontsOnly(), FontConfiguration()
    # The fonts lie in a temporary folder, removed only while the interpreter is still whole.
    atexit.register(_press.cache_clear)

    def compiled(name: str) -> Any:
        text = render_to_string(f"documents/official/{name}")
        return CSS(string=text, font_config=fonts, url_fetcher=fetcher)

    return _Press(HTML, finish, fetcher, fonts, compiled("official.css"), compiled("draft.css"))
