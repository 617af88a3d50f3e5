"""The forms of the decree on the finished page, where the checker alone does not say it all."""

import dataclasses
import hashlib
import io

import pytest
from PIL import Image

from documents.kinds import KINDS
from documents.model import Annex, Copied, Paragraph, Scan, SignatureBlock
from documents.nd30 import check
from documents.rendering import pdf
from documents.rendering.pdf import render_annex
from documents.rendering.scanned import scanned
from documents.samples import SAMPLES
from documents.samples.scan import blank_page

from .conftest import Drawn

COMMITTEE = SAMPLES["quyet-dinh-uy-ban"]
LETTER = SAMPLES["cong-van-khan"]
LONG = "Nguyễn" * 60


def change(content, **fields):
    return dataclasses.replace(content, **fields)


def test_an_annex_apart_leaves_the_main_file_and_keeps_its_number():
    main = Drawn(pdf.render(COMMITTEE.content, COMMITTEE.issue))
    assert "Phụ lục I, Phụ lục II" in main.text(1)
    assert len(main.pages) == 1
    second = Drawn(render_annex(COMMITTEE.content, COMMITTEE.issue, 1))
    assert second.text().startswith("Số: 32/QĐ-UBND; 05/03/2026; 14:05:09 +07:00 Phụ lục II CHỈ")
    both = change(COMMITTEE.content, annexes=(*COMMITTEE.content.annexes, Annex("Ba", ())))
    assert "Phụ lục III BA" in Drawn(pdf.render(both, COMMITTEE.issue)).text(2)


@pytest.mark.parametrize("level", ["THƯỢNG KHẨN", "HỎA TỐC"])
def test_each_level_of_urgency_has_its_own_frame(level):
    assert check(pdf.render(change(LETTER.content, urgency=level), LETTER.issue)) == []
    decision = change(COMMITTEE.content, urgency=level)
    assert check(pdf.render(decision, COMMITTEE.issue)) == []


def test_an_extract_prints_what_it_takes_and_the_rest_of_the_form():
    text = Drawn(pdf.render(*_sample("trich-sao-giay"))).text()
    assert "Điều 1." not in text
    assert "QUYẾT ĐỊNH: Điều 2. Tổ công nghệ số" in text
    assert "Trần Quốc Hưng" in text
    assert "TRÍCH SAO" in text


def test_a_copy_of_a_copy_carries_both_and_only_the_last_is_yet_to_be_signed():
    text = Drawn(pdf.render(*_sample("sao-luc-giay"))).text()
    assert text.index("THÔNG BÁO") < text.index("SAO Y") < text.index("SAO LỤC")
    assert text.count("(Đã ký)") == 2
    assert b"/Sig" not in pdf.render(*_sample("sao-luc-giay"))


def _sample(name):
    return SAMPLES[name].content, SAMPLES[name].issue


def _picture(mode="RGB", size=(1654, 2339)):
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, "JPEG")
    return out.getvalue()


def _copied(*pictures):
    return Copied(scans=tuple(Scan(hashlib.sha256(item).hexdigest()) for item in pictures))


def test_the_pages_of_an_electronic_copy_are_those_it_names_and_good_enough():
    page = _picture()
    assert scanned(_copied(page), [page])[0].address.startswith("data:image/jpeg;base64,")
    with pytest.raises(ValueError, match="not those"):
        scanned(_copied(page), [blank_page()])
    with pytest.raises(ValueError, match="not those"):
        scanned(_copied(page), [])
    for poor in (_picture("L"), _picture(size=(827, 1170))):
        with pytest.raises(ValueError, match="colour A4"):
            scanned(_copied(poor), [poor])


def test_the_citizen_signs_with_a_pen_under_no_agency_and_no_number():
    data = pdf.render(*_sample("don-xin-tham-gia"))
    text = Drawn(data).text()
    assert text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ĐƠN XIN")
    assert "Số:" not in text
    assert "./." not in text
    assert b"/Sig" not in data


@pytest.mark.parametrize(
    "name", ["bien-ban", "don-xin-tham-gia", "sao-y-giay", "quyet-dinh-ban-hanh-quy-che"]
)
def test_nothing_however_long_leaves_the_page(name):
    content, issue = _sample(name)
    block = SignatureBlock((LONG,), LONG)
    content = change(content, subject=LONG, signature=block, recipients=(LONG, "Lưu: VT"))
    if content.beside:
        content = change(content, beside=block, body=(Paragraph(LONG),), opinions=(LONG, LONG))
    if content.attached:
        content = change(content, attached=change(content.attached, title=LONG, subject=LONG))
    for page in Drawn(pdf.render(content, issue)).pages:
        chars = [char for char in page.chars if char["text"].strip()]
        assert max(char["x1"] for char in chars) <= 195.3 / 25.4 * 72
        assert min(char["x0"] for char in chars) >= 29.9 / 25.4 * 72
        assert max(char["bottom"] for char in chars) <= 277.5 / 25.4 * 72


def test_every_numbered_kind_has_its_abbreviation_or_is_a_letter():
    without = {key for key, kind in KINDS.items() if kind.numbered and not kind.abbreviation}
    assert without == {"official_letter"}
    assert KINDS["true_copy"].symbol("UBND") == "SY-UBND"
