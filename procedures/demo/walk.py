"""The demo's people, acting: every step through the same doors as the screens."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from workflows import service as workflows
from workflows.models import Agency, Post
from workflows.service import perform
from workflows.states import State

from .. import demo
from ..flows import establish_team
from ..issuing import deliveries, signing
from ..issuing.deliveries import Entry, Way
from ..models import Commune, Dossier, Hamlet, Team
from ..roles import Role
from .cast import Cast, seats
from .clock import MORNING, Clock


class Walk:
    """One commune's people. Each step prints a line: who, as what, did what."""

    def __init__(self, code: str, say: Callable[[str], Any], clock: Clock | None = None) -> None:
        self.cast, self.say, self.clock = Cast(Agency.objects.get(code=code)), say, clock
        self.commune: Commune = self.cast.agency.commune

    def later(self, days: int, hour: int = MORNING) -> None:
        """So many working days pass, where the demo has a clock of its own."""
        if self.clock:
            self.clock.later(days, hour)

    def on(self, day: datetime.date, hour: int = MORNING) -> None:
        """It is that day, where the demo has a clock of its own."""
        if self.clock:
            self.clock.on(day, hour)

    def tell(self, what: str) -> None:
        """What happens now, with its day."""
        self.say(f"\n{timezone.localdate():%d/%m/%Y}, {self.commune.full_name}: {what}")

    def hamlet(self, name: str) -> Hamlet:
        return self.commune.hamlets.get(name=name)

    def team(self, place: str) -> Team:
        """The team that stands at a hamlet."""
        return self.commune.teams.get(hamlet__name=place, until=None)

    def drafter(self) -> tuple[Any, Post]:
        """The second specialist begins what the first one checks."""
        return self.cast(Role.SPECIALIST, 1), self.cast.post(Role.SPECIALIST, 1)

    def proposed(self, author: Any, members: int) -> Dossier:
        """A new proposal by the holder of a post, sent."""
        [post] = establish_team.posts_that_may_start(author)
        return self.sent(establish_team.draft(author, post), author, members)

    def sent(self, draft: Dossier, by: Any, members: int, *, entered: bool = False) -> Dossier:
        """The list written and sent, by its author or entered for him."""
        rows = {draft.changes.get().pk: seats(draft, members)}
        write, send = ("edit_entered", "submit_entered") if entered else ("edit", "submit")
        return self.do(self.do(draft, write, by, seats=rows), send, by)

    def to_the_tray(self, dossier: Dossier) -> Dossier:
        """From the content check to the tray of who signs the decision."""
        dossier = self.do(dossier, "check_content", self.cast(Role.SPECIALIST))
        dossier = self.sign(dossier, "submission", self.cast(Role.DIVISION_HEAD))
        return self.do(dossier, "check_form", self.cast(Role.CLERK))

    def decided(self, draft: Dossier, signer: Any = None) -> Dossier:
        """From a written draft to its release, over the days that takes an office."""
        sent = self.do(draft, "submit", draft.author)
        self.later(1)
        dossier = self.to_the_tray(sent)
        self.later(1, hour=14)
        return self.signed_and_released(dossier, signer or self.cast(Role.CHAIRMAN))

    def signed_and_released(self, dossier: Dossier, signer: Any) -> Dossier:
        return self.sealed_and_released(self.sign(dossier, "decision", signer))

    def sealed_and_released(self, dossier: Dossier) -> Dossier:
        clerk = self.cast(Role.CLERK)
        done = signing.seal_and_release(
            dossier, by=clerk, seen=dossier.revision, passphrase=demo.PASSPHRASE
        )
        return self.sent_out(self.told(done))

    def sent_out(self, dossier: Dossier) -> Dossier:
        """To every place it names, the day it is released: who has a post here reads it here.
        Minutes may name none."""
        today = timezone.localdate()
        entries = [
            Entry(place.key, way=Way.HERE if place.post_id else Way.AXIS, sent=today)
            for place in deliveries.places_of(dossier)
        ]
        if not entries:
            return dossier
        return self.do(dossier, "record_delivery", self.cast(Role.CLERK), entries=entries)

    def sign(self, dossier: Dossier, kind: str, signer: Any) -> Dossier:
        done = signing.sign(
            dossier, kind, by=signer, seen=dossier.revision, passphrase=demo.PASSPHRASE
        )
        return self.told(done)

    def do(self, dossier: Dossier, act: str, by: Any, note: str = "", **data: Any) -> Dossier:
        done = perform(dossier, act, by=by, seen=dossier.revision, note=note, **data)
        return self.told(done)

    def told(self, dossier: Dossier) -> Dossier:
        event = workflows.history(dossier).last()
        assert event is not None
        state = State(dossier.state).label
        self.say(f"  {event.actor_name} ({event.capacity}): {event.act} -> {state}")
        return dossier
