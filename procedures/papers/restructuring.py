"""Decisions about standing teams (Mẫu 1.2): leaders followed, lists reviewed, ended, merged.

Each is the Chairman's own and names the decision a team stands on. Why somebody left is never
printed beside a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from documents.model import (
    Annex,
    Block,
    Content,
    Heading,
    Paragraph,
    SignatureBlock,
)
from documents.words import day_words

from . import common
from .common import size
from .correction import in_full, short
from .decision import decision, tasks

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Dossier

Article = tuple[Block, ...]
_EFFECT = "Quyết định này có hiệu lực kể từ ngày ký"
_MANY = 3
_CONCERNED = "ông (bà) có liên quan"


def merged(dossier: Dossier) -> str:
    """ "bản Bãi Sở, bản Bãi Xa thành bản Bãi"."""
    assert dossier.merger is not None
    names = ", ".join(hamlet.full_name for hamlet in dossier.merger.places)
    return f"{names} thành {dossier.merger.into.full_name}"


# The decisions -----------------------------------------------------------------------------------


def review(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định kiện toàn: the new list stands in the place of the old one."""
    lines = dossier.lines()
    return drawn(
        dossier,
        signature,
        [reviewed(dossier), (Paragraph(rest_stays(lines)),)],
        annexes=(_lists(dossier, lines),),
    )


def dissolution(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định giải thể: what ends, and who takes over."""
    return drawn(
        dossier,
        signature,
        [dissolved(dossier), (handed_over(dossier),), (Paragraph(_ends(dossier)),)],
        named=_CONCERNED,
    )


def merger(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định hợp nhất: the old teams end, one goes on, by the resolution on the hamlets."""
    [into] = [line for line in dossier.lines() if line.kind != "dissolve"]
    return drawn(
        dossier,
        signature,
        [
            dissolved(dossier),
            (one_team(into),),
            (handed_over(dossier),),
            *([tasks(dossier)] if into.kind == "create" else []),
            (Paragraph(_ends(dossier)),),
        ],
        annexes=(_lists(dossier, [into]),),
        heads=[into],
    )


def drawn(
    dossier: Dossier,
    signature: SignatureBlock,
    articles: Sequence[Article],
    *,
    annexes: tuple[Annex, ...] = (),
    named: str = "",
    heads: Sequence[Change] | None = None,
) -> Content:
    """The articles numbered, the last saying who carries it out."""
    whole = decision(dossier, signature)
    lines = dossier.lines()
    people = "ông (bà) có tên trong danh sách kèm theo" if annexes else named
    last = Paragraph(_enforced(dossier, lines if heads is None else heads, people, bool(annexes)))
    numbered = [
        block
        for number, article in enumerate([*articles, (last,)], 1)
        for block in _led(article, number)
    ]
    return replace(
        whole,
        grounds=(*common.grounds(dossier), *_grounds(dossier), whole.grounds[-1]),
        body=tuple(numbered),
        recipients=(f"Như Điều {len(articles) + 1}", *whole.recipients[1:]),
        annexes=annexes,
    )


def _led(article: Article, number: int) -> Article:
    first = article[0]
    assert isinstance(first, Paragraph)
    return (replace(first, lead=f"Điều {number}."), *article[1:])


def _grounds(dossier: Dossier) -> tuple[str, ...]:
    """The resolution on the hamlets, and the decisions the teams stand on where they are few."""
    told = []
    if dossier.merger is not None:
        told.append(f"Căn cứ {resolution(dossier)}")
    old = founding(dossier.lines())
    return (*told, *(f"Căn cứ {in_full(one)}" for one in old if len(old) <= _MANY))


def resolution(dossier: Dossier) -> str:
    """ "Nghị quyết số 20/NQ-HĐND ngày … của … về việc sáp nhập …"."""
    paper = dossier.merger
    assert paper is not None
    return (
        f"Nghị quyết số {paper.paper} {day_words(paper.paper_date)} của {paper.issued_by} về việc "
        f"sáp nhập {merged(dossier)}"
    )


def founding(lines: Sequence[Change]) -> list[Document]:
    """The decisions on which the teams of these lines stand, each once."""
    return list({line.team.decision_id: line.team.decision for line in lines if line.team}.values())


def _enforced(dossier: Dossier, lines: Sequence[Change], people: str, attached: bool) -> str:
    kind = dossier.commune.kind
    division = f"Trưởng phòng {dossier.unit.name.removeprefix('Phòng ')}"
    heads = common.heads(lines)
    if attached:
        heads = [head.replace("có tên tại Điều 1", "có tổ trong danh sách") for head in heads]
    units = "các đơn vị và" if people == _CONCERNED else "các đơn vị có liên quan và các"
    return (
        f"Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {kind}, "
        f"{', '.join([division, *heads])}, {units} {people} chịu trách nhiệm thi hành Quyết định "
        "này"
    )


# What the Đề xuất and the Tờ trình say as well ---------------------------------------------------


def rest_stays(lines: Sequence[Change]) -> str:
    old = founding(lines)
    named = ", ".join(short(one) for one in old)
    if len(old) > _MANY:
        named = "các quyết định thành lập tổ"
    return (
        f"{_EFFECT}. Các nội dung khác của {named} không trái với Quyết định này vẫn giữ nguyên "
        "hiệu lực."
    )


def reviewed(dossier: Dossier) -> Article:
    lines = dossier.lines()
    if len(lines) == 1:
        return (one_team(lines[0]),)
    count, place = common.two_digits(len(lines)), dossier.commune.full_name
    opening = (
        f"Kiện toàn {count} Tổ công nghệ số cộng đồng trên địa bàn {place} (có danh sách kèm "
        "theo), gồm:"
    )
    marks = [*[";"] * (len(lines) - 1), "."]
    listed = (
        Paragraph(
            f"{n}. {line.team_name}: {size(line)}, thay thế danh sách kèm theo {_stands_on(line)}"
            f"{mark}"
        )
        for n, (line, mark) in enumerate(zip(lines, marks, strict=True), 1)
    )
    return (Paragraph(opening), *listed)


def one_team(line: Change) -> Paragraph:
    """A team set up or reviewed, with its list attached."""
    if line.kind == "create":
        return Paragraph(
            f"Thành lập {common.team_in_full(line)} gồm {size(line)} trên cơ sở hợp nhất các tổ "
            "nêu tại Điều 1 (có danh sách kèm theo)."
        )
    return Paragraph(
        f"Kiện toàn {common.team_in_full(line)} gồm {size(line)} (có danh sách kèm theo). Danh "
        f"sách này thay thế danh sách thành viên ban hành kèm theo {_stands_on(line)}."
    )


def _stands_on(line: Change) -> str:
    assert line.team is not None
    paper = line.team.decision
    return common.cited(paper, paper.name)


def dissolved(dossier: Dossier) -> Article:
    lines = [line for line in dossier.lines() if line.kind == "dissolve"]
    cause = f" do sáp nhập {merged(dossier)}" if dossier.merger else ""
    if len(lines) == 1:
        [line] = lines
        text = f"Giải thể {common.team_in_full(line)}, thành lập theo {_stands_on(line)}{cause}."
        return (Paragraph(text),)
    count, place = common.two_digits(len(lines)), dossier.commune.full_name
    opening = f"Giải thể {count} Tổ công nghệ số cộng đồng trên địa bàn {place}{cause}, gồm:"
    marks = [*[";"] * (len(lines) - 1), "."]
    listed = (
        Paragraph(f"{n}. {line.team_name}, thành lập theo {_stands_on(line)}{mark}")
        for n, (line, mark) in enumerate(zip(lines, marks, strict=True), 1)
    )
    return (Paragraph(opening), *listed)


def handed_over(dossier: Dossier) -> Paragraph:
    return Paragraph(f"Bàn giao nhiệm vụ, hồ sơ và các nhóm liên lạc: {dossier.hand_over}.")


def _ends(dossier: Dossier) -> str:
    lines = [line for line in dossier.lines() if line.kind == "dissolve"]
    if len(lines) == 1:
        [line] = lines
        assert line.team is not None
        ended = f"{short(line.team.decision)} hết hiệu lực đối với {line.team_name}"
    else:
        ended = "các quyết định nêu tại Điều 1 hết hiệu lực đối với các tổ giải thể"
    return f"{_EFFECT}; từ ngày đó {ended}."


def _lists(dossier: Dossier, lines: Sequence[Change]) -> Annex:
    """The members; where there are several teams, each under its own heading."""
    if len(lines) == 1:
        title = f"Danh sách thành viên {common.team_in_full(lines[0])}"
        return Annex(title=title.upper(), blocks=(common.member_table(lines[0]),))
    title = f"Danh sách thành viên các Tổ công nghệ số cộng đồng {dossier.commune.full_name}"
    blocks = (
        block
        for number, line in enumerate(lines, 1)
        for block in (Heading(f"{number}. {line.team_name}"), common.member_table(line))
    )
    return Annex(title=title.upper(), blocks=tuple(blocks))
