"""The fixed phrases, against the words of Decree 30/2020/NĐ-CP, Phụ lục I."""

import datetime

import pytest

from documents import words


@pytest.mark.parametrize(
    ("day", "month", "phrase"),
    [
        (5, 3, "ngày 05 tháng 3 năm 2026"),
        (10, 2, "ngày 10 tháng 02 năm 2026"),
        (1, 1, "ngày 01 tháng 01 năm 2026"),
        (31, 12, "ngày 31 tháng 12 năm 2026"),
        (9, 9, "ngày 09 tháng 9 năm 2026"),
        (28, 10, "ngày 28 tháng 10 năm 2026"),
    ],
)
def test_days_below_ten_and_months_below_three_take_a_zero(day, month, phrase):
    assert words.day_words(datetime.date(2026, month, day)) == phrase


def test_place_and_date():
    date = datetime.date(2026, 3, 5)
    assert words.date_line("Tam Quang", date) == "Tam Quang, ngày 05 tháng 3 năm 2026"


def test_a_date_left_open_keeps_room_to_write():
    open_year = words.date_line("Tam Quang", None)
    assert open_year == "Tam Quang, ngày      tháng      năm"
    assert words.date_line("Tam Quang", None, year=2026) == f"{open_year} 2026"


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "Số: 01/QĐ-UBND"),
        (10, "Số: 10/QĐ-UBND"),
        (3122, "Số: 3122/QĐ-UBND"),
        (None, "Số:       /QĐ-UBND"),
    ],
)
def test_number_line(number, line):
    assert words.number_line(number, "QĐ-UBND") == line


def test_one_document_cites_another():
    date = datetime.date(2026, 2, 2)
    plain = "Tờ trình số 05/TTr-VHXH ngày 02 tháng 02 năm 2026"
    assert words.cite("Tờ trình", 5, "TTr-VHXH", date) == plain
    issuer = "Phòng Văn hóa - Xã hội"
    assert words.cite("Tờ trình", 5, "TTr-VHXH", date, issuer) == f"{plain} của {issuer}"


def test_annex_line_filled_and_open():
    issuer, date = "Chủ tịch Ủy ban nhân dân xã Tam Quang", datetime.date(2026, 3, 5)
    assert words.annex_line("Quyết định", "QĐ-UBND", issuer, 31, date) == (
        "(Kèm theo Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026 "
        "của Chủ tịch Ủy ban nhân dân xã Tam Quang)"
    )
    blank = words.annex_line("Quyết định", "QĐ-UBND", issuer)
    assert " ".join(blank.split()) == (
        "(Kèm theo Quyết định số /QĐ-UBND ngày tháng năm của Chủ tịch Ủy ban nhân dân xã Tam Quang)"
    )
    assert words.annex_line("Quyết định", "QĐ-UBND", "").endswith("tháng      năm)")


@pytest.mark.parametrize(
    "written", ["Hết", "Hết.", "Hết;", "Hết ./.", "Hết./.", "Hết...", "Hết:", "Hết , "]
)
def test_a_body_ends_once(written):
    assert words.ended(written) == "Hết./."


def test_lists_close_with_semicolons_and_a_full_stop():
    assert words.listed(["một", "hai;", "ba,"]) == ["một;", "hai;", "ba."]
    assert words.listed(["một;"]) == ["một."]
    assert words.listed([]) == []


def test_annexes_are_counted_in_roman_only_when_there_are_several():
    assert words.annex_heading(1, 1) == "Phụ lục"
    assert [words.annex_heading(n, 14) for n in (1, 2, 4, 9, 14)] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục IV",
        "Phụ lục IX",
        "Phụ lục XIV",
    ]
    assert words.roman(248) == "CCXLVIII"


def test_the_moment_of_an_agency_s_signature_is_on_vietnam_s_clock():
    moment = datetime.datetime(2026, 3, 4, 23, 5, 9, tzinfo=datetime.UTC)
    assert words.moment_words(moment) == "05/03/2026; 06:05:09 +07:00"
