"""Kế hoạch năm 2022 of UBND tỉnh Ninh Thuận: sets up, refuses, reports."""

import pytest

from procedures import regulations
from procedures.rules import refuse_blocked
from workflows.errors import Refusal

from .communes import ON, commune_of, commune_under, listed, ruled, verdict

KH = "Kế hoạch năm 2022 của UBND tỉnh Ninh Thuận, mục "
UNCITED = {
    "governing_source_is_cited": (
        "warn", "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6.a",
    )
}  # fmt: skip
YOUTH, WOMEN = ("member", "Chi đoàn thanh niên"), ("member", "Chi hội Phụ nữ")
FIRM = ("member", "VNPT Ninh Thuận")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ninh_thuan():
    return commune_under("Ninh Thuận")


@pytest.mark.parametrize("level", ["hamlet", "commune"])
@pytest.mark.parametrize("members", [3, 5])
def test_three_to_five_people_are_set_up(ninh_thuan, level, members):
    assert verdict(listed(ninh_thuan, level, members=members)) == UNCITED


@pytest.mark.parametrize("level", ["hamlet", "commune"])
@pytest.mark.parametrize(("members", "limit"), [(2, "tối thiểu 03"), (6, "tối đa 05")])
def test_fewer_and_more_are_refused_by_its_clause(ninh_thuan, level, members, limit):
    with pytest.raises(Refusal) as refused:
        refuse_blocked(listed(ninh_thuan, level, members=members), first_time=True)
    assert str(refused.value) == f"Tổ có {members} thành viên; {limit} người ({KH}II.2.b)"


def test_it_names_no_leader_so_another_is_only_a_suggestion(ninh_thuan):
    found = verdict(listed(ninh_thuan, "hamlet", leader="Người Khác Hẳn"))
    assert found["leader_holds_the_post"] == ("suggest", "gợi ý, không phải quy định")


def test_organisations_it_lists_only_warn(ninh_thuan):
    short = listed(ninh_thuan, "hamlet", YOUTH, members=4, all_told=True)
    assert verdict(short, about=("organisations_take_part",)) == {
        "organisations_take_part": ("warn", f"{KH}II.2.b")
    }
    whole = listed(ninh_thuan, "hamlet", YOUTH, WOMEN, FIRM, members=4, all_told=True)
    assert verdict(whole) == UNCITED


def test_who_decides_how_groups_are_named_and_what_is_reported(ninh_thuan):
    assert ruled(ninh_thuan, "commune.authority") == ("chairman", "must", f"{KH}III.5.b")
    assert ruled(ninh_thuan, "commune.teams_percent") == (100, "must", f"{KH}II.2.a")
    assert ruled(ninh_thuan, "hamlet.coverage") == ("optional", "advice", f"{KH}II.2.a")
    assert ruled(ninh_thuan, "hamlet.zalo_name") == ("CNCĐ", "must", f"{KH}II.5.a")
    assert ruled(ninh_thuan, "hamlet.reporting") == ("regular", "must", f"{KH}II.1.c")
    assert ruled(ninh_thuan, "hamlet.ocop_percent") == (100, "must", f"{KH}II.4.b")
    assert ruled(ninh_thuan, "hamlet.priority") == ("young_it", "advice", f"{KH}II.2.b")
    assert ruled(ninh_thuan, "commune.school_team") == ("each_school", "must", f"{KH}I.2.c")
    assert len(regulations.tasks(commune_of(ninh_thuan), ON)[0]) == 5
