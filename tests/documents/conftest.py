"""Rendered documents for the tests: opened once, read as a person reads them."""

import io
import logging

import pdfplumber
import pytest

from documents.rendering.pdf import render

MM = 25.4 / 72


class Drawn:
    """A rendered document: its bytes and its pages as pdfplumber sees them, in millimetres."""

    def __init__(self, data):
        self.data = data
        self.pages = pdfplumber.open(io.BytesIO(data)).pages

    def lines(self, number=1):
        """The lines of a page, the page number included."""
        return [
            Line(line["text"], line["chars"])
            for line in self.pages[number - 1].extract_text_lines(return_chars=True)
        ]

    def text(self, number=None):
        pages = [self.pages[number - 1]] if number else self.pages
        return " ".join(" ".join((page.extract_text() or "").split()) for page in pages)

    def everything(self):
        """All characters in drawing order without white space: line breaks do not matter."""
        chars = (char["text"] for page in self.pages for char in page.chars)
        return "".join("".join(chars).split())

    def find(self, start, number=1):
        """The line that starts with ``start``; part of a line counts from there on."""
        for line in self.lines(number):
            if start in line.text:
                return line.since(start)
        raise AssertionError(f"{start!r} is not on page {number}: {self.text(number)}")

    def rules(self, number=1):
        """The thin horizontal rules as (x0, x1, top)."""
        return [
            (rect["x0"] * MM, rect["x1"] * MM, rect["top"] * MM)
            for rect in self.pages[number - 1].rects
            if rect["height"] < 2 and rect["width"] > 20
        ]

    def page_number(self, number):
        """What stands in the top margin of a page."""
        return " ".join(line.text for line in self.lines(number) if line.top < 18)


class Line:
    """A line or the rest of one; size and font are those of its first character."""

    def __init__(self, text, chars):
        self.text, self.chars = text, chars
        self.x0, self.x1 = chars[0]["x0"] * MM, chars[-1]["x1"] * MM
        self.top, self.bottom = chars[0]["top"] * MM, chars[0]["bottom"] * MM
        self.size, self.font = round(chars[0]["size"], 1), chars[0]["fontname"].split("+")[-1]
        # Ascent and descent of the face are 0.891 and 0.216 of its size.
        self.baseline = self.bottom - 0.216 * chars[0]["size"] * MM

    def since(self, start):
        """The rest of the line from ``start`` on; its characters include no spaces."""
        letters = "".join(char["text"] for char in self.chars)
        return Line(self.text, self.chars[letters.index(start.replace(" ", "")) :])


@pytest.fixture
def draw(caplog):
    """Render and open a document; a warning of the renderer fails the test."""

    def drawn(content, issue=None, **options):
        with caplog.at_level(logging.WARNING, logger="weasyprint"):
            data = render(content, issue, **options)
        assert [r.getMessage() for r in caplog.records if r.name == "weasyprint"] == []
        return Drawn(data)

    return drawn
