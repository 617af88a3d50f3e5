"""What can be kept of what people type, and what is said when it cannot."""

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from procedures.forms.scans import MAX_SCAN_BYTES
from procedures.forms.steps import (
    MAX_ROWS,
    NoteForm,
    NumberForm,
    PaperForm,
    PassphraseForm,
    rows_from,
    rows_shown,
    seat_rows,
)

PERSON = {
    "full_name": "Lô Văn Thử",
    "birth_year": 1986,
    "phone": "0914994001",
    "role": "leader",
    "represents": "Trưởng bản",
}


def people(*rows):
    """The cleaned rows of a valid submit."""
    formset = rows_from([{**PERSON, **row} for row in rows])
    assert formset.is_valid(), formset.errors
    return formset.people()


def errors(**row):
    formset = rows_from([{**PERSON, **row}])
    assert not formset.is_valid()
    return formset.forms[0].errors


def test_names_are_kept_in_nfc_on_one_line():
    typed = unicodedata.normalize("NFD", "  Lò \t Thị\n Hường ")
    [person] = people({"full_name": typed})
    assert person["full_name"] == "Lò Thị Hường"


@pytest.mark.parametrize(
    "name", ["<b>Vi</b> Văn A", "=HYPERLINK(1)", "A & B", "{{ settings }}", "%s", "Nguyễn 'Ba'"]
)
def test_markup_and_formulas_are_kept_as_they_were_typed(name):
    [person] = people({"full_name": name})
    assert person["full_name"] == name


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\x07", "\ufeff"])
def test_invisible_characters_are_taken_out(hidden):
    [person] = people({"full_name": f"Lô {hidden}Văn A"})
    assert person["full_name"] == "Lô Văn A"


def test_a_name_too_long_for_its_column_is_refused_in_words():
    said = str(errors(full_name="a" * 121)["full_name"])
    assert "Dài quá 120 chữ" in said


def test_a_row_with_anything_in_it_needs_a_name():
    assert "không được để trống" in str(errors(full_name=" ")["full_name"])


def test_a_phone_is_kept_even_when_it_is_none():
    [wrong, right] = people({"phone": "09x"}, {"phone": "+84 914.994.001"})
    assert wrong["phone"] == "09x"
    assert right["phone"] == "0914994001"


@pytest.mark.parametrize(
    "year", ["86", "1899", "19a6", str(timezone.localdate().year + 1), "-1986"]
)
def test_a_birth_year_that_is_none_is_refused_in_words(year):
    assert "bốn chữ số" in str(errors(birth_year=year)["birth_year"])


def test_a_role_nobody_offered_is_refused_in_words():
    assert "Chọn Tổ trưởng" in str(errors(role="king")["role"])


def test_blank_rows_are_dropped_and_order_is_kept():
    formset = rows_from([{}, {**PERSON, "full_name": "A"}, {}, {**PERSON, "full_name": "B"}, {}])
    assert formset.is_valid()
    assert [person["full_name"] for person in formset.people()] == ["A", "B"]


def test_the_role_alone_does_not_make_a_row():
    formset = rows_from([{"role": "member"}])
    assert formset.is_valid()
    assert formset.people() == []


def test_what_was_typed_can_be_shown_again_valid_or_not():
    typed = {**PERSON, "birth_year": "19a6", "phone": "x", "role": "king", "may_publish": True}
    typed |= {"guardian_name": "Vi", "guardian_phone": "0", "guardian_relation": "mẹ"}
    formset = rows_from([typed])
    assert not formset.is_valid()
    assert formset.typed() == [typed]
    assert rows_shown(formset.typed()).typed() == [typed]


@pytest.mark.parametrize("data", [{}, {"nguoi-TOTAL_FORMS": "x"}, {"nguoi-TOTAL_FORMS": "-1"}])
def test_a_missing_or_broken_count_is_refused_and_raises_nothing(data):
    formset = seat_rows(data)
    assert not formset.is_valid()
    assert "Trang gửi lên bị thiếu" in str(formset.non_form_errors())


def test_a_count_that_lies_is_capped():
    formset = seat_rows({"nguoi-TOTAL_FORMS": "1000000", "nguoi-INITIAL_FORMS": "1000000"})
    assert len(formset.forms) == MAX_ROWS
    assert not formset.is_valid()
    assert f"nhiều nhất {MAX_ROWS} người" in str(formset.non_form_errors())


def test_an_initial_count_that_lies_asks_for_nothing_more():
    data = {"nguoi-TOTAL_FORMS": "3", "nguoi-INITIAL_FORMS": "3", "nguoi-0-full_name": "A"}
    formset = seat_rows({**data, "nguoi-0-role": "leader"})
    assert formset.is_valid(), formset.errors


def test_sixty_rows_pass_and_sixty_one_do_not():
    assert rows_from([PERSON] * MAX_ROWS).is_valid()
    assert not rows_from([PERSON] * (MAX_ROWS + 1)).is_valid()


def test_a_reason_is_compulsory_only_where_the_act_asks_for_it():
    asked = NoteForm({"note": "  "}, required=True)
    assert "lý do" in str(asked.errors["note"])
    assert NoteForm({"note": ""}, required=False).is_valid()


def test_a_passphrase_keeps_its_spaces():
    form = PassphraseForm({"passphrase": " mật khẩu "})
    assert form.is_valid()
    assert form.cleaned_data["passphrase"] == " mật khẩu "
    assert 'autocomplete="off"' in str(form["passphrase"])
    assert "mật khẩu" not in str(form["passphrase"])


def test_number_and_date_are_asked_only_where_the_office_numbers():
    assert list(NumberForm(external=True).fields) == ["number", "date"]
    assert list(NumberForm(external=False).fields) == []


@pytest.mark.parametrize(
    ("number", "said"), [("", "Ghi số"), ("0", "từ 1"), ("45/QĐ", "phần số"), ("999999", "quá lớn")]
)
def test_a_number_that_is_none_is_refused_in_words(number, said):
    form = NumberForm({"number": number, "date": "2026-11-20"}, external=True)
    assert said in str(form.errors["number"])


@pytest.mark.parametrize("date", ["2026-11-20", "20/11/2026"])
def test_a_date_is_read_as_browsers_and_as_people_write_it(date):
    form = NumberForm({"number": "45", "date": date}, external=True)
    assert form.is_valid(), form.errors


def paper(scan, **typed):
    data = {"signer": "7", "number": "45", "date": "2026-11-20", **typed}
    return PaperForm(data, {"scan": scan}, external=True, signers=[(7, "Chủ tịch")])


@pytest.mark.parametrize("magic", [b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
def test_a_scan_is_known_by_its_bytes_not_its_name(magic):
    form = paper(SimpleUploadedFile("ban-quet.docx", magic + b"..."))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["scan"].startswith(magic)
    assert form.cleaned_data["signer"] == 7


def test_anything_else_called_pdf_is_refused_in_words():
    form = paper(SimpleUploadedFile("ban-quet.pdf", b"<html>", "application/pdf"))
    assert "phải là tệp PDF" in str(form.errors["scan"])


def test_a_scan_over_ten_megabytes_is_refused_in_words():
    form = paper(SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * MAX_SCAN_BYTES))
    assert "quá 10 MB" in str(form.errors["scan"])


def test_an_empty_or_missing_scan_is_refused_in_words():
    assert "trống" in str(paper(SimpleUploadedFile("a.pdf", b"")).errors["scan"])
    assert "Chọn tệp" in str(paper(None).errors["scan"])


def test_a_signer_not_offered_is_refused_in_words():
    form = paper(SimpleUploadedFile("a.pdf", b"%PDF-"), signer="8")
    assert "trong danh sách" in str(form.errors["signer"])


def test_where_we_number_a_paper_still_has_its_date():
    form = PaperForm(external=False, signers=[])
    assert list(form.fields) == ["signer", "date", "scan"]
