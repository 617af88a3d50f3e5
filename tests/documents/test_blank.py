"""Forms to fill in with a pen: our page, our fonts, no document."""

import io
import unicodedata

import pdfplumber

from documents import service as documents
from documents.models import Document
from documents.rendering.sheet import PRINTED_INSTEAD

TEMPLATE = "documents/forms/proposal.html"


def drawn(**texts):
    given = {"commune": "xã Tam Quang", "office": "Ủy ban nhân dân xã Tam Quang", "rows": [{}] * 3}
    return documents.blank_form(TEMPLATE, **(given | texts))


def words(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_it_is_drawn_with_our_fonts_and_stores_nothing(db):
    data = drawn(place="bản Bãi Sở", title="Trưởng bản Bãi Sở")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        fonts = {char["fontname"].split("+")[-1] for page in pdf.pages for char in page.chars}
    assert all("TrinhKySerif" in font for font in fonts), fonts
    assert not Document.objects.exists()


def test_the_same_form_is_the_same_bytes():
    assert drawn() == drawn()
    assert drawn() != drawn(title="Trưởng bản Bãi Sở")


def test_names_are_printed_literally_in_nfc_and_in_letters_we_have():
    title = unicodedata.normalize("NFD", "Trưởng bản <b>Bãi Sở</b> \u202e漢")
    printed = words(drawn(title=title))
    assert "Trưởng bản <b>Bãi Sở</b>" in printed
    assert PRINTED_INSTEAD in printed
    assert "漢" not in printed
