"""Công văn tháng 5/2022 of Sở TT&TT tỉnh Lào Cai: sets up, refuses, reports."""

import pytest

from procedures.rules import refuse_blocked
from workflows.errors import Refusal

from .communes import commune_under, listed, ruled, verdict

LC = "Công văn tháng 5/2022 của Sở Thông tin và Truyền thông tỉnh Lào Cai, mục "
UNCITED = {
    "governing_source_is_cited": (
        "warn", "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6.a",
    )
}  # fmt: skip
DEPUTY, WOMEN = ("deputy", "Bí thư Chi đoàn thôn"), ("member", "Chi hội Phụ nữ")

pytestmark = pytest.mark.django_db


@pytest.fixture
def lao_cai():
    return commune_under("Lào Cai")


def test_four_people_with_a_deputy_of_the_youth_are_set_up(lao_cai):
    dossier = listed(lao_cai, "hamlet", DEPUTY, WOMEN, members=4, all_told=True)
    assert verdict(dossier) == UNCITED
    refuse_blocked(dossier, first_time=True)


@pytest.mark.parametrize(
    ("others", "members", "leader", "sentence"),
    [
        ([DEPUTY], 3, None, "Tổ có 3 thành viên; tối thiểu 04 người"),
        ([], 4, None, "Tổ phải có 01 Tổ phó; danh sách đang ghi 0 người"),
        ([DEPUTY], 4, "Người Khác Hẳn", "Tổ trưởng là"),
    ],
)
def test_what_it_lays_down_is_refused_by_its_clause(lao_cai, others, members, leader, sentence):
    dossier = listed(lao_cai, "hamlet", *others, members=members, leader=leader)
    with pytest.raises(Refusal) as refused:
        refuse_blocked(dossier, first_time=True)
    assert refused.value.sentence.startswith(sentence)
    assert refused.value.citation == f"{LC}1"


@pytest.mark.parametrize("represents", ["Công an viên", "Công đoàn xã", ""])
def test_a_deputy_of_another_body_is_warned_of(lao_cai, represents):
    dossier = listed(lao_cai, "hamlet", ("deputy", represents), WOMEN, members=4)
    about = ("deputy_comes_from",)
    assert verdict(dossier, about=about) == {"deputy_comes_from": ("warn", f"{LC}1")}


def test_a_list_without_the_women_is_warned_of(lao_cai):
    dossier = listed(lao_cai, "hamlet", DEPUTY, members=4, all_told=True)
    assert verdict(dossier) == UNCITED | {"organisations_take_part": ("warn", f"{LC}1")}


def test_a_second_deputy_is_read_out_of_open_words(lao_cai):
    dossier = listed(lao_cai, "hamlet", DEPUTY, DEPUTY, WOMEN, members=5)
    found = verdict(dossier, about=("not_too_many_deputies",))
    assert found == {"not_too_many_deputies": ("warn", f"{LC}1")}


def test_of_the_team_of_the_commune_it_says_nothing(lao_cai):
    assert ruled(lao_cai, "commune.min_members") is None
    found = verdict(listed(lao_cai, "commune", members=2), about=("enough_members",))
    assert found == {"enough_members": ("suggest", "gợi ý, không phải quy định")}


def test_the_committee_decides_and_the_groups_have_names(lao_cai):
    assert ruled(lao_cai, "hamlet.authority") == ("committee", "must", f"{LC}1")
    assert ruled(lao_cai, "hamlet.coverage") == ("every", "reading", f"{LC}1")
    assert ruled(lao_cai, "hamlet.zalo_name") == ("CNS", "must", f"{LC}2.4")
    assert ruled(lao_cai, "hamlet.zalo_members") == ("team_and_people", "must", f"{LC}2.4")
    assert ruled(lao_cai, "hamlet.shops_percent") == (30, "must", f"{LC}2.2")
    # The monthly report was the district's, which is gone.
    assert ruled(lao_cai, "commune.reporting") == ("monthly_25", "reading", f"{LC}3")
