"""The Báo cáo of the People's Committee (Mẫu 1.4), and how the division asks for its issue.

Opening by what is carried out, I. results, II. assessment, III. tasks to come, IV. requests, as
offices write it; what each team gave stands in the annex. Missing is said, never printed as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from documents.model import (
    Annex,
    Block,
    Column,
    Content,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
)

from . import common
from .slip import slip as _slip
from .submission import submission as _submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier, ReportCall
    from ..reports.rollups import Rollup

_HEADINGS = {
    "results": "KẾT QUẢ THỰC HIỆN",
    "assessment": "ĐÁNH GIÁ CHUNG",
    "next_tasks": "NHIỆM VỤ THỜI GIAN TỚI",
    "requests": "KIẾN NGHỊ, ĐỀ XUẤT",
}
_ROMAN = ("I", "II", "III", "IV")
_TEAMS = "các Tổ công nghệ số cộng đồng"
# Columns of figures that fit beside the name of a team on an upright page.
_ABREAST = 4
_MISSING = "Chưa có số liệu"
_NONE = "Không phát sinh"


def name(calls: Sequence[ReportCall], period: str = "") -> str:
    """What the case is called, and the trích yếu says after "Về việc"."""
    if len(calls) == 1 and calls[0].issuer:
        return calls[0].title
    told = period or calls[0].title.removeprefix("Báo cáo ")
    return f"Báo cáo kết quả hoạt động của {_TEAMS} {told}"


def prefilled(found: Rollup) -> dict[str, str]:
    """The zones as the roll-up says them, for the specialist to edit."""
    lines = [_counted(found), *(_sum(each.told()) for each in found.sums)]
    troubles = dict.fromkeys(
        report.trouble.strip()
        for report in found.reports
        if report.trouble.strip() and report.state == "accepted"
    )
    return {
        "results": "\n".join(lines),
        "assessment": "\n".join(f"- {trouble}" for trouble in troubles),
    }


def _counted(found: Rollup) -> str:
    none = sum(report.none for report in found.reports if report.state == "accepted")
    lacking = len(found.reports) - found.accepted
    said = f"Có {found.accepted}/{len(found.reports)} báo cáo của các tổ được ghi nhận"
    said += f", trong đó {none} báo cáo không phát sinh" if none else ""
    return f"{said}; {lacking} báo cáo chưa có số liệu." if lacking else f"{said}."


def _sum(told: dict[str, Any]) -> str:
    """ "- Hộ có gian hàng số: 12/140 hộ (trên tổng số hộ trong bản); 17/18 tổ có số liệu."."""
    if told["numerator"] is None:
        return f"- {told['name']}: chưa có số liệu."
    of = f" (trên tổng số {told['of']})" if told["of"] and told["denominator"] is not None else ""
    counted = _number(told["numerator"], told["denominator"])
    known = (
        f"; {told['given']}/{told['asked']} tổ có số liệu" if told["given"] < told["asked"] else ""
    )
    return f"- {told['name']}: {counted} {told['unit']}{of}{known}."


def _number(numerator: int, denominator: int | None) -> str:
    return str(numerator) if denominator is None else f"{numerator}/{denominator}"


def report(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Báo cáo: signed for the Committee as a body (Điều 13 khoản 2)."""
    commune, upward = dossier.commune, dossier.upward
    kind = commune.kind
    return Content(
        kind="report",
        letterhead=common.commune_letterhead(commune),
        subject=_subject(dossier),
        addressees=(upward.addressee,) if upward.addressee else (),
        body=(Paragraph(_opening(dossier)), *_zones(dossier), _closing(dossier)),
        signature=signature,
        recipients=(
            "Như trên",
            f"TT Đảng ủy, HĐND {kind}",
            f"Chủ tịch, các PCT UBND {kind}",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        annexes=_annexes(dossier),
        issued_by=common.committee(commune),
    )


def _about(dossier: Dossier) -> str:
    """ "kết quả hoạt động của …": the name without the type, which the title says (Phụ lục
    I.II.5)."""
    about = dossier.name.removeprefix("Báo cáo ")
    return about[:1].lower() + about[1:]


def _subject(dossier: Dossier) -> str:
    return f"Về {_about(dossier)}"


def _opening(dossier: Dossier) -> str:
    cited = list(dict.fromkeys(call.cited for call in dossier.upward.ordered_calls() if call.cited))
    committee = common.committee(dossier.commune)
    carried = f"Thực hiện {'; '.join(cited)}, " if cited else ""
    return f"{carried}{committee} báo cáo {_about(dossier)}, cụ thể như sau:"


def _zones(dossier: Dossier) -> Iterator[Block]:
    """The zones that were written, numbered without a gap."""
    written = [(key, getattr(dossier.upward, key)) for key in _HEADINGS]
    filled = [(key, text) for key, text in written if text]
    for number, (key, text) in zip(_ROMAN, filled, strict=False):
        yield Heading(f"{number}. {_HEADINGS[key]}")
        yield from (Paragraph(line) for line in text.splitlines() if line.strip())
        if key == "results" and dossier.upward.added.get("teams"):
            yield Paragraph("Số liệu từng tổ tại Phụ lục kèm theo.")


def _closing(dossier: Dossier) -> Paragraph:
    return Paragraph(
        f"Trên đây là báo cáo {_about(dossier)} của {common.committee(dossier.commune)}"
    )


def _annexes(dossier: Dossier) -> tuple[Annex, ...]:
    added = dossier.upward.added
    if not added.get("teams"):
        return ()
    title = f"Số liệu của {_TEAMS} {dossier.commune.full_name}"
    return (Annex(title=title.upper(), blocks=tuple(_tables(added))),)


def _tables(added: dict[str, Any]) -> Iterator[Block]:
    sums = list(added["sums"])
    groups = [range(at, min(at + _ABREAST, len(sums))) for at in range(0, len(sums), _ABREAST)]
    for group in groups or [range(0)]:
        yield _table(added, sums, group)


def _table(added: dict[str, Any], sums: Sequence[dict[str, Any]], group: Iterable[int]) -> Table:
    chosen = list(group)
    width = 60 // max(1, len(chosen))
    columns = (
        Column("TT", 7, "center"),
        Column("Tổ", 93 - width * len(chosen) if chosen else 53),
        *(Column(_heading(sums[number]), width, "center") for number in chosen),
        *((Column("Báo cáo", 40, "center"),) if not chosen else ()),
    )
    rows = [
        (f"{n}", _short(team["name"]), *_cells(team, chosen))
        for n, team in enumerate(added["teams"], 1)
    ]
    total = ("", "Cộng", *(_total(sums[number]) for number in chosen))
    return Table(columns=columns, rows=(*rows, total) if chosen else tuple(rows))


def _heading(told: dict[str, Any]) -> str:
    unit = f"{told['unit']} trên tổng số {told['of']}" if told["of"] else told["unit"]
    return f"{told['name']} ({unit})"


def _short(team: str) -> str:
    short = team.removeprefix("Tổ công nghệ số cộng đồng ")
    return short[:1].upper() + short[1:]


def _cells(team: dict[str, Any], chosen: Sequence[int]) -> tuple[str, ...]:
    if not chosen:
        return ("Đã báo cáo" if team["accepted"] else "Chưa báo cáo",)
    return tuple(_cell(*team["cells"][number]) for number in chosen)


def _cell(numerator: int | None, denominator: int | None, none: bool) -> str:
    if numerator is None:
        return _NONE if none else _MISSING
    return _number(numerator, denominator)


def _total(told: dict[str, Any]) -> str:
    if told["numerator"] is None:
        return _MISSING
    return _number(told["numerator"], told["denominator"])


# How the division asks ---------------------------------------------------------------------------


def submission(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Tờ trình, where the commune asks by one: need, content, request."""
    unit, committee = dossier.unit, common.committee(dossier.commune)
    return replace(
        _submission(dossier, signature),
        subject=f"Về việc ban hành báo cáo {_about(dossier)}",
        grounds=(common.LAW,),
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            Paragraph(_need(dossier)),
            Heading("II. NỘI DUNG"),
            Paragraph(
                f"Dự thảo Báo cáo gửi {dossier.upward.addressee}, lập từ báo cáo của {_TEAMS} đã "
                "được ghi nhận; số liệu từng tổ tại Phụ lục của dự thảo."
            ),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch {committee} xem xét, ký "
                "ban hành Báo cáo (có dự thảo Báo cáo kèm theo)"
            ),
        ),
    )


def _need(dossier: Dossier) -> str:
    cited = [call.cited for call in dossier.upward.ordered_calls() if call.cited]
    asked = f"Thực hiện {'; '.join(dict.fromkeys(cited))}, " if cited else ""
    return f"{asked}{common.committee(dossier.commune)} cần báo cáo {_about(dossier)}."


def slip(dossier: Dossier, signature: SignatureBlock, *, at: datetime | None = None) -> Content:
    """The Phiếu trình, where the commune asks by one."""
    whole = _slip(dossier, signature, at=at)
    lead, table = whole.body
    assert isinstance(table, Table)
    summary, advice, opinion = table.rows
    told = f"Báo cáo {_about(dossier)}. Có dự thảo Báo cáo kèm theo"
    advised = advice[2].replace("Quyết định", "Báo cáo")
    rows = ((*summary[:2], told), (*advice[:2], advised), opinion)
    subject = f"Về việc ban hành báo cáo {_about(dossier)}"
    return replace(whole, subject=subject, body=(lead, replace(table, rows=rows)))


# The specialist begins it from what was reported: there is no Đề xuất.
PAPERS: common.Papers = {
    "proposal": None,
    "submission": submission,
    "slip": slip,
    "decision": report,
}
