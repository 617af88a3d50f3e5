"""A file from a stranger: the three answers, what is refused unread, and what is kept."""

import io
import re
import threading
import time
import zlib
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction

from documents import nd30, service, views
from documents.models import Document, Mode, StoredFile
from documents.nd30 import unpacking
from documents.verification import bounds, incoming
from documents.verification.answer import Outcome, answer
from project.accounts.models import Tally

from .broken import Fault, printed
from .broken_kinds import PAGES
from .office import DEPUTY, Office
from .samples import DECISION, MEMBERS

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def office():
    return Office().give_keys()


@pytest.fixture
def send(client):
    """A file sent by somebody who is not signed in, and the words of the page that answers."""

    def sent(data, address="/kiem-tra/", name="van-ban.pdf"):
        response = client.post(address, {"tep": SimpleUploadedFile(name, data)})
        page = re.sub(r"<[^>]+>|\s+", " ", response.content.decode())
        return response, " ".join(page.split())

    return sent


@cache
def page(name):
    """A right page that is none of ours."""
    return printed(*PAGES[name])


def outcome(response):
    return response.context["answer"].outcome


# -- the three answers ---------------------------------------------------------------------------


def test_a_genuine_file_and_what_was_done_to_it(office, send, django_assert_max_num_queries):
    document = office.released()
    data = service.file_of(document)
    here = f"/v/{document.token}/"
    with django_assert_max_num_queries(14):
        response, text = send(data)
    assert outcome(response) is Outcome.VALID
    assert "Tệp đúng là văn bản số 01/QĐ-UBND" in text
    assert "Chứng thư số đúng của Trần Quốc Hưng" in text
    assert outcome(send(data, here)[0]) is Outcome.VALID
    # Nobody is named but whom the certificate in the file names.
    people = {DEPUTY.name, *(row[1] for row in MEMBERS)}
    assert {name for name in people if name in text} == {DEPUTY.name}

    # One letter of a signed byte range.
    broken = bytearray(data)
    broken[len(data) // 3] ^= 1
    response, text = send(bytes(broken))
    assert outcome(response) is Outcome.INVALID
    assert "Không hợp lệ" in text
    response, text = send(data + b"\n% one more line\n")
    assert outcome(response) is Outcome.INVALID

    # The page under the signature, without it.
    prepared = document.files.get(stage="prepared").file.read()
    response, text = send(prepared)
    assert outcome(response) is Outcome.INVALID
    assert "không có chữ ký số của người có thẩm quyền" in text
    signed = document.files.get(stage="signed").file.read()
    response, text = send(signed, here)
    assert outcome(response) is Outcome.INVALID
    assert "chưa có chữ ký số của cơ quan" in text


def test_the_qr_page_asks_for_its_own_document(office, send):
    document, other = office.released(), office.signed()
    data = service.file_of(document)
    response, text = send(data, f"/v/{other.token}/")
    assert outcome(response) is Outcome.INVALID
    assert "Tệp là văn bản khác (số 01/QĐ-UBND), không phải văn bản số 02/QĐ-UBND" in text
    response, text = send(page("decision"), f"/v/{document.token}/")
    assert outcome(response) is Outcome.UNKNOWN
    assert "xin tệp PDF gốc đã ký số" in text


def test_what_proves_nothing_is_neither_valid_nor_invalid(send):
    response, text = send(page("decision"))
    assert outcome(response) is Outcome.UNKNOWN
    assert "Chưa đủ căn cứ" in text
    assert "không biết thật hay giả" in text


@pytest.mark.parametrize("scan", [pytest.param(PNG, id="png"), pytest.param(None, id="pdf")])
def test_a_scan_of_a_paper_document_is_for_reference(send, office, scan):
    scan = scan or page("submission")
    desk = Office(Mode.EXTERNAL, key="agency:5")
    with transaction.atomic():
        paper = service.sign_paper(
            issuer=desk.issuer, kind="decision", series=desk.series, content=DECISION,
            number=21, date=desk.reserve(external_number=20).date, signer=DEPUTY, scan=scan,
        )  # fmt: skip
        released = service.release(service.seal_paper(paper))
    response, text = send(scan, name="ban-quet")
    assert outcome(response) is Outcome.UNKNOWN
    assert "đối chiếu với bản gốc ở Văn thư" in text
    with transaction.atomic():
        service.relate(office.released(), released, "recalls")
    response, text = send(scan, name="ban-quet")
    assert outcome(response) is Outcome.INVALID
    assert "thu hồi" in text


def test_what_is_no_file_of_ours_is_not_readable(send):
    assert outcome(send(b"%PDF-1.7 broken")[0]) is Outcome.INVALID


def test_a_photograph_of_who_knows_what_is_not_called_a_forgery(send, office):
    """The paper in it may be genuine: its QR code tells, the picture does not."""
    for address, words in (
        ("/kiem-tra/", "quét mã QR in trên văn bản"),
        (f"/v/{office.released().token}/", "đối chiếu số, ngày, trích yếu ở trang này"),
    ):
        response, text = send(PNG + b"x", address)
        assert outcome(response) is Outcome.UNKNOWN
        assert words in text


def test_gigabytes_of_nothing_are_broken_off():
    def hoarded():
        kept = []
        while len(kept) < 100_000_000:
            kept.append([[] for _ in range(1000)])

    began = bounds._resident()
    with pytest.raises(bounds.TooLong), bounds.within(60):
        hoarded()
    assert bounds._resident() - began < 4 * bounds.GROWTH


def test_a_void_document_is_not_valid_and_the_reason_stays_in_the_office(office, send):
    document = office.sealed()
    data = document.files.get(stage="sealed").file.read()
    with transaction.atomic():
        service.void(document, "Sai tên ông Lô Văn Tám")
    response, text = send(data)
    assert outcome(response) is Outcome.INVALID
    assert "Văn bản đã hủy" in text
    assert "Lô Văn Tám" not in text
    told = service.verify(data).as_json()
    assert any(check["detail"] == "Sai tên ông Lô Văn Tám" for check in told["checks"])


def test_the_other_authority(office, settings, tmp_path):
    """A key of ours whose authority is trusted no more: nothing speaks against it, or for it."""
    data = service.file_of(office.released())
    settings.DEMO_KEYS_ALLOWED = False
    found = answer(data)
    assert found.outcome is Outcome.UNKNOWN
    assert "nơi cấp chứng thư" in found.why


# -- what is refused, and what is kept -----------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "chọn một tệp"), (b"MZ\x90\x00", "chỉ kiểm tra được tệp PDF")],
    ids=["nothing", "a program"],
)
def test_no_file_and_another_kind_are_refused(send, data, words):
    response, text = send(data)
    assert response.status_code == 422
    assert words in text


def test_a_file_too_large_is_refused_before_it_is_read(client, send, monkeypatch):
    monkeypatch.setattr(incoming, "LARGEST", 1000)
    response, text = send(b"%PDF-" + b"0" * 1001)
    assert response.status_code == 422
    assert "lớn hơn 20 MB" in text
    monkeypatch.setattr(incoming, "_AROUND", 0)
    parsed = []
    monkeypatch.setattr(incoming, "_InMemory", lambda request: parsed.append(request))
    assert send(b"%PDF-" + b"0" * 1001)[0].status_code == 422
    assert not parsed


def test_nothing_is_stored(send, settings, tmp_path, office, monkeypatch):
    """Larger than what Django keeps in memory by itself."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    data = service.file_of(office.released())
    large = data + b"%" + b"0" * 3_000_000
    files, media = StoredFile.objects.count(), set(_media(settings))
    meanwhile = []

    def looked(size):
        meanwhile.extend(tmp_path.iterdir())
        return bool(size)

    monkeypatch.setattr(views, "is_accepted", looked)
    response, _text = send(large)
    assert outcome(response) is Outcome.INVALID
    assert meanwhile == []
    assert list(tmp_path.iterdir()) == []
    assert (StoredFile.objects.count(), set(_media(settings))) == (files, media)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def _media(settings):
    return Path(settings.MEDIA_ROOT).rglob("*")


def test_too_many_files_are_asked_to_wait(send, client, settings):
    settings.LIMITED_PER_ADDRESS = 2
    for _time in range(2):
        assert send(PNG)[0].status_code == 200
    response, text = send(PNG)
    assert response.status_code == 429
    assert "Đã kiểm tra quá nhiều tệp" in text
    # Over every process: the count lies in the database; looking at the page stays free.
    assert Tally.objects.count() == 2
    assert client.get("/kiem-tra/").status_code == 200
    assert client.post("/kiem-tra/the-thuc/").status_code == 429


# -- hostile files -------------------------------------------------------------------------------


def stream(data, **entries):
    told = " ".join(f"/{key} {value}" for key, value in entries.items())
    return b"<< /Length %d %s >> stream\n%s\nendstream" % (len(data), told.encode(), data)


def pdf(*objects):
    """A small file of these objects, the first being the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, len(out),
    )  # fmt: skip
    return out + head + table + tail


def paged(contents, count=1):
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        contents,
        *[page] * count,
    )


def test_a_bomb_does_not_go_off(send, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST", 2_000_000)
    bomb = zlib.compress(b" " * 4_000_000, 9)
    data = paged(stream(bomb, Filter="/FlateDecode"))
    with pytest.raises(nd30.UnreadablePdfError, match="too-large"):
        nd30.inspect(data)
    cut = paged(stream(bomb[:-6], Filter="/FlateDecode"))
    with pytest.raises(nd30.UnreadablePdfError, match="too-large"):
        nd30.inspect(cut)
    _response, text = send(data, "/kiem-tra/the-thuc/")
    assert "giải nén ra quá lớn" in text
    assert outcome(send(data)[0]) is Outcome.UNKNOWN


def test_too_many_pages_are_counted_not_read(send):
    data = paged(stream(b""), count=views.MOST_PAGES + 1)
    response, text = send(data, "/kiem-tra/the-thuc/")
    assert response.status_code == 422
    assert "tách phần cần kiểm tra" in text
    assert send(paged(stream(b""), 2), "/kiem-tra/the-thuc/")[0].status_code == 200


def test_a_page_that_takes_too_long_is_broken_off(send, monkeypatch):
    monkeypatch.setattr(bounds, "SECONDS", 0.5)
    endless = paged(stream(b"0 0 m 1 1 l S\n" * 400_000))
    response, text = send(endless, "/kiem-tra/the-thuc/")
    assert response.status_code == 422
    assert "quá phức tạp" in text


@pytest.mark.parametrize("seed", range(6))
def test_torn_files_are_answered(send, seed, hostile):
    cut = hostile[: len(hostile) * (seed + 1) // 8]
    for address in ("/kiem-tra/", "/kiem-tra/the-thuc/"):
        assert send(cut, address)[0].status_code in (200, 422)


@pytest.fixture(scope="module")
def hostile():
    return page("decision")


def spin():
    while True:
        pass


def swallow():
    """A parser that takes every error for its own."""
    while True:
        try:
            sum(range(1000))
        except Exception:
            continue


def ask(answers):
    """The last query before the clock rings is answered too."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            answers.append(cursor.fetchone()[0])


@pytest.mark.parametrize("work", [spin, swallow, lambda: ask([])], ids=["spin", "swallow", "ask"])
def test_the_clock_interrupts_everything(work):
    with pytest.raises(bounds.TooLong), bounds.within(0.05):
        work()
    # The connection is as good as before, and what did not ring in time never rings.
    with bounds.within(0.05):
        assert Document.objects.count() >= 0
    after = time.monotonic() + 0.15
    while time.monotonic() < after:
        pass


def test_only_so_many_are_looked_at_at_once(send, monkeypatch):
    monkeypatch.setattr(bounds, "WAIT", 0.01)
    release, inside = threading.Event(), threading.Barrier(bounds.AT_ONCE + 1)

    def hold():
        with bounds.turn():
            inside.wait()
            release.wait()

    others = [threading.Thread(target=hold) for _ in range(bounds.AT_ONCE)]
    for other in others:
        other.start()
    inside.wait()
    response, text = send(PNG)
    assert response.status_code == 503
    assert "thử lại sau một phút" in text
    release.set()
    for other in others:
        other.join()
    assert send(PNG)[0].status_code == 200


# -- the form of a paper -------------------------------------------------------------------------


def test_the_form_of_any_pdf_is_told_with_its_article(send, tmp_path):
    response, text = send(page("decision"), "/kiem-tra/the-thuc/")
    assert response.status_code == 200
    assert "Không thấy chỗ nào chưa đúng" in text
    assert "Quyết định" in text
    wrong = Fault("decision", "Số: 05 => Số : 05", "", "").printed()
    response, text = send(wrong, "/kiem-tra/the-thuc/")
    assert "Có 1 chỗ chưa đúng" in text
    assert "điểm c khoản 3 Mục II Phần I Phụ lục I" in text
    file = tmp_path / "a.pdf"
    file.write_bytes(wrong)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("check_format", str(file), stdout=out)
    assert "điểm c khoản 3" in out.getvalue()
