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
    Column,
    Content,
    Heading,
    Paragraph,
    SignatureBlock,
    Table,
)
from documents.words import day_words

from ..differences import Appointment, appointments
from . import common
from .correction import in_full, short
from .decision import decision, tasks

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Dossier

Article = tuple[Block, ...]
_EFFECT = "Quyết định này có hiệu lực kể từ ngày ký"
_ROLES = {"leader": "Tổ trưởng", "deputy": "Tổ phó"}
_MANY = 3
_CONCERNED = "ông (bà) có liên quan"


def subject(dossier: Dossier) -> str:
    """The trích yếu: one team by its name, several by their number; nobody by his."""
    lines, place = dossier.lines(), dossier.commune.full_name
    if dossier.procedure == "merge_hamlets":
        teams = "các Tổ công nghệ số cộng đồng"
        return f"Về việc hợp nhất {teams} sau sáp nhập {merged(dossier)}, {place}"
    what = _what(dossier)
    if len(lines) == 1:
        return f"Về việc {what} {common.team_in_full(lines[0])}"
    of = "của " if dossier.procedure == "appoint_leader" else ""
    count = common.two_digits(len(lines))
    return f"Về việc {what} {of}{count} Tổ công nghệ số cộng đồng trên địa bàn {place}"


def _what(dossier: Dossier) -> str:
    if dossier.procedure == "review_team":
        return "kiện toàn"
    if dossier.procedure == "dissolve_team":
        return "giải thể"
    given = [one for line in dossier.lines() for one in appointments(line)]
    roles = [name for role, name in _ROLES.items() if any(one.role == role for one in given)]
    verb = "thay" if any(one.former for one in given) else "cử"
    return f"{verb} {', '.join(roles or _ROLES.values())}"


def merged(dossier: Dossier) -> str:
    """ "bản Bãi Sở, bản Bãi Xa thành bản Bãi"."""
    assert dossier.merger is not None
    names = ", ".join(hamlet.full_name for hamlet in dossier.merger.places)
    return f"{names} thành {dossier.merger.into.full_name}"


# The decisions -----------------------------------------------------------------------------------


def appointment(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định thay Tổ trưởng, Tổ phó."""
    lines = dossier.lines()
    return _drawn(
        dossier,
        signature,
        [appointed(dossier), *_handing_over(lines), (Paragraph(_rest_stays(lines)),)],
        annexes=_appointed_annex(dossier) if len(lines) > 1 else (),
        named="ông (bà) có tên tại Điều 1",
    )


def review(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định kiện toàn: the new list stands in the place of the old one."""
    lines = dossier.lines()
    return _drawn(
        dossier,
        signature,
        [reviewed(dossier), (Paragraph(_rest_stays(lines)),)],
        annexes=(_lists(dossier, lines),),
    )


def dissolution(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định giải thể: what ends, and who takes over."""
    return _drawn(
        dossier,
        signature,
        [dissolved(dossier), (handed_over(dossier),), (Paragraph(_ends(dossier)),)],
        named=_CONCERNED,
    )


def merger(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định hợp nhất: the old teams end, one goes on, by the resolution on the hamlets."""
    [into] = [line for line in dossier.lines() if line.kind != "dissolve"]
    return _drawn(
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


def _drawn(
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


def appointed(dossier: Dossier) -> Article:
    """Who gets which role after whom; in the annex where there are several teams."""
    lines = dossier.lines()
    if len(lines) > 1:
        count = common.two_digits(len(lines))
        return (
            Paragraph(
                f"{_what(dossier).capitalize().replace('tổ', 'Tổ')} của {count} Tổ công nghệ số "
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
    return f"Cử ông (bà) {one.seat.full_name}{post} giữ chức vụ {_ROLES[one.role]} {team}{after}"


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


def _rest_stays(lines: Sequence[Change]) -> str:
    old = founding(lines)
    named = ", ".join(short(one) for one in old)
    if len(old) > _MANY:
        named = "các quyết định thành lập tổ"
    return (
        f"{_EFFECT}. Các nội dung khác của {named} không trái với Quyết định này vẫn giữ nguyên "
        "hiệu lực."
    )


def appointed_table(dossier: Dossier) -> Table:
    rows = [
        (f"{n}", line.place, _ROLES[one.role], one.seat.full_name, one.seat.represents, _of(one))
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


def _appointed_annex(dossier: Dossier) -> tuple[Annex, ...]:
    title = f"Danh sách {_what(dossier)} Tổ công nghệ số cộng đồng {dossier.commune.full_name}"
    return (Annex(title=title.upper(), blocks=(appointed_table(dossier),)),)


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


def size(line: Change) -> str:
    return f"{common.two_digits(len(line.seats.all()))} thành viên"


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
