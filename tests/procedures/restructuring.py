"""Teams that stand and cases about them, set up without signing wherever a test signs nothing."""

from __future__ import annotations

import datetime

from django.utils import timezone

from documents import nd30
from documents.model import Issue, SignatureBlock, to_json
from documents.models import Document, Series
from documents.rendering import pdf
from procedures import demo, papers
from procedures.flows import establish_team
from procedures.models import Dossier, Team
from procedures.roles import Role
from procedures.teams import roster
from tests.documents.samples import VERIFY_URL
from workflows.models import Holding
from workflows.states import State

from .correcting import post_of

FOUNDED = datetime.date(2026, 9, 12)


def founded(cast, index=0, *, role=Role.HAMLET_HEAD, members=5, day=FOUNDED) -> Team:
    """A team on a released decision of its own, which nobody had to sign for the test."""
    author = cast(role, index)
    post = next(p for p in establish_team.posts_that_may_start(author))
    dossier = establish_team.draft(author, post)
    dossier.changes.get().replace_seats(demo.seats(dossier, members))
    roster.identify_people(dossier)
    return stands(dossier, decided(dossier, day))


def stands(dossier, decision) -> Team:
    """The dossier released on this decision; the team of its first line."""
    Dossier.objects.filter(pk=dossier.pk).update(state=State.RELEASED, decision=decision)
    dossier = Dossier.objects.get(pk=dossier.pk)
    roster.apply(dossier)
    return dossier.changes.order_by("pk").first().team


def decided(dossier, day) -> Document:
    """A released decision with the dossier's own text, and no file."""
    series = Series.objects.get(issuer=dossier.commune.issuer, symbol="QĐ-UBND")
    said = papers.content("decision", dossier, SignatureBlock(("CHỦ TỊCH",), "Nguyễn Văn T"))
    return Document.objects.create(
        issuer=series.issuer,
        kind="decision",
        series=series,
        year=day.year,
        number=100 + Document.objects.count(),
        symbol=series.symbol,
        date=day,
        state="released",
        content=to_json(said),
        content_digest="0" * 64,
        issued=timezone.now(),
        released=timezone.now(),
    )


def findings_of(dossier, slot):
    """What the checker says of a paper as it would be issued, without signing it."""
    symbol = {"decision": "QĐ-UBND", "submission": "TTr-VHXH"}[slot]
    lines = {"decision": ("CHỦ TỊCH",), "submission": ("TRƯỞNG PHÒNG",)}[slot]
    said = papers.content(slot, dossier, SignatureBlock(lines, "Nguyễn Văn T"))
    issue = Issue(date=timezone.localdate(), number=31, symbol=symbol, verify_url=VERIFY_URL)
    return nd30.check(pdf.render(said, issue))


def carried_out(dossier, day=None) -> Dossier:
    """A case as it is after its release, without its signatures."""
    dossier = Dossier.objects.get(pk=dossier.pk)
    roster.identify_people(dossier)
    decision = decided(dossier, day or timezone.localdate())
    stands(dossier, decision)
    return Dossier.objects.get(pk=dossier.pk)


def specialist(cast, index=1):
    """(account, post): the second one drafts, so that the first may check."""
    user = cast(Role.SPECIALIST, index)
    return user, post_of(user)


def succeed(cast, index, user) -> None:
    """The ``index``-th post of a head of hamlet passes to ``user`` today."""
    today = timezone.localdate()
    post = cast.post(Role.HAMLET_HEAD, index)
    yesterday = today - datetime.timedelta(days=1)
    Holding.objects.filter(post=post, until=None).update(until=yesterday)
    Holding.objects.create(post=post, user=user, since=today)


def sitting(team) -> dict[str, str]:
    """Who sits in a team now: {name: role}."""
    rows = team.memberships.filter(until=None).select_related("person")
    return {row.person.full_name: row.role for row in rows}


def text_of(paper) -> str:
    says = paper.says()
    blocks = [*says.body, *(block for annex in says.annexes for block in annex.blocks)]
    rows = (" | ".join(row) for block in blocks for row in getattr(block, "rows", ()))
    return "\n".join([*says.grounds, *(getattr(b, "text", "") for b in blocks), *rows])
