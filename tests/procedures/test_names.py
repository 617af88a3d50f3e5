"""Names and phones as typed, and who is the same person."""

import unicodedata

import pytest

from procedures.people import names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lô   Văn\tThìn ", "Lô Văn Thìn"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Ước"), "Nguyễn Thị Ước"),
        ("Vi\u200b Thị\u202e Hoài", "Vi Thị Hoài"),
        ("Kha\x00 Văn\nSáng", "Kha Văn Sáng"),
        ("<b>Lô</b> Văn A", "<b>Lô</b> Văn A"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_a_name_is_kept_in_nfc_on_one_line_and_nothing_else_is_changed(typed, kept):
    assert names.clean(typed) == kept
    assert unicodedata.is_normalized("NFC", names.clean(typed))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đỗ Thị Ổi", "do thi oi"),
        ("ĐẶNG  VĂN LÂM", "dang van lam"),
        (unicodedata.normalize("NFD", "Lữ Văn Hặc"), "lu van hac"),
        ("Hoàng Ưng", "hoang ung"),
    ],
)
def test_fold_drops_marks_and_case(typed, folded):
    assert names.fold(typed) == folded


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lô Văn Hùng", "Lô Văn Hưng", False),
        ("Lô Văn Hùng", "lo van hung", True),
        ("LÔ VĂN HÙNG", "Lô Văn Hùng", True),
        ("Vang Thị Hòa", "Vang Thị Hoà", True),
        ("Vang Thị Hòa", "Vang Thị Hóa", False),
        ("Vi Thị Phượng", "Vi Thị Phựơng", True),
        ("Vi Thị Lan", "Vi Thị Lân", False),
        ("Đỗ Văn Dũng", "Đỗ Văn Đung", False),
        ("Vi Thị Lan", "Vi Thị Lanh", False),
    ],
)
def test_marks_tell_names_apart_unless_one_was_typed_without(one, other, same):
    assert names.same_name(one, other) is same
    assert names.same_name(other, one) is same


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("0914994001", "0914994001"),
        ("0914.994.001", "0914994001"),
        ("(091) 499-4001", "0914994001"),
        ("+84 914 994 001", "0914994001"),
        ("+84 (0)914 994 001", "0914994001"),
        ("84914994001", "0914994001"),
        ("0238 3842 123", "02383842123"),
        ("+84 238 3842 123", "02383842123"),
        ("0333333333", "0333333333"),
        ("0555555555", "0555555555"),
        ("0777777777", "0777777777"),
        ("0888888888", "0888888888"),
    ],
)
def test_a_phone_is_kept_as_dialled_inside_the_country(typed, plain):
    assert names.normal_phone(typed) == plain
    assert names.is_phone(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "", "1234", "091499400", "09149940011", "0123456789", "0414994001", "0614994001",
        "0238384212", "+1 202 555 0100", "không có", "٠٩١٤٩٩٤٠٠١", "0914994001a",
    ],
)  # fmt: skip
def test_what_is_no_phone_stays_as_typed(typed):
    assert not names.is_phone(typed)
    assert names.normal_phone(typed) == typed


PHONE, PHONE2 = "0914994001", "0914994002"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("", None), ("", None), None),
        ((PHONE, None), (PHONE, None), True),
        ((PHONE, 1980), (PHONE, None), True),
        ((PHONE, 1980), (PHONE, 1990), True),
        (("", 1980), ("", 1980), True),
        ((PHONE, 1980), ("", 1980), True),
        (("", 1980), ("", 1990), False),
        ((PHONE, None), (PHONE2, None), False),
        ((PHONE, 1980), (PHONE2, 1990), False),
        ((PHONE, 1980), (PHONE2, None), False),
        ((PHONE, 1980), (PHONE2, 1980), None),
        ((PHONE, None), ("", 1980), None),
    ],
)
def test_namesakes_are_one_person_by_phone_or_year(one, other, same):
    assert names.same_person(("Lô Văn A", *one), ("Lô Văn A", *other)) is same
    assert names.same_person(("Lô Văn A", *other), ("Lô Văn A", *one)) is same
    assert names.same_person(("Lô Văn A", *one), ("Lô Văn B", *other)) is False
