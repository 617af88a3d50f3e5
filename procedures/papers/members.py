"""The papers on single members: the Tờ trình (or Phiếu trình), and the decision (Mẫu 1.2).

A decision is public: it names people with what they represent, never their phones, their birth
years, or why they go. Several people stand in an annex, team by team.

Source: Kế hoạch of UBND xã Tam Quang (2025), mục II.2.1.d; Nghị định 30/2020/NĐ-CP, Mẫu 1.2, 1.4.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

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
from .decision import decision as _decision
from .slip import slip as _slip
from .submission import submission as _submission

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Change, Dossier, Seat

# In the order in which a decision lists them.
_HEADINGS = {
    "admit": "Kết nạp",
    "collaborator": "Vào nhóm cộng tác viên",
    "leave": "Cho thôi tham gia",
    "remove": "Đưa ra khỏi danh sách",
}


# What the division asks ------------------------------------------------------------------------


def submission(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Tờ trình: whom the Chairman has agreed to already, and the decision that follows."""
    whole, commune = _submission(dossier, signature), dossier.commune
    body = (
        Heading("I. SỰ CẦN THIẾT"),
        Paragraph(
            "Các Tổ công nghệ số cộng đồng phải giữ danh sách thành viên đúng với thực tế. Theo "
            f"giới thiệu, đề xuất của Tổ trưởng và ý kiến đồng ý của Chủ tịch "
            f"{common.committee(commune)}, {dossier.unit.name} nhận thấy việc ra quyết định là cần "
            "thiết."
        ),
        Heading("II. NỘI DUNG ĐỀ XUẤT"),
        Paragraph(f"{_counted(dossier.lines())}, gồm:"),
        _table(dossier.lines()),
        Heading("III. ĐỀ NGHỊ"),
        *whole.body[-1:],
    )
    return replace(whole, subject=subject(dossier), body=body)


def slip(dossier: Dossier, signature: SignatureBlock, *, at: datetime | None = None) -> Content:
    """The Phiếu trình of an office that asks in that way."""
    whole = _slip(dossier, signature, at=at)
    opening, table = whole.body
    assert isinstance(table, Table)
    [(number, label, _summary), *others] = table.rows
    summary = f"{_counted(dossier.lines())}. Có dự thảo Quyết định kèm theo"
    rows = ((number, label, summary), *others)
    return replace(whole, subject=subject(dossier), body=(opening, replace(table, rows=rows)))


def _counted(changes: list[Change]) -> str:
    """ "Kết nạp 02 người; cho thôi tham gia 01 người"."""
    counts = (
        f"{heading} {common.two_digits(count)} người"
        for kind, heading in _HEADINGS.items()
        if (count := sum(what_is_done(change) == kind for change in changes))
    )
    text = "; ".join(part[:1].lower() + part[1:] for part in counts)
    return text[:1].upper() + text[1:]


def what_is_done(change: Change) -> str:
    """What is done, where who joins as a collaborator is told apart."""
    joins_beside = any(seat.role == "collaborator" for seat in change.seats.all())
    return "collaborator" if change.kind == "admit" and joins_beside else str(change.kind)


def _table(changes: list[Change]) -> Table:
    rows = tuple(
        (f"{n}", seat.full_name, change.team_name, _HEADINGS[what_is_done(change)])
        for n, (change, seat) in enumerate(_people(changes), 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Họ và tên", 28),
        Column("Tổ", 40),
        Column("Nội dung", 25),
    )
    return Table(columns=columns, rows=rows)


# The decision ----------------------------------------------------------------------------------


def subject(dossier: Dossier) -> str:
    """The trích yếu: what is done, in which team; nobody's name."""
    changes = dossier.lines()
    kinds = {what_is_done(change) for change in changes}
    if kinds <= {"admit"}:
        does = "kết nạp thành viên"
    elif kinds <= {"admit", "collaborator"}:
        does = "kết nạp thành viên, cộng tác viên" if "admit" in kinds else "kết nạp cộng tác viên"
    elif kinds <= {"leave", "remove"}:
        does = "cho thành viên thôi tham gia" if kinds == {"leave"} else "điều chỉnh danh sách"
    else:
        does = "kết nạp, cho thôi tham gia"
    teams = {change.team_id for change in changes}
    if len(teams) == 1:
        return f"Về việc {does} {common.team_in_full(changes[0])}"
    return f"Về việc {does} các Tổ công nghệ số cộng đồng trên địa bàn {dossier.commune.full_name}"


def decision(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Chairman's decision on everybody the dossier gathers: one person in a sentence, several
    in an annex by team."""
    whole, changes = _decision(dossier, signature), dossier.lines()
    people = _people(changes)
    return replace(
        whole,
        subject=subject(dossier),
        body=(
            Paragraph(_first(changes), lead="Điều 1."),
            Paragraph(_effect(dossier, changes), lead="Điều 2."),
            Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", lead="Điều 3."),
            Paragraph(_enforcement(whole, changes), lead="Điều 4."),
        ),
        annexes=(_annex(dossier, changes),) if len(people) > 1 else (),
    )


def _enforcement(whole: Content, changes: list[Change]) -> str:
    """As in the decision that sets teams up. Where somebody is taken out nobody is addressed by
    name: he may have died, and the paper does not tell why he goes."""
    last = whole.body[-1]
    assert isinstance(last, Paragraph)
    text = last.text.replace("có tên tại Điều 1", "có tổ nêu trong danh sách kèm theo")
    listed = "các ông (bà) có tên trong danh sách kèm theo"
    if any(change.kind == "remove" for change in changes):
        return text.replace(
            f"các đơn vị có liên quan và {listed}", "các đơn vị, cá nhân có liên quan"
        )
    return text if len(_people(changes)) > 1 else text.replace(listed, "ông (bà) có tên tại Điều 1")


def _first(changes: list[Change]) -> str:
    people = _people(changes)
    if len(people) == 1:
        [(change, seat)] = people
        return f"{_one(change, seat)}."
    return f"{_counted(changes)} (có danh sách kèm theo)."


def _one(change: Change, seat: Seat) -> str:
    team = common.team_in_full(change)
    who = f"ông (bà) {seat.full_name}" + (f" ({seat.represents})" if seat.represents else "")
    return {
        "admit": f"Kết nạp {who} làm thành viên {team}",
        "collaborator": f"Đưa {who} vào nhóm cộng tác viên của {team}",
        "leave": f"Cho {who} thôi tham gia {team}",
        "remove": f"Đưa {who} ra khỏi danh sách {team}",
    }[what_is_done(change)]


def _effect(dossier: Dossier, changes: list[Change]) -> str:
    """Rights and duties begin with the decision, or end with it."""
    joins = any(change.kind == "admit" for change in changes)
    leaves = any(change.kind != "admit" for change in changes)
    begin = (
        "Người được kết nạp thực hiện nhiệm vụ, quyền hạn của thành viên (cộng tác viên) Tổ công "
        "nghệ số cộng đồng theo phân công của Tổ trưởng kể từ ngày Quyết định này có hiệu lực."
    )
    # Nobody is left to be told so where it is the leader who goes.
    keeper = dossier.unit.name if _leader_goes(changes) else "Tổ trưởng"
    end = (
        "Nhiệm vụ, quyền hạn của người thôi tham gia, ra khỏi danh sách chấm dứt kể từ ngày Quyết "
        f"định này có hiệu lực; {keeper} cập nhật danh sách của tổ."
    )
    return " ".join([*([begin] if joins else []), *([end] if leaves else [])])


def _leader_goes(changes: list[Change]) -> bool:
    leaving = (change for change in changes if change.kind != "admit")
    return any(seat.role == "leader" for change in leaving for seat in change.seats.all())


def _annex(dossier: Dossier, changes: list[Change]) -> Annex:
    title = "Danh sách kết nạp, cho thôi tham gia các Tổ công nghệ số cộng đồng"
    blocks: list[Block] = []
    by_team = sorted(changes, key=lambda change: (change.level, change.team_id or 0))
    for number, (_team, group) in enumerate(groupby(by_team, lambda c: c.team_id), 1):
        lines = list(group)
        blocks += [Heading(f"{number}. {lines[0].team_name}"), _team_table(lines)]
    return Annex(title=f"{title} {dossier.commune.full_name}".upper(), blocks=tuple(blocks))


def _team_table(changes: list[Change]) -> Table:
    rows = tuple(
        (f"{n}", seat.full_name, seat.represents, _HEADINGS[what_is_done(change)])
        for n, (change, seat) in enumerate(_people(changes), 1)
    )
    columns = (
        Column("TT", 7, "center"),
        Column("Họ và tên", 30),
        Column("Thành phần", 35),
        Column("Nội dung", 28),
    )
    return Table(columns=columns, rows=rows)


def _people(changes: list[Change]) -> list[tuple[Change, Seat]]:
    """Everybody named, those who join first."""
    order = list(_HEADINGS)
    ordered = sorted(changes, key=lambda change: order.index(what_is_done(change)))
    return [(change, seat) for change in ordered for seat in change.seats.all()]


PAPERS: common.Papers = {"submission": submission, "slip": slip, "decision": decision}
