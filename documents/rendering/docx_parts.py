"""What a page of a DOCX is put together from: lines, paragraphs, rules, tables of fixed width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from .typeface import Style, text_width

# A plain box around text or a whole page: both take paragraphs and tables.
Place = Docx | _Cell

INDENT = Mm(12.7)


def write_line(
    place: Place,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: ALIGN = ALIGN.CENTER,
    before: float = 0,
) -> Paragraph:
    """A line, or several where ``text`` has newlines; ``size`` and ``before`` in points."""
    line = _next(place)
    line.alignment = align
    line.paragraph_format.space_before = Pt(before)
    space_lines(line, 1.2 * size)
    for number, part in enumerate(text.split("\n")):
        run = line.add_run()
        if number:
            run.add_break()
        run.add_text(part)
        run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return line


def write_paragraph(place: Place, text: str, *, lead: str = "", italic: bool = False) -> Paragraph:
    """Justified, its first line indented (Phụ lục I.II.6)."""
    line = _next(place)
    line.alignment = ALIGN.JUSTIFY
    line.paragraph_format.first_line_indent = INDENT
    line.paragraph_format.space_before = Pt(6)
    space_lines(line, 17.5)
    if lead:
        line.add_run(lead).bold = True
        text = f" {text}" if text else ""
    line.add_run(text).italic = italic
    return line


def draw_rule(place: Place, available: float, width: float) -> None:
    """A thin line ``width`` mm long in the middle of ``available`` mm."""
    line = _next(place)
    space_lines(line, 3)
    line.paragraph_format.space_before = Pt(2)
    margin = max(0.0, (available - width) / 2)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(margin)
    border = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    borders = OxmlElement("w:pBdr")
    borders.append(border)
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )


def _next(place: Place) -> Paragraph:
    """A new paragraph; the empty one that every cell begins with is used first."""
    if isinstance(place, _Cell) and not place.paragraphs[0].runs:
        return cast(Paragraph, place.paragraphs[0])
    return cast(Paragraph, place.add_paragraph())


def leave_gap(place: Place) -> None:
    space_lines(place.add_paragraph(), 5)


def space_lines(line: Paragraph, points: float) -> None:
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    line.paragraph_format.line_spacing = Pt(points)


def keep_with_next(line: Paragraph) -> None:
    line.paragraph_format.keep_with_next = True


def widest(lines: Iterable[str], style: Style, points: float = 14) -> float:
    return max(text_width(line, style, points) for line in lines)


def plain_table(page: Docx, widths: Sequence[float], *, rows: int) -> Table:
    """A table without lines, its columns ``widths`` mm wide."""
    table: Table = page.add_table(rows=rows, cols=len(widths))
    fix_columns(table, widths, padding=0)
    return table


def fix_columns(table: Table, widths: Sequence[float], *, padding: float = 1.4) -> None:
    """Fixed widths, no row broken over two pages; ``padding`` mm left and right of a cell."""
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(Length(Mm(padding)).pt * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "0")
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.append(indent)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
