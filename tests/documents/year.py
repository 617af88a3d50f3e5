"""A year of documents for the register: released, voided, on paper, and copies in their series."""

import datetime
from dataclasses import replace

from documents import service
from documents.kinds import COPIES
from documents.model import to_json
from documents.models import Counter, Document, Mode, digest_of

from .copying import PEN, copy_of
from .samples import DECISION

HANOI = datetime.timezone(datetime.timedelta(hours=7))
SIGNERS = ("Nguyễn Đình Khánh", "Trần Quốc Hưng", "Vi Thị Ngọc Ánh")
PLACES = ("bản Tùng Hương", "bản Bãi Sở", "bản Tam Bông", "bản Quang Phúc", "bản Làng Nhùng")
MATTERS = (
    "Về việc thành lập Tổ công nghệ số cộng đồng {place}, xã Tam Quang",
    "Về việc kiện toàn Tổ công nghệ số cộng đồng {place}, xã Tam Quang",
    "Về việc cho thôi tham gia Tổ công nghệ số cộng đồng {place} đối với một số thành viên",
    "Về việc giao chỉ tiêu hoạt động năm {year} cho Tổ công nghệ số cộng đồng {place}, xã Tam "
    "Quang; phân công theo dõi, đôn đốc và báo cáo kết quả thực hiện",
)
VOIDS = ("Nội dung đã thay đổi trước khi ký.", "Hết ngày ghi trên văn bản mà chưa ký.")


def fill(issuer, year, count=300, copies=40):
    """A year's documents of an issuer: decisions, and copies of them in the one series of copies,
    each series without a gap.

    Every 23rd was voided before its signature, every 17th decision is on paper, every third copy
    is electronic. The rows are written as the doors of :mod:`documents.service` leave them;
    nothing is rendered.
    """
    decisions = service.ensure_series(issuer, "QĐ-UBND", Mode.OURS)
    copied = service.ensure_series(issuer, service.joint_symbol("UBND"), Mode.OURS)
    rows = [_row(issuer, decisions, year, n, count - copies) for n in range(1, count - copies + 1)]
    made = Document.objects.bulk_create(rows)
    originals = [row for row in made if row.state == "released" and row.medium == "electronic"]
    empty = [_row(issuer, copied, year, n, copies) for n in range(1, copies + 1)]
    from_originals = [row for row in empty if _kind(row) != "recopy"]
    made = Document.objects.bulk_create(
        _copy(copied, original, row)
        for original, row in zip(originals, from_originals, strict=False)
    )
    true_copies = [row for row in made if row.kind == "true_copy" and row.state == "released"]
    Document.objects.bulk_create(
        _copy(copied, max((c for c in true_copies if c.number < row.number), key=_number), row)
        for row in empty
        if _kind(row) == "recopy"
    )
    for series, last in ((decisions, count - copies), (copied, copies)):
        Counter.objects.update_or_create(series=series, year=year, defaults={"value": last})
    return decisions, copied


def _kind(row):
    """The forms in turn: a sao y first, which a sao lục is then taken from."""
    return COPIES[(row.number - 1) % len(COPIES)]


def _number(row):
    return row.number


def _copy(series, original, row):
    """The row as a copy: an extract is drawn up electronically, the others are on paper."""
    row.kind = _kind(row)
    row.symbol = service.symbol_in(series, row.kind)
    electronic = row.kind == "extract"
    row.medium = "electronic" if electronic else "paper"
    if electronic:
        row.signer_key = row.signer_name = row.signer_capacity = ""
    signs = {} if electronic else {"signature": PEN}
    excerpt = {"excerpt": (0,)} if electronic else {}
    content = copy_of(row.kind, original, service.copied_text(original, **excerpt), **signs)
    row.original, row.content, row.content_digest = original, to_json(content), digest_of(content)
    return row


def _row(issuer, series, year, number, total):
    day = datetime.date(year, 1, 2) + datetime.timedelta(days=(number - 1) * 362 // total)
    at = datetime.datetime.combine(day, datetime.time(8 + number % 8, 5), HANOI)
    matter = MATTERS[number % len(MATTERS)].format(place=PLACES[number % len(PLACES)], year=year)
    content = replace(DECISION, subject=matter)
    void, paper = number % 23 == 0, number % 17 == 0
    return Document(
        issuer=issuer, series=series, kind="decision", symbol=series.symbol, year=year,
        number=number, date=day, state="void" if void else "released", content=to_json(content),
        content_digest=digest_of(content), medium="paper" if paper else "electronic",
        signer_key="person:7", signer_name=SIGNERS[number % len(SIGNERS)],
        signer_capacity="CHỦ TỊCH", created=at, issued=None if void else at,
        released=None if void else at + datetime.timedelta(hours=1),
        void_reason=VOIDS[number % len(VOIDS)] if void else "",
    )  # fmt: skip
