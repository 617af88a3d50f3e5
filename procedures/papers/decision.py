"""The Chairman's decision (Mẫu 1.2): by his own authority, so no "TM."; list in an annex."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Annex, Block, Content, Heading, Paragraph, SignatureBlock

from .. import regulations
from . import common

if TYPE_CHECKING:
    from ..models import Change, Dossier

UNSET_TASKS = (
    "Tổ công nghệ số cộng đồng hoạt động theo hướng dẫn của cơ quan nhà nước có thẩm quyền và phân "
    "công của Ủy ban nhân dân."
)


def decision(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Content of the decision that sets up the teams of ``dossier``.

    Điều 2 takes its tasks from the source that governs the commune, never from another's.
    """
    commune = dossier.commune
    chairman = f"Chủ tịch {common.committee(commune)}"
    changes = list(dossier.lines())
    return Content(
        kind="decision",
        letterhead=common.commune_letterhead(commune),
        subject=common.subject(dossier),
        authority=chairman.upper(),
        grounds=(*common.grounds(dossier), at_request(dossier)),
        body=_articles(dossier, changes),
        signature=signature,
        recipients=_recipients(dossier),
        annexes=(_annex(dossier, changes),),
        issued_by=chairman,
    )


def at_request(dossier: Dossier) -> str:
    """The last căn cứ: with the Tờ trình when one was signed."""
    asking = f"Theo đề nghị của Trưởng phòng {dossier.unit.name.removeprefix('Phòng ')}"
    paper = dossier.submission
    if paper is None or paper.state not in ("signed", "sealed", "released"):
        return asking
    return f"{asking} tại {common.cited(paper, 'Tờ trình')}"


def _articles(dossier: Dossier, changes: list[Change]) -> tuple[Block, ...]:
    return (
        *_founding(dossier, changes),
        *_articles_of_tasks(dossier),
        Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", lead="Điều 3."),
        Paragraph(_enforcement(dossier, changes), lead="Điều 4."),
    )


def _founding(dossier: Dossier, changes: list[Change]) -> tuple[Block, ...]:
    """One team in a sentence; several as the khoản of one Điều."""
    if len(changes) == 1:
        [change] = changes
        text = f"Thành lập {common.team_in_full(change)} gồm {common.size(change)}"
        return (Paragraph(f"{text} (có danh sách kèm theo).", lead="Điều 1."),)
    count, place = common.two_digits(len(changes)), dossier.commune.full_name
    opening = (
        f"Thành lập {count} Tổ công nghệ số cộng đồng trên địa bàn {place} "
        "(có danh sách kèm theo), gồm:"
    )
    teams = (f"{n}. {c.team_name}: {common.size(c)}" for n, c in enumerate(changes, 1))
    ends = [*[";"] * (len(changes) - 1), "."]
    listed = (Paragraph(f"{team}{end}") for team, end in zip(teams, ends, strict=True))
    return (Paragraph(opening, lead="Điều 1."), *listed)


def _articles_of_tasks(dossier: Dossier) -> tuple[Block, ...]:
    opening, *items = tasks(dossier)
    return (replace(opening, lead="Điều 2."), *items)


def tasks(dossier: Dossier) -> tuple[Paragraph, ...]:
    """What a team has to do, by the source that governs the commune."""
    items, _citation = regulations.tasks(dossier.commune, timezone.localdate())
    if not items:  # no source in force sets any: nothing may be invented here
        return (Paragraph(UNSET_TASKS),)
    opening = Paragraph("Tổ công nghệ số cộng đồng có các nhiệm vụ sau:")
    return (opening, *(Paragraph(f"{n}. {task}.") for n, task in enumerate(items, 1)))


def _enforcement(dossier: Dossier, changes: list[Change]) -> str:
    kind = dossier.commune.kind
    division = f"Trưởng phòng {dossier.unit.name.removeprefix('Phòng ')}"
    others = ", ".join([division, *common.heads(changes)])
    return (
        f"Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {kind}, {others}, các đơn vị "
        "có liên quan và các ông (bà) có tên trong danh sách kèm theo chịu trách nhiệm thi hành "
        "Quyết định này"
    )


def _recipients(dossier: Dossier) -> tuple[str, ...]:
    kind = dossier.commune.kind
    return (
        "Như Điều 4",
        f"TT Đảng ủy, HĐND {kind}",
        f"Chủ tịch, các PCT UBND {kind}",
        f"Ủy ban MTTQ Việt Nam {kind}",
        f"Lưu: VT, {dossier.unit.code}",
    )


def _annex(dossier: Dossier, changes: list[Change]) -> Annex:
    """The members of every team; where there are several, each under its own heading."""
    if len(changes) == 1:
        [change] = changes
        title = f"Danh sách thành viên {common.team_in_full(change)}"
        return Annex(title=title.upper(), blocks=(common.member_table(change),))
    title = f"Danh sách thành viên các Tổ công nghệ số cộng đồng {dossier.commune.full_name}"
    blocks = (
        block
        for number, change in enumerate(changes, 1)
        for block in (Heading(f"{number}. {change.team_name}"), common.member_table(change))
    )
    return Annex(title=title.upper(), blocks=tuple(blocks))
