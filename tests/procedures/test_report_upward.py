"""The Báo cáo of the Committee: from the roll-up to its release, in the form of the decree."""

import datetime

import pytest

from documents import nd30
from documents import service as documents
from procedures import papers
from procedures.flows import report_upward
from procedures.issuing import deliveries, registers, series, signing
from procedures.models import Notice
from procedures.roles import Role
from tests.conftest import PASSPHRASE
from tests.procedures.cells import SCAN
from workflows.errors import Refusal

from .reporting import LETTER, accepted, asked, at, indicators, of, teams

ADDRESSEE = "Sở Khoa học và Công nghệ tỉnh Nghệ An"


@pytest.fixture
def call(tam_quang):
    """A request of the Sở: one village gave figures, one had nothing, one is missing."""
    helped, shops = indicators(tam_quang)
    first, second, *_ = teams(tam_quang)
    title = "Báo cáo kết quả hoạt động của các Tổ công nghệ số cộng đồng tháng 11/2026"
    call = asked(tam_quang, (helped, shops), **{**LETTER, "title": title, "scan": SCAN})
    told = {helped.pk: (12, None), shops.pk: (2, 9)}
    accepted(tam_quang, of(call, first), told, trouble="Sóng di động còn yếu.")
    accepted(tam_quang, of(call, second))
    return call


def begun(cast, call):
    return report_upward.draft(cast(Role.SPECIALIST), cast.post(Role.SPECIALIST), [call])


def test_it_is_made_from_the_reports_signed_for_the_committee_and_released(
    call, road, tam_quang, django_capture_on_commit_callbacks
):
    dossier = begun(tam_quang, call)
    assert begun(tam_quang, call) == dossier  # pressed twice it is one
    upward = dossier.upward
    assert upward.addressee == ADDRESSEE
    assert upward.results.splitlines() == [
        "Có 2/3 báo cáo của các tổ được ghi nhận, trong đó 1 báo cáo không phát sinh; 1 báo cáo "
        "chưa có số liệu.",
        "- Lượt người được hướng dẫn: 12 lượt; 2/3 tổ có số liệu.",
        "- Hộ có gian hàng số: 2/9 hộ (trên tổng số hộ trong bản); 2/3 tổ có số liệu.",
    ]
    assert upward.assessment == "- Sóng di động còn yếu."
    specialist, deputy = tam_quang(Role.SPECIALIST), tam_quang(Role.DEPUTY_CHAIRMAN)
    emptied = road.do(dossier, "edit", specialist, results="")
    with pytest.raises(Refusal, match="còn trống"):
        road.do(emptied, "submit", specialist)
    dossier = road.do(
        emptied, "edit", specialist,
        results=upward.results + "\nĐã mở 03 buổi hướng dẫn.",
        requests="Đề nghị Sở hỗ trợ tập huấn.",
    )  # fmt: skip
    dossier = road.do(road.do(dossier, "submit", specialist), "check_content", specialist)
    assert dossier.proposal is None
    dossier = road.sign(dossier, "submission", tam_quang(Role.DIVISION_HEAD))
    dossier = road.do(dossier, "check_form", tam_quang(Role.CLERK))
    dossier = road.sign(dossier, "decision", deputy)
    with django_capture_on_commit_callbacks(execute=True):
        dossier = signing.seal_and_release(
            dossier, by=tam_quang(Role.CLERK), seen=dossier.revision, passphrase=PASSPHRASE
        )
    report = dossier.decision
    assert (dossier.state, report.kind, report.symbol) == ("released", "report", "BC-UBND")
    assert dossier.word("released") == "Đã phát hành"
    [letter] = registers.incoming(dossier.commune)
    assert letter.answered == report.reference
    assert Notice.objects.get(record_id=dossier.pk, recipient=specialist).kind == "issued"
    for paper, kind in ((report, "Báo cáo"), (dossier.submission, "Tờ trình")):
        assert nd30.inspect(documents.file_of(paper)) == nd30.Report(kind, ())
    [above, *_rest] = deliveries.recipients(dossier)
    assert (above.name, above.detail) == ("Như trên", ADDRESSEE)
    says = report.says()
    assert says.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert says.addressees == (ADDRESSEE,)
    assert says.body[0].text.startswith(
        "Thực hiện Công văn số 1234/SKHCN-CĐS ngày 05 tháng 11 năm 2026 của Sở Khoa học"
    )
    headings = [block.text for block in says.body if type(block).__name__ == "Heading"]
    assert headings == ["I. KẾT QUẢ THỰC HIỆN", "II. ĐÁNH GIÁ CHUNG", "III. KIẾN NGHỊ, ĐỀ XUẤT"]
    [table] = says.annexes[0].blocks
    assert [row[1:] for row in table.rows] == [
        ("Bản Bãi Sở", "12", "2/9"),
        ("Bản Bãi Xa", "Không phát sinh", "Không phát sinh"),
        ("Bản Tam Bông", "Chưa có số liệu", "Chưa có số liệu"),
        ("Cộng", "12", "2/9"),
    ]


def test_what_it_rests_on_is_frozen_when_it_is_sent(call, road, tam_quang):
    dossier, specialist = begun(tam_quang, call), tam_quang(Role.SPECIALIST)
    dossier = road.do(road.do(dossier, "edit", specialist), "submit", specialist)
    before = dossier.digest()
    third = call.reports.order_by("pk")[2]
    accepted(tam_quang, third, {call.indicators.first().pk: (5, None)})
    again = type(dossier).objects.get(pk=dossier.pk)
    assert again.digest() == before
    returned = road.do(again, "return_for_correction", specialist, note="Thêm bản Tam Bông.")
    edited = road.do(returned, "edit", specialist)
    assert edited.upward.added["sums"][0]["numerator"] == 17


@pytest.mark.parametrize("asking", ["slip", "initials"])
def test_an_office_that_asks_otherwise(asking, call, road, tam_quang):
    road.ways(asking=asking)
    dossier, specialist = begun(tam_quang, call), tam_quang(Role.SPECIALIST)
    dossier = road.do(road.do(dossier, "submit", specialist), "check_content", specialist)
    act = {"slip": "agree_by_slip", "initials": "initial_draft"}[asking]
    dossier = road.do(dossier, act, tam_quang(Role.DIVISION_HEAD))
    assert dossier.state == "appraised"
    if asking == "slip":
        said = str(dossier.submission.content)
        assert "dự thảo Báo cáo" in said
        assert "Quyết định" not in said


def test_a_report_of_its_own_rule_names_its_plan_and_no_addressee_is_refused(road, tam_quang):
    counted, _teams = indicators(tam_quang), teams(tam_quang)
    source = "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục II.2.3"
    call = asked(tam_quang, counted, source=source)
    dossier, specialist = begun(tam_quang, call), tam_quang(Role.SPECIALIST)
    with pytest.raises(Refusal, match="cơ quan nhận"):
        road.do(dossier, "submit", specialist)
    dossier = road.do(dossier, "edit", specialist, addressee=ADDRESSEE)
    block = papers.SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Đình Hợp")
    says = papers.content("decision", dossier, block)
    assert says.body[0].text.startswith(f"Thực hiện {source}, Ủy ban nhân dân xã Tam Quang báo cáo")
    assert says.subject == ("Về kết quả hoạt động của các Tổ công nghệ số cộng đồng tháng 11/2026")
    # Nothing was given: that is said, and no zero is printed.
    assert "chưa có số liệu" in says.body[2].text + says.body[3].text
    assert all(row[2:] == ("Chưa có số liệu",) * 2 for row in says.annexes[0].blocks[0].rows)


def test_who_may_make_one(call, tam_quang, hac_thanh):
    for cast, role in ((tam_quang, Role.CLERK), (hac_thanh, Role.SPECIALIST)):
        with pytest.raises(Refusal):
            report_upward.draft(cast(role), cast.post(role), [call])
    with pytest.raises(Refusal, match="Chưa có kỳ"):
        report_upward.draft(tam_quang(Role.SPECIALIST), tam_quang.post(Role.SPECIALIST), [])
    unit = tam_quang.agency.commune.divisions.get().unit
    assert series.symbol("report", unit) == "BC-UBND"


def test_the_committee_numbers_it_in_a_series_of_its_own(call, tam_quang):
    with at(2026, 12, 3):
        dossier = begun(tam_quang, call)
    assert dossier.series("decision").symbol == "BC-UBND"
    assert datetime.date(2026, 12, 3) == dossier.created.date()
