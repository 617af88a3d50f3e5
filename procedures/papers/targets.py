"""The papers that assign targets: Đề xuất, Tờ trình (Mẫu 1.4), Quyết định (Mẫu 1.2).

The numbers stand in annexes. Several teams with few indicators share one grid on one sheet, as
offices sign it: the Chairman sees every team at a glance and signs no pile of nearly empty pages.
More indicators than a sheet A4 is wide for get an annex for each team, and so does a single team:
each then has a sheet of its own to hang up. Every share is printed as a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from documents.model import (
    Annex,
    Block,
    Column,
    Content,
    Heading,
    Letterhead,
    Paragraph,
    SignatureBlock,
    Table,
)
from documents.words import day_words

from ..models.targeting import overlapped
from ..models.targets import Origin, Sheet, Target, TargetItem, TargetTeam, percent
from . import common

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Dossier

# Beside the team's name a sheet A4 has room for so many columns that can still be read.
GRID_COLUMNS = 3
_NOTHING = "Không giao"


def decision(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Content of the Quyết định giao chỉ tiêu: by the Chairman's own authority."""
    commune = dossier.commune
    chairman = f"Chủ tịch {common.committee(commune)}"
    return Content(
        kind="decision",
        letterhead=common.commune_letterhead(commune),
        subject=common.subject(dossier),
        authority=chairman.upper(),
        grounds=(*_grounds(dossier), _at_request(dossier)),
        body=_articles(dossier),
        signature=signature,
        recipients=(
            "Như Điều 4",
            f"TT Đảng ủy, HĐND {commune.kind}",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        annexes=annexes(dossier),
        issued_by=chairman,
    )


def _grounds(dossier: Dossier) -> tuple[str, ...]:
    """The paper the targets follow stands before the commune's own standing plan."""
    law, decree, *governing = common.grounds(dossier)
    own = _followed(dossier)
    number = dossier.target_sheet().target_set.number
    others = [ground for ground in governing if not number or number not in ground]
    return (law, decree, *([own] if own else []), *others)


def _followed(dossier: Dossier) -> str:
    """ "Căn cứ Công văn số 12/SKHCN-CĐS ngày 05 tháng 11 năm 2026 của … về việc …"."""
    asked = dossier.target_sheet().target_set
    if not (asked.paper and asked.number and asked.date):
        return ""
    own = common.committee(dossier.commune)
    issuer = asked.issuer or (own if asked.origin == Origin.OWN else "")
    paper = f"Căn cứ {asked.paper} số {asked.number} {day_words(asked.date)}"
    return " ".join(filter(None, [paper, f"của {issuer}" if issuer else "", asked.excerpt]))


def _at_request(dossier: Dossier) -> str:
    asking = f"Theo đề nghị của Trưởng phòng {dossier.unit.name.removeprefix('Phòng ')}"
    paper = dossier.submission
    if paper is None or paper.state not in ("signed", "sealed", "released"):
        return asking
    return f"{asking} tại {common.cited(paper, 'Tờ trình')}"


def _articles(dossier: Dossier) -> tuple[Block, ...]:
    commune, unit = dossier.commune, dossier.unit
    attached = "Phụ lục" if len(annexes(dossier)) == 1 else "các Phụ lục"
    return (
        Paragraph(
            f"Giao chỉ tiêu cho {common.assigned_to(dossier)}, thực hiện {_period(dossier)} "
            f"(chi tiết tại {attached} kèm theo).",
            lead="Điều 1.",
        ),
        Paragraph(
            f"Tổ công nghệ số cộng đồng được giao chỉ tiêu tổ chức thực hiện và báo số liệu thực "
            f"hiện kèm ngày tính số liệu. {unit.name} hướng dẫn, theo dõi, đôn đốc, tổng hợp kết "
            f"quả, báo cáo Chủ tịch {common.committee(commune)}.",
            lead="Điều 2.",
        ),
        Paragraph(_effect(dossier), lead="Điều 3."),
        Paragraph(_enforcement(dossier), lead="Điều 4."),
    )


def _period(dossier: Dossier) -> str:
    asked = dossier.target_sheet().target_set
    start = f"từ {day_words(asked.since)} " if asked.since else ""
    return f"{start}đến hết {day_words(asked.due)}" if asked.due else start.strip()


def _effect(dossier: Dossier) -> str:
    """Earlier targets for the same days go; the rest of their decisions stays."""
    effect = "Quyết định này có hiệu lực kể từ ngày ký"
    decisions = {old.item.target_set.dossier.decision for old in overlapped(dossier.target_sheet())}
    cited = [
        f"{common.cited(d, 'Quyết định')} của Chủ tịch {common.committee(dossier.commune)}"
        for d in sorted((d for d in decisions if d), key=lambda d: d.pk)
    ]
    if not cited:
        return f"{effect}."
    return f"{effect} và thay thế các chỉ tiêu tương ứng đã giao tại {'; '.join(cited)}."


def _enforcement(dossier: Dossier) -> str:
    kind = dossier.commune.kind
    teams = [place.team for place in dossier.target_sheet().places]
    leaders = f"Tổ trưởng {teams[0].name}" if len(teams) == 1 else "Tổ trưởng các tổ nêu tại Điều 1"
    return (
        f"Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {kind}, Trưởng phòng "
        f"{dossier.unit.name.removeprefix('Phòng ')}, {leaders} và các đơn vị có liên quan chịu "
        "trách nhiệm thi hành Quyết định này"
    )


# The annexes ------------------------------------------------------------------------------------


def annexes(dossier: Dossier) -> tuple[Annex, ...]:
    """One grid for several teams where it fits, else an annex for each team."""
    sheet = dossier.target_sheet()
    if len(sheet.places) > 1 and len(sheet.items) <= GRID_COLUMNS:
        title = f"Chỉ tiêu giao các Tổ công nghệ số cộng đồng {dossier.commune.full_name}"
        return (Annex(title=title.upper(), blocks=(grid(sheet), *_counted(sheet.items))),)
    return tuple(_annex(sheet, place) for place in sheet.places)


def _annex(sheet: Sheet, place: TargetTeam) -> Annex:
    asked = sheet.asked(place)
    title = f"Chỉ tiêu giao {place.team.name}".upper()
    return Annex(title=title, blocks=(_table(asked), *_counted([t.item for t in asked])))


def _table(asked: list[Target]) -> Table:
    rows = tuple(
        (
            f"{n}",
            target.item.indicator.name,
            target.item.indicator.unit,
            f"{target.numerator}",
            _whole(target),
            _share(target),
        )
        for n, target in enumerate(asked, 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Chỉ tiêu", 38),
        Column("Đơn vị tính", 12, "center"),
        Column("Phải đạt", 11, "center"),
        Column("Trên tổng số", 20, "center"),
        Column("Tỷ lệ", 12, "center"),
    )
    return Table(columns=columns, rows=rows)


def _whole(target: Target) -> str:
    """ "120 hộ trong bản"; a plain count is out of nothing."""
    if target.denominator is None:
        return "-"
    return f"{target.denominator} {target.item.indicator.of}"


def _share(target: Target) -> str:
    if target.numerator is None or target.denominator is None:
        return "-"
    return percent(target.numerator, target.denominator)


def grid(sheet: Sheet) -> Table:
    """Teams down, indicators across, a line of sums at the end."""
    width = 60 // max(len(sheet.items), 1)
    columns = (
        Column("TT", 7, "center"),
        Column("Tổ", 93 - width * len(sheet.items)),
        *(Column(_heading(item), width, "center") for item in sheet.items),
    )
    rows = [
        (f"{n}", _short(place), *(_cell(target) for target in row))
        for n, (place, row) in enumerate(sheet.rows, 1)
    ]
    sums = ("", "Cộng", *(_sum(sheet, column) for column in range(len(sheet.items))))
    return Table(columns=columns, rows=(*rows, sums))


def _short(place: TargetTeam) -> str:
    """ "Bản Bãi Sở": what kind of team they are, the title of the grid says."""
    hamlet = place.team.hamlet
    if hamlet is None:
        return str(place.team.name)
    return hamlet.full_name[:1].upper() + hamlet.full_name[1:]


def _heading(item: TargetItem) -> str:
    """What is counted, in what, out of what."""
    indicator = item.indicator
    of = f"; trên tổng số {indicator.of}" if indicator.is_share else ""
    return f"{indicator.name} ({indicator.unit}{of})"


def _cell(target: Target | None) -> str:
    if target is None or target.numerator is None:
        return _NOTHING
    return _fraction(target.numerator, target.denominator)


def _fraction(numerator: int, denominator: int | None) -> str:
    if denominator is None:
        return f"{numerator}"
    return f"{numerator}/{denominator} ({percent(numerator, denominator)})"


def _sum(sheet: Sheet, column: int) -> str:
    asked = [row[column] for _place, row in sheet.rows]
    found = [t for t in asked if t is not None and t.numerator is not None]
    whole = [t.denominator for t in found if t.denominator is not None]
    return _fraction(sum(t.numerator or 0 for t in found), sum(whole) if whole else None)


def _counted(items: list[TargetItem]) -> Iterator[Paragraph]:
    """Where the denominators come from, a sentence for each source."""
    told = dict.fromkeys((i.base_source, i.base_date) for i in items if i.indicator.is_share)
    for source, day in told:
        if source and day:
            yield Paragraph(f"Tổng số theo {_lower(source)}, tính đến {day_words(day)}.")


def _lower(text: str) -> str:
    """ "số liệu của Trưởng bản" inside a sentence; a name keeps its capital."""
    head = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if head in ("Số", "Báo", "Danh", "Biểu", "Sổ") else text


# How it is asked for ----------------------------------------------------------------------------


def submission(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Content of the Tờ trình: why, what, and the request."""
    commune, unit = dossier.commune, dossier.unit
    return Content(
        kind="submission",
        letterhead=_letterhead(dossier),
        subject=common.subject(dossier),
        addressees=(f"Chủ tịch {common.committee(commune)}",),
        grounds=_grounds(dossier),
        body=(
            Heading("I. SỰ CẦN THIẾT"),
            Paragraph(_why(dossier)),
            Heading("II. NỘI DUNG ĐỀ XUẤT"),
            *_asked(dossier),
            Heading("III. ĐỀ NGHỊ"),
            Paragraph(
                f"{unit.name} đã kiểm tra nội dung. Kính đề nghị Chủ tịch "
                f"{common.committee(commune)} xem xét, ký ban hành Quyết định (có dự thảo Quyết "
                "định kèm theo)"
            ),
        ),
        signature=signature,
        recipients=("Như trên", f"Lưu: VT, {unit.code}"),
    )


def proposal(dossier: Dossier, *, author: Any, at: datetime, acting: bool = False) -> Content:
    """The Đề xuất of the specialist who drew the targets up."""
    position = "Q. CHUYÊN VIÊN" if acting else "CHUYÊN VIÊN"
    return Content(
        kind="proposal",
        letterhead=_letterhead(dossier),
        subject=common.subject(dossier),
        addressees=(str(dossier.unit.name),),
        body=(
            Paragraph(_why(dossier)),
            *_asked(dossier),
            Paragraph(
                f"Đề nghị {dossier.unit.name} xem xét, trình Chủ tịch "
                f"{common.committee(dossier.commune)} ký ban hành Quyết định"
            ),
        ),
        signature=SignatureBlock((position,), author.full_name),
        note=f"Đã gửi qua hệ thống lúc {timezone.localtime(at):%H:%M ngày %d/%m/%Y}",
    )


def _letterhead(dossier: Dossier) -> Letterhead:
    return Letterhead(
        parent=f"UBND {dossier.commune.full_name.upper()}",
        lines=(dossier.unit.name.upper(),),
        place=common.place_name(dossier.commune),
    )


def _why(dossier: Dossier) -> str:
    followed = _followed(dossier).removeprefix("Căn cứ ")
    asked = dossier.target_sheet().target_set.asked
    if asked is not None:
        return (
            f"{asked.target.place.team.name} đề nghị điều chỉnh chỉ tiêu “"
            f"{asked.target.item.indicator.name}” với lý do: {asked.reason.rstrip(' .')}. Qua xem "
            "xét, đề nghị của tổ là có cơ sở."
        )
    return (
        f"Thực hiện {followed}, để mỗi tổ biết rõ phải làm được bao nhiêu, đến khi nào và tính "
        "trên tổng số nào, cần giao chỉ tiêu cụ thể cho từng tổ."
    )


def _asked(dossier: Dossier) -> tuple[Block, ...]:
    sheet = dossier.target_sheet()
    opening = Paragraph(
        f"Giao chỉ tiêu cho {common.assigned_to(dossier)}, thực hiện {_period(dossier)}, như sau:"
    )
    if len(sheet.places) == 1:
        return (opening, _table(sheet.asked(sheet.places[0])), *_counted(sheet.items))
    if len(sheet.items) <= GRID_COLUMNS:
        return (opening, grid(sheet), *_counted(sheet.items))
    return (opening, _sums(sheet), *_counted(sheet.items))


def _sums(sheet: Sheet) -> Table:
    """Too many columns for a grid: the sums here, each team's numbers in the draft."""
    rows = tuple(
        (f"{n}", _heading(item), _sum(sheet, n - 1)) for n, item in enumerate(sheet.items, 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Chỉ tiêu", 63),
        Column("Cộng các tổ", 30, "center"),
    )
    return Table(columns=columns, rows=rows)
