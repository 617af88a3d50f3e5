"""What waits for whoever signs for another: what he may sign, and nothing else."""

import datetime
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.flows import AnnounceTeamsFlow, delegate_signing
from procedures.issuing import signers
from procedures.messages import desks
from procedures.models import Dossier, Grant
from procedures.models.draft_paper import DRAFT_PAPER, FIELDS, MINUTES, PaperDraft, SignedBy
from procedures.roles import Role
from workflows.authority import capacities
from workflows.inbox import waiting_for
from workflows.models import Delegation
from workflows.states import State

from .correcting import post_of
from .drafted import begun, sent
from .test_announcing import SAID
from .test_existing import record

# By hand: form of the paper, the kinds it lists, to whom; what waits that he may sign.
PAPERS = [
    ("TL", [], Role.CHIEF_OF_OFFICE, {"notice"}),
    ("TL", ["notice"], Role.DIVISION_HEAD, {"notice"}),
    ("TL", ["official_letter"], Role.CHIEF_OF_OFFICE, set()),
    ("TUQ", ["notice"], Role.CHIEF_OF_OFFICE, {"notice"}),
    ("TUQ", ["invitation"], Role.DIVISION_HEAD, set()),
    ("TUQ", [], Role.CHIEF_OF_OFFICE, {"notice"}),
    ("KT", [], Role.DEPUTY_CHAIRMAN, {"decision", "notice"}),
    ("STAND_IN", [], Role.SPECIALIST, set()),
]


@pytest.fixture
def waiting(road, tam_quang):
    """Three papers that wait for the Chairman: {what it is: dossier}. What he gives away by
    himself is a decision too."""
    road.ways(asking="initials")
    record(tam_quang)
    author = tam_quang(Role.SPECIALIST, 1)
    given = delegate_signing.draft(author, post_of(author), Grant.FIELDS)
    said = {"rows": [{"delegate": tam_quang.post(Role.DEPUTY_CHAIRMAN, 1).pk, "field": "culture"}]}
    notice = begun(tam_quang, AnnounceTeamsFlow)
    return {
        "decision": road.to(State.CLEARED, tam_quang(Role.HAMLET_HEAD, 5)),
        "notice": road._forward(sent(road, notice, SAID), State.CLEARED),
        "by himself": road._forward(sent(road, given, said), State.CLEARED),
    }


def give(cast, form, kinds, role):
    """The only paper by which somebody acts for the Chairman; who then does."""
    Delegation.objects.filter(principal__role=Role.CHAIRMAN).delete()
    today = timezone.localdate()
    Delegation.objects.create(
        principal=cast.post(Role.CHAIRMAN), delegate=cast.post(role), kind=form,
        since=today, until=today + datetime.timedelta(days=9), limited_to=kinds, paper="Văn bản",
    )  # fmt: skip
    return cast(role)


def test_everybody_sees_what_he_may_sign_and_nothing_else(client, waiting, tam_quang):
    chairman = tam_quang(Role.CHAIRMAN)
    names = {dossier: name for name, dossier in waiting.items()}
    assert {names[task.process.seed] for task in waiting_for(chairman)} == set(names.values())
    for form, kinds, role, expected in PAPERS:
        user = give(tam_quang, form, kinds, role)
        with CaptureQueriesContext(connection) as captured:
            found = {names.get(task.process.seed) for task in waiting_for(user)}
        assert found == expected, (form, kinds)
        # The capacities, the tasks, their records.
        assert len(captured) <= 4, (form, kinds)
        # Who is told to have a case is who has it in his inbox, and who may act on it.
        has = {name for name, dossier in waiting.items()
               if user in {seated.user for seated in desks.able(dossier)}}  # fmt: skip
        able = {name for name, dossier in waiting.items()
                if user in {c.user for c in signers.able_to_sign(dossier, "decision")}}  # fmt: skip
        assert has == able == expected, (form, kinds)
    client.force_login(give(tam_quang, "TUQ", ["invitation"], Role.CHIEF_OF_OFFICE))
    for page in ("/", "/khay/"):
        shown = client.get(page).content.decode()
        assert not [dossier for dossier in names if f"/ho-so/{dossier.pk}/" in shown], page


def test_a_paper_asked_of_another_is_not_told_nor_taken(tam_quang):
    """Every kind and wish, and minutes of each chair, against every form: the filter says what each
    dossier says, but for minutes whose chair is words."""
    author = tam_quang(Role.SPECIALIST)
    post = post_of(author)
    office = {"agency": tam_quang.agency, "commune": tam_quang.agency.commune, "unit": post.unit}
    told = {"post": post, "author": author, "field": "digital", **office}
    for kind, wish in product(FIELDS, ("", *SignedBy.values)):
        dossier = Dossier.objects.create(procedure=DRAFT_PAPER, ends_in=kind, **told)
        PaperDraft.objects.create(dossier=dossier, signed_by=wish)
    for role in (Role.CHAIRMAN, Role.DEPUTY_CHAIRMAN, Role.CHIEF_OF_OFFICE):
        dossier = Dossier.objects.create(procedure=DRAFT_PAPER, ends_in=MINUTES, **told)
        chair = tam_quang.post(role).holder()
        PaperDraft.objects.create(dossier=dossier, chair_holding=chair)
    words = {"ends_in": MINUTES, "paperdraft__chair_holding": None}
    rows = Dossier.objects.filter(procedure=DRAFT_PAPER).exclude(**words)
    seen = set()
    [own] = capacities(tam_quang(Role.CHAIRMAN))
    assert {row.pk for row in rows.filter(Dossier.closed_to(own))} == {
        row.pk for row in rows if not row.takes(own)
    }
    for form, kinds, role, _expected in PAPERS:
        [capacity] = [c for c in capacities(give(tam_quang, form, kinds, role)) if c.delegation]
        closed = {row.pk for row in rows.filter(Dossier.closed_to(capacity))}
        assert closed == {row.pk for row in rows if not row.takes(capacity)}, (form, kinds)
        seen.add(len(closed))
    assert len(seen) > 3


def test_the_filter_says_what_each_dossier_says(tam_quang):
    """Every procedure and every remedy, on one draft each."""
    author = tam_quang(Role.SPECIALIST)
    post = post_of(author)
    office = {"agency": tam_quang.agency, "commune": tam_quang.agency.commune, "unit": post.unit}
    told = {"post": post, "author": author, "field": "digital", **office}
    remedies = ("", "correct", "recall", "replace")
    for page, remedy in product(Dossier.pages(), remedies):
        Dossier.objects.create(procedure=page.code, remedy=remedy, **told)
    for kind in signers.SIGNING_ROLE:
        ending = {row.pk for row in Dossier.objects.filter(Dossier.ending_in([kind]))}
        assert ending == {d.pk for d in Dossier.objects.all() if d.kind_of("decision") == kind}
