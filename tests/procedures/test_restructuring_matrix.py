"""States x people x own or other commune for cases about standing teams.

The acts are those of every decision; what differs is who begins one and who may not decide: the
specialist who drafted it, and whoever sits in a team it changes. Who may is written here by hand.
"""

import pytest

from procedures.flows import appoint_leader, review_team
from procedures.models import Dossier, Membership, Person
from procedures.models.changes import kept
from procedures.roles import Role
from workflows.states import State, acts_of

from .cells import data_for, wrong_cells
from .restructuring import founded, specialist

AUTHOR = {"second specialist"}
CHECKERS = {"specialist"}

MAY = {
    ("draft", "edit"): (AUTHOR, "draft"),
    ("draft", "submit"): (AUTHOR, "submitted"),
    ("draft", "withdraw"): (AUTHOR, "withdrawn"),
    ("submitted", "withdraw"): (AUTHOR, "withdrawn"),
    ("submitted", "take_back_proposal"): (AUTHOR, "returned"),
    ("submitted", "check_content"): (CHECKERS, "checked"),
    ("submitted", "set_annexes_apart"): (CHECKERS, "submitted"),
    ("submitted", "return_for_correction"): (CHECKERS, "returned"),
    ("submitted", "reject"): (CHECKERS, "rejected"),
}
# What a draft knows of; from the content check on the road is that of every decision.
WRITING = ["edit", "submit", "withdraw", "enter", "edit_entered", "submit_entered", "gather"]
# The same asked for by the head of the place: both specialists may check it, he withdraws it.
BY_HEAD = {
    ("submitted", "withdraw"): ({"author"}, "withdrawn"),
    ("submitted", "take_back_proposal"): ({"author"}, "returned"),
    ("submitted", "check_content"): (CHECKERS | AUTHOR, "checked"),
    ("submitted", "return_for_correction"): (CHECKERS | AUTHOR, "returned"),
    ("submitted", "reject"): (CHECKERS | AUTHOR, "rejected"),
}


def by_office(cast, team):
    user, post = specialist(cast)
    return review_team.draft(user, post, [team])


def by_head(cast, team):
    head, post = cast(Role.HAMLET_HEAD), cast.post(Role.HAMLET_HEAD)
    case = appoint_leader.draft(head, post, [team])
    line = case.changes.get()
    line.start_from(line.before, [kept(line.before[2], role="deputy")])
    line.cause = "own_wish"
    line.save()
    return Dossier.objects.get(pk=case.pk)


def told(act, dossier, cast):
    return {"why": "Rà soát"} if act == "edit" else data_for(act, dossier, cast)


@pytest.mark.parametrize(
    ("begin", "table", "state", "acts"),
    [
        (by_office, MAY, "draft", WRITING),
        (by_office, MAY, "submitted", list(acts_of(Dossier))),
        (by_head, BY_HEAD, "submitted", [act for _state, act in BY_HEAD]),
    ],
)
def test_every_act_by_everybody(begin, table, state, acts, road, tam_quang, hac_thanh):
    dossier = begin(tam_quang, founded(tam_quang))
    if state != State.DRAFT:
        dossier = road._forward(road.do(dossier, "submit", dossier.author), state)
    assert wrong_cells(dossier, table, (tam_quang, hac_thanh), told, acts=acts) == []


def test_who_sits_in_a_team_decides_nothing_about_it(road, tam_quang):
    """The specialist is a member: the other one checks, and the head of division signs."""
    team = founded(tam_quang)
    user = tam_quang(Role.SPECIALIST)
    own = Person.objects.filter(user=user).first() or Person.objects.create(
        commune=team.commune, full_name=user.full_name, folded="", user=user
    )
    Membership.objects.filter(team=team, role="deputy").update(person=own)
    case = by_head(tam_quang, team)
    assert case.is_interested(tam_quang(Role.SPECIALIST))
    assert not case.is_interested(tam_quang(Role.SPECIALIST, 1))
    assert not case.is_interested(tam_quang(Role.CHAIRMAN))
