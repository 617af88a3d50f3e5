"""Lists of teams as offices send them: the form of eight columns, and what goes wrong with it."""

import datetime
import io
import zipfile

import xlsxwriter

# By hand, from the source (legal.md D.9): not the constants of the code under test.
HEADINGS = [
    "TT", "Tên Phường\\xã", "Tên Tổ", "Số Quyết định", "Họ tên thành viên", "Chức vụ trong tổ",
    "Số điện thoại liên hệ", "Ghi chú",
]  # fmt: skip
TITLE = "Mẫu danh sách Tổ Công nghệ số cộng đồng"
ONE, TWO = "15/QĐ-UBND ngày 10/7/2025", "16/QĐ-UBND ngày 05/02/2026"

# What stands below the headings, which are in row 3.
GOOD = [
    [1, "Xã Tam Quang", "Bản Bãi Sở", ONE, "Lô Văn Thìn", "Tổ trưởng", "0914994001", "Trưởng bản"],
    ["", "", "", "", "Vi Thị Hoa", "Tổ phó", "0914994002", ""],
    ["", "", "", "", "Kha Văn Lực", "Thành viên", "", "Giáo viên"],
    [2, "", "Tổ công nghệ số cộng đồng bản Bãi Xa", "", "Vi Văn Chuyển", "Tổ trưởng", "", ""],
    ["", "", "", "", "Vi Thị Hoa", "Thành viên", "+84 914 994 002", ""],
    [3, "", "Xã Tam Quang", TWO, "Vi Mạnh Cường", "Tổ trưởng", "0914994006", "Bí thư Đoàn xã"],
    ["", "", "", "", "Ngân Thị Én", "Thành viên", "0914994007", ""],
    ["", "TỔNG", "", "", "", "", "", ""],
]  # fmt: skip


def changed(row, column, value, rows=GOOD):
    """The rows with one cell changed; row 4 of the sheet is the first."""
    copy = [list(line) for line in rows]
    copy[row - 4]["ABCDEFGH".index(column)] = value
    return copy


def book(rows=GOOD, headings=HEADINGS, write=None, name="Danh sách", **more):
    """A workbook. ``write`` gets book and sheet for what a table of values cannot say; ``more``
    are further sheets: title -> (headings, rows)."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    # The same list is the same file, whenever it is made.
    made.set_properties({"created": datetime.datetime(2026, 1, 1)})
    for title, (heads, lines) in {name: (headings, rows), **more}.items():
        sheet = made.add_worksheet(title)
        sheet.write(0, 0, TITLE)
        for number, line in enumerate([heads, *lines], 2):
            sheet.write_row(number, 0, line)
        if write and title == name:
            write(made, sheet)
    made.close()
    return out.getvalue()


def text(rows=GOOD, headings=HEADINGS, separator=","):
    """The same as CSV."""
    lines = [[TITLE], [], headings, *rows]
    quoted = ([f'"{value}"' for value in line] for line in lines)
    return "\r\n".join(separator.join(line) for line in quoted)


def repacked(data, change=None, add=None, compression=zipfile.ZIP_DEFLATED):
    """The workbook with parts changed ({name: function of bytes}) or added ({name: bytes})."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, (change or {}).get(name, lambda same: same)(part))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return out.getvalue()


def flagged(data):
    """The workbook with every member marked as encrypted, as a ZIP with a password is."""
    marked = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(magic)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(magic, place + 4)
    return bytes(marked)


def lying(data, size=1000):
    """The workbook in whose directory the first member claims to unpack to ``size`` bytes."""
    marked = bytearray(data)
    place = marked.find(b"PK\x01\x02")
    marked[place + 24 : place + 28] = size.to_bytes(4, "little")
    return bytes(marked)
