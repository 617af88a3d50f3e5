"""The list of teams for an office above: both forms to the letter, and the công văn around it."""

import datetime
import io

import openpyxl
import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents import nd30
from documents import service as documents
from documents.model import Issue, SignatureBlock
from documents.rendering import pdf
from procedures import papers, sheets
from procedures.flows import list_upward
from procedures.issuing import signing
from procedures.lists import upward, viewings
from procedures.models import ListRequest, Membership, Person, Team, Viewing
from procedures.people import names
from procedures.roles import Role
from procedures.sheets import Place, Places, lao_cai
from procedures.sheets.lao_cai import Head, LedTeam
from workflows.errors import Refusal
from workflows.models import Event
from workflows.states import State

from .correcting import post_of
from .lists import GOOD, HEADINGS, book
from .test_existing import commune_of, record

# By hand, from the annex of the công văn (legal.md D.9): not the constants of the code under test.
SEVEN = [
    "Stt", "Tên xã", "Tên Tổ công nghệ cộng đồng", "Tổ trưởng", "Số Điện thoại",
    "Lập nhóm Zalo (có/không)", "Ghi chú",
]  # fmt: skip
HEAD_LINES = [
    "Phụ lục: Mẫu báo cáo danh sách Tổ Công nghệ số cộng đồng năm 2022",
    "trên địa bàn huyện/thị xã/thành phố",
    "1. Tên đơn vị địa phương cấp huyện",
    "2. Thông tin cán bộ/bộ phận phụ trách công tác triển khai:",
    "- Họ và tên:",
    "- Chức vụ, đơn vị công tác:",
    "- Số điện thoại:",
]
GIA_PHU = Places("xã", "Gia Phú", ((1, "thôn", "Nậm Phảng"), (2, "thôn", "Bản Bay")))
ASKED = {
    "asked_by": "Sở Khoa học và Công nghệ tỉnh Nghệ An",
    "reference": "1234/SKHCN-CĐS",
    "date": datetime.date(2026, 7, 8),
    "about": "rà soát, kiện toàn Tổ công nghệ số cộng đồng",
    "due": None,
    "form": "eight",
    "full_phones": False,
    "purpose": "",
}


def cells(data):
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.fixture
def teams(tam_quang):
    """Three teams recorded from a list: two of hamlets, the commune's own."""
    record(tam_quang)
    return list(Team.objects.filter(commune=commune_of(tam_quang)).order_by("pk"))


def today(cast, **options):
    return upward.listed(commune_of(cast), timezone.localdate(), **options)


def begun(cast, by=None):
    author = by or cast(Role.SPECIALIST, 1)
    return list_upward.draft(author, post_of(author))


def sent(road, dossier, **changed):
    dossier = road.do(dossier, "edit", dossier.author, request=ASKED | changed)
    return road.do(dossier, "submit", dossier.author)


# The two forms -------------------------------------------------------------------------------


def test_headings_are_those_of_the_sources_letter_by_letter(tam_quang, teams):
    listed = today(tam_quang)
    assert HEADINGS in cells(listed.workbook("eight"))
    seven = cells(listed.workbook("seven"))
    assert SEVEN in seven
    assert [row[0] for row in seven if row[0] in HEAD_LINES] == HEAD_LINES
    assert list(listed.table("eight")[0]) == HEADINGS
    assert list(listed.table("seven")[0]) == SEVEN


def test_the_form_of_eight_columns_comes_back_as_it_went_out(tam_quang, teams):
    listed = today(tam_quang, full=True)
    places = Places.of(commune_of(tam_quang))
    first = sheets.read(listed.workbook("eight"), places)
    assert first.problems == ()
    assert {team.place.name for team in first.teams} == {
        "bản Bãi Sở", "bản Bãi Xa", "xã Tam Quang",
    }  # fmt: skip
    again = sheets.read(sheets.written("xã Tam Quang", first.teams), places)
    assert again.teams == first.teams
    assert sum(bool(m.phone) for team in first.teams for m in team.members) == listed.phones > 0


@pytest.mark.parametrize(
    "teams",
    [
        (LedTeam(Place("hamlet", 2, "thôn Bản Bay"), "Vàng A Sử", "0914994001", True, "Mới"),),
        (
            LedTeam(Place("commune", None, "xã Gia Phú"), "Lý Thị Mẩy", "", False, ""),
            LedTeam(Place("hamlet", 1, "thôn Nậm Phảng"), "", "", None, "khuyết"),
            LedTeam(Place("hamlet", 2, "thôn Bản Bay"), "Vàng A Sử", "02143812345", True, "=1+1"),
        ),
    ],
)
def test_the_form_of_seven_columns_comes_back_as_it_went_out(teams):
    head = Head("huyện Bảo Thắng", "Lê Thị Hà", "Công chức VHXH, UBND xã", "0914994009")
    data = lao_cai.written("xã Gia Phú", teams, head)
    read = lao_cai.read(data, GIA_PHU)
    assert (read.problems, read.notices) == ((), ())
    assert (read.head, read.teams) == (head, teams)
    assert "f" not in {
        cell.data_type
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()
        for cell in row
    }


def test_number_and_name_of_the_commune_span_its_rows(tam_quang, teams):
    page = openpyxl.load_workbook(io.BytesIO(today(tam_quang).workbook("seven"))).active
    assert {"A10:A12", "B10:B12"} <= {str(found) for found in page.merged_cells.ranges}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["1", "Xã Phú Nhuận", "Bản Bay", "", "", "", ""], "không phải xã Gia Phú"),
        (["1", "Gia Phú", "Thôn Không Có", "", "", "", ""], "không phải một thôn"),
        (["1", "Gia Phú", "Bản Bay", "", "123", "", ""], "Số điện thoại"),
        (["1", "Gia Phú", "Bản Bay", "", "", "có lẽ", ""], "chỉ ghi “có” hoặc “không”"),
        (["1", "VD: Gia Phú", "Bản Bay", "", "", "", ""], "chưa có tổ nào"),
    ],
)
def test_a_wrong_cell_of_seven_columns_is_named(row, sentence):
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in [SEVEN, row])
    read = lao_cai.read(text.encode(), GIA_PHU)
    assert any(sentence in problem.sentence for problem in read.problems), read.problems


def test_a_file_of_another_form_is_told_the_seven_headings(tam_quang, teams):
    [problem] = lao_cai.read(today(tam_quang).workbook("eight"), GIA_PHU).problems
    assert "Mẫu có 7 cột: Stt; Tên xã;" in problem.sentence
    [unsafe] = lao_cai.read(b"%PDF-1.7", GIA_PHU).problems
    assert "PDF" in unsafe.sentence


def test_an_old_day_has_its_own_list(tam_quang, teams):
    gone = teams[0].memberships.get(role="leader")
    Membership.objects.filter(pk=gone.pk).update(until=timezone.localdate())
    later = timezone.localdate() + datetime.timedelta(days=1)
    names_then = [row[3] for row in today(tam_quang).table("seven")[1]]
    names_later = [row[3] for row in upward.listed(commune_of(tam_quang), later).table("seven")[1]]
    assert gone.person.full_name in names_then
    assert gone.person.full_name not in names_later
    before = upward.listed(commune_of(tam_quang), datetime.date(2025, 7, 9))
    assert before.table("seven")[1] == []


# Phones --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["eight", "seven"])
def test_phones_are_masked_unless_asked_and_never_shown_of_a_minor(tam_quang, teams, form):
    leader = teams[0].memberships.get(role="leader").person
    assert leader.phone not in str(today(tam_quang).table(form))
    assert names.masked(leader.phone) in str(today(tam_quang).table(form))
    assert leader.phone in str(today(tam_quang, full=True).table(form))
    Person.objects.filter(pk=leader.pk).update(birth_year=timezone.localdate().year - 15)
    assert leader.phone not in str(today(tam_quang, full=True).table(form))
    assert leader.phone not in str(cells(today(tam_quang, full=True).workbook(form)))


def test_the_page_gives_a_file_or_a_table_and_asks_why(client, tam_quang, teams):
    client.force_login(tam_quang(Role.SPECIALIST))
    phone = teams[0].memberships.get(role="leader").person.phone
    asked = {"form": "eight", "phones": "masked", "table": "1"}
    page = client.post(reverse("upward"), asked)
    assert phone not in page.content.decode()
    assert f"<td>{names.masked(phone)}</td>" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.post(reverse("upward"), asked | {"phones": "full"}).status_code == 422
    assert not Viewing.objects.exists()
    why = {"phones": "full", "purpose": "Báo cáo danh sách cho cấp trên"}
    assert phone in client.post(reverse("upward"), asked | why).content.decode()
    [row] = Viewing.objects.all()
    assert (row.kind, row.count, row.purpose) == ("export", 6, why["purpose"])
    data = client.post(reverse("upward"), {"form": "seven", "phones": "masked", "file": "1"})
    assert SEVEN in cells(data.content)
    specialist = tam_quang(Role.SPECIALIST)
    assert specialist.full_name in [row[3] for row in cells(data.content)]


def test_the_page_is_for_the_office(client, tam_quang, hac_thanh, teams):
    for role in (Role.HAMLET_HEAD, Role.YOUTH_SECRETARY):
        client.force_login(tam_quang(role))
        assert client.get(reverse("upward")).status_code == 404
        assert client.get(reverse("upward-begin")).status_code == 404
    client.force_login(hac_thanh(Role.SPECIALIST))
    page = client.post(reverse("upward"), {"form": "eight", "phones": "masked", "table": "1"})
    assert "Bãi Sở" not in page.content.decode()
    client.force_login(tam_quang(Role.CHAIRMAN))
    assert client.get(reverse("upward")).status_code == 200
    assert client.get(reverse("upward-begin")).status_code == 404


def test_an_old_list_is_laid_beside_the_teams_and_carried_over(client, tam_quang, teams):
    client.force_login(tam_quang(Role.CLERK))
    place = teams[0].hamlet
    rows = [LedTeam(Place("hamlet", place.pk, place.full_name), "Lô Văn Cũ", "0914994001", True)]
    other = commune_of(tam_quang).hamlets.exclude(teams__in=teams).first()
    rows.append(LedTeam(Place("hamlet", other.pk, other.full_name), "Vi Văn Xa"))
    data = lao_cai.written("xã Tam Quang", rows)
    page = client.post(reverse("upward-compare"), {"file": _file(data)}).content.decode()
    assert "Hệ thống chưa có tổ ở nơi này." in page
    assert "Tổ trưởng hiện nay:" in page
    eight = cells(
        client.post(reverse("upward-compare"), {"file": _file(data), "file_out": "1"}).content
    )
    assert ["1", "Xã Tam Quang", f"B{place.full_name[1:]}", None, "Lô Văn Cũ", "Tổ trưởng",
            "0914994001", None] in eight  # fmt: skip


def _file(data):
    found = io.BytesIO(data)
    found.name = "danh-sach.xlsx"
    return found


# The letter ----------------------------------------------------------------------------------


def test_the_letter_cites_the_request_and_carries_the_list(road, client, tam_quang, teams):
    dossier = road._forward(sent(road, begun(tam_quang)), State.RELEASED)
    assert (dossier.decision.kind, dossier.decision.symbol) == ("official_letter", "UBND-VHXH")
    for slot, name in (("proposal", ""), ("submission", "Tờ trình"), ("decision", "Công văn")):
        data = signing.preview(dossier, slot)
        assert nd30.inspect(data) == nd30.Report(name, ()), slot
    assert documents.verify(signing.preview(dossier, "decision")).valid
    says = dossier.decision.says()
    assert says.addressees == (ASKED["asked_by"],)
    assert says.body[0].text.startswith(
        "Thực hiện Công văn số 1234/SKHCN-CĐS ngày 08 tháng 7 năm 2026 của Sở Khoa học và Công "
        "nghệ tỉnh Nghệ An về rà soát, kiện toàn Tổ công nghệ số cộng đồng, Ủy ban nhân dân xã "
        "Tam Quang gửi danh sách"
    )
    [annex] = says.annexes
    [table] = annex.blocks
    assert [column.title for column in table.columns] == HEADINGS
    phone = teams[0].memberships.get(role="leader").person.phone
    assert names.masked(phone) in str(table.rows)
    assert phone not in str(table.rows)
    assert [team.until for team in Team.objects.all()] == [None] * 3
    assert not list(viewings.altered(dossier.agency))
    client.force_login(tam_quang(Role.CLERK))
    for name in ("dossier", "dossier-share", "dossier-deliveries", "dossier-list-up"):
        assert client.get(reverse(name, args=[dossier.pk])).status_code == 200, name
    assert ASKED["asked_by"] in client.get(
        reverse("dossier-deliveries", args=[dossier.pk])
    ).content.decode()  # fmt: skip


def test_full_phones_are_printed_only_with_a_reason_that_the_log_keeps(road, tam_quang, teams):
    dossier = begun(tam_quang)
    with pytest.raises(Refusal) as refused:
        road.do(dossier, "edit", dossier.author, request=ASKED | {"full_phones": True})
    assert refused.value.field == "purpose"
    assert not Viewing.objects.exists()
    why = {"full_phones": True, "purpose": "Sở yêu cầu số liên hệ"}
    dossier = road.do(dossier, "edit", dossier.author, request=ASKED | why)
    [row] = Viewing.objects.all()
    assert (row.dossier, row.count, row.purpose) == (dossier, 6, why["purpose"])
    assert Event.objects.filter(act="view_export").count() == 1
    phone = teams[0].memberships.get(role="leader").person.phone
    says = list_upward_paper(dossier)
    assert phone in str(says.annexes)
    assert "Sở yêu cầu số liên hệ" not in str(says)


def list_upward_paper(dossier):
    return papers.content("decision", dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn A"))


def test_the_seven_columns_fit_the_letter_too(road, tam_quang, teams):
    dossier = road.do(begun(tam_quang), "edit", tam_quang(Role.SPECIALIST, 1),
                      request=ASKED | {"form": "seven"})  # fmt: skip
    issue = Issue(timezone.localdate(), 12, "UBND-VHXH")
    assert nd30.inspect(pdf.render(list_upward_paper(dossier), issue)).findings == ()


def test_no_date_and_no_phone_of_the_annex_is_broken_in_two(road, tam_quang):
    """ "17/11/2025" and ten digits are the longest words a column of the form must hold."""
    rows = [list(row) for row in GOOD]
    rows[0][3], rows[3][3] = "115/QĐ-UBND ngày 17/11/2025", "115/QĐ-UBND ngày 17/11/2025"
    record(tam_quang, book(rows))
    dossier = begun(tam_quang)
    asked = ASKED | {"full_phones": True, "purpose": "Lập nhóm của Sở"}
    dossier = road.do(dossier, "edit", dossier.author, request=asked)
    issue = Issue(timezone.localdate(), 12, "UBND-VHXH")
    with pdfplumber.open(io.BytesIO(pdf.render(list_upward_paper(dossier), issue))) as drawn:
        words = {word["text"] for page in drawn.pages for word in page.extract_words()}
    assert {"17/11/2025", "0914994002", "TT"} <= words


@pytest.mark.parametrize("field", ["asked_by", "reference", "date"])
def test_a_request_that_cannot_be_cited_is_not_sent(road, tam_quang, teams, field):
    empty = None if field == "date" else ""
    with pytest.raises(Refusal) as refused:
        sent(road, begun(tam_quang), **{field: empty})
    assert refused.value.field == field
    assert "Nghị định 30/2020" in refused.value.citation


def test_a_letter_without_teams_or_from_the_future_is_not_sent(road, tam_quang):
    with pytest.raises(Refusal, match="Chưa có tổ nào"):
        sent(road, begun(tam_quang))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(Refusal, match="sau hôm nay"):
        sent(road, begun(tam_quang), date=tomorrow)


def test_writing_and_sending_it_stay_within_the_budget(road, tam_quang, teams):
    dossier = begun(tam_quang)
    for act, data in (("edit", {"request": ASKED}), ("submit", {})):
        with CaptureQueriesContext(connection) as queries:
            dossier = road.do(dossier, act, dossier.author, **data)
        asked = [query for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= 30, (act, len(asked))


def test_only_a_specialist_or_clerk_begins_it(tam_quang):
    for role in (Role.CHAIRMAN, Role.HAMLET_HEAD, Role.DIVISION_HEAD):
        user = tam_quang(role)
        with pytest.raises(Refusal, match="Chỉ chuyên viên hoặc văn thư"):
            list_upward.draft(user, tam_quang.post(role))
    assert begun(tam_quang, tam_quang(Role.CLERK)).state == State.DRAFT


def test_the_page_of_the_request_keeps_what_is_typed(client, tam_quang, hac_thanh, teams):
    author = tam_quang(Role.SPECIALIST, 1)
    client.force_login(author)
    assert client.get(reverse("upward-begin")).status_code == 200
    address = client.post(reverse("upward-begin"))["Location"]
    dossier = ListRequest.objects.get().dossier
    assert address == reverse("dossier-list-up", args=[dossier.pk])
    typed = ASKED | {"date": "2026-07-08", "due": "", "full_phones": "", "seen": 1, "send": "1"}
    wrong = client.post(address, typed | {"reference": ""})
    assert wrong.status_code == 422
    assert ASKED["asked_by"] in wrong.content.decode()
    dossier.refresh_from_db()
    done = client.post(address, typed | {"seen": dossier.revision})
    assert done["Location"] == reverse("dossier", args=[dossier.pk])
    dossier.refresh_from_db()
    assert dossier.state == State.SUBMITTED
    assert dossier.title == f"Gửi danh sách Tổ công nghệ số cộng đồng theo Công văn số " \
        f"1234/SKHCN-CĐS của {ASKED['asked_by']}"  # fmt: skip
    client.force_login(hac_thanh(Role.SPECIALIST))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("asking", ["slip", "initials"])
def test_an_office_without_a_submission_asks_in_its_own_way(road, tam_quang, teams, asking):
    road.ways(asking=asking)
    dossier = road._forward(sent(road, begun(tam_quang)), State.CLEARED)
    assert dossier.state == State.CLEARED
    if asking == "slip":
        assert "Gửi danh sách" in str(dossier.submission.says().body)
