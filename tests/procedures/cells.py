"""Every cell of a table of who may do what, executed: the people and the loop the tables share."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.issuing.deliveries import Entry, key_of
from procedures.models import Dossier
from procedures.models.entering import Received
from procedures.roles import Role
from workflows.errors import Refusal
from workflows.models import Event
from workflows.service import perform
from workflows.states import acts_of

# {(state, act): (names of those who may, the state it leads to)}
Table = Mapping[tuple[str, str], Any]

AUTHOR = "author"
# The smallest picture there is.
SCAN = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
PEOPLE = {
    AUTHOR: (Role.HAMLET_HEAD, 0),
    "another hamlet head": (Role.HAMLET_HEAD, 1),
    "youth secretary": (Role.YOUTH_SECRETARY, 0),
    "specialist": (Role.SPECIALIST, 0),
    "second specialist": (Role.SPECIALIST, 1),
    "division head": (Role.DIVISION_HEAD, 0),
    "deputy division head": (Role.DEPUTY_DIVISION_HEAD, 0),
    "clerk": (Role.CLERK, 0),
    "second clerk": (Role.CLERK, 1),
    "chief of office": (Role.CHIEF_OF_OFFICE, 0),
    "chairman": (Role.CHAIRMAN, 0),
    "deputy of the field": (Role.DEPUTY_CHAIRMAN, 0),
    "deputy of another field": (Role.DEPUTY_CHAIRMAN, 1),
}
SPECIALISTS = {"specialist", "second specialist"}
SIGNERS = {"chairman", "deputy of the field"}
CLERKS = {"clerk", "second clerk"}
HEAD = {"division head", "deputy division head"}
CHIEF = {"chief of office"}

# Every decision that a specialist drew up, here the second, so that the first checks it. The tables
# of a procedure say what differs.
_DREW_IT_UP, _CHECKS = {"second specialist"}, {"specialist"}
BY_A_SPECIALIST: Table = {
    ("draft", "edit"): (_DREW_IT_UP, "draft"),
    ("draft", "submit"): (_DREW_IT_UP, "submitted"),
    ("draft", "withdraw"): (_DREW_IT_UP, "withdrawn"),
    ("returned", "edit"): (_DREW_IT_UP, "returned"),
    ("returned", "submit"): (_DREW_IT_UP, "submitted"),
    ("returned", "withdraw"): (_DREW_IT_UP, "withdrawn"),
    ("submitted", "withdraw"): (_DREW_IT_UP, "withdrawn"),
    ("submitted", "take_back_proposal"): (_DREW_IT_UP, "returned"),
    ("submitted", "check_content"): (_CHECKS, "checked"),
    ("submitted", "return_for_correction"): (_CHECKS, "returned"),
    ("submitted", "reject"): (_CHECKS, "rejected"),
    ("checked", "withdraw"): (_DREW_IT_UP, "withdrawn"),
    ("checked", "take_back_content_check"): (_CHECKS, "submitted"),
    ("checked", "reserve_submission"): (HEAD, "checked"),
    ("checked", "record_paper_submission"): (CLERKS, "appraised"),
    ("checked", "return_for_correction"): (HEAD, "returned"),
    ("checked", "return_to_specialist"): (HEAD, "submitted"),
    ("checked", "reject"): (HEAD, "rejected"),
    ("appraised", "withdraw"): (_DREW_IT_UP, "withdrawn"),
    ("appraised", "check_form"): (CLERKS, "cleared"),
    ("appraised", "reword"): (CLERKS, "appraised"),
    ("appraised", "return_for_correction"): (CLERKS, "returned"),
    ("appraised", "return_to_specialist"): (CLERKS, "submitted"),
    ("appraised", "return_to_head"): (CLERKS, "checked"),
    ("appraised", "reject"): (CLERKS, "rejected"),
    ("cleared", "withdraw"): (_DREW_IT_UP, "withdrawn"),
    ("cleared", "reserve_decision"): (SIGNERS, "cleared"),
    ("cleared", "record_paper_decision"): (CLERKS, "signed"),
    ("cleared", "return_for_correction"): (SIGNERS, "returned"),
    ("cleared", "return_to_specialist"): (SIGNERS, "submitted"),
    ("cleared", "return_to_head"): (SIGNERS, "checked"),
    ("cleared", "return_to_clerk"): (SIGNERS, "appraised"),
    ("cleared", "reject"): (SIGNERS, "rejected"),
    ("cleared", "take_back_form_check"): ({"clerk"}, "appraised"),
    ("signed", "void_decision"): (CLERKS, "appraised"),
    ("sealed", "void_decision"): (CLERKS, "appraised"),
    ("sealed", "release_decision"): (CLERKS, "released"),
    ("released", "record_delivery"): (CLERKS, "released"),
}

# What is added where the paper has an annex: put into a file of its own.
WITH_AN_ANNEX: Table = {
    ("submitted", "set_annexes_apart"): (_CHECKS, "submitted"),
    ("appraised", "set_annexes_apart"): (CLERKS, "appraised"),
}

# Who tries an act that nobody may do anywhere in a table.
_ANYBODY = {AUTHOR, "specialist", "clerk", "chairman"}


def wrong_cells(
    dossier: Dossier,
    table: Table,
    casts: tuple[Any, Any],
    told: Callable[..., Any] | None = None,
    *,
    acts: Iterable[str] | None = None,
    nearest: frozenset[str] | None = None,
    strangers: bool = False,
) -> list[Any]:
    """Every cell of the dossier's state that came out otherwise than the table says: (act, who,
    commune, outcome).

    ``casts`` are the dossier's own commune and another; ``told`` is what the screen would send.
    What is declared for the state is tried by everybody of the own commune and by those of the
    other who hold the posts of who may, or, with ``strangers``, by everybody of it; where nobody
    may, ``nearest`` narrows that to those of the own commune who come closest. What is not declared
    for the state is tried by those who may do it in another one; what another procedure does by one
    person, for who he is is not asked then.
    """
    own, people, wrong = casts[0], everybody(*casts), []
    declared, told = acts_of(Dossier), told or data_for
    for act in acts or declared:
        allowed, target = table.get((dossier.state, act)) or (set(), None)
        close = nearest
        if not dossier.knows(declared[act]):
            close = {AUTHOR}
        elif dossier.state not in declared[act].sources:
            close = _elsewhere(act, table)
        posts = allowed or _ANYBODY
        tried = [row for row in people if row[1] is own or strangers or row[0] in posts]
        if close is not None and not allowed:
            tried = [row for row in people if row[0] in close and row[1] is own]
        with unchanged(dossier):
            for name, cast, user in tried:
                may = cast is own and name in allowed
                outcome = tried_out(dossier, act, user, told(act, dossier, cast))
                if outcome != (target if may else "refused"):
                    wrong.append((act, name, cast.agency.code, outcome))
    return wrong


def _elsewhere(act: str, table: Table) -> set[str]:
    """Those who may do the act in some state of the table."""
    cells = (cell for (_state, name), cell in table.items() if name == act and cell)
    return {name for names, _after in cells for name in names} or _ANYBODY


def everybody(*casts):
    """(name in the tables, commune, account) of all :data:`PEOPLE` of these communes."""
    return [
        (name, cast, cast(role, index)) for name, (role, index) in PEOPLE.items() for cast in casts
    ]


def attempt(dossier, act, by, data):
    """The state after the act, or "refused" when nothing changed; rolled back either way."""
    with unchanged(dossier):
        return tried_out(dossier, act, by, data)


def tried_out(dossier, act, by, data):
    """The state after the act, which is rolled back; or "refused": what that leaves behind stays,
    for :func:`unchanged` to find."""
    try:
        with transaction.atomic():
            try:
                done = perform(
                    dossier, act, by=by, seen=dossier.revision, note="Vì một lý do.", **data
                )
            except Refusal as refusal:
                assert refusal.sentence
                return "refused"
            raise Undo
    except Undo:
        return done.state


@contextmanager
def unchanged(dossier: Dossier) -> Iterator[None]:
    """Neither the dossier nor the ledger is another afterwards."""
    before = _standing(dossier)
    yield
    assert _standing(dossier) == before


def _standing(dossier):
    row = Dossier.objects.values_list("state", "revision").get(pk=dossier.pk)
    return row, Event.objects.count()


class Undo(Exception):
    """Rolls a cell back."""


def data_for(act, dossier, cast):
    """What the screen would send along."""
    today = timezone.localdate()
    if act == "enter":
        return {"received": Received("paper", today, SCAN)}
    if act in ("edit", "edit_entered"):
        seats = [{"full_name": "Lô Văn Thử", "role": "leader"}]
        return {"seats": {change.pk: seats for change in dossier.changes.all()}}
    if act == "record_paper_submission":
        return {"signer": cast(Role.DIVISION_HEAD), "date": today, "scan": SCAN}
    if act == "record_paper_decision":
        return {"signer": cast(Role.CHAIRMAN), "date": today, "scan": SCAN}
    if act == "reword":
        return {"texts": {"recipients": "Đài truyền thanh xã"}}
    if act == "record_delivery":
        return {"entries": [Entry(key_of("Như Điều 4", None), way="paper", sent=today)]}
    return {}
