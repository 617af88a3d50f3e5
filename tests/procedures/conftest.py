"""Dossiers brought to a state by the people who bring them there."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from procedures import demo, ways
from procedures.flows import establish_round, establish_team
from procedures.issuing import signing
from procedures.models import Dossier, Hamlet, Round
from procedures.roles import Role
from tests.conftest import PASSPHRASE, TAM_QUANG, Cast
from workflows.models import Agency
from workflows.service import perform
from workflows.states import State


class Road:
    """Drives a dossier of one commune along its way, each step by the right person."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def ways(self, *, asking="submission", review=False):
        """How the office of this commune works, for the dossiers sent from now on."""
        ways.choose(self.cast.agency, by=self.cast(Role.CLERK), asking=asking, office_review=review)

    def draft(self, author=None, members: int = 6):
        author = author or self.cast(Role.HAMLET_HEAD)
        [post] = establish_team.posts_that_may_start(author)
        dossier = establish_team.draft(author, post)
        seats = {dossier.changes.get().pk: demo.seats(dossier, members)}
        return self.do(dossier, "edit", author, seats=seats)

    def do(self, dossier, act, by, note="", **data):
        return perform(dossier, act, by=by, seen=dossier.revision, note=note, **data)

    def sign(self, dossier, kind, by):
        return signing.sign(dossier, kind, by=by, seen=dossier.revision, passphrase=PASSPHRASE)

    def to(self, state: str, author=None):
        """A new dossier in ``state``."""
        author = author or self.cast(Role.HAMLET_HEAD)
        dossier = self.draft(author)
        if state == State.DRAFT:
            return dossier
        dossier = self.do(dossier, "submit", author)
        if state == State.WITHDRAWN:
            return self.do(dossier, "withdraw", author)
        specialist = self.cast(Role.SPECIALIST)
        if state == State.CONTINUED:
            return self.gathered([dossier])[0]
        if state in (State.RETURNED, State.REJECTED):
            act = "return_for_correction" if state == State.RETURNED else "reject"
            return self.do(dossier, act, specialist, note="Chưa rõ thành phần.")
        return self._forward(dossier, state)

    def round(self, places: int = 1) -> Round:
        """A round that asks the first places of the commune."""
        hamlets = Hamlet.objects.filter(commune=self.cast.agency.commune).order_by("pk")
        return establish_round.open_round(
            self.cast(Role.SPECIALIST),
            self.cast.post(Role.SPECIALIST),
            name="Đợt lập tổ tháng 12",
            due=timezone.localdate() + datetime.timedelta(days=7),
            hamlets=hamlets[:places],
        )

    def gathered(self, requests):
        """The requests after a new round took them in."""
        dossier = self.round().dossier
        chosen = [request.pk for request in requests]
        self.do(dossier, "gather", self.cast(Role.SPECIALIST), requests=chosen)
        return list(Dossier.objects.filter(pk__in=chosen).order_by("pk"))

    def _forward(self, dossier, state):
        clerk = self.cast(Role.CLERK)
        number = {}
        if dossier.series("decision").mode == "external":
            number = {"number": 500 + dossier.pk, "date": timezone.localdate()}
        steps = {
            State.CHECKED: lambda d: self.do(d, "check_content", self.cast(Role.SPECIALIST)),
            State.APPRAISED: self._asked,
            **self._checked(dossier, clerk, number),
            State.SIGNED: lambda d: self.sign(d, "decision", self.cast(Role.CHAIRMAN)),
            State.SEALED: lambda d: signing.seal(
                d, by=clerk, seen=d.revision, passphrase=PASSPHRASE
            ),
            State.RELEASED: lambda d: self.do(d, "release_decision", clerk),
        }
        ahead = list(steps)
        if dossier.state in ahead:
            ahead = ahead[ahead.index(dossier.state) + 1 :]
        for reached in ahead:
            if dossier.state == state:
                break
            dossier = steps[reached](dossier)
        assert dossier.state == state
        return dossier

    def _asked(self, dossier):
        """The division hands it up, in the way of its office."""
        head = self.cast(Role.DIVISION_HEAD)
        acts = {"slip": "agree_by_slip", "initials": "initial_draft"}
        if dossier.asking in acts:
            return self.do(dossier, acts[dossier.asking], head)
        return self.sign(dossier, "submission", head)

    def _checked(self, dossier, clerk, number):
        """The form is checked, and looked at by the Chánh Văn phòng where the office has that."""
        if not dossier.office_review:
            return {State.CLEARED: lambda d: self.do(d, "check_form", clerk, **number)}
        chief = self.cast(Role.CHIEF_OF_OFFICE)
        return {
            State.OFFICE_REVIEW: lambda d: self.do(d, "pass_to_office", clerk, **number),
            State.CLEARED: lambda d: self.do(d, "approve_draft", chief),
        }


@pytest.fixture(scope="module")
def module_road(module_db) -> Road:
    """Brings a dossier to where all tests of a module find it."""
    return Road(Cast(Agency.objects.get(code=TAM_QUANG)))


@pytest.fixture(scope="module")
def released_once(module_road) -> int:
    return module_road.to(State.RELEASED).pk


@pytest.fixture
def released(released_once, db) -> Dossier:
    """A released dossier: the team of bản Bãi Sở with six people. Its files are those of all tests
    of the module: none may damage them."""
    return Dossier.objects.get(pk=released_once)


@pytest.fixture
def road(tam_quang) -> Road:
    return Road(tam_quang)


@pytest.fixture
def other_road(hac_thanh) -> Road:
    return Road(hac_thanh)
