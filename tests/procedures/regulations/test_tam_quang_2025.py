"""Kế hoạch năm 2025 of UBND xã Tam Quang: sets up, refuses, reports by the commune's own plan."""

import pytest

from procedures import regulations
from procedures.rules import refuse_blocked
from tests.procedures.test_existing import record
from workflows.errors import Refusal

from .communes import ON, commune_of, listed, ruled, verdict

KH = "Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025, mục "
DEPUTY = ("deputy", "Công an viên")


@pytest.mark.parametrize("members", [5, 10])
def test_five_to_ten_people_led_by_the_head_are_set_up(tam_quang, members):
    dossier = listed(tam_quang, "hamlet", members=members)
    assert verdict(dossier) == {}
    refuse_blocked(dossier, first_time=True)


def test_the_commune_team_has_the_secretary_and_one_deputy(tam_quang):
    assert verdict(listed(tam_quang, "commune", DEPUTY)) == {}


@pytest.mark.parametrize(
    ("level", "others", "members", "leader", "citation"),
    [
        ("hamlet", [], 11, None, "II.2.1.a"),
        ("commune", [DEPUTY], 11, None, "II.2.1.a"),
        ("hamlet", [], 5, "Người Khác Hẳn", "II.2.1.c"),
        ("commune", [DEPUTY], 5, "Người Khác Hẳn", "II.2.1.b"),
        ("commune", [], 5, None, "II.2.1.b"),
        ("commune", [DEPUTY, DEPUTY], 5, None, "II.2.1.b"),
    ],
)
def test_what_it_lays_down_is_refused(tam_quang, level, others, members, leader, citation):
    dossier = listed(tam_quang, level, *others, members=members, leader=leader)
    with pytest.raises(Refusal) as refused:
        refuse_blocked(dossier, first_time=True)
    assert refused.value.citation == f"{KH}{citation}"


def test_it_has_no_least_number_and_only_aims_at_five(tam_quang):
    assert ruled(tam_quang, "hamlet.min_members") is None
    assert verdict(listed(tam_quang, "hamlet", members=2)) == {
        "size_is_near_the_target": ("warn", f"{KH}II.2.1.d")
    }


def test_more_than_ten_may_collaborate(tam_quang):
    found = verdict(listed(tam_quang, "hamlet", members=11))
    assert found["others_may_collaborate"] == ("suggest", f"{KH}II.2.1.d")


def test_a_deputy_of_a_hamlet_may_be_the_youth_secretary(tam_quang):
    about = ("deputy_comes_from",)
    other = listed(tam_quang, "hamlet", DEPUTY)
    assert verdict(other, about=about) == {"deputy_comes_from": ("suggest", f"{KH}II.2.1.c")}
    for fine in (("deputy", "Bí thư Đoàn thanh niên bản"), ("deputy", "")):
        assert verdict(listed(tam_quang, "hamlet", fine), about=about) == {}


def test_members_of_the_commune_team_should_join_a_hamlets(tam_quang):
    about = ("commune_members_join_hamlet_teams",)
    assert verdict(listed(tam_quang, "commune", DEPUTY), about=about) == {}
    record(tam_quang)
    dossier = listed(tam_quang, "commune", DEPUTY)
    assert verdict(dossier, about=about) == {about[0]: ("suggest", f"{KH}II.2.1.b")}


def test_what_else_it_rules(tam_quang):
    for key, expected in {
        "hamlet.authority": ("chairman", "must", "II.2.1.a"),
        "hamlet.coverage": ("every", "must", "II.1"),
        "hamlet.residence": ("live_or_work", "must", "II.2.1.c"),
        "commune.residence": ("live_or_work", "must", "II.2.1.b"),
        "hamlet.join": ("leader_introduces", "must", "II.2.1.d"),
        "hamlet.leave": ("leader_proposes", "must", "II.2.1.d"),
        "hamlet.zalo_members": ("members", "must", "II.2.3"),
        "commune.zalo_members": ("leaders", "must", "II.2.3"),
        "hamlet.reporting": ("periodic", "must", "II.2.3"),
        "commune.reporting": ("month_or_quarter", "must", "II.2.3"),
    }.items():
        value, force, clause = expected
        assert ruled(tam_quang, key) == (value, force, f"{KH}{clause}"), key
    tasks, citation = regulations.tasks(commune_of(tam_quang), ON)
    assert (len(tasks), citation) == (7, f"{KH}II.2.2")
