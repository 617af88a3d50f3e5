"""The Chairman's decision that commends people and teams (Mẫu 1.2); more than three in an annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Annex, Block, Column, Content, Paragraph, SignatureBlock, Table
from documents.words import day_words

from . import common
from .drafted import Asked, papers_of

if TYPE_CHECKING:
    from ..models import Commended, Dossier

_LAW = "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
_DECREE = (
    "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân "
    "cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành "
    "một số điều của Luật Thi đua, khen thưởng"
)
_MOST_INLINE = 3


def rewarding(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Quyết định khen thưởng."""
    commune, rows = dossier.commune, _rows(dossier)
    chairman = f"Chủ tịch {common.committee(commune)}"
    return Content(
        kind="decision",
        letterhead=common.commune_letterhead(commune),
        subject=_subject(dossier),
        authority=chairman.upper(),
        grounds=(*_grounds(dossier), _at_request(dossier)),
        body=_articles(dossier, rows),
        signature=signature,
        recipients=(
            f"Như Điều {3 + _paid(rows)}",
            f"TT Đảng ủy, HĐND {commune.kind}",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        annexes=(_annex(dossier, rows),) if len(rows) > _MOST_INLINE else (),
        issued_by=chairman,
    )


def _at_request(dossier: Dossier) -> str:
    """The last căn cứ: with the Tờ trình when one was signed."""
    asking = f"Theo đề nghị của Trưởng phòng {dossier.unit.name.removeprefix('Phòng ')}"
    paper = dossier.submission
    if paper is None or paper.state not in ("signed", "sealed", "released"):
        return asking
    return f"{asking} tại {common.cited(paper, 'Tờ trình')}"


def _asked(dossier: Dossier) -> Asked:
    said = dossier.matter
    rows = _rows(dossier)
    vote = f"{said.in_favour}/{said.present} người dự họp đồng ý" if said.present else "…"
    return Asked(
        subject=_subject(dossier),
        need=(
            f"Cuộc họp xét khen thưởng{_day(dossier)} (Biên bản số {said.minutes or '…'}) đã xét "
            f"thành tích của {_count(rows)}; kết quả biểu quyết: {vote}."
        ),
        blocks=(
            Paragraph(f"Đề nghị khen thưởng {_count(rows)} có thành tích {said.occasion}:"),
            _table(rows),
        ),
        grounds=_grounds(dossier),
    )


def _rows(dossier: Dossier) -> list[Commended]:
    """Groups first, as decisions list them."""
    return sorted(dossier.matter.listed, key=lambda row: (not row.collective, row.position))


def _subject(dossier: Dossier) -> str:
    return f"Về việc khen thưởng thành tích {dossier.matter.occasion}".strip()


def _day(dossier: Dossier) -> str:
    day = dossier.matter.meeting_date
    return f" {day_words(day)}" if day else ""


def _grounds(dossier: Dossier) -> tuple[str, ...]:
    minutes = dossier.matter.minutes or "…"
    return (
        common.LAW,
        _LAW,
        _DECREE,
        f"Căn cứ Biên bản số {minutes}{_day(dossier)} về việc họp xét khen thưởng",
    )


def _count(rows: list[Commended]) -> str:
    """ "01 tập thể, 04 cá nhân"."""
    groups = sum(row.collective for row in rows)
    told = [(groups, "tập thể"), (len(rows) - groups, "cá nhân")]
    return ", ".join(f"{common.two_digits(count)} {what}" for count, what in told if count)


def _articles(dossier: Dossier, rows: list[Commended]) -> tuple[Block, ...]:
    where = "(có danh sách kèm theo)." if len(rows) > _MOST_INLINE else "gồm:"
    opening = (
        f"Tặng Giấy khen của Chủ tịch {common.committee(dossier.commune)} cho {_count(rows)} đã có "
        f"thành tích {dossier.matter.occasion}{'' if where[0] == '(' else ','} {where}"
    )
    after = [
        *([f"Mức tiền thưởng ghi tại {_place(rows)}."] if _paid(rows) else []),
        "Quyết định này có hiệu lực kể từ ngày ký.",
        _enforcement(dossier, rows),
    ]
    listed = _listed(rows) if len(rows) <= _MOST_INLINE else ()
    articles = (Paragraph(text, lead=f"Điều {n}.") for n, text in enumerate(after, 2))
    return (Paragraph(opening, lead="Điều 1."), *listed, *articles)


def _paid(rows: list[Commended]) -> bool:
    return any(row.amount for row in rows)


def _place(rows: list[Commended]) -> str:
    return "danh sách kèm theo" if len(rows) > _MOST_INLINE else "Điều 1"


def _listed(rows: list[Commended]) -> tuple[Block, ...]:
    ends = [*[";"] * (len(rows) - 1), "."]
    return tuple(
        Paragraph(f"{n}. {_who(row)}: {row.achievement.rstrip('.;')}{_sum(row)}{end}")
        for n, (row, end) in enumerate(zip(rows, ends, strict=True), 1)
    )


def _who(row: Commended) -> str:
    if row.collective:
        return row.name
    return f"Ông (bà) {row.name}" + (f", {row.detail}" if row.detail else "")


def _sum(row: Commended) -> str:
    return f"; tiền thưởng {_dong(row.amount)} đồng" if row.amount else ""


def _dong(amount: int | None) -> str:
    """ "500.000"."""
    return f"{amount:,}".replace(",", ".") if amount else ""


def _enforcement(dossier: Dossier, rows: list[Commended]) -> str:
    kind = dossier.commune.kind
    division = dossier.unit.name.removeprefix("Phòng ")
    return (
        f"Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {kind}, Trưởng phòng {division}, "
        f"các đơn vị có liên quan và các tập thể, cá nhân có tên tại {_place(rows)} chịu trách "
        "nhiệm thi hành Quyết định này"
    )


def _annex(dossier: Dossier, rows: list[Commended]) -> Annex:
    title = f"Danh sách tập thể, cá nhân được khen thưởng thành tích {dossier.matter.occasion}"
    return Annex(title=title.upper(), blocks=(_table(rows),))


def _table(rows: list[Commended]) -> Table:
    """The sums stand in a column of their own, where there are any."""
    paid = _paid(rows)
    columns = [
        Column("TT", 7, "center"),
        Column("Họ và tên, tập thể", 24),
        Column("Chức vụ, đơn vị", 25),
        Column("Thành tích", 28 if paid else 44),
        Column("Tiền thưởng (đồng)", 16, "center"),
    ]
    cells = [
        (f"{n}", row.name, row.detail or "-", row.achievement, _dong(row.amount))
        for n, row in enumerate(rows, 1)
    ]
    wide = 5 if paid else 4
    return Table(columns=tuple(columns[:wide]), rows=tuple(row[:wide] for row in cells))


PAPERS = papers_of(_asked, rewarding)
