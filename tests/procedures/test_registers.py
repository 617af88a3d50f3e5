"""The registers: on screen, number by number, as the book; and what came in."""

import datetime
import io
import re

import pdfplumber
import pypdfium2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import service
from documents.errors import DocumentRefused
from documents.models import Counter, Document, Relation, Series
from documents.registry import book, register
from procedures import access
from procedures.issuing import registers
from procedures.models import Delivery, ListRequest
from procedures.roles import Role
from project.accounts.models import User
from tests.documents.year import fill
from workflows.states import State

YEAR = 2025
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """A year's register of the Committee of Tam Quang, made once."""
    from tests.conftest import TAM_QUANG
    from workflows.models import Agency

    with django_db_blocker.unblock(), transaction.atomic():
        issuer = Agency.objects.get(code=TAM_QUANG).commune.issuer
        fill(issuer, YEAR)
        yield issuer
        transaction.set_rollback(True)


@pytest.fixture
def clerk(client, tam_quang):
    client.force_login(tam_quang(Role.CLERK))
    return client


def words(answer):
    return " ".join(re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()).split())


def test_the_register_of_a_year(filled, clerk):
    clerk.get("/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = clerk.get(f"/so-van-ban/{filled.pk}/?nam={YEAR}")
    assert len(asked) <= 22
    text = words(page)
    assert "Năm 2025: 300 số" in text
    assert "Trang 1/6" in text
    assert len(page.context["lines"]) == 50
    only = clerk.get(f"/so-van-ban/{filled.pk}/?nam={YEAR}&so=23")
    assert {line.document.reference for line in only.context["lines"]} == {
        "23/QĐ-UBND", "23/SL-UBND"
    }  # fmt: skip
    assert "Đã hủy số: Hết ngày ghi trên văn bản mà chưa ký" in words(only)
    one = clerk.get(f"/so-van-ban/{filled.pk}/?nam={YEAR}&so=23/sl-ubnd")
    assert [line.document.reference for line in one.context["lines"]] == ["23/SL-UBND"]
    none = clerk.get(f"/so-van-ban/{filled.pk}/?nam={YEAR}&so=xyz&loai=decision")
    assert "Không có văn bản nào như vậy" in words(none)
    last = clerk.get(f"/so-van-ban/{filled.pk}/?nam={YEAR}&loai=decision&trang=6")
    assert last.status_code == 200


def test_every_number_is_explained(filled, clerk):
    series = Series.objects.get(issuer=filled, symbol="QĐ-UBND")
    page = clerk.get(f"/so-van-ban/{filled.pk}/cac-so/{series.pk}/?nam={YEAR}")
    text = words(page)
    assert "Không thiếu số nào. 260 số, trong đó 11 số đã hủy có lý do." in text
    assert "Phần mềm cấp số lúc 09:05 02/01/2025, khi Trần Quốc Hưng bấm ký." in text
    assert "Đã hủy: Hết ngày ghi trên văn bản mà chưa ký." in text
    assert "Văn thư ghi số lúc" in text

    # The copies of a year share one series, each with the symbol of its form.
    copies = Series.objects.get(issuer=filled, symbol="SY, SL, TrS-UBND")
    page = clerk.get(f"/so-van-ban/{filled.pk}/cac-so/{copies.pk}/?nam={YEAR}")
    text = words(page)
    assert "Không thiếu số nào. 40 số, trong đó 1 số đã hủy có lý do." in text
    shown = [number.reference for number in page.context["page"]]
    assert shown[:3] == ["01/SY-UBND", "02/SL-UBND", "03/TrS-UBND"]
    assert "khi Văn thư ký số của cơ quan lên bản sao điện tử." in text

    # Given by the counter, in no document: at the end, and in the middle.
    Counter.objects.filter(series=series, year=YEAR).update(value=262)
    Document.objects.filter(series=series, year=YEAR, number=7).update(year=1999)
    account = register.account(series, YEAR)
    assert account.gaps == [7, 261, 262]
    assert not account.complete
    assert account.numbers[6].missing
    text = words(clerk.get(f"/so-van-ban/{filled.pk}/cac-so/{series.pk}/?nam={YEAR}"))
    assert "Có số không có văn bản. 7, 261, 262" in text
    Document.objects.filter(series=series, number=7, year=1999).update(year=YEAR)
    Counter.objects.filter(series=series, year=YEAR).update(value=260)


# A row begins with its number and its day.
ROW = re.compile(r"^(\d+/\S+-UBND) \d\d/\d\d/2025 ", re.MULTILINE)


def tables_of(data, pages):
    """The tables of these pages cell by cell: costly, so not of all."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [pdf.pages[number].extract_table() for number in pages]


def test_the_book_is_the_decrees(filled, clerk):
    answer = clerk.get(f"/so-van-ban/{filled.pk}/{YEAR}/so.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.content) as pdf:
        printed = [page.get_textpage().get_text_bounded().replace("\r", "") for page in pdf]
        assert {tuple(map(round, page.get_size())) for page in pdf} == {(842, 595)}
    pages = [" ".join(page.split()) for page in printed]
    cover = pages[0]
    for line in (
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN", "ỦY BAN NHÂN DÂN XÃ TAM QUANG",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm: 2025", "Từ ngày 02/01/2025 đến ngày 28/12/2025",
        "Từ số 01/QĐ-UBND đến số 260/QĐ-UBND", "Từ số 01 đến số 40 (SY, SL, TrS-UBND)",
        "Quyển số: 01",
    ):  # fmt: skip
        assert line in cover
    rows_of = [ROW.findall(page) for page in printed]
    [of_extract] = [n for n, rows in enumerate(rows_of) if "03/TrS-UBND" in rows]
    [of_void] = [n for n, rows in enumerate(rows_of) if "23/QĐ-UBND" in rows]
    tables = tables_of(answer.content, (1, of_extract, of_void, len(pages) - 1))
    heads = [" ".join(cell.split()) for cell in tables[0][0]]
    # Phụ lục IV, by hand.
    assert heads == [
        "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản",
        "Người ký", "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản",
        "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert all(table[:2] == tables[0][:2] for table in tables)
    above = " ".join([*heads, *(f"({n})" for n in range(1, 11))])
    assert [page.count(above) for page in pages] == [0, *[1] * (len(pages) - 1)]
    rows = [row for table in tables for row in table[2:]]
    assert {row[0] for row in rows} <= {number for page in rows_of for number in page}
    numbers = [number for page in rows_of for number in page]
    assert len(numbers) == 300
    decisions = [number for number in numbers if number.endswith("QĐ-UBND")]
    assert decisions == [f"{number:02d}/QĐ-UBND" for number in range(1, 261)]
    copied = [number for number in numbers if not number.endswith("QĐ-UBND")]
    assert [int(number.partition("/")[0]) for number in copied] == list(range(1, 41))
    extract = next(row for row in rows if row[0] == "03/TrS-UBND")
    assert (extract[3].replace("\n", " "), extract[6]) == ("Cơ quan ký số", "điện tử")
    assert " ".join(extract[2].split()).startswith("Bản trích sao Quyết định số")
    void = next(row for row in rows if row[0] == "23/QĐ-UBND")
    assert " ".join(void[9].split()) == "Đã hủy số: Hết ngày ghi trên văn bản mà chưa ký"
    assert void[3] == ""  # nobody signed it
    assert f"Sổ này có {len(pages) - 1} trang, không kể bìa, đăng ký 300 số" in pages[-1]
    assert "300 số văn bản, trong đó 12 số đã hủy" in pages[-1]
    assert "Trong đó: QĐ-UBND 260 số, hủy 11 số; SY, SL, TrS-UBND 40 số, hủy 01 số." in pages[-1]
    assert [f"Trang {n}" in page for n, page in enumerate(pages)][1:] == [True] * (len(pages) - 1)


def test_only_numbers_that_are_ours_are_printed(hac_thanh, client):
    """There the office's own book gives the numbers of decisions: our print is not the register."""
    client.force_login(hac_thanh(Role.CLERK))
    issuer = hac_thanh.agency.commune.issuer
    page = client.get(f"/so-van-ban/{issuer.pk}/")
    assert "phần mềm không in sổ thay" in words(page)
    assert client.get(f"/so-van-ban/{issuer.pk}/{YEAR}/so.pdf").status_code == 404
    with pytest.raises(DocumentRefused):
        book.register_book(book.Cover("", "", YEAR), list(issuer.series.all()), [])


def test_what_was_done_to_a_document_and_where_it_went(road, tam_quang, clerk):
    dossier = road.to(State.RELEASED)
    decision, today = dossier.decision, timezone.localdate()
    for way, received in (("paper", None), ("zalo", today)):
        Delivery.objects.create(
            dossier=dossier, recipient=f"Nơi nhận {way}", way=way, sent=today, received=received,
            by=tam_quang(Role.CLERK), by_name="Văn thư",
        )  # fmt: skip
    [entry] = register.entries([decision], registers.dispatch([decision]))
    assert (entry.copies, entry.sent) == ("01", today)
    assert entry.kept_by == "VT, VHXH"
    assert "Lưu" not in entry.recipients
    assert entry.what.startswith("Quyết định về việc thành lập")
    [plain] = register.entries([decision], {})
    assert (plain.copies, plain.sent, plain.note) == ("điện tử", None, "")
    other = road.to(State.RELEASED, tam_quang(Role.HAMLET_HEAD, 1)).decision
    with transaction.atomic():
        service.relate(other, decision, Relation.Kind.REPLACES)
    [entry] = register.entries([decision], {})
    assert (
        entry.note == f"Đã được thay thế bởi Quyết định số {other.reference} ngày {today:%d/%m/%Y}"
    )
    page = clerk.get("/so-van-ban/", follow=True)
    assert f'href="/ho-so/{dossier.pk}/"' in page.content.decode()
    division = access.registers_of(tam_quang(Role.CLERK))[1]
    assert division.superior == "Ủy ban nhân dân xã Tam Quang"
    page = clerk.get(f"/so-van-ban/{division.issuer.pk}/")
    assert dossier.submission.reference in words(page)


ALL = ("/so-van-ban/", "/so-van-ban/den/")


# A Deputy acts for the Chairman in his field.
THEIRS = (Role.CLERK, Role.CHAIRMAN, Role.DEPUTY_CHAIRMAN)


@pytest.mark.parametrize("role", [role for role in Role if role not in THEIRS])
def test_others_have_no_register(role, client, tam_quang):
    client.force_login(tam_quang(role))
    issuer = tam_quang.agency.commune.issuer
    for address in ALL:
        assert client.get(address).status_code == 403
    series = issuer.series.first()
    for address in (
        f"/so-van-ban/{issuer.pk}/cac-so/{series.pk}/",
        f"/so-van-ban/{issuer.pk}/2025/so.pdf",
    ):
        assert client.get(address).status_code == 404


def test_another_communes_register_is_not_there(client, tam_quang, hac_thanh, filled):
    """The same answer as for none; the keeper of the installation sees both."""
    series, theirs = filled.series.first(), hac_thanh.agency.commune.issuer
    addresses = [
        f"/so-van-ban/{filled.pk}/", f"/so-van-ban/{filled.pk}/cac-so/{series.pk}/",
        f"/so-van-ban/{filled.pk}/{YEAR}/so.pdf",
    ]  # fmt: skip
    client.force_login(hac_thanh(Role.CHAIRMAN))
    assert [client.get(address).status_code for address in addresses] == [404] * 3
    assert client.get(f"/so-van-ban/{2**70}/").status_code == 404
    # A series of another issuer under one's own.
    assert client.get(f"/so-van-ban/{theirs.pk}/cac-so/{series.pk}/").status_code == 404
    client.force_login(tam_quang(Role.CHAIRMAN))
    assert [client.get(address).status_code for address in addresses[:2]] == [200] * 2
    keeper = User.objects.create_superuser("keeper", full_name="Người quản trị", password=None)
    client.force_login(keeper)
    assert client.get(addresses[0]).status_code == 200
    assert client.get(f"/so-van-ban/{theirs.pk}/").status_code == 200


def test_what_came_in_is_ready_to_be_cited(road, clerk, tam_quang):
    dossier = road.to(State.DRAFT)
    day = timezone.localdate() - datetime.timedelta(days=9)
    ListRequest.objects.create(
        dossier=dossier, asked_by="Sở Khoa học và Công nghệ tỉnh Nghệ An",
        reference="1203/SKHCN-CĐS", date=datetime.date(2026, 3, 5), about="gửi danh sách tổ",
        due=day,
    )  # fmt: skip
    text = words(clerk.get("/so-van-ban/den/"))
    assert (
        "Công văn số 1203/SKHCN-CĐS ngày 05 tháng 3 năm 2026 của Sở Khoa học và Công nghệ tỉnh "
        "Nghệ An gửi danh sách tổ" in text
    )
    assert "Quá hạn" in text
    clerk.force_login(tam_quang(Role.SPECIALIST))
    assert clerk.get("/so-van-ban/den/").status_code == 403
