"""Lists with something wrong; what is to be said of each stands in ``wrong_lists.txt``."""

import datetime
import re
import zipfile
from pathlib import Path

from .lists import GOOD, HEADINGS, ONE, TWO, book, changed, flagged, lying, repacked, text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
BLANK = [""] * 8


def lines():
    """case -> (cell, sentence), as written by hand."""
    table = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()[1:]
    return {case: (cell, said) for case, cell, said in (line.split(" | ") for line in table)}


def hidden(made, sheet):
    sheet.set_row(5, options={"hidden": True})


def formula(made, sheet):
    sheet.write_formula("E5", '="Vi Thị "&"Hoa"', value="Vi Thị Hoa")


def failed(xml):
    return re.sub(rb'<c r="G5".*?</c>', b'<c r="G5" t="e"><v>#N/A</v></c>', xml)


def dated(made, sheet):
    shown = made.add_format({"num_format": "d/m/yyyy"})
    sheet.write_datetime("D4", datetime.datetime(2025, 7, 10), shown)


def flag(made, sheet):
    sheet.write_boolean("F5", True)


def across(made, sheet):
    sheet.merge_range("E5:F5", "Vi Thị Hoa", made.add_format())


def part(name, old, new):
    """The good workbook with a part of its XML replaced."""
    return repacked(book(), {name: lambda xml: xml.replace(old, new)})


def cell(row, column, value, rows=GOOD):
    return book(changed(row, column, value, rows))


def heading(place, said):
    return book(headings=[*HEADINGS[:place], said, *HEADINGS[place + 1 :]])


def also(*rows):
    """The good list with further rows from row 11 on."""
    return book([*GOOD[:-1], *rows])


def member(name):
    return ["", "", "", "", name, "Thành viên", "", ""]


CROWD = [member(f"Lô {chr(65 + n % 26)}{chr(65 + n // 26)}") for n in range(101)]

FILES = {
    "empty file": b"",
    "empty sheet": book([], []),
    "garbage": bytes(range(256)) * 20,
    "half a file": book()[:-400],
    "too large": b"PK" + b"\0" * 5 * 1024 * 1024,
    "xls": OLE + b"\0" * 600,
    "encrypted workbook": OLE + "EncryptedPackage".encode("utf-16-le"),
    "encrypted members": flagged(book()),
    "macros": repacked(book(), add={"xl/vbaProject.bin": b"x"}),
    "macros by type": part(TYPES, b"spreadsheetml.sheet.main", b"macroEnabled.main"),
    "zip bomb": repacked(book(), add={"xl/media/image1.png": b"\0" * 30_000_000}),
    "zip bomb that lies": lying(repacked(book(), {TYPES: lambda xml: xml + b" " * 4_000_000})),
    "zip of many": repacked(book(), add={f"xl/media/{n}.png": b"" for n in range(400)}),
    "bomb of XML": part("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 50_000 + b"</cellXfs>"),
    "entities": part("xl/sharedStrings.xml", XML, DOCTYPE),
    "unusual compression": repacked(book(), compression=zipfile.ZIP_LZMA),
    "broken XML": repacked(book(), {SHEET: lambda xml: xml[: len(xml) // 2]}),
    "a row far below": part(SHEET, b'<row r="10"', b'<row r="900000"'),
    "PDF": b"%PDF-1.7 ...",
    "an OpenDocument sheet": repacked(book(), add={"mimetype": b"text"}),
    "web page": b"<html><table><tr><td>TT</td></tr></table></html>",
    "CSV in an old code page": text().encode("utf-16"),
    "CSV in Windows letters": "TT;Tên".encode("cp1258", "replace"),
    "several sheets": book(Nháp=(HEADINGS, GOOD)),
    "too many rows": also(*([n, *BLANK[1:]] for n in range(2000))),
    "no headings": book(headings=[]),
    "wrong heading": heading(4, "Họ và tên"),
    "missing heading": heading(3, ""),
    "heading twice": book(headings=[*HEADINGS, "Tên Tổ"]),
    "nothing below": book([]),
}

CELLS = {
    "a formula": book(write=formula),
    "a formula in CSV": text(changed(5, "E", "=A1")).encode(),
    "an error of Excel": repacked(book(), {SHEET: failed}),
    "a number for a name": cell(5, "E", 12),
    "a date for a decision": book(write=dated),
    "true for a role": book(write=flag),
    "merged across": book(write=across),
    "hidden row": book(write=hidden),
    "another commune": cell(4, "B", "Phường Hạc Thành"),
    "unknown hamlet": cell(4, "C", "Bản Bãi Xở"),
    "a hamlet of nowhere": cell(4, "C", "Khu công nghiệp"),
    "no team": cell(4, "C", ""),
    "two teams for one hamlet": cell(7, "C", "Tổ CNSCĐ Bãi Sở"),
    "a team in two parts": also(["", "", "Bản Bãi Xa", ONE, *member("Lô Văn Y")[4:]]),
    "a team of nobody": also([4, "", "Bản Tam Liên", ONE, *BLANK[4:]]),
    "a team of a hundred and one": also([4, "", "Bản Tam Liên", ONE, *BLANK[4:]], *CROWD),
    "no decision": cell(4, "D", ""),
    "number missing": cell(4, "D", "QĐ-UBND ngày 10/7/2025"),
    "date missing": cell(4, "D", "15/QĐ-UBND"),
    "a date that does not exist": cell(4, "D", "15/QĐ-UBND ngày 31/6/2025"),
    "a future date": cell(4, "D", "15/QĐ-UBND ngày 10/7/2099"),
    "a year of two digits": cell(4, "D", "15/QĐ-UBND ngày 10/7/25"),
    "not a decision": cell(4, "D", "15/KH-UBND ngày 10/7/2025"),
    "a number that is none": cell(4, "D", "15a/QĐ-UBND ngày 10/7/2025"),
    "two decisions in a cell": cell(4, "D", f"{ONE}; {TWO}"),
    "two decisions for a team": cell(5, "D", TWO),
    "words for a decision": cell(4, "D", "theo nghị quyết"),
    "no name": cell(5, "E", ""),
    "dots for a name": cell(5, "E", "..."),
    "a digit in a name": cell(5, "E", "Vi Thị Hoa 2"),
    "an old font": cell(5, "E", "Vi ThÞ Hoa §"),
    "a name too long": cell(5, "E", "Lô " * 40),
    "unknown role": cell(5, "F", "Cố vấn"),
    "two phones": cell(5, "G", "0914994002, 0914994003"),
    "a note too long": cell(5, "H", "x" * 121),
    "one person in two rows": cell(6, "E", "vi thi hoa", changed(6, "G", "0914994002")),
    "nothing tells two apart": cell(6, "E", "Vi Thị Hoa"),
    "two leaders": cell(6, "F", "Tổ trưởng"),
}

WRONG = FILES | CELLS
