"""Rules about whom the people of a team stand for.

Whom a person represents is free text: reading it never blocks, whatever the source says. Where the
list says it of nobody there is nothing to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..models.teams import Level, Membership, SeatRole
from ..people.names import fold
from ..regulations import Force, Ruled, words
from .base import Breach, Severity, of_team
from .facts import Facts, Line

if TYPE_CHECKING:
    from ..models import Seat

# "Công đoàn" is another body.
_YOUTH = r"\b(chi doan|doan thanh nien|bi thu doan|doan tncs|(?<!cong )doan (xa|phuong|vien))\b"
_SAID = {
    "youth": re.compile(_YOUTH),
    "youth_cell": re.compile(_YOUTH),
    "youth_secretary": re.compile(r"\bbi thu\b.*\bdoan\b"),
    "women": re.compile(r"\bphu nu\b"),
    "front": re.compile(r"\bmat tran\b|\bmttq\b"),
    "firms": re.compile(r"\b(buu chinh|buu dien|vien thong|vnpt|viettel|mobifone|cong nghe)\b"),
}
_NAMES = {
    "youth": "Đoàn Thanh niên",
    "women": "Hội Phụ nữ",
    "front": "Ban công tác Mặt trận",
    "firms": "doanh nghiệp bưu chính, viễn thông, công nghệ thông tin",
}


@of_team
def deputy_comes_from(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ phó là %(wanted)s; danh sách ghi thành phần “%(said)s”"""
    ruled = line.ruled("deputy_from")
    if ruled is None or ruled.value not in _SAID:
        return
    for seat in line.having(SeatRole.DEPUTY):
        silent = not seat.represents and ruled.force is not Force.MUST
        if not silent and not _stands_for(seat, str(ruled.value)):
            values = {"wanted": words.value(ruled.value), "said": seat.represents or "…"}
            yield _read(ruled, "represents", seat.position, values)


@of_team
def organisations_take_part(facts: Facts, line: Line) -> Iterator[Breach]:
    """Danh sách chưa có người của %(missing)s"""
    ruled = line.ruled("organisations")
    if ruled is None or not _all_told(line):
        return
    wanted = str(ruled.value).split("_")
    missing = [code for code in wanted if not any(_stands_for(s, code) for s in line.members)]
    if missing:
        yield _read(ruled, "seats", None, {"missing": ", ".join(_NAMES[c] for c in missing)})


@of_team
def youth_takes_part(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ nên có người của Đoàn Thanh niên"""
    ruled = line.ruled("youth")
    if ruled and _all_told(line) and not any(_stands_for(seat, "youth") for seat in line.members):
        yield _read(ruled, "seats", None, {})


@of_team
def commune_members_join_hamlet_teams(facts: Facts, line: Line) -> Iterator[Breach]:
    """%(count)d thành viên tổ cấp xã chưa tham gia tổ thôn, bản, khu phố nào; nên đồng thời tham
    gia"""
    ruled = line.ruled("overlap")
    if ruled is None or line.change.level != Level.COMMUNE:
        return
    sitting = Membership.objects.filter(
        team__commune=facts.commune.pk, team__level=Level.HAMLET, until__isnull=True
    )
    known = {fold(name) for name in sitting.values_list("person__full_name", flat=True)}
    apart = [seat for seat in line.members if fold(seat.full_name) not in known]
    # Before the first hamlet has its team there is none to join.
    if known and apart:
        yield _read(ruled, "seats", None, {"count": len(apart)})


def _stands_for(seat: Seat, code: str) -> bool:
    return bool(_SAID[code].search(fold(seat.represents)))


def _all_told(line: Line) -> bool:
    return bool(line.members) and all(seat.represents for seat in line.members)


def _read(ruled: Ruled, field: str, position: int | None, values: Mapping[str, object]) -> Breach:
    level: Severity = "suggest" if ruled.force is Force.ADVICE else "warn"
    return Breach(field, level, ruled.citation, position, dict(values))
