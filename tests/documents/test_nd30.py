"""The checker of Decree 30/2020: silent on right pages, precise on each fault.

Right pages come from two independent hands: the literal HTML of :mod:`tests.documents.broken` and
the product's own renderer. What must be reported for which fault is written in ``faults.txt``.
"""

from __future__ import annotations

import ast
import dataclasses
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from documents import nd30
from documents.model import Annex, Content, Issue, Paragraph, SignatureBlock, Table
from documents.rendering import pdf
from tests.documents import samples
from tests.documents.broken import DECREE, Fault, faults, printed
from tests.documents.broken_kinds import PAGES

PACKAGE = Path(nd30.__file__).parent
PART_ONE = f"Phần I Phụ lục I {DECREE}"


def reported(data: bytes) -> list[tuple[str, str]]:
    return [(finding.rule, finding.article) for finding in nd30.check(data)]


def _cases() -> Iterator[Any]:
    """Every written change; the first of each rule in every run, the others where time allows."""
    seen = set()
    for fault in faults():
        first = (fault.rule, fault.article) not in seen
        seen.add((fault.rule, fault.article))
        marks = () if first else pytest.mark.slow
        yield pytest.param(fault, id=f"{fault.rule}: {fault.page}: {fault.change}", marks=marks)


@pytest.mark.parametrize("fault", list(_cases()))
def test_it_reports_the_fault_with_its_article_and_nothing_else(fault: Fault) -> None:
    found = reported(fault.printed())
    expected = (fault.rule.removesuffix(" …"), fault.article)
    if fault.rule == "nothing":
        assert found == []
    elif fault.rule.endswith("…"):
        assert expected in found
    else:
        assert found == [expected]


def test_every_rule_has_a_fault() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (PACKAGE / "rules").glob("*.py"))
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)+|paper|font|district)"', text))
    named |= {f"margin-{side}" for side in re.findall(r'_margin\("(\w+)"', text)}
    tried = {fault.rule.removesuffix(" …") for fault in faults()} - {"nothing"}
    assert len(named) > 60
    assert named - tried == {"font-embedded"}  # needs a file of another make: its own test below
    assert tried <= named


def test_the_checker_knows_nothing_of_the_product() -> None:
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                foreign = name.split(".")[0] in ("project", "procedures", "workflows", "django")
                assert not foreign, f"{file.name} imports {name}"
                assert not name.startswith("documents") or name.startswith("documents.nd30")


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("decision", "Quyết định"),
        ("annex", "Quyết định"),
        ("letter", "Công văn"),
        ("submission", "Tờ trình"),
        ("notice", "Thông báo"),
        ("minutes", "Biên bản"),
        ("request", ""),
        ("invitation", "Giấy mời"),
        ("introduction", "Giấy giới thiệu"),
        ("plan", "Kế hoạch"),
        ("report", "Báo cáo"),
        ("regulation", "Quyết định"),
        ("apart", "Phụ lục"),
        ("apart on paper", "Phụ lục"),
        ("copy", "Thông báo"),
        ("scanned", ""),
        ("urgent", "Công văn"),
    ],
)
def test_a_right_page_is_recognised_and_clean(page: str, kind: str) -> None:
    assert nd30.inspect(printed(*PAGES[page])) == nd30.Report(kind, ())


# -- the product's own documents ---------------------------------------------------------------

PRODUCT = {
    "decision": (samples.DECISION, samples.ISSUED),
    "decision on paper": (
        samples.DECISION,
        dataclasses.replace(samples.ISSUED, number=5, medium="paper"),
    ),
    "decision of two pages": (samples.TWO_PAGES, samples.ISSUED),
    "submission": (samples.SUBMISSION, samples.SUBMITTED),
    "proposal": (samples.PROPOSAL, samples.SENT),
    "official letter": (samples.LETTER, samples.LETTER_ISSUED),
    "official letter to one": (samples.LETTER_TO_ONE, samples.LETTER_ISSUED),
    "notice": (samples.NOTICE, samples.NOTICE_ISSUED),
}


@pytest.mark.parametrize("name", PRODUCT)
def test_the_product_prints_without_a_finding(name: str) -> None:
    assert reported(pdf.render(*PRODUCT[name])) == []


def test_the_pages_of_a_long_annex_are_counted_from_its_first() -> None:
    rows = tuple((f"{n}", "Nguyễn Thị Bưởi", "Giáo viên", "Thành viên") for n in range(1, 61))
    annex = Annex("Danh sách", (Table(samples.COLUMNS, rows),))
    content = dataclasses.replace(samples.DECISION, annexes=(annex, annex))
    assert reported(pdf.render(content, samples.ISSUED)) == []


def changed(**fields: Any) -> Content:
    return dataclasses.replace(samples.DECISION, **fields)


GROUNDS = samples.DECISION.grounds
BODY = samples.DECISION.body
MISTAKES = {
    "subject-stop": (changed(subject="Về việc thành lập Tổ."), f"điểm a khoản 5 Mục II {PART_ONE}"),
    "subject-style": (changed(subject="VỀ VIỆC LẬP TỔ"), f"điểm b khoản 5 Mục II {PART_ONE}"),
    "grounds-law": (
        changed(grounds=("Căn cứ Luật Cư trú số 68/2020/QH14 ngày 13 tháng 11 năm 2020", *GROUNDS)),
        f"điểm a khoản 6 Mục II {PART_ONE}",
    ),
    "end-mark": (
        changed(body=(Paragraph("Thành lập Tổ./.", lead="Điều 1."), *BODY[1:])),
        f"Mẫu 1.2 Mục II Phụ lục III {DECREE}",
    ),
    "recipients-file": (
        changed(recipients=("Như Điều 3", "Lưu VT")),
        f"điểm d khoản 9 Mục II {PART_ONE}",
    ),
    "signature-capacity": (
        changed(signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lê Thị Vân")),
        f"Mẫu 1.2 Mục II Phụ lục III {DECREE}",
    ),
    "signer-name-title": (
        changed(signature=SignatureBlock(("CHỦ TỊCH",), "TS. Lê Thị Vân")),
        f"điểm c khoản 7 Mục II {PART_ONE}",
    ),
    "district": (
        changed(subject="Về việc thành lập Tổ công nghệ số huyện Tương Dương"),
        "khoản 1 Điều 1 Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
    ),
}


@pytest.mark.parametrize("rule", MISTAKES)
def test_it_reports_a_mistake_in_what_the_product_was_given(rule: str) -> None:
    content, article = MISTAKES[rule]
    assert (rule, article) in reported(pdf.render(content, samples.ISSUED))


LETTER_MISTAKES = {
    "subject-text": {"subject": "Về việc đính chính Quyết định số 31/QĐ-UBND"},
    "addressee-text": {"addressees": ()},
    "recipients-first": {"recipients": ("Như Điều 3", "Lưu: VT, VHXH")},
    "signature-head": {"signature": SignatureBlock(("TM. ỦY BAN NHÂN DÂN",), "Lê Thị Vân")},
    "signature-body": {"signature": SignatureBlock(("TM. CHỦ TỊCH", "CHỦ TỊCH"), "Lê Thị Vân")},
}


@pytest.mark.parametrize("rule", LETTER_MISTAKES)
def test_it_reports_a_mistake_in_a_letter_the_product_was_given(rule: str) -> None:
    content = dataclasses.replace(samples.LETTER, **LETTER_MISTAKES[rule])
    assert rule in {found for found, _ in reported(pdf.render(content, samples.LETTER_ISSUED))}


@pytest.mark.parametrize(
    ("content", "issue", "symbol"),
    [
        (samples.LETTER, samples.LETTER_ISSUED, "QĐ-UBND"),
        (samples.NOTICE, samples.NOTICE_ISSUED, "UBND-VHXH"),
    ],
)
def test_a_letter_and_a_notice_have_symbols_of_their_own(
    content: Content, issue: Issue, symbol: str
) -> None:
    rules = {
        rule for rule, _ in reported(pdf.render(content, dataclasses.replace(issue, symbol=symbol)))
    }
    assert rules == {"number-symbol"}


def test_a_symbol_of_another_type_is_reported() -> None:
    issue = dataclasses.replace(samples.ISSUED, symbol="KH-UBND")
    found = reported(pdf.render(samples.DECISION, issue))
    assert found == [("number-symbol", f"Mục I Phụ lục III {DECREE}")]


def test_a_document_without_its_number_is_not_finished() -> None:
    blank = Issue(date=samples.DATE, symbol="QĐ-UBND")
    rules = {rule for rule, _ in reported(pdf.render(samples.DECISION, blank))}
    assert rules == {"number-text", "place-date-text"}


# -- files of other makes ----------------------------------------------------------------------


def _standard_font_pdf() -> bytes:
    """A page that names Times-Roman and carries no font, as old software writes."""
    import pydyf

    document = pydyf.PDF()
    font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Times-Roman"})
    document.add_object(font)
    text = pydyf.Stream([b"BT /F1 14 Tf 90 700 Td (Quyet dinh thanh lap) Tj ET"])
    document.add_object(text)
    fonts = pydyf.Dictionary({"F1": font.reference})
    page = pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": document.pages.reference,
            "Contents": text.reference,
            "MediaBox": pydyf.Array([0, 0, 595.28, 841.89]),
            "Resources": pydyf.Dictionary({"Font": fonts}),
        }
    )
    document.add_page(page)
    output = io.BytesIO()
    document.write(output)
    return output.getvalue()


def test_a_font_left_outside_the_file_is_reported() -> None:
    found = reported(_standard_font_pdf())
    assert ("font-embedded", f"khoản 4 Mục I {PART_ONE}") in found
    assert "font" not in {rule for rule, _ in found}


def _locked(data: bytes) -> bytes:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(data)))
    writer.encrypt("mật khẩu", "mật khẩu")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_locked_file_is_refused_with_the_reason() -> None:
    with pytest.raises(nd30.UnreadablePdfError) as refusal:
        nd30.check(_locked(printed(*PAGES["request"])))
    assert refusal.value.reason == "encrypted"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a word processor's file"])
def test_a_file_of_another_format_is_refused_with_the_reason(data: bytes) -> None:
    with pytest.raises(nd30.UnreadablePdfError) as refusal:
        nd30.check(data)
    assert refusal.value.reason == "not-pdf"


@pytest.mark.parametrize("kept", [20, 400, 5_000])
def test_a_file_cut_short_is_refused(kept: int) -> None:
    with pytest.raises(nd30.UnreadablePdfError):
        nd30.check(printed(*PAGES["request"])[:kept])


# -- the command -------------------------------------------------------------------------------


def _run(tmp_path: Path, data: bytes) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command on a file."""
    file, out, err = tmp_path / "văn bản.pdf", io.StringIO(), io.StringIO()
    file.write_bytes(data)
    try:
        call_command("check_format", str(file), stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_prints_an_empty_list_for_a_right_document(tmp_path: Path) -> None:
    code, out, err = _run(tmp_path, printed(*PAGES["letter"]))
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "file": str(tmp_path / "văn bản.pdf"),
        "kind": "Công văn",
        "findings": [],
    }


def test_the_command_prints_each_finding_and_exits_1(tmp_path: Path) -> None:
    (first, *_) = (fault for fault in faults() if fault.rule == "date-padding")
    code, out, _ = _run(tmp_path, first.printed())
    (finding,) = json.loads(out)["findings"]
    assert code == 1
    assert finding.pop("message").startswith("Số 0 phía trước ngày, tháng không đúng")
    assert finding == {
        "rule": "date-padding",
        "article": f"điểm b khoản 4 Mục II {PART_ONE}",
        "expected": "ngày 05 tháng 3 năm 2026",
        "found": "Nhôn Mai, ngày 5 tháng 03 năm 2026",
        "page": 1,
    }


@pytest.mark.parametrize(
    ("data", "sentence"), [(b"not a pdf", "không phải là PDF đọc được"), (None, "Không mở được")]
)
def test_the_command_refuses_what_it_cannot_read_in_one_sentence(
    tmp_path: Path, data: bytes | None, sentence: str
) -> None:
    if data is None:
        (tmp_path / "văn bản.pdf").mkdir()
        err = io.StringIO()
        with pytest.raises(SystemExit) as end:
            call_command("check_format", str(tmp_path / "văn bản.pdf"), stderr=err)
        code, out, text = end.value.code, "", err.getvalue()
    else:
        code, out, text = _run(tmp_path, data)
    assert (code, out) == (2, "")
    assert sentence in text
    assert text.count("\n") == 1
