"""The decision that gives a team another leader or deputy (Mẫu 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from documents.model import Annex, Block, Column, Content, Paragraph, SignatureBlock, Table

from ..teams.differences import Appointment, appointments
from . import common
from .restructuring import drawn, rest_stays

if TYPE_CHECKING:
    from ..models import Change, Dossier

Article = tuple[Block, ...]
ROLES = {"leader": "Tổ trưởng", "deputy": "Tổ phó"}


def appointment(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định thay Tổ trưởng, Tổ phó."""
    lines = dossier.lines()
    return drawn(
        dossier,
        signature,
        [appointed(dossier), *_handing_over(lines), (Paragraph(rest_stays(lines)),)],
        annexes=_annex(dossier) if len(lines) > 1 else (),
        named="ông (bà) có tên tại Điều 1",
    )


def appointed(dossier: Dossier) -> Article:
    """Who gets which role after whom; in the annex where there are several teams."""
    lines = dossier.lines()
    if len(lines) > 1:
        count = common.two_digits(len(lines))
        return (
            Paragraph(
                f"{what(dossier).capitalize().replace('tổ', 'Tổ')} của {count} Tổ công nghệ số "
                f"cộng đồng trên địa bàn {dossier.commune.full_name} (có danh sách kèm theo)."
            ),
        )
    given = [_given(one, common.team_in_full(lines[0])) for one in appointments(lines[0])]
    if len(given) == 1:
        return (Paragraph(f"{given[0]}."),)
    team = common.team_in_full(lines[0])
    marks = [*[";"] * (len(given) - 1), "."]
    listed = (
        Paragraph(f"{n}. {_given(one, 'tổ')}{mark}")
        for n, (one, mark) in enumerate(zip(appointments(lines[0]), marks, strict=True), 1)
    )
    return (Paragraph(f"Cử các ông (bà) giữ chức vụ trong {team} như sau:"), *listed)


def _given(one: Appointment, team: str) -> str:
    post = f", {one.seat.represents}," if one.seat.represents else ""
    after = f", thay ông (bà) {one.former.full_name}" if one.former else ""
    return f"Cử ông (bà) {one.seat.full_name}{post} giữ chức vụ {ROLES[one.role]} {team}{after}"


def _handing_over(lines: Sequence[Change]) -> list[Article]:
    """Who is followed hands over, unless there is nobody to do so."""
    alive = any(one.former for c in lines if c.cause != "died" for one in appointments(c))
    if not alive:
        return []
    text = (
        "Người được cử thực hiện nhiệm vụ kể từ ngày Quyết định này có hiệu lực; người thôi giữ "
        "chức vụ bàn giao công việc và các nhóm liên lạc của tổ cho người được cử."
    )
    return [(Paragraph(text),)]


def appointed_table(dossier: Dossier) -> Table:
    rows = [
        (f"{n}", line.place, ROLES[one.role], one.seat.full_name, one.seat.represents, _of(one))
        for n, (line, one) in enumerate(
            ((line, one) for line in dossier.lines() for one in appointments(line)), 1
        )
    ]
    columns = (
        Column("TT", 7, "center"),
        Column("Nơi có tổ", 18),
        Column("Chức vụ", 16, "center"),
        Column("Người được cử", 20),
        Column("Thành phần", 19),
        Column("Thay cho", 20),
    )
    return Table(columns=columns, rows=tuple(rows))


def _of(one: Appointment) -> str:
    return one.former.full_name if one.former else ""


def _annex(dossier: Dossier) -> tuple[Annex, ...]:
    title = f"Danh sách {what(dossier)} Tổ công nghệ số cộng đồng {dossier.commune.full_name}"
    return (Annex(title=title.upper(), blocks=(appointed_table(dossier),)),)


def what(dossier: Dossier) -> str:
    """ "thay Tổ trưởng", "cử Tổ phó": what is done, for the trích yếu."""
    given = [one for line in dossier.lines() for one in appointments(line)]
    roles = [name for role, name in ROLES.items() if any(one.role == role for one in given)]
    verb = "thay" if any(one.former for one in given) else "cử"
    return f"{verb} {', '.join(roles or ROLES.values())}"
