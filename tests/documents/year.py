"""A year of documents for the register: released, voided, on paper, and copies in their series."""

import datetime
from dataclasses import replace

from documents import service
from documents.kinds import KINDS
from documents.model import to_json
from documents.models import Counter, Document, Mode, digest_of

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
    """A year's documents of an issuer: decisions and copies, each series without a gap.

    Every 23rd was voided before its signature, every 17th is on paper. The rows are written as the
    doors of :mod:`documents.service` leave them; nothing is rendered.
    """
    decisions = service.ensure_series(issuer, "QĐ-UBND", Mode.OURS)
    copied = service.ensure_series(issuer, "SY-UBND", Mode.OURS)
    rows = [_row(issuer, decisions, year, n, count - copies) for n in range(1, count - copies + 1)]
    rows += [_row(issuer, copied, year, n, copies, copy=True) for n in range(1, copies + 1)]
    Document.objects.bulk_create(rows)
    for series, last in ((decisions, count - copies), (copied, copies)):
        Counter.objects.update_or_create(series=series, year=year, defaults={"value": last})
    return decisions, copied


def _row(issuer, series, year, number, total, copy=False):
    day = datetime.date(year, 1, 2) + datetime.timedelta(days=(number - 1) * 362 // total)
    at = datetime.datetime.combine(day, datetime.time(8 + number % 8, 5), HANOI)
    matter = MATTERS[number % len(MATTERS)].format(place=PLACES[number % len(PLACES)], year=year)
    copied = f"Quyết định {matter[:1].lower()}{matter[1:]}"
    content = replace(DECISION, subject=copied if copy else matter)
    void, paper = number % 23 == 0, number % 17 == 0
    kind = "true_copy" if copy and "true_copy" in KINDS else "decision"
    return Document(
        issuer=issuer, series=series, kind=kind, symbol=series.symbol, year=year, number=number,
        date=day, state="void" if void else "released", content=to_json(content),
        content_digest=digest_of(content), medium="paper" if paper else "electronic",
        signer_key="person:7", signer_name=SIGNERS[number % len(SIGNERS)],
        signer_capacity="CHỦ TỊCH", created=at, issued=None if void else at,
        released=None if void else at + datetime.timedelta(hours=1),
        void_reason=VOIDS[number % len(VOIDS)] if void else "",
    )  # fmt: skip
