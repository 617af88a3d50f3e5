"""The layout of official documents, measured on the finished page.

Expected values are those of Decree 30/2020/NĐ-CP, Phụ lục I, written out here; none comes from
the style sheet.
"""

import dataclasses

import pytest

from documents.model import Annex, Issue, Paragraph, SignatureBlock, Table
from documents.nd30 import check

from . import samples
from .samples import DATE, DECISION, ISSUED, PROPOSAL, SENT, SUBMISSION, SUBMITTED, TWO_PAGES

ALL = [(DECISION, ISSUED), (TWO_PAGES, ISSUED), (SUBMISSION, SUBMITTED), (PROPOSAL, SENT)]
ROWS = tuple((str(n), f"Lô Văn Thứ {n}", "Bản Tùng Hương", "Thành viên") for n in range(1, 81))


def change(content, **fields):
    return dataclasses.replace(content, **fields)


def with_annexes(*titles):
    table = Table(samples.COLUMNS, ROWS)
    return change(DECISION, annexes=tuple(Annex(title, (table,)) for title in titles))


@pytest.mark.parametrize(("content", "issue"), ALL, ids=lambda value: getattr(value, "kind", ""))
def test_text_stays_between_the_margins(draw, content, issue):
    document = draw(content, issue)
    for number, page in enumerate(document.pages, start=1):
        assert (round(page.width * 25.4 / 72), round(page.height * 25.4 / 72)) == (210, 297)
        lines = [line for line in document.lines(number) if line.top > 18]
        assert min(line.x0 for line in lines) == pytest.approx(30, abs=2.1)
        assert 15 <= 210.1 - max(line.x1 for line in lines) <= 20
        assert 20 <= min(line.top for line in lines) <= 25
        assert max(line.bottom for line in lines) <= 277


def test_header_sizes_and_styles(draw):
    document = draw(DECISION, ISSUED)
    expected = {
        "ỦY BAN NHÂN DÂN": (13, "TrinhKySerif-Bold"),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (13, "TrinhKySerif-Bold"),
        "Độc lập - Tự do - Hạnh phúc": (14, "TrinhKySerif-Bold"),
        "Số: 31/QĐ-UBND": (13, "TrinhKySerif"),
        "Tam Quang, ngày 05 tháng 3 năm 2026": (14, "TrinhKySerif-Italic"),
        "QUYẾT ĐỊNH": (14, "TrinhKySerif-Bold"),
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG": (14, "TrinhKySerif-Bold"),
        "Căn cứ Luật": (14, "TrinhKySerif-Italic"),
        "Điều 1.": (14, "TrinhKySerif-Bold"),
        "1. Tuyên truyền": (14, "TrinhKySerif"),
        "Nơi nhận:": (12, "TrinhKySerif-Bold-Italic"),
        "- Như Điều 3;": (11, "TrinhKySerif"),
        "KT. CHỦ TỊCH": (14, "TrinhKySerif-Bold"),
        "Trần Quốc Hưng": (14, "TrinhKySerif-Bold"),
    }
    found = {text: document.find(text) for text in expected}
    assert {text: (line.size, line.font) for text, line in found.items()} == expected
    number, date = found["Số: 31/QĐ-UBND"], found["Tam Quang, ngày 05 tháng 3 năm 2026"]
    assert number.baseline == pytest.approx(date.baseline, abs=0.1)


def test_rules_have_their_lengths(draw):
    document = draw(DECISION, ISSUED)
    motto = document.find("Độc lập - Tự do - Hạnh phúc")
    agency = document.find("ỦY BAN NHÂN DÂN")
    subject = document.find("Về việc thành lập")
    agency_width = agency.chars[len("ỦYBANNHÂNDÂN") - 1]["x1"] * 25.4 / 72 - agency.x0
    under_agency, under_motto, under_subject = (
        x1 - x0 for x0, x1, top in sorted(document.rules(), key=lambda rule: (rule[2], rule[0]))
    )
    assert under_motto == pytest.approx(motto.x1 - motto.x0, rel=0.01)
    assert 1 / 3 <= under_agency / agency_width <= 1 / 2
    assert 1 / 3 <= under_subject / (subject.x1 - subject.x0) <= 1 / 2


def test_grounds_end_with_semicolons_and_the_last_with_a_full_stop(draw):
    text = draw(DECISION, ISSUED).text(1)
    assert "ngày 16 tháng 6 năm 2025; Căn cứ Kế hoạch" in text
    assert "05/TTr-VHXH ngày 02 tháng 3 năm 2026. QUYẾT ĐỊNH:" in text


def test_body_and_annex_end_once_each(draw):
    document = draw(DECISION, ISSUED)
    assert document.text(1).count("./.") == 1
    assert "thi hành Quyết định này./. Nơi nhận:" in document.text(1)
    assert document.text(2).count("./.") == 1
    assert document.text(2).endswith("./.")


def test_pages_are_numbered_from_the_second(draw):
    document = draw(TWO_PAGES, ISSUED)
    assert [document.page_number(1), document.page_number(2)] == ["", "2"]
    line = document.find("2", number=2)
    assert (line.size, line.font) == (14, "TrinhKySerif")
    assert (line.x0 + line.x1) / 2 == pytest.approx(112.5, abs=0.2)  # between margins 30 and 15


def test_every_annex_counts_its_own_pages(draw):
    document = draw(with_annexes("Danh sách thứ nhất", "Danh sách thứ hai"), ISSUED)
    count = len(document.pages)
    assert count == 7
    assert [document.page_number(n + 1) for n in range(count)] == ["", "", "2", "3", "", "2", "3"]
    assert document.text(2).startswith("Phụ lục I DANH SÁCH THỨ NHẤT (Kèm theo")
    assert document.text(5).startswith("Phụ lục II DANH SÁCH THỨ HAI (Kèm theo")


def test_a_table_repeats_its_header_and_breaks_no_row(draw):
    document = draw(with_annexes("Danh sách"), ISSUED)
    for number in (2, 3, 4):
        assert "TT Họ và tên Chức vụ, nơi công tác Chức vụ trong tổ" in document.text(number)
    whole = document.text()
    assert all(f"{n} {name} {place} {role}" in whole for n, name, place, role in ROWS)


def test_annex_line_is_open_on_an_electronic_document_and_filled_on_paper(draw):
    electronic = draw(DECISION, ISSUED)
    paper = draw(DECISION, dataclasses.replace(ISSUED, medium="paper"))
    issuer = "của Chủ tịch Ủy ban nhân dân xã Tam Quang)"
    assert f"Quyết định số /QĐ-UBND ngày tháng năm {issuer}" in electronic.text(2)
    filled = f"Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026 {issuer}"
    assert filled in paper.text(2)


def test_number_and_date_stay_blank_until_issued(draw):
    unknown = draw(DECISION).text(1)
    assert "Số: /QĐ-" in unknown
    assert "Tam Quang, ngày tháng năm QUYẾT ĐỊNH" in unknown
    for_wet_signature = draw(DECISION, Issue(date=DATE, symbol="QĐ-UBND")).text(1)
    assert "Số: /QĐ-UBND" in for_wet_signature
    assert "Tam Quang, ngày tháng năm 2026" in for_wet_signature


def test_a_draft_says_so_on_every_page_and_has_no_number(draw):
    document = draw(DECISION, ISSUED, draft=True)
    assert all(document.page_number(n).startswith("DỰ THẢO") for n in (1, 2))
    assert "31/QĐ-UBND" not in document.text()
    assert "ngày 05 tháng 3" not in document.text()
    assert b"/Sig" not in document.data


def test_a_proposal_has_no_number_but_a_date_and_a_note(draw):
    text = draw(PROPOSAL, SENT).text()
    assert "Số:" not in text
    assert "Tam Quang, ngày 26 tháng 02 năm 2026 ĐỀ XUẤT" in text
    assert "TRƯỞNG BẢN Lô Văn Tám Đã gửi qua hệ thống lúc 19:42" in text


def test_one_addressee_stands_beside_kinh_gui_and_several_below_its_colon(draw):
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân xã Tam Quang Thực hiện" in draw(SUBMISSION).text()
    document = draw(PROPOSAL, SENT)
    first = document.find("- Chủ tịch Ủy ban nhân dân xã Tam Quang;")
    last = document.find("- Phòng Văn hóa - Xã hội.")
    colon = document.find("Kính gửi:").chars[len("Kínhgửi")]
    assert first.x0 == last.x0 == pytest.approx(colon["x0"] * 25.4 / 72, abs=0.2)


@pytest.mark.parametrize("paragraphs", range(2, 12))
def test_the_signature_never_stands_alone(draw, paragraphs):
    """Whatever the length of the body, two of its lines go with the signature."""
    filler = Paragraph("Tổ có trách nhiệm hướng dẫn người dân trong bản sử dụng dịch vụ số. " * 3)
    body = (*DECISION.body[:1], *(filler,) * paragraphs, samples.ENFORCEMENT)
    document = draw(change(DECISION, body=body, annexes=()), ISSUED)
    last = len(document.pages)
    label, position = document.find("Nơi nhận:", last), document.find("KT. CHỦ TỊCH", last)
    assert label.baseline == pytest.approx(position.baseline, abs=0.1)
    above = [line for line in document.lines(last) if 18 < line.top < label.top - 3]
    assert len(above) >= 2
    assert "Trần Quốc Hưng" in document.text(last)


@pytest.mark.parametrize("paragraphs", range(14, 22))
def test_a_closing_line_takes_the_one_before_along(draw, paragraphs):
    line = Paragraph("Tổ có trách nhiệm hướng dẫn người dân.")
    body = (*(line,) * paragraphs, Paragraph("Kính đề nghị xem xét."))
    document = draw(change(DECISION, body=body, annexes=()), ISSUED)
    last = len(document.pages)
    label = document.find("Nơi nhận:", last)
    assert len([item for item in document.lines(last) if 18 < item.top < label.top - 3]) >= 2


def test_there_is_room_for_a_signature(draw):
    document = draw(DECISION, ISSUED)
    name, position = document.find("Trần Quốc Hưng"), document.find("PHÓ CHỦ TỊCH")
    assert 30 <= name.top - position.bottom <= 38
    assert name.x0 + name.x1 == pytest.approx(position.x0 + position.x1, abs=0.5)


LONG = "Nguyễn" * 60


def test_nothing_however_long_leaves_the_page(draw):
    rows = ((LONG, LONG, LONG, LONG), *samples.MEMBERS)
    content = change(
        DECISION,
        letterhead=dataclasses.replace(DECISION.letterhead, lines=(LONG,), place=LONG),
        subject=LONG,
        authority=LONG,
        grounds=(LONG, f"Căn cứ {LONG} " * 9),
        body=(Paragraph(f"{LONG} 12/{LONG}", lead="Điều 1."), Table(samples.COLUMNS, rows)),
        signature=SignatureBlock((LONG,), LONG),
        recipients=(LONG, "Lưu: VT"),
        annexes=(Annex(LONG, (Table(samples.COLUMNS, rows),)),),
        issued_by=LONG,
    )
    document = draw(content, ISSUED)
    for page in document.pages:
        chars = [char for char in page.chars if char["text"].strip()]
        assert min(char["x0"] for char in chars) >= 29.9 / 25.4 * 72
        assert max(char["x1"] for char in chars) <= 195.3 / 25.4 * 72
        assert max(char["bottom"] for char in chars) <= 277.5 / 25.4 * 72
    assert document.everything().count(LONG) >= 4


def test_a_row_longer_than_a_page_is_printed_in_full(draw):
    words = " ".join(f"chữ{n}" for n in range(4000))
    table = Table(samples.COLUMNS, (("1", "Lô Văn Tám", words, "Tổ trưởng"),))
    document = draw(change(DECISION, annexes=(Annex("Danh sách", (table,)),)), ISSUED)
    assert "chữ3999" in document.everything()


def test_headings_break_where_a_reader_pauses(draw):
    texts = [line.text for line in draw(DECISION, ISSUED).lines()]
    first = texts.index("Về việc thành lập Tổ công nghệ số cộng đồng")
    assert texts[first + 1] == "bản Tùng Hương, xã Tam Quang"


def test_document_numbers_are_not_broken_at_line_ends(draw):
    for words in range(6, 16):
        text = "chữ " * words + "Tờ trình số 1205/TTr-VHXH ngày 02 tháng 3 năm 2026"
        document = draw(change(DECISION, grounds=(text,)), ISSUED)
        assert any("1205/TTr-VHXH" in line.text for line in document.lines())


@pytest.mark.parametrize("place", ["Phường Điện Biên Phủ", "Thành phố Hồ Chí Minh"])
def test_a_long_place_name_keeps_the_date_on_the_row_of_the_number(draw, place):
    letterhead = dataclasses.replace(DECISION.letterhead, place=place)
    date = dataclasses.replace(ISSUED, date=DATE.replace(month=12, day=28))
    document = draw(change(DECISION, letterhead=letterhead), date)
    line = document.find(place)
    assert line.text.endswith(f"tháng 12 năm {DATE.year}")
    assert line.x1 <= 195
    assert check(document.data) == []
