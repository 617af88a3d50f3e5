"""Words that several documents of a commune share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Column, Content, Letterhead, Table
from documents.words import cite

from .. import regulations

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Commune, Dossier

Writer = Callable[..., Content]
# What a procedure writes of its own, by slot; None for a paper it has not.
Papers = Mapping[str, Writer | None]

LAW = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
DECREE_150 = (
    "Căn cứ Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ quy định tổ chức "
    "các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương và Ủy ban "
    "nhân dân xã, phường, đặc khu thuộc tỉnh, thành phố trực thuộc trung ương"
)


def commune_letterhead(commune: Commune) -> Letterhead:
    """Box 2 of the People's Committee: two bold lines, no parent (Phụ lục I.II.2)."""
    lines = ("ỦY BAN NHÂN DÂN", commune.full_name.upper())
    return Letterhead(lines=lines, place=place_name(commune))


def place_name(commune: Commune) -> str:
    """Box 4: the unit's own name; with its kind when it is a number (Phụ lục I.II.4a)."""
    numbered = commune.name[0].isdigit()
    return commune.full_name.capitalize() if numbered else commune.name


def committee(commune: Commune) -> str:
    """ "Ủy ban nhân dân xã Tam Quang", as inside a sentence."""
    return f"Ủy ban nhân dân {commune.full_name}"


def grounds(dossier: Dossier) -> tuple[str, ...]:
    """Authority first, then content (Phụ lục I.II.6a); the content from the governing source."""
    governing = regulations.grounds(dossier.commune, timezone.localdate())
    return (LAW, DECREE_150, *governing)


def team_in_full(change: Change) -> str:
    """ "Tổ công nghệ số cộng đồng bản Bãi Sở, xã Tam Quang"."""
    commune = change.dossier.commune.full_name
    return f"{change.team_name}, {commune}" if change.hamlet else change.team_name


def subject(dossier: Dossier) -> str:
    """One team by its name, several by their number: a trích yếu is one sentence (Phụ lục
    I.II.5b)."""
    if own := dossier.flow.subject:
        return own(dossier)
    changes = dossier.lines()
    if len(changes) == 1:
        return f"Về việc thành lập {team_in_full(changes[0])}"
    count = two_digits(len(changes))
    place = dossier.commune.full_name
    return f"Về việc thành lập {count} Tổ công nghệ số cộng đồng trên địa bàn {place}"


def assigned_to(dossier: Dossier) -> str:
    """Whom targets are assigned to: one team by its name, several by their number."""
    teams = [place.team for place in dossier.target_sheet().places]
    place = dossier.commune.full_name
    if len(teams) == 1:
        return f"{teams[0].name}, {place}" if teams[0].hamlet_id else str(teams[0].name)
    return f"{two_digits(len(teams))} Tổ công nghệ số cộng đồng trên địa bàn {place}"


def heads(changes: Iterable[Change]) -> list[str]:
    """ "Trưởng bản Bãi Sở" for each place, or all at once where they are many."""
    found = {change.hamlet_id: change.hamlet for change in changes if change.hamlet}
    hamlets = list(found.values())
    if len(hamlets) < 4:
        return [f"Trưởng {hamlet.full_name}" for hamlet in hamlets]
    kinds = ", ".join(dict.fromkeys(hamlet.kind for hamlet in hamlets))
    return [f"Trưởng các {kinds} có tên tại Điều 1"]


def cited(document: Document, name: str) -> str:
    """ "Tờ trình số 05/TTr-VHXH ngày 20 tháng 11 năm 2026"."""
    number, date = document.number, document.date
    assert number is not None  # cited only once it has both
    assert date is not None
    return cite(name, number, document.symbol, date)


def member_table(change: Change) -> Table:
    """The list without phones and birth dates: it is published with the decision."""
    rows = tuple(
        (f"{n}", seat.full_name, seat.represents, str(seat.get_role_display()))
        for n, seat in enumerate(change.seats.all(), 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Họ và tên", 30),
        Column("Thành phần", 37),
        Column("Chức vụ trong tổ", 26, "center"),
    )
    return Table(columns=columns, rows=rows)


def two_digits(count: int) -> str:
    """Counts below ten are written with a leading zero, as offices do."""
    return f"{count:02d}"


def size(*changes: Change) -> str:
    """ "06 thành viên", "06 thành viên và 01 cộng tác viên": beside the team, not of it."""
    roles = [seat.role for change in changes for seat in change.seats.all()]
    beside = roles.count("collaborator")
    told = f"{two_digits(len(roles) - beside)} thành viên"
    return f"{told} và {two_digits(beside)} cộng tác viên" if beside else told


def count_members(change: Change) -> int:
    """Who counts in the size of the team."""
    return sum(seat.role != "collaborator" for seat in change.seats.all())
