"""A list of teams is read to the letter, or refused cell by cell; a wrong one changes nothing."""

import datetime
import io
import itertools
import unicodedata

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Document
from procedures import sheets
from procedures.models import Change, Dossier, Membership, Person, Seat, Team
from procedures.roles import Role
from procedures.sheets import Decision, Place, Places
from workflows.models import Event

from .lists import GOOD, HEADINGS, ONE, book, changed, repacked, text
from .wrong_lists import WRONG, lines

SAID = lines()
TAM_QUANG = Places(
    "xã",
    "Tam Quang",
    ((1, "bản", "Bãi Sở"), (2, "bản", "Bãi Xa"), (3, "bản", "Tam Liên"), (4, "bản", "Tam Hương")),
)
HAC_THANH = Places("phường", "Hạc Thành", tuple((n, "khu phố", str(n)) for n in range(1, 11)))


def read(data, places=TAM_QUANG):
    return sheets.read(data, places)


# What a right list says --------------------------------------------------------------------------


def test_the_form_is_read_as_its_source_means_it():
    sheet = read(book())
    assert sheet.problems == ()
    assert [team.place.name for team in sheet.teams] == ["bản Bãi Sở", "bản Bãi Xa", "xã Tam Quang"]
    first, second, third = sheet.teams
    july = Decision(datetime.date(2025, 7, 10), "QĐ-UBND", 15)
    assert first.decision == second.decision == july
    assert (third.place.level, third.place.hamlet_id) == ("commune", None)
    assert third.decision == Decision(datetime.date(2026, 2, 5), "QĐ-UBND", 16)
    assert [(m.full_name, m.role, m.phone, m.note) for m in first.members] == [
        ("Lô Văn Thìn", "leader", "0914994001", "Trưởng bản"),
        ("Vi Thị Hoa", "deputy", "0914994002", ""),
        ("Kha Văn Lực", "member", "", "Giáo viên"),
    ]
    assert sheet.people == 7
    assert [str(decision) for decision in sheet.decisions] == [ONE, "16/QĐ-UBND ngày 5/2/2026"]


def merged(made, sheet):
    plain = made.add_format()
    sheet.merge_range("B4:B10", "Xã Tam Quang", plain)
    sheet.merge_range("C4:C6", "Bản Bãi Sở", plain)
    sheet.merge_range("D4:D8", ONE, plain)


@pytest.mark.parametrize(
    "data",
    [
        book(write=merged),
        book([[value.lower() if value == "Tổ trưởng" else value for value in row] for row in GOOD]),
        book([["", *row[1:]] for row in GOOD]),
        book(headings=[unicodedata.normalize("NFD", h.upper()) for h in HEADINGS]),
        book(headings=["STT", "Tên  Phường/xã", *(h.replace(" ", "\n") for h in HEADINGS[2:])]),
        text().encode(),
        text().encode("utf-8-sig"),
        text(separator=";").encode(),
        book(Khác=(["Ghi chú của cán bộ"], [])),
        book([*GOOD, ["", "", "", "", "Lô Văn Sau", "Thành viên", "", ""]]),
        book(changed(5, "F", "Phó Tổ trưởng")),
        book(changed(5, "C", "Bản Bãi Sở")),
        book(changed(5, "D", ONE)),
        book(changed(9, "D", "Quyết định số 16/QĐ-UBND, ngày 5.2.2026 của Chủ tịch UBND xã")),
        book(changed(9, "D", "16/qd-ubnd ngày 05 tháng 02 năm 2026")),
    ],
    ids=[
        "merged cells", "roles in lower case", "no order numbers", "decomposed headings",
        "headings broken over lines", "CSV", "CSV with BOM", "CSV of a Vietnamese Excel",
        "a second sheet of another kind", "rows after TỔNG", "another word for deputy",
        "team repeated on every row", "decision repeated", "decision in full", "date in words",
    ],
)  # fmt: skip
def test_what_means_the_same_reads_the_same(data):
    sheet = read(data)
    assert sheet.problems == ()
    assert sheet.teams == read(book()).teams


def test_columns_in_another_order_are_read_by_their_names():
    order = [0, 2, 1, 4, 5, 6, 3, 7]
    rows = [[row[place] for place in order] for row in GOOD]
    rows[-1] = ["", "TỔNG", *[""] * 6]
    sheet = read(book(rows, [HEADINGS[place] for place in order]))
    assert sheet.teams == read(book()).teams
    assert [(n.cell, n.sentence) for n in sheet.notices] == [
        ("A3", "Các cột không theo thứ tự của mẫu; đã đọc theo tên cột.")
    ]


def test_decomposed_unicode_is_brought_to_one_form():
    rows = [[unicodedata.normalize("NFD", str(value)) for value in row] for row in GOOD]
    sheet = read(book(rows))
    assert sheet.teams == read(book()).teams
    assert all(
        unicodedata.is_normalized("NFC", m.full_name) for t in sheet.teams for m in t.members
    )


def test_the_sample_rows_of_the_form_are_passed_over():
    sample = [
        ["VD", "Phường Hạc Thành", "Tổ KP1", "01/QĐ-UBND ngày 10/7/2025", "Nguyễn Văn A",
         "Tổ trưởng", "0914994***", ""],
        ["", "", "", "", "Nguyễn Văn B", "Thành viên", "0914994***", ""],
        ["", "", "Tổ ….", "", "", "", "", ""],
    ]  # fmt: skip
    sheet = read(book([*sample, *GOOD, ["", "", "Thôn…", "", "", "", "", ""]]))
    assert sheet.problems == ()
    assert sheet.teams == read(book()).teams
    assert [(n.cell, n.sentence) for n in sheet.notices] == [
        ("A4", "Dòng ví dụ (VD): không ghi nhận.")
    ]


@pytest.mark.parametrize(
    ("typed", "kept", "notice"),
    [
        ("0914994***", "", "Số điện thoại bị che bằng dấu *: để trống, bổ sung sau."),
        (914994001, "0914994001", "Số điện thoại mất số 0 ở đầu: đã thêm lại."),
        ("914994001", "0914994001", "Số điện thoại mất số 0 ở đầu: đã thêm lại."),
        (84914994001, "0914994001", None),
        ("0914.994.001", "0914994001", None),
        ("-", "", None),
        ("chưa có", "", None),
    ],
)
def test_a_phone_is_read_as_people_write_it(typed, kept, notice):
    sheet = read(book(changed(4, "G", typed)))
    assert sheet.problems == ()
    assert sheet.teams[0].members[0].phone == kept
    assert [(n.cell, n.sentence) for n in sheet.notices] == ([("G4", notice)] if notice else [])


def test_a_notice_for_many_cells_is_told_once():
    rows = [[*row[:6], "0914994***", row[7]] for row in GOOD[:-1]]
    [notice] = read(book(rows)).notices
    assert notice.cell == "G4, G5, G6, G7, G8, G9 và 1 ô khác"


def test_a_leader_of_two_teams_is_told_and_not_refused():
    sheet = read(book(changed(7, "E", "Lô Văn Thìn", changed(7, "G", "0914994001"))))
    assert sheet.problems == ()
    [notice] = sheet.notices
    assert (notice.cell, notice.sentence) == (
        "E7", "Lô Văn Thìn cũng là Tổ trưởng ở dòng 4. Ông/bà xem lại.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("places", "typed", "meant"),
    [
        (TAM_QUANG, "Bản Bãi Sở", "bản Bãi Sở"),
        (TAM_QUANG, "bãi sở", "bản Bãi Sở"),
        (TAM_QUANG, "Thôn Bãi Sở", "bản Bãi Sở"),
        (TAM_QUANG, "Ban Bai So", "bản Bãi Sở"),
        (TAM_QUANG, "Tổ CNSCĐ bản Bãi Sở - xã Tam Quang", "bản Bãi Sở"),
        (TAM_QUANG, "Tổ chuyển đổi số cộng đồng bản Tam Liên", "bản Tam Liên"),
        (TAM_QUANG, "Tổ công nghệ số cộng đồng xã Tam Quang", "xã Tam Quang"),
        (TAM_QUANG, "Cấp xã", "xã Tam Quang"),
        (TAM_QUANG, "Bảnh Bãi Sở", None),
        (TAM_QUANG, "Tổ công nghệ số cộng đồng", None),
        (HAC_THANH, "Tổ KP1", "khu phố 1"),
        (HAC_THANH, "KP 01", "khu phố 1"),
        (HAC_THANH, "Tổ 10", "khu phố 10"),
        (HAC_THANH, "Khu phố 11", None),
        (Places("xã", "A", ((1, "tổ dân phố", "5"),)), "Tổ dân phố 5", "tổ dân phố 5"),
        (Places("xã", "A", ((1, "tổ dân phố", "5"),)), "TDP 05", "tổ dân phố 5"),
    ],
)
def test_a_place_is_known_by_the_names_people_give_it(places, typed, meant):
    assert [place.name for place in places.find(typed)] == ([meant] if meant else [])


def test_marks_tell_two_places_apart_and_without_them_nobody_guesses():
    places = Places("xã", "A", ((1, "bản", "Na Lạ"), (2, "bản", "Nà Lạ")))
    assert [place.name for place in places.find("Nà Lạ")] == ["bản Nà Lạ"]
    assert len(places.find("Na La")) == 2
    rows = [["", "", "na la", ONE, "Lô Văn An", "Tổ trưởng", "", ""]]
    [problem] = read(book(rows), places).problems
    assert problem.sentence == "“na la” có thể là bản Na Lạ hay bản Nà Lạ: ghi rõ một nơi."


# Out and in again --------------------------------------------------------------------------------


def test_what_is_written_reads_back_the_same():
    teams = read(book()).teams
    again = read(sheets.written("xã Tam Quang", teams))
    assert (again.teams, again.problems, again.notices) == (teams, (), ())


def test_written_text_never_becomes_a_formula():
    place = Place("hamlet", 1, "bản Bãi Sở")
    evil = sheets.Member("Lô Văn An", "leader", note='=HYPERLINK("http://x")')
    data = sheets.written(
        "xã Tam Quang", [sheets.ListedTeam(place, read(book()).decisions[0], (evil,))]
    )
    assert read(data).teams[0].members[0].note == evil.note


def test_the_headings_are_those_of_the_source_to_the_letter():
    for data in (sheets.template("xã Tam Quang"), sheets.sample(TAM_QUANG)):
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet["A1"].value == "Mẫu danh sách Tổ Công nghệ số cộng đồng"
        assert [cell.value for cell in sheet[3]] == HEADINGS
        assert sheet.cell(sheet.max_row, 2).value == "TỔNG"
        # A phone typed into a cell of numbers loses its leading zero.
        assert sheet["G5"].number_format == "@"


def test_neither_the_template_nor_the_sample_can_be_recorded_by_mistake():
    assert [p.sentence for p in read(sheets.template("xã Tam Quang")).problems] == [
        "Dưới dòng tiêu đề chưa có tổ nào."
    ]
    sample = read(sheets.sample(TAM_QUANG))
    assert sample.teams == ()
    assert [p.sentence for p in sample.problems] == ["Danh sách chỉ có dòng ví dụ (VD)."]


# What is wrong, and where ------------------------------------------------------------------------


def test_the_sentences_and_the_lists_are_of_the_same_cases():
    assert list(SAID) == list(WRONG)
    assert len(WRONG) >= 20


def everything():
    """What recording could have written."""
    kept = [Document, Dossier, Change, Seat, Person, Team, Membership, Event]
    return [model.objects.count() for model in kept]


def uploads():
    folders = default_storage.listdir("uploads")[0] if default_storage.exists("uploads") else []
    return sorted(itertools.chain(*(default_storage.listdir(f"uploads/{f}")[1] for f in folders)))


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_list_is_refused_at_its_cell_and_changes_nothing(case, client, tam_quang):
    data, (cell, sentence) = WRONG[case], SAID[case]
    problems = read(data).problems
    assert [(p.cell, p.sentence) for p in problems] == [(cell, sentence)]

    before = everything(), uploads()
    client.force_login(tam_quang(Role.SPECIALIST))
    answer = client.post("/to-da-co/", {"file": SimpleUploadedFile("danh-sach.xlsx", data)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("&quot;", '"')
    assert (everything(), uploads()) == before


def test_every_mistake_of_a_list_is_told_at_once():
    rows = changed(4, "G", "12", changed(5, "F", "Cố vấn", changed(9, "D", "16")))
    assert [problem.cell for problem in read(book(rows)).problems] == ["G4", "F5", "D9"]


def test_nobody_is_recorded_unseen_below_the_size_the_sheet_claims():
    data = repacked(book(), {"xl/worksheets/sheet1.xml": lambda p: p.replace(b"A1:H11", b"A1:H6")})
    assert read(data).teams == read(book()).teams
