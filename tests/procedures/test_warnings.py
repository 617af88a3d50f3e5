"""What is open about standing teams: vacant, outside the rule, merged away."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.lists import team_lists
from procedures.models import Commune, Membership, Person, Team
from procedures.people import names
from procedures.roles import Role
from procedures.teams import warnings
from workflows.models import Holding

from .restructuring import founded, specialist, succeed

LAO_CAI, NINH_THUAN, NOWHERE = "02650", "22740", "99999"
# (code and province of the commune, size of the team) -> must, advice or suggestion, and its source
SIZES = [
    ("16933", "tỉnh Nghệ An", 4, "nên duy trì khoảng 05 - 10", "II.2.1.d"),
    ("16933", "tỉnh Nghệ An", 5, None, ""),
    ("16933", "tỉnh Nghệ An", 10, None, ""),
    ("16933", "tỉnh Nghệ An", 11, "tối đa 10 người", "II.2.1.a"),
    (LAO_CAI, "tỉnh Lào Cai", 3, "tối thiểu 04 người", "mục 1"),
    (LAO_CAI, "tỉnh Lào Cai", 4, None, ""),
    (NINH_THUAN, "tỉnh Khánh Hòa", 2, "tối thiểu 03 người", "II.2.b"),
    (NINH_THUAN, "tỉnh Khánh Hòa", 6, "tối đa 05 người", "II.2.b"),
    (NOWHERE, "tỉnh Không Đâu", 2, "tối thiểu 03 người", "gợi ý, không phải quy định"),
    (NOWHERE, "tỉnh Không Đâu", 11, "tối đa 10 người", "gợi ý, không phải quy định"),
    (NOWHERE, "tỉnh Không Đâu", 3, None, ""),
]


@pytest.fixture
def team(tam_quang):
    return founded(tam_quang)


def resized(team, size):
    """The team with that many people, its leader among them."""
    members = team.memberships.filter(until=None, role="member")
    deputies = team.memberships.filter(until=None, role="deputy")
    while team.memberships.filter(until=None).count() > size:
        (members.first() or deputies.first()).delete()
    for number in range(team.memberships.filter(until=None).count(), size):
        name = f"Lô Văn Thêm {number}"
        person = Person.objects.create(
            commune=team.commune, full_name=name, folded=names.fold(name)
        )
        Membership.objects.create(
            team=team, person=person, role="member", since=team.since, decision=team.decision
        )


@pytest.mark.parametrize(("code", "province", "size", "said", "source"), SIZES)
def test_a_size_outside_the_governing_rule_has_an_open_warning(
    code, province, size, said, source, team
):
    Commune.objects.filter(pk=team.commune_id).update(code=code, province=province, plan="")
    resized(team, size)
    told = warnings.of_team(Team.objects.get(pk=team.pk))
    sizes = [w for w in told if w.kind == warnings.SIZE and "thành viên;" in w.sentence]
    if said is None:
        assert sizes == []
    else:
        [warning] = sizes
        assert f"Tổ có {size} thành viên; {said}" in warning.sentence
        assert source in warning.citation
        assert warning.suggestion is (code == NOWHERE)
        assert warning.mend == "review_team"


def test_a_team_without_a_leader_is_told_with_its_deputy(team):
    assert warnings.of_team(team) == []
    team.memberships.filter(role="leader").update(until=timezone.localdate())
    deputy = team.memberships.get(role="deputy").person
    [warning] = [w for w in warnings.of_team(team) if w.kind == warnings.NO_LEADER]
    assert warning.sentence == f"Khuyết Tổ trưởng. Tổ phó {deputy.full_name} tạm điều hành."
    assert warning.mend == "appoint_leader"


def test_a_leader_who_lost_the_post_is_told_with_his_successor(team, tam_quang):
    successor = tam_quang(Role.HAMLET_HEAD, 3)
    succeed(tam_quang, 0, successor)
    [warning] = warnings.of_team(team)
    assert warning.kind == warnings.POST_LOST
    assert successor.full_name in warning.sentence
    assert warning.citation
    # Nobody in the post: nothing to compare with, and nothing is claimed.
    Holding.objects.filter(post=team.hamlet.head_post).update(until=datetime.date(2026, 1, 1))
    assert warnings.of_team(team) == []


def test_the_list_of_teams_asks_no_more_for_more_teams(tam_quang, client):
    client.force_login(specialist(tam_quang)[0])

    def asked():
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/to/")
        assert page.status_code == 200
        return len(captured.captured_queries), page.content.decode()

    first = founded(tam_quang)
    few, _page = asked()
    for index in range(1, 6):
        founded(tam_quang, index)
    first.memberships.filter(role="leader").update(until=timezone.localdate())
    many, page = asked()
    assert many <= few
    assert page.count("Khuyết Tổ trưởng.") == 1


def test_of_teams_reads_at_most_four_times(tam_quang):
    for index in range(4):
        founded(tam_quang, index)
    teams = list(team_lists.with_members(Team.objects.all()))
    with CaptureQueriesContext(connection) as captured:
        warnings.of_teams(teams)
    assert len(captured.captured_queries) <= 4


def test_a_team_that_ended_has_nothing_open(team):
    Team.objects.filter(pk=team.pk).update(until=timezone.localdate())
    assert warnings.of_team(Team.objects.get(pk=team.pk)) == []
