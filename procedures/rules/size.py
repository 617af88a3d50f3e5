"""Rules about the size of a team."""

from __future__ import annotations

from collections.abc import Iterator

from .base import Breach, of_team, weight
from .facts import Facts, Line

# What the product suggests where no source rules.
SUGGESTED_MIN, SUGGESTED_MAX = 3, 10


@of_team
def enough_members(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ có %(count)d thành viên; tối thiểu %(limit)02d người"""
    ruled, count = line.ruled("min_members"), len(line.members)
    limit = ruled.value if ruled else SUGGESTED_MIN
    # A source that sets a range to aim at leaves no room for a suggestion of ours.
    if count < limit and (ruled or not line.ruled("target_low")):
        yield Breach("seats", values={"count": count, "limit": limit}, **weight(ruled))


@of_team
def not_too_many_members(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ có %(count)d thành viên; tối đa %(limit)02d người"""
    ruled, count = line.ruled("max_members"), len(line.members)
    limit = ruled.value if ruled else SUGGESTED_MAX
    if count > limit:
        yield Breach("seats", values={"count": count, "limit": limit}, **weight(ruled))


@of_team
def others_may_collaborate(facts: Facts, line: Line) -> Iterator[Breach]:
    """Những người ngoài số tối đa có thể vào nhóm cộng tác viên của tổ"""
    limit, ruled = line.ruled("max_members"), line.ruled("overflow")
    if limit and ruled and len(line.members) > limit.value:
        yield Breach("seats", "suggest", ruled.citation)


@of_team
def size_is_near_the_target(facts: Facts, line: Line) -> Iterator[Breach]:
    """Tổ có %(count)d thành viên; nên duy trì khoảng %(low)02d - %(high)02d người"""
    low, high, count = line.ruled("target_low"), line.ruled("target_high"), len(line.members)
    if low and high and count < low.value:
        values = {"count": count, "low": low.value, "high": high.value}
        yield Breach("seats", values=values, **weight(low))
