"""Authority x case -> accepted, warned or refused, and by which clause. Written by hand.

"-" is accepted in silence, "?" a suggestion of the product itself, "~III.2" a source's words that
warn or recommend, "!III.2" a refusal by that clause.
"""

import pytest

from .communes import commune_under, listed, verdict

CLAUSE = ", mục "
YOUTH = ("deputy", "Bí thư Đoàn thanh niên thôn")
POLICE = ("deputy", "Công an viên")

# case: (level, others, members, leader, the rules it is about)
CASES = {
    "2 người": ("hamlet", [], 2, None, ("enough_members", "size_is_near_the_target")),
    "3 người": ("hamlet", [], 3, None, ("enough_members", "size_is_near_the_target")),
    "4 người": ("hamlet", [], 4, None, ("enough_members", "size_is_near_the_target")),
    "6 người": ("hamlet", [], 6, None, ("not_too_many_members",)),
    "11 người": ("hamlet", [], 11, None, ("not_too_many_members",)),
    "Tổ trưởng khác": ("hamlet", [], 5, "Người Khác Hẳn", ("leader_holds_the_post",)),
    "không Tổ phó": ("hamlet", [], 5, None, ("enough_deputies",)),
    "hai Tổ phó": ("hamlet", [YOUTH, YOUTH], 5, None, ("not_too_many_deputies",)),
    "Tổ phó Chi đoàn": ("hamlet", [YOUTH], 5, None, ("deputy_comes_from",)),
    "Tổ phó công an": ("hamlet", [POLICE], 5, None, ("deputy_comes_from",)),
    "xã: 2 người": ("commune", [], 2, None, ("enough_members", "size_is_near_the_target")),
    "xã: 6 người": ("commune", [], 6, None, ("not_too_many_members",)),
    "xã: Tổ trưởng khác": ("commune", [], 5, "Người Khác Hẳn", ("leader_holds_the_post",)),
    "xã: không Tổ phó": ("commune", [], 5, None, ("enough_deputies",)),
    "xã: hai Tổ phó": ("commune", [YOUTH, YOUTH], 5, None, ("not_too_many_deputies",)),
}  # fmt: skip
SOURCES = ("Huế", "Ninh Thuận", "Lào Cai", "Thanh Hóa", "Tam Quang", "nowhere")
TABLE = """
2 người            | !III.2.a | !II.2.b | !1 | ? | ~II.2.1.d | ?
3 người            | -        | -       | !1 | - | ~II.2.1.d | -
4 người            | -        | -       | -  | - | ~II.2.1.d | -
6 người            | -        | !II.2.b | -  | - | -         | -
11 người           | ?        | !II.2.b | ?  | ? | !II.2.1.a | ?
Tổ trưởng khác     | !III.2.b | ?       | !1 | ? | !II.2.1.c | ?
không Tổ phó       | -        | -       | !1 | - | -         | -
hai Tổ phó         | -        | -       | ~1 | - | ~II.2.1.c | -
Tổ phó Chi đoàn    | -        | -       | -  | - | -         | -
Tổ phó công an     | -        | -       | ~1 | - | ~II.2.1.c | -
xã: 2 người        | ~III.2.a | !II.2.b | ?  | ? | ~II.2.1.d | ?
xã: 6 người        | -        | !II.2.b | -  | - | -         | -
xã: Tổ trưởng khác | ?        | ?       | ?  | ? | !II.2.1.b | ?
xã: không Tổ phó   | -        | -       | -  | - | !II.2.1.b | -
xã: hai Tổ phó     | -        | -       | -  | - | !II.2.1.b | -
"""
ROWS = {
    cells[0]: cells[1:]
    for line in TABLE.strip().splitlines()
    if (cells := [cell.strip() for cell in line.split("|")])
}


def mark(found):
    """What a cell of the table says of the findings of one case."""
    if not found:
        return "-"
    [(level, citation)] = found.values()
    clause = citation.rpartition(CLAUSE)[2] if CLAUSE in citation else ""
    return {"block": "!", "warn": "~", "suggest": "~" if clause else "?"}[level] + clause


def test_the_table_is_whole():
    assert ROWS.keys() == CASES.keys()
    assert {len(cells) for cells in ROWS.values()} == {len(SOURCES)}


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_every_case_under_every_authority(source):
    cast, wrong = commune_under(source), {}
    for case, (level, others, members, leader, about) in CASES.items():
        dossier = listed(cast, level, *others, members=members, leader=leader)
        expected = ROWS[case][SOURCES.index(source)]
        if (got := mark(verdict(dossier, about=about))) != expected:
            wrong[case] = (expected, got)
    assert wrong == {}
