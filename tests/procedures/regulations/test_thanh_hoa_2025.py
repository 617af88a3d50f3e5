"""Công văn tháng 7/2025 of Sở KH&CN tỉnh Thanh Hóa: no size, no leader; six tasks, one report."""

import datetime

import pytest

from procedures import regulations
from procedures.lists import upward
from procedures.rules import refuse_blocked
from tests.procedures.lists import HEADINGS

from .communes import ON, commune_of, listed, ruled, verdict

CV = "Công văn tháng 7/2025 của Sở Khoa học và Công nghệ tỉnh Thanh Hóa, mục "
HINT = "gợi ý, không phải quy định"


@pytest.mark.parametrize("level", ["hamlet", "commune"])
@pytest.mark.parametrize(
    ("members", "found"),
    [
        (2, {"enough_members": ("suggest", HINT)}),
        (3, {}),
        (10, {}),
        (11, {"not_too_many_members": ("suggest", HINT)}),
    ],
)
def test_it_sets_no_size_so_every_size_is_set_up(hac_thanh, level, members, found):
    dossier = listed(hac_thanh, level, members=members)
    assert verdict(dossier) == found
    refuse_blocked(dossier, first_time=True)


def test_it_names_no_leader_and_no_deputy(hac_thanh):
    dossier = listed(hac_thanh, "hamlet", ("deputy", "Công an"), ("deputy", "Công an"),
                     leader="Người Khác Hẳn")  # fmt: skip
    assert verdict(dossier) == {"leader_holds_the_post": ("suggest", HINT)}


@pytest.mark.parametrize(
    "key",
    ["min_members", "max_members", "leader", "min_deputies", "coverage", "zalo_name", "authority"],
)
def test_of_most_things_it_says_nothing(hac_thanh, key):
    assert ruled(hac_thanh, f"hamlet.{key}") is None


def test_six_tasks_and_the_standing_guidance(hac_thanh):
    tasks, citation = regulations.tasks(commune_of(hac_thanh), ON)
    assert (len(tasks), citation) == (6, f"{CV}2")
    [ground] = regulations.grounds(commune_of(hac_thanh), ON)
    assert ground.startswith("Căn cứ Công văn số 557/STTTT-CNTT ngày 28 tháng 3 năm 2022")


def test_it_asks_for_one_list_in_its_form_and_for_training(hac_thanh):
    assert ruled(hac_thanh, "commune.reporting") == ("once", "must", f"{CV}1")
    assert ruled(hac_thanh, "hamlet.training") == ("leaders_register", "advice", f"{CV}3")
    listed_now = upward.listed(commune_of(hac_thanh), ON)
    assert list(listed_now.table("eight")[0]) == HEADINGS


def test_before_it_was_written_nothing_governs(hac_thanh):
    assert regulations.governing(commune_of(hac_thanh), datetime.date(2025, 7, 7)) == []
