"""Sao y, sao lục, trích sao: from a released document to a copy others can check."""

import dataclasses
import io

import pdfplumber
import pytest
from django.db import transaction
from django.utils import timezone
from PIL import Image

from documents import archival, nd30, service
from documents.errors import DocumentRefused, ScanRefused, SigningRefused
from documents.issuing import scanned_pages
from documents.model import Annex, Heading, Paragraph
from documents.models import Document, Relation
from documents.public import public_url
from documents.registry import register
from documents.registry.numbering import symbol_in
from documents.verification.answer import Outcome, answer

from .copying import A4_200, Desk, page
from .increments import added, overlay
from .office import Office, text_of
from .samples import DECISION

pytestmark = pytest.mark.django_db


def checks(data):
    return {check.name: check for check in service.verify(data).checks}


def ways(document):
    return [way.key for way in service.ways_to_copy(document)]


@pytest.fixture
def office():
    return Office().give_keys()


def test_the_life_of_copies(office, client, django_capture_on_commit_callbacks):
    """One series for all forms, each in the form of the decree, each told from its original."""
    desk, today = Desk(office), timezone.localdate()
    decision = office.released()
    assert ways(decision) == ["true_copy.paper", "extract.electronic", "extract.paper"]

    with django_capture_on_commit_callbacks(execute=True):
        true_copy = desk.paper("true_copy", decision, today)
    extract = desk.electronic("extract", decision, excerpt=(1, 2), annexes=())
    scanned = desk.electronic("recopy", true_copy, (page(), page()))
    references = [copy.reference for copy in (true_copy, extract, scanned)]
    assert references == ["01/SY-UBND", "02/TrS-UBND", "03/SL-UBND"]
    assert {copy.state for copy in (true_copy, extract, scanned)} == {"released"}
    account = register.account(desk.series, today.year)
    assert (account.gaps, [n.reference for n in account.numbers]) == ([], references)
    assert "ký số của cơ quan lên bản sao điện tử" in account.numbers[1].steps[0]
    entries = register.entries([true_copy, extract], {})
    assert [entry.signer for entry in entries] == ["Trần Quốc Hưng", "Cơ quan ký số"]
    assert entries[0].what == f"Bản sao y Quyết định số {decision.reference}"

    files = [service.file_of(copy) for copy in (true_copy, extract, scanned)]
    assert [finding for data in files for finding in nd30.check(data)] == []
    words = text_of(files[0])
    assert "SAO Y" in words
    assert f"Số: {decision.reference}" in words
    words = text_of(files[1])
    assert f"TRÍCH SAO\r\nỦy ban nhân dân xã Tam Quang\r\n{today:%d/%m/%Y}; " in words
    assert "Điều 1." not in words
    assert "Phụ lục" not in words.replace("phụ lục", "")

    found = checks(files[1])
    assert {name for name, check in found.items() if not check.ok} == set()
    assert set(found) >= {"signed", "sealed", "content", "changes", "original"}
    assert found["sealed"].sentence == "Chứng thư số đúng của UBND xã Tam Quang (thử nghiệm)."
    assert f"Sao từ Quyết định số {decision.reference}" in found["original"].sentence
    assert answer(files[2]).outcome is not Outcome.INVALID
    # A copy of a copy answers for both above it.
    assert [c.ok for c in service.verify(files[2]).checks if c.name == "original"] == [True, True]

    # A sao y is taken from what it is a copy of, not from a copy; a sao lục from nothing else.
    assert ways(true_copy) == ["recopy.electronic", "recopy.paper"]
    assert ways(extract) == ways(scanned) == []
    # What is on paper from an electronic sao y: Điều 25 khoản 2.
    sealed = Document(kind="true_copy", state="released", medium="electronic", number=4)
    assert [(w.key, w.printed) for w in service.ways_to_copy(sealed)] == [("recopy.paper", True)]

    # What becomes of the original is told with every copy of it.
    notice, other = office.released(), office.released()
    with transaction.atomic():
        service.relate(notice, decision, Relation.Kind.CORRECTS)
    told = f"Đã được đính chính bởi Quyết định số {notice.reference}"
    assert told in client.get(public_url(extract)).content.decode()
    assert answer(files[1]).outcome is not Outcome.INVALID
    assert told in checks(files[1])["original"].sentence
    with transaction.atomic():
        service.relate(other, decision, Relation.Kind.RECALLS)
    told = answer(files[1])
    assert told.outcome is Outcome.INVALID
    assert f"Đã bị thu hồi bởi Quyết định số {other.reference}" in told.why

    # The content kept in the database is bound to the file by drawing it anew.
    says = dict(extract.content) | {"issued_by": "Ủy ban nhân dân xã khác"}
    Document.objects.filter(pk=extract.pk).update(content=says)
    assert not checks(files[1])["content"].ok


def test_a_file_that_is_not_what_was_sealed_is_refused(office):
    desk = Desk(office)
    decision = office.released()
    content = dataclasses.replace(
        desk.electronic("extract", decision, excerpt=(1,)).says(), subject="Khác"
    )
    sealed = service.seal_copy(content, desk.series, passphrase="mật khẩu thử", anchor="3/0/0")
    for broken in (
        {"prepared": sealed.prepared + b"\n"},
        {"sealed": sealed.prepared},
    ):
        with pytest.raises(SigningRefused), transaction.atomic():
            service.store_copy(decision, desk.series, dataclasses.replace(sealed, **broken))
    assert register.account(desk.series, timezone.localdate().year).gaps == []
    with pytest.raises(SigningRefused):
        service.seal_copy(content, desk.series, passphrase="nhầm", anchor="3/0/0")
    # A stranger's byte in the stored file shows.
    data = bytearray(sealed.sealed)
    data[len(sealed.prepared) // 2] ^= 1
    assert answer(bytes(data)).outcome is not Outcome.VALID


def test_only_what_is_released_is_copied(office):
    reserved = office.reserve()
    with transaction.atomic():
        void = service.void(reserved, "Thử.")
    assert ways(reserved) == ways(void) == []
    assert ways(Document(kind="proposal", state="recorded", medium="electronic")) == []
    sent = service.record_elsewhere(
        issuer=office.issuer, kind="decision", number=7, symbol="QĐ-UBND",
        date=timezone.localdate(), signer_name="Nguyễn Đình Khánh", subject="Về việc khác",
    )  # fmt: skip
    assert ways(sent) == ["true_copy.electronic"]
    assert [way.scanned for way in service.ways_to_copy(sent)] == [True]
    # What another office issued on paper, digitised: the seal's words and nothing of its text.
    copy = Desk(office).electronic("true_copy", sent, (page(),))
    data = service.file_of(copy)
    assert nd30.check(data) == []
    told = checks(data)
    assert all(check.ok for check in told.values())
    assert "Sao từ Quyết định số 07/QĐ-UBND" in told["original"].sentence


def test_what_others_signed_is_printed_and_what_is_electronic_too(office):
    """From the pages of a file to paper: the agency's block below the last (Mẫu 3.1)."""
    desk, today = Desk(office), timezone.localdate()
    issued = {"issuer": office.issuer, "kind": "decision", "symbol": "QĐ-UBND", "date": today}
    told = {"signer_name": "Nguyễn Đình Khánh", "subject": "Về việc khác"}
    sent, on_paper = [
        service.record_elsewhere(number=number, scan=scan, **issued, **told)
        for number, scan in ((7, service.file_of(office.released())), (8, page()))
    ]
    assert [(w.key, w.printed) for w in service.ways_to_copy(sent)] == [("true_copy.paper", True)]
    # Nor is what was drawn over after it was signed: that is not what others signed.
    over = added(service.file_of(sent), overlay)
    changed = service.record_elsewhere(number=9, scan=over, **issued, **told)
    assert ways(changed) == ["true_copy.electronic"]
    # A scan of paper is no electronic original: that one is digitised.
    assert ways(on_paper) == ["true_copy.electronic"]

    drawn = service.printed_pages(service.file_of(sent))
    copy = desk.printed("true_copy", sent, drawn, today)
    data = service.file_of(copy)
    assert nd30.check(data) == []
    assert archival.check(data) == []
    words = text_of(data)
    assert "SAO Y" in words
    assert "KT. CHỦ TỊCH" in words
    # Right after the text, where its last page has room.
    assert service.page_count(data) == len(drawn)

    sealed = desk.electronic("true_copy", on_paper, (page(), page(A4_200[::-1])))
    assert nd30.check(service.file_of(sealed)) == []
    with pdfplumber.open(io.BytesIO(service.file_of(sealed))) as pdf:
        assert [page.width > page.height for page in pdf.pages] == [False, True]
    drawn = service.printed_pages(service.file_of(sealed))
    recopy = desk.printed("recopy", sealed, drawn, today)
    data = service.file_of(recopy)
    assert nd30.check(data) == []
    # A page that lies across has no room for it, nor has one that is full.
    assert service.page_count(data) == 3
    full = desk.printed("recopy", sealed, drawn[:1], today)
    assert service.page_count(service.file_of(full)) == 2
    assert "SAO LỤC" in text_of(data)
    assert {check.name: check.ok for check in service.verify(data).checks}["original"]


def test_parts_of_a_text_and_annexes_that_keep_their_numbers():
    labels = [part.label for part in service.parts_of(DECISION)]
    assert labels[0].startswith("Điều 1.")
    places = [place for part in service.parts_of(DECISION) for place in part.places]
    assert places == list(range(len(DECISION.body)))
    plan = dataclasses.replace(
        DECISION, body=(Paragraph("Mở đầu."), Heading("I. MỤC TIÊU"), Paragraph("Một."))
    )
    assert [(p.label, p.places) for p in service.parts_of(plan)] == [
        ("Mở đầu.", (0,)), ("I. MỤC TIÊU", (1, 2)),
    ]  # fmt: skip
    series = service.ensure_series(Office().issuer, service.joint_symbol("UBND"), "ours")
    assert [symbol_in(series, kind) for kind in ("true_copy", "recopy", "extract")] == [
        "SY-UBND", "SL-UBND", "TrS-UBND",
    ]  # fmt: skip
    from documents.model import Copied, Issue
    from documents.rendering import pdf

    from .copying import PEN, copy_of

    two = dataclasses.replace(
        DECISION, annexes=(Annex("Một", (Paragraph("A."),)), Annex("Hai", (Paragraph("B."),)))
    )
    day = timezone.localdate()
    copied = Copied(two, Issue(day, 5, "QĐ-UBND", medium="paper"), excerpt=(0,), annexes=(1,))
    content = copy_of("extract", Document(kind="decision", number=5, symbol="QĐ-UBND"), copied, PEN)
    words = text_of(pdf.render(content, Issue(day, 1, "TrS-UBND", medium="paper")))
    assert "Phụ lục II" in words
    assert "MỘT" not in words


PDF = {"kind": "PDF"}


@pytest.mark.parametrize(
    ("uploads", "why"),
    [
        ([], "Chọn tệp quét"),
        ([b"hello"], "phải là tệp PDF, JPEG hoặc PNG"),
        ([b"\xff\xd8\xff\xe0 half a page"], "Tệp quét hỏng"),
        ([b"%PDF-1.7 torn"], "Tệp quét hỏng"),
        ([page((1240, 1754))], "chỉ có 150 dpi"),
        ([page((1240, 1754), **PDF, dpi=150)], "chỉ có 150 dpi"),
        ([page(mode="L")], "không có màu"),
        ([page(mode="L", **PDF)], "không có màu"),
        ([page((2339, 2339))], "không phải khổ A4"),
        ([page((2339, 2339), **PDF)], "không phải khổ A4"),
        ([page((1754, 1240))], "chỉ có 150 dpi"),
    ],
)
def test_a_scan_that_is_none_says_what_to_change(uploads, why):
    with pytest.raises(ScanRefused, match=why):
        service.scanned_pages(uploads)


def test_broken_many_and_heavy_pages_are_refused(monkeypatch):
    png = bytearray(page(kind="PNG"))
    png[40:60] = bytes(20)
    with pytest.raises(ScanRefused, match="Tệp quét hỏng"):
        service.scanned_pages([bytes(png)])
    monkeypatch.setattr(scanned_pages, "MOST_PAGES", 2)
    assert len(service.scanned_pages([page(), page()])) == 2
    # The third is refused before it is opened.
    with pytest.raises(ScanRefused, match="hơn 2 trang"):
        service.scanned_pages([page(), page(), b"hello"])
    monkeypatch.setattr(scanned_pages, "LARGEST_PAGES", len(page()))
    with pytest.raises(ScanRefused, match="sao thành nhiều bản"):
        service.scanned_pages([page(), page()])


def test_a_text_pdf_is_no_scan_and_a_good_one_becomes_pages(office):
    with pytest.raises(DocumentRefused, match="không phải bản quét từ giấy"):
        service.scanned_pages([service.preview(DECISION)])
    jpeg, pdf, png = page(), page(**PDF), page(kind="PNG")
    across = page((2339, 1654), **PDF)
    pages = service.scanned_pages([pdf, jpeg, png, across])
    assert pages[1] == jpeg
    for data, wide in zip(pages, (False, False, False, True), strict=True):
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert (max(image.size), image.width > image.height) == (2339, wide)
    assert service.page_name(service.keep_pages([jpeg])[0]).endswith(".jpg")
    # What is printed comes out on A4, however large or small its page.
    for size in ((1170, 1654), (583, 413)):
        [sheet] = service.printed_pages(page(size, **PDF, dpi=100))
        with Image.open(io.BytesIO(sheet)) as image:
            assert sorted(image.size) == sorted(A4_200)
            assert (image.width > image.height) == (size[0] > size[1])
    with pytest.raises(ScanRefused, match="bản gốc hỏng"):
        service.printed_pages(b"%PDF-1.7 torn")
