"""States x acts x people x own or other commune, for the reports of teams.

Who may is written here by hand. Every cell is executed; one not named must be refused and change
nothing.
"""

import datetime

import pytest
from django.db import transaction

from procedures.models import Report
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.service import perform
from workflows.states import acts_of

from .cells import everybody
from .reporting import asked, at, do, indicators, of, received, sent, teams

LEADER, SECRETARY = {"author"}, {"youth secretary"}
SPECIALISTS = {"specialist", "second specialist"}

VILLAGE = {
    ("draft", "write_report"): (LEADER, "draft"),
    ("draft", "send_report"): (LEADER, "team_review"),
    ("draft", "enter_report"): (SPECIALISTS, "team_review"),
    ("returned", "write_report"): (LEADER, "returned"),
    ("returned", "send_report"): (LEADER, "team_review"),
    ("returned", "enter_report"): (SPECIALISTS, "team_review"),
    ("team_review", "take_back_report"): (LEADER, "returned"),
    ("team_review", "accept_report"): (SECRETARY, "accepted"),
    ("team_review", "return_report"): (SECRETARY, "returned"),
    ("submitted", "accept_report"): (SPECIALISTS, "accepted"),
    ("submitted", "return_report"): (SPECIALISTS, "returned"),
    ("accepted", "reopen_report"): (SPECIALISTS, "returned"),
}
COMMUNE = {
    ("draft", "write_report"): (SECRETARY, "draft"),
    ("draft", "send_rollup"): (SECRETARY, "submitted"),
    ("draft", "enter_rollup"): (SPECIALISTS, "submitted"),
    ("returned", "write_report"): (SECRETARY, "returned"),
    ("returned", "send_rollup"): (SECRETARY, "submitted"),
    ("returned", "enter_rollup"): (SPECIALISTS, "submitted"),
    ("submitted", "take_back_rollup"): (SECRETARY, "returned"),
    ("submitted", "accept_report"): (SPECIALISTS, "accepted"),
    ("submitted", "return_report"): (SPECIALISTS, "returned"),
    ("accepted", "reopen_report"): (SPECIALISTS, "returned"),
}
LEVELS = {"village": (VILLAGE, 0), "commune": (COMMUNE, -1)}


def brought(cast, report, state):
    """The report in a state, by the people who bring it there."""
    if state == "draft":
        return report
    village = report.procedure == "village_report"
    above = cast(Role.YOUTH_SECRETARY if village else Role.SPECIALIST)
    if village:
        report = sent(cast, report)
    else:
        report = do(report, "send_rollup", cast(Role.YOUTH_SECRETARY))
    if state == "returned":
        return do(report, "return_report", above, note="Xem lại.")
    if state == "accepted":
        return do(report, "accept_report", above)
    if state == "submitted" and village:
        from procedures.reports import reporting

        with at(2026, 12, 20):
            reporting.hand_on_silent(cast(Role.CLERK))
        report.refresh_from_db()
    assert report.state == state
    return report


def attempt(report, act, user):
    """ "refused", or the state it led to; what it did is undone."""
    data = {"none": True, "received": received()}
    try:
        with transaction.atomic():
            done = perform(report, act, by=user, seen=report.revision, note="Vì", **data)
            state = done.state
            transaction.set_rollback(True)
    except Refusal:
        return "refused"
    return state


@pytest.mark.parametrize("state", ["draft", "returned", "team_review", "submitted", "accepted"])
@pytest.mark.parametrize("level", LEVELS)
def test_every_act_by_everybody(level, state, tam_quang, hac_thanh):
    may, number = LEVELS[level]
    if level == "commune" and state == "team_review":
        pytest.skip("the commune team's report goes straight to the specialist")
    with at(2026, 12, 3):
        made = teams(tam_quang)
        call = asked(tam_quang, indicators(tam_quang), due=datetime.date(2026, 12, 8))
        report = brought(tam_quang, of(call, made[number]), state)
        wrong, people = [], everybody(tam_quang, hac_thanh)
        for act in acts_of(Report):
            allowed, target = may.get((state, act), (set(), None))
            for name, cast, user in people:
                expected = target if cast is tam_quang and name in allowed else "refused"
                fresh = Report.objects.get(pk=report.pk)
                if (outcome := attempt(fresh, act, user)) != expected:
                    wrong.append((act, name, cast.agency.code, outcome, expected))
    assert wrong == []
    assert Report.objects.get(pk=report.pk).state == state


def test_the_table_names_every_act_but_the_clocks():
    named = {act for table in (VILLAGE, COMMUNE) for _state, act in table}
    assert set(acts_of(Report)) - named == {"hand_on"}
