"""Teams that stand, targets assigned to them and released, by the right people."""

from __future__ import annotations

import datetime

from django.utils import timezone

from documents import service as documents
from documents.models import Document
from procedures.flows import assign_targets
from procedures.models import Dossier, Hamlet, Indicator, Membership, Person, Team
from procedures.roles import Role
from workflows.models import Post
from workflows.states import State

PLAN = {
    "origin": "superior",
    "paper": "Công văn",
    "number": "1203/SKHCN-CĐS",
    "issuer": "Sở Khoa học và Công nghệ tỉnh Nghệ An",
    "excerpt": "về việc giao chỉ tiêu hoạt động Tổ công nghệ số cộng đồng",
}


def standing(cast, count=3):
    """Teams of the first hamlets, each led by the head of its hamlet, on one earlier decision.

    Only what targets need of a team: no case of it is played.
    """
    commune, today = cast.agency.commune, timezone.localdate()
    since = today - datetime.timedelta(days=30)
    decision = elsewhere(commune, since)
    teams = []
    for hamlet in Hamlet.objects.filter(commune=commune).order_by("pk")[:count]:
        team = Team.objects.create(
            commune=commune, level="hamlet", hamlet=hamlet, decision=decision, since=since,
            name=f"Tổ công nghệ số cộng đồng {hamlet.full_name}",
        )  # fmt: skip
        leader = Person.objects.get(user=hamlet.head_post.holder().user)
        Membership.objects.create(
            team=team, person=leader, role="leader", decision=decision, since=since
        )
        teams.append(team)
    return teams


def elsewhere(commune, day) -> Document:
    """A decision of another year's book, on which the teams stand."""
    return documents.record_elsewhere(
        issuer=commune.issuer, kind="decision", number=417, symbol="QĐ-UBND", date=day,
        signer_name="Nguyễn Văn Khải", subject="Về việc thành lập các tổ",
    )  # fmt: skip


def leader_of(team):
    return team.memberships.get(role="leader").person.user


def plan(**more):
    today = timezone.localdate()
    return {
        **PLAN,
        "date": today - datetime.timedelta(days=10),
        "since": today,
        "due": today + datetime.timedelta(days=90),
        **more,
    }


def begun(cast, *, by=1, **more) -> Dossier:
    """A draft by the second specialist, so that the first may check it."""
    author = cast(Role.SPECIALIST, by)
    post = Post.objects.get(holdings__user=author, holdings__until=None)
    return assign_targets.draft(author, post, **more)


def written(road, dossier, indicators=2, numbers=None, teams=None, **more) -> Dossier:
    """Its words and numbers as its author keeps them: 36 of 120 for the first team, 37 of 121 …"""
    chosen = Indicator.objects.filter(commune=dossier.commune).order_by("pk")[:indicators]
    words = {"plan": plan(**more), "indicators": [indicator.pk for indicator in chosen]}
    if teams is not None:
        words["teams"] = [team.pk for team in teams]
    dossier = road.do(dossier, "edit", dossier.author, **words)
    sheet = dossier.target_sheet()
    source = {"base_source": "Số liệu của Trưởng bản", "base_date": timezone.localdate()}
    items = {item.pk: source for item in sheet.items}
    if numbers is None:
        numbers = {
            (place.pk, item.pk): (36 + n, 120 + n if item.indicator.is_share else None)
            for n, place in enumerate(sheet.places)
            for item in sheet.items
        }
    return road.do(dossier, "edit", dossier.author, items=items, cells=numbers)


def sent(road, dossier) -> Dossier:
    return road.do(dossier, "submit", dossier.author)


def released(road, dossier) -> Dossier:
    """From where it stands to its release, by the fixture's people."""
    if dossier.state == State.DRAFT:
        dossier = sent(road, dossier)
    return road._forward(dossier, State.RELEASED)


def pdf(dossier, kind="decision") -> bytes:
    return documents.download(dossier.written(kind)).data
