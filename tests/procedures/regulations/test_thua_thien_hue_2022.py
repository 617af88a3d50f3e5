"""Công văn 3293/UBND-CN ngày 06/4/2022 of UBND tỉnh Thừa Thiên Huế: sets up, refuses, reports."""

import pytest

from procedures import regulations
from procedures.rules import refuse_blocked
from workflows.errors import Refusal

from .communes import ON, commune_of, commune_under, listed, ruled, verdict

CV = "Công văn 3293/UBND-CN ngày 06/4/2022, mục "
FRONT = ("member", "Trưởng ban công tác Mặt trận")
YOUTH = ("member", "Chi đoàn Thanh niên")
WOMEN = ("member", "Chi hội Phụ nữ")

pytestmark = pytest.mark.django_db


@pytest.fixture
def hue():
    return commune_under("Huế")


def test_three_people_led_by_the_head_are_set_up(hue):
    dossier = listed(hue, "hamlet", members=3)
    assert verdict(dossier) == {}
    refuse_blocked(dossier, first_time=True)
    full = listed(hue, "hamlet", FRONT, YOUTH, WOMEN, members=4, all_told=True)
    assert verdict(full) == {}


def test_two_people_are_refused_by_its_clause(hue):
    with pytest.raises(Refusal) as refused:
        refuse_blocked(listed(hue, "hamlet", members=2), first_time=True)
    assert str(refused.value) == f"Tổ có 2 thành viên; tối thiểu 03 người ({CV}III.2.a)"


def test_another_leader_is_refused(hue):
    with pytest.raises(Refusal) as refused:
        refuse_blocked(listed(hue, "hamlet", leader="Người Khác Hẳn"), first_time=True)
    assert refused.value.citation == f"{CV}III.2.b"


def test_organisations_are_missed_and_the_youth_is_recommended(hue):
    dossier = listed(hue, "hamlet", FRONT, WOMEN, members=4, all_told=True)
    assert verdict(dossier) == {
        "organisations_take_part": ("warn", f"{CV}III.2.b"),
        "youth_takes_part": ("suggest", f"{CV}III.2.b"),
    }
    # Where the list says of nobody whom he stands for there is nothing to miss.
    assert verdict(listed(hue, "hamlet", members=4)) == {}


def test_it_names_no_most_and_no_deputy(hue):
    assert ruled(hue, "hamlet.max_members") is None
    assert ruled(hue, "hamlet.min_deputies") is None
    assert verdict(listed(hue, "hamlet", members=11)) == {
        "not_too_many_members": ("suggest", "gợi ý, không phải quy định")
    }


def test_who_decides_where_teams_stand_and_how_they_report(hue):
    assert ruled(hue, "hamlet.authority") == ("chairman", "must", f"{CV}III.1")
    assert ruled(hue, "hamlet.coverage") == ("every", "must", f"{CV}IV.4")
    assert ruled(hue, "hamlet.reporting") == ("regular", "must", f"{CV}III.4.b")
    assert ruled(hue, "hamlet.zalo_members") == ("households", "must", f"{CV}III.4.a")
    assert ruled(hue, "commune.public_notice") == ("tell_people", "must", f"{CV}IV.4")
    tasks, citation = regulations.tasks(commune_of(hue), ON)
    assert (len(tasks), citation) == (4, f"{CV}III.3")
