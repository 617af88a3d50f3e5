"""A document's content as an editable draft (DOCX), in the form of Decree 30/2020/NĐ-CP.

The same strings and sizes as the official PDF (:mod:`documents.rendering.pdf`), for an office that
goes on in its own word processor. What only an issued document has is left out: the QR code and the
places of signatures; the stamp of urgency is a word. A draft proves nothing: what is issued is the
PDF.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as Cell

from .. import words
from ..errors import DocumentRefused
from ..kinds import KINDS, Kind
from ..model import Content, Issue, Letterhead, SignatureBlock
from .docx_parts import (
    draw_rule,
    fix_columns,
    keep_with_next,
    leave_gap,
    plain_table,
    space_lines,
    widest,
    write_line,
    write_paragraph,
)
from .sheet import sheet
from .typeface import text_width

FONT = "Times New Roman"  # Phụ lục I, mục I.4; our own typeface has its widths
TEXT_WIDTH, LEFT_HALF, RIGHT_HALF = 165, 67, 98  # mm
SIGN_LEFT, SIGN_RIGHT = 75, 90
_RULE_SHARE = 0.38  # of the line above: the decree says one third to one half


def render(content: Content, issue: Issue | None) -> bytes:
    """The draft as the bytes of a .docx file.

    Without ``issue``, or without its number for a numbered kind, number and date are blanks.
    Raises ``KeyError`` for a kind outside the catalogue, and
    :class:`~documents.errors.DocumentRefused` for what no office drafts in a word processor: a copy
    is made of what it copies, an application is printed as a form.
    """
    kind = KINDS[content.kind]
    if kind.copy or kind.key == "application":
        raise DocumentRefused(_("Loại văn bản này không có dự thảo Word."))
    said = sheet(content, issue, kind, draft=False)
    page = _page(said["title"])
    _head(page, said, kind)
    _opening(page, said, kind)
    _blocks(page, said["body"])
    keep_with_next(page.paragraphs[-1])
    _sign(page, said)
    if said["attached"]:
        _attached(page, said)
    for annex in said["annexes"]:
        _annex(page, annex)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


# -- the page --------------------------------------------------------------------------------------


def _page(title: str) -> Docx:
    page = docx.Document()
    page.core_properties.title, page.core_properties.language = title, "vi-VN"
    page.core_properties.author = page.core_properties.comments = ""
    normal = page.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.widow_control = True
    _margins(page.sections[0])
    return page


def _margins(section: Any) -> None:
    """Phụ lục I, mục I: A4, margins, page number in the middle of the top margin from page 2."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = "Normal"
    number.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = number.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


# -- the parts, in the order of the page -----------------------------------------------------------


def _head(page: Docx, said: dict[str, Any], kind: Kind) -> None:
    """Boxes 1 to 4, 5b of a công văn under its number, and 10b."""
    table = plain_table(page, (LEFT_HALF, RIGHT_HALF), rows=2)
    _names(table.rows[0].cells, said["content"].letterhead)
    number, date = table.rows[1].cells
    if said["number_line"]:
        write_line(number, said["number_line"], size=13, before=5)
    if not kind.title:
        write_line(number, said["subject"], size=12, before=6)
    if said["content"].urgency:
        write_line(number, said["content"].urgency, size=13, bold=True, before=6)
    if said["date_line"]:
        size = 13 if said["date_is_wide"] else 14
        write_line(date, said["date_line"], size=size, italic=True, before=5)


def _names(cells: Sequence[Cell], letterhead: Letterhead) -> None:
    """Who issues, beside the name of the nation, each with its rule."""
    issuer, nation = cells
    if letterhead.parent:
        write_line(issuer, letterhead.parent, size=13)
    for line in letterhead.lines:
        write_line(issuer, line, size=13, bold=True)
    draw_rule(issuer, LEFT_HALF, _RULE_SHARE * text_width(letterhead.lines[-1], "Bold", 13))
    write_line(nation, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    motto = "Độc lập - Tự do - Hạnh phúc"
    write_line(nation, motto, bold=True)
    draw_rule(nation, RIGHT_HALF, text_width(motto, "Bold", 14))


def _opening(page: Docx, said: dict[str, Any], kind: Kind) -> None:
    """Boxes 5a and 9a, and what stands before the text."""
    if kind.title:
        write_line(page, said["heading"], bold=True, before=16)
    if kind.title and kind.key != "introduction":
        subject = said["subject"]
        write_line(page, subject, bold=True)
        draw_rule(page, TEXT_WIDTH, _RULE_SHARE * widest(subject.split("\n"), "Bold"))
    _addressees(page, said["addressees"])
    decides = bool(said["content"].authority)
    if decides:
        write_line(page, said["content"].authority, bold=True, before=14)
    for ground in words.listed(said["content"].grounds):
        write_paragraph(page, ground, italic=True)
    if decides:
        keep_with_next(write_line(page, "QUYẾT ĐỊNH:", bold=True, before=10))


def _addressees(page: Docx, lines: Sequence[str]) -> None:
    if not lines:
        return
    if len(lines) == 1:
        write_line(page, f"Kính gửi: {lines[0]}", before=14)
        return
    heading = "Kính gửi"
    leave_gap(page)  # two tables that touch become one
    # The dashes stand under the colon (Phụ lục I.II.9d): it opens the second column.
    widths = [text_width(heading, "Regular", 14) + 0.4, min(widest(lines, "Regular") + 2, 135)]
    table = plain_table(page, widths, rows=1 + len(lines))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    write_line(table.cell(0, 0), heading, align=ALIGN.LEFT, before=9)
    write_line(table.cell(0, 1), ":", align=ALIGN.LEFT, before=9)
    for row, text in enumerate(lines, start=1):
        write_line(table.cell(row, 1), text, align=ALIGN.LEFT)


def _blocks(place: Docx, blocks: Iterable[dict[str, Any]]) -> None:
    for item in blocks:
        if item["type"] == "paragraph":
            write_paragraph(place, item["block"].text, lead=item["block"].lead)
        elif item["type"] == "heading":
            heading = write_paragraph(place, "", lead=item["block"].text)
            keep_with_next(heading)
        elif item["type"] == "chapter":
            write_line(place, item["block"].number, bold=True, before=10)
            keep_with_next(write_line(place, item["title"], bold=True))
        elif item["type"] == "table":
            _list(place, item)
        else:
            write_line(place, item["text"], align=ALIGN.RIGHT, before=4)


def _list(place: Docx, item: dict[str, Any]) -> None:
    """A table of the text, its heading repeated on every page."""
    leave_gap(place)
    columns = item["block"].columns
    table = place.add_table(rows=0, cols=len(columns))
    table.style = "Table Grid"
    heading = table.add_row()
    heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, column in zip(heading.cells, columns, strict=True):
        write_line(cell, column.title, size=13, bold=True)
    for texts in item["rows"]:
        for cell, said in zip(table.add_row().cells, texts, strict=True):
            align = ALIGN.CENTER if said["align"] == "center" else ALIGN.LEFT
            write_line(cell, said["text"], size=13, align=align)
    for cell in (cell for row in table.rows for cell in row.cells):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        around = cell.paragraphs[0].paragraph_format
        around.space_before = around.space_after = Pt(2.5)
    fix_columns(table, [TEXT_WIDTH * column.width / 100 for column in columns])


def _sign(page: Docx, said: dict[str, Any]) -> None:
    """Boxes 7 and 9b, kept on one page with the end of the text."""
    beside = said["content"].beside
    if beside:
        # Who signs on the left stands where the recipients would: these follow below.
        table = plain_table(page, (SIGN_LEFT, SIGN_RIGHT), rows=2)
        for column, signature in enumerate((beside, said["content"].signature)):
            _positions(table.cell(0, column), signature)
            write_line(table.cell(1, column), signature.name, bold=True, before=96)
        _recipients(page, said["recipients"])
        return
    table = plain_table(page, (SIGN_LEFT, SIGN_RIGHT), rows=1)
    left, right = table.rows[0].cells
    _recipients(left, said["recipients"])
    _signature(right, said["content"].signature)
    if said["note"]:
        write_line(right, said["note"], size=11, italic=True)


def _signature(place: Cell, signature: SignatureBlock) -> None:
    _positions(place, signature)
    write_line(place, signature.name, bold=True, before=96)


def _positions(place: Cell, signature: SignatureBlock) -> None:
    for position, line in enumerate(signature.lines):
        write_line(place, line, bold=True, before=0 if position else 12)


def _recipients(place: Docx | Cell, lines: Sequence[str]) -> None:
    if lines:
        write_line(place, "Nơi nhận:", size=12, bold=True, italic=True, align=ALIGN.LEFT, before=12)
    for line in lines:
        write_line(place, f"- {line}", size=11, align=ALIGN.LEFT)


def _attached(page: Docx, said: dict[str, Any]) -> None:
    """What a decision promulgates, under a header of its own (Mẫu 1.3)."""
    attached = said["attached"]
    _new_section(page)
    _names(plain_table(page, (LEFT_HALF, RIGHT_HALF), rows=1).rows[0].cells,
           said["content"].letterhead)  # fmt: skip
    write_line(page, attached["heading"], bold=True, before=16)
    write_line(page, attached["subject"], bold=True)
    _source(page, attached["line"])
    _blocks(page, attached["blocks"])


def _annex(page: Docx, annex: dict[str, Any]) -> None:
    """On a page of its own, counting its own pages (Phụ lục I.III.1)."""
    _new_section(page)
    write_line(page, annex["heading"], bold=True)
    write_line(page, annex["title"], bold=True)
    _source(page, annex["line"])
    _blocks(page, annex["blocks"])


def _new_section(page: Docx) -> None:
    section = page.add_section(WD_SECTION.NEW_PAGE)
    space_lines(page.paragraphs[-1], 1)  # it holds the break: no page of its own for it
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.append(start)


def _source(page: Docx, line: str) -> None:
    write_line(page, line, size=13, italic=True)
    draw_rule(page, TEXT_WIDTH, _RULE_SHARE * widest(line.split("\n"), "Italic", 13))
