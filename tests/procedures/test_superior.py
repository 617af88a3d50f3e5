"""A superior's own sheet: filled below its headings, nothing else of it touched."""

import io

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from openpyxl.styles import Font

from procedures.lists import superior as kept_sheets
from procedures.lists import upward
from procedures.models import Person, SuperiorSheet, Team
from procedures.roles import Role
from procedures.sheets import superior
from procedures.sheets.container import Unreadable
from procedures.sheets.superior import Filler, Layout

from .test_existing import commune_of, record

HEADINGS = [
    "STT",
    "Đơn vị (xã, phường)",
    "Tổ (thôn, bản)",
    "Họ và tên",
    "Chức danh",
    "SĐT",
    "Kỳ báo cáo",
]


def template(samples_below=2, total=True):
    """What an office sends: a title over all columns, headings in row 4, samples, a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "BIỂU TỔNG HỢP TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"
    sheet["A2"] = "(Kèm theo Công văn của Sở)"
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(4, column, heading).font = Font(bold=True)
    for number in range(samples_below):
        sheet.cell(5 + number, 4, f"Nguyễn Văn {chr(65 + number)}")
    if total:
        row = 5 + samples_below
        sheet.cell(row, 2, "TỔNG CỘNG")
        sheet.cell(row, 4, f"=COUNTA(D5:D{row - 1})")
        sheet.merge_cells(start_row=row + 2, start_column=5, end_row=row + 2, end_column=7)
        sheet.cell(row + 2, 5, "Người lập biểu")
    book.create_sheet("Hướng dẫn")["A1"] = "Gửi trước ngày 15"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data, title="Biểu 01"):
    return openpyxl.load_workbook(io.BytesIO(data))[title]


def values(sheet, row):
    return [sheet.cell(row, column).value for column in range(1, 8)]


@pytest.fixture
def teams(tam_quang):
    record(tam_quang)
    return list(Team.objects.filter(commune=commune_of(tam_quang)).order_by("pk"))


@pytest.fixture
def sheet(tam_quang, teams):
    found = kept_sheets.keep(
        commune_of(tam_quang), "Mẫu của Sở", template(), by=tam_quang(Role.SPECIALIST)
    )
    yield found
    if SuperiorSheet.objects.filter(pk=found.pk).exists():
        kept_sheets.drop(found)


def test_the_headings_are_found_and_guessed():
    layout = superior.guessed(template())
    assert layout == Layout("Biểu 01", 4, 5, 6)
    assert list(superior.headings(template(), layout).values()) == HEADINGS
    guesses = [superior.guess(heading) for heading in HEADINGS]
    assert guesses == ["order", "commune", "place", "name", "role", "phone", ""]


def test_the_sheet_comes_back_filled_and_otherwise_as_it_was(tam_quang, teams, sheet):
    listed = upward.listed(commune_of(tam_quang), timezone.localdate())
    sheet.columns = [*sheet.columns, [7, "text", "Tháng 12/2026"]]
    page = read(kept_sheets.filled(sheet, listed))
    rows = kept_sheets.rows(sheet, listed)
    assert len(rows) == 7
    for number, row in enumerate(rows):
        assert values(page, 5 + number) == [
            row["order"], "Xã Tam Quang", row["place"], row["name"], row["role"],
            row["phone"] or None, "Tháng 12/2026",
        ]  # fmt: skip
    assert values(page, 4) == HEADINGS
    assert page["D4"].font.bold
    assert page["A1"].value.startswith("BIỂU TỔNG HỢP")
    # What stood below the list stands below it still.
    assert (page["B12"].value, page["D12"].value[:7]) == ("TỔNG CỘNG", "=COUNTA")
    assert page["E14"].value == "Người lập biểu"
    assert {str(found) for found in page.merged_cells.ranges} == {"A1:G1", "E14:G14"}
    assert "Nguyễn Văn A" not in [page.cell(number, 4).value for number in range(1, 20)]
    assert read(kept_sheets.filled(sheet, listed), "Hướng dẫn")["A1"].value == "Gửi trước ngày 15"
    headings, copied = kept_sheets.table(sheet, listed)
    assert list(headings) == HEADINGS
    assert [line[3] for line in copied] == [row["name"] for row in rows]


def test_a_shorter_list_leaves_no_sample_behind():
    data = template(samples_below=4)
    fillers = [Filler(4, "name")]
    page = read(superior.fill(data, Layout("Biểu 01", 4, 5, 8), fillers, [{"name": "Lô Văn A"}]))
    assert [page.cell(row, 4).value for row in range(5, 9)] == ["Lô Văn A", None, None, None]
    assert page["B9"].value == "TỔNG CỘNG"


def test_a_row_for_each_team_names_its_leader(tam_quang, teams, sheet):
    sheet.rows = "team"
    listed = upward.listed(commune_of(tam_quang), timezone.localdate())
    rows = kept_sheets.rows(sheet, listed)
    assert [row["role"] for row in rows] == ["Tổ trưởng"] * 3
    assert {row["decision"] for row in rows} == {
        "15/QĐ-UBND ngày 10/7/2025", "16/QĐ-UBND ngày 5/2/2026",
    }  # fmt: skip


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "#N/A"])
def test_nothing_typed_becomes_a_formula(evil):
    layout = Layout("Biểu 01", 4, 5, 6)
    fillers = [Filler(4, "name"), Filler(7, "text", evil)]
    page = read(superior.fill(template(), layout, fillers, [{"name": evil}]))
    assert [(page[ref].value, page[ref].data_type) for ref in ("D5", "G5")] == [(evil, "s")] * 2
    assert page["D5"].quotePrefix == (evil[0] in "=+-@")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 rubbish", b"TT,Ten\n1,2\n"])
def test_a_file_that_is_no_safe_workbook_is_refused(data):
    with pytest.raises(Unreadable):
        superior.guessed(data)


def test_a_sheet_without_headings_is_refused():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "Chỉ có một dòng"
    book.save(out)
    with pytest.raises(Unreadable, match="Không thấy dòng tiêu đề"):
        superior.guessed(out.getvalue())


# The screens ---------------------------------------------------------------------------------


def file_of(data):
    found = io.BytesIO(data)
    found.name = "mau.xlsx"
    return found


def test_uploaded_mapped_and_used_by_the_office_of_one_commune(client, tam_quang, hac_thanh, teams):
    client.force_login(tam_quang(Role.CLERK))
    typed = {"name": "Mẫu tháng 12", "file": file_of(template())}
    address = client.post(reverse("superior"), typed)["Location"]
    kept = SuperiorSheet.objects.get()
    assert address == reverse("superior-map", args=[kept.pk])
    places = {"sheet": "Biểu 01", "heading": 4, "first": 5, "last": 6, "rows": "member"}
    columns = {f"c-{column}": field for column, field, _text in kept.columns}
    wrong = client.post(address, {**places, **columns, "c-7": "text", "first": 3})
    assert wrong.status_code == 422
    assert "Danh sách bắt đầu sau dòng tiêu đề." in wrong.content.decode()
    assert "Ghi chữ cố định của cột này." in wrong.content.decode()
    done = client.post(address, {**places, **columns, "c-7": "text", "t-7": "Tháng 12"})
    assert done.status_code == 302
    kept.refresh_from_db()
    assert [7, "text", "Tháng 12"] in kept.columns
    asked = {"form": f"own-{kept.pk}", "phones": "masked"}
    phone = Person.objects.filter(memberships__team=teams[0]).exclude(phone="").first().phone
    page = read(client.post(reverse("upward"), {**asked, "file": "1"}).content)
    assert values(page, 4) == HEADINGS
    assert values(page, 5)[6] == "Tháng 12"
    assert phone not in str([values(page, row) for row in range(5, 12)])
    assert "Tháng 12" in client.post(reverse("upward"), {**asked, "table": "1"}).content.decode()
    client.force_login(hac_thanh(Role.CLERK))
    assert client.get(address).status_code == 404
    assert client.post(address, {"drop": "1"}).status_code == 404
    assert client.post(reverse("upward"), {**asked, "file": "1"}).status_code == 422
    client.force_login(tam_quang(Role.CLERK))
    assert client.post(address, {"drop": "1"}).status_code == 302
    assert not SuperiorSheet.objects.exists()
    assert not default_storage.exists(f"superior/{kept.commune.agency_id}/{kept.digest}")


def test_a_name_twice_or_a_bad_file_is_told(client, tam_quang, sheet):
    client.force_login(tam_quang(Role.SPECIALIST))
    for typed, words in (
        ({"name": "Mẫu của Sở", "file": file_of(template())}, "Đã có mẫu tên này."),
        ({"name": "Khác", "file": file_of(b"%PDF-1.7")}, "PDF"),
        ({"name": "Khác"}, "Chọn tệp mẫu."),
    ):
        page = client.post(reverse("superior"), typed)
        assert (page.status_code, words in page.content.decode()) == (422, True), words
