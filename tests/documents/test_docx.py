"""The editable draft says what the PDF says, and keeps the decree's form in a word processor."""

import dataclasses
import io
import os
import subprocess
import zipfile

import docx as reader
import pdfplumber
import pytest

from documents import nd30
from documents.errors import DocumentRefused
from documents.model import Annex, Paragraph
from documents.rendering import docx, pdf
from documents.rendering.typeface import FOLDER
from documents.samples import SAMPLES

from . import samples

REFUSED = {
    "sao-y-giay", "sao-luc-giay", "trich-sao-giay", "sao-y-dien-tu", "trich-sao-dien-tu",
    "don-xin-tham-gia",
}  # fmt: skip
# Without an address: a draft has no QR code.
CASES = {
    name: (content, dataclasses.replace(issue, verify_url=""))
    for name, content, issue in (
        ("two-pages", samples.TWO_PAGES, samples.ISSUED),
        ("letter-to-two", samples.LETTER, samples.LETTER_ISSUED),
        ("letter-to-one", samples.LETTER_TO_ONE, samples.LETTER_ISSUED),
        *(
            (name, sample.content, sample.issue)
            for name, sample in SAMPLES.items()
            if sample.annex is None and name not in REFUSED
        ),
    )
}
# The stamp of urgency is put on by the office: a draft says the word.
EXCEPTED = {"cong-van-khan": {"urgency-colour", "urgency-frame"}}
# Our typeface stands in for Times New Roman, whose widths it has.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{folder}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match>
</fontconfig>"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Every draft as LibreOffice prints it: {name: bytes of a PDF}."""
    folder = tmp_path_factory.mktemp("docx")
    for name, (content, issue) in CASES.items():
        (folder / f"{name}.docx").write_bytes(docx.render(content, issue))
    (folder / "fonts.conf").write_text(_FONTS.format(folder=FOLDER, cache=folder / "fonts"))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder,
         *sorted(folder.glob("*.docx"))],
        env={**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return {name: (folder / f"{name}.pdf").read_bytes() for name in CASES}


def said(data):
    """The text of a PDF as it is read, without page numbers and white space: a number may be
    broken at its hyphen in one and not in the other."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        pages = [page.crop((0, 56, page.width, page.height)).extract_text() for page in file.pages]
    return "".join("".join(pages).split())


@pytest.mark.office
@pytest.mark.parametrize("name", CASES)
def test_libreoffice_shows_the_same_text_in_the_same_order(opened, name):
    content, issue = CASES[name]
    ours = said(pdf.render(content, issue, signature_fields=False))
    assert len(ours) > 400
    assert said(opened[name]) == ours


@pytest.mark.office
@pytest.mark.parametrize("name", CASES)
def test_what_libreoffice_prints_has_the_form_of_the_decree(opened, name):
    assert {finding.rule for finding in nd30.check(opened[name])} == EXCEPTED.get(name, set())


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_nobody_drafts_in_a_word_processor_is_refused(name):
    with pytest.raises(DocumentRefused, match="không có dự thảo Word"):
        docx.render(SAMPLES[name].content, SAMPLES[name].issue)


def lines_of(data):
    """Every paragraph of a draft with its text, those in tables where they stand."""
    body = reader.Document(io.BytesIO(data))
    return [line.text for line in body.element.body.iter() if line.tag.endswith("}p")]


def test_without_a_number_the_places_stay_blank():
    lines = lines_of(docx.render(samples.DECISION, None))
    assert "Số:       /QĐ-      " in lines[:12]
    assert any(line.startswith("Tam Quang, ngày      tháng") for line in lines)
    assert not any("31/QĐ-UBND" in line for line in lines)


def test_markup_in_a_name_is_text():
    body = (Paragraph("Bản <b>Tùng</b> & Hương, 05/TTr-VHXH", lead="Điều 1."),)
    annex = Annex("Danh sách", body)
    content = dataclasses.replace(samples.DECISION, body=body, annexes=(annex,))
    lines = lines_of(docx.render(content, samples.ISSUED))
    assert lines.count("Điều 1. Bản <b>Tùng</b> & Hương, 05/TTr-VHXH./.") == 2


def test_the_file_carries_no_name_of_who_made_it():
    with zipfile.ZipFile(io.BytesIO(docx.render(samples.NOTICE, None))) as archive:
        properties = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in properties
    assert "vi-VN" in properties
