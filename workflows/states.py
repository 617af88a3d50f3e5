"""The base of a record that a case moves: its state, its revision, and its declared acts.

django-fsm decides what is lawful for the record. A lawful step is declared with :func:`act`; the
only caller of such a method is :func:`workflows.service.perform`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from .authority import HOLDER, Capacity, Desk
from .models import Agency, Case, Post

AUTHOR = "author"


class State(models.TextChoices):
    """States of a record, in the plain words of the people who read them."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Phòng đang kiểm tra nội dung")
    CHECKED = "checked", _("Chờ Trưởng phòng trình lãnh đạo")
    APPRAISED = "appraised", _("Văn thư đang kiểm tra thể thức")
    OFFICE_REVIEW = "office_review", _("Chánh Văn phòng đang xem")
    CLEARED = "cleared", _("Chờ lãnh đạo ký")
    AWAITING_SECRETARY = "awaiting_secretary", _("Chờ thư ký ký")
    SIGNED = "signed", _("Đã ký, chờ đóng dấu")
    SEALED = "sealed", _("Đã đóng dấu, chờ phát hành")
    RELEASED = "released", _("Đã có quyết định")
    RETURNED = "returned", _("Trả lại để sửa")
    REJECTED = "rejected", _("Không chấp thuận")
    WITHDRAWN = "withdrawn", _("Đã rút")
    CONTINUED = "continued", _("Đi tiếp trong hồ sơ khác")
    AWAITING_CONSENT = "awaiting_consent", _("Chờ lãnh đạo đồng ý")
    AGREED = "agreed", _("Lãnh đạo đã đồng ý, chờ ra quyết định")
    ACCEPTED = "accepted", _("Đã được ghi nhận")
    TEAM_REVIEW = "team_review", _("Tổ cấp xã đang xem")


FINAL = (State.RELEASED, State.REJECTED, State.WITHDRAWN, State.CONTINUED, State.ACCEPTED)
# Where no step is open: its way is over, or it lies in the pool until another record gathers it.
AT_REST = (*FINAL, State.AGREED)


@dataclass(frozen=True)
class Act:
    """One lawful step of a record.

    ``desk`` is the role that acts, AUTHOR, or empty for whoever the record waits for. ``impartial``
    bars a person from deciding his own request. ``hold`` tells its part in an act of two halves
    around a slow job: "take", "use" or "drop". ``ends`` cancels the case. ``undoes`` names the act
    it takes back: only by who did it, and only until the next act. ``only`` names the procedure, or
    the procedures, that know the act. ``inner`` is done as part of an act on another record, in its
    capacity, and is never offered by itself. ``clock`` is done by
    (:func:`workflows.service.by_the_clock`).
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    desk: str = ""
    reason: bool = False
    impartial: bool = False
    hold: str = ""
    ends: bool = False
    undoes: str = ""
    only: str | tuple[str, ...] = ()
    inner: bool = False
    clock: bool = False


@dataclass(frozen=True)
class Step:
    """What a transition is told: who acts, as what, when, with which words and data."""

    by: Any
    capacity: Capacity
    at: datetime
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def act(
    *, label: Any, source: Iterable[str] | str, target: str | None = None, **options: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a method ``(self, step: Step) -> None`` as an act. Options: see :class:`Act`.

    The method finishes its work or raises :class:`~workflows.errors.Refusal`: one that returns
    early would still move the record.
    """
    sources = (source,) if isinstance(source, str) else tuple(source)

    def declare(method: Callable[..., None]) -> Callable[..., None]:
        declared = Act(method.__name__, label, sources, target, **options)
        decorated: Callable[..., None] = transition(
            field="state", source=list(sources), target=target, custom={"act": declared}
        )(method)
        decorated.act = declared  # type: ignore[attr-defined]
        return decorated

    return declare


@cache
def acts_of(record_class: type[Record]) -> dict[str, Act]:
    """The acts declared on a record class, by name, in order of declaration."""
    found: dict[str, Act] = {}
    for base in reversed(record_class.__mro__):
        for name, member in vars(base).items():
            if isinstance(getattr(member, "act", None), Act):
                found[name] = member.act
    return found


class Record(ConcurrentTransitionMixin, models.Model):  # type: ignore[misc]
    """A record that a case moves. Subclasses declare acts and say at which desk they wait.

    ``hold`` is the ticket of an act in two halves (reserve, then sign): while it is live the
    record is frozen for everybody else.
    """

    # Which role a record in a given state waits for.
    WAITS_FOR: ClassVar[dict[str, str]] = {}
    # Exceptions with ``sentence`` and ``field`` by which what an act calls says no.
    REFUSALS: ClassVar[tuple[type[Exception], ...]] = ()

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("Nơi lập"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    field = models.SlugField(_("Lĩnh vực"), max_length=40)
    state = FSMField(_("Trạng thái"), default=State.DRAFT, choices=State, protected=True)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    moved = models.DateTimeField(_("Ở bước này từ"), default=timezone.now)
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="+")
    hold = models.UUIDField(null=True, blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    hold_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @classmethod
    def for_act(cls) -> models.QuerySet[Self]:
        """Records with what an act needs to read, in as few queries as it takes."""
        return cls._default_manager.select_related("agency", "post")

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def held(self) -> bool:
        """Whether somebody is in the middle of signing right now."""
        return self.hold_until is not None and self.hold_until > timezone.now()

    def lease(self, step: Step) -> datetime:
        """Until when the ticket given out in this step is good. Subclasses extend."""
        return step.at + timedelta(seconds=settings.SIGNING_LEASE_SECONDS)

    @property
    def held_for_the_day(self) -> bool:
        """Whether the ticket was given out until the end of its Hanoi day."""
        until = self.hold_until
        return until is not None and timezone.localtime(until).time() == time.min

    @property
    def waits_at(self) -> Desk | None:
        """The desk the record waits at, or None when its way is over."""
        role = self.WAITS_FOR.get(self.state)
        return self.desk(role) if role else None

    def desk(self, role: str) -> Desk:
        """The desk of a role for this record; the author's desk is the post, so that a successor
        takes the case up."""
        if role == AUTHOR:
            return Desk(HOLDER, self.post, self.post.title)
        return Desk(f"{role}.{self.field}", self.desk_owner(role), self.desk_label(role))

    def desks(self, act: Act) -> list[Desk]:
        """The desks from any of which ``act`` is done: usually one. Subclasses extend."""
        desk = self.desk(act.desk) if act.desk else self.waits_at
        return [desk] if desk else []

    def desk_owner(self, role: str) -> models.Model:
        return self.agency

    def desk_label(self, role: str) -> str:
        return role

    def knows(self, act: Act) -> bool:
        """Whether the act belongs to the record's procedure."""
        only = (act.only,) if isinstance(act.only, str) else act.only
        return not only or getattr(self, "procedure", "") in only

    def draws(self, act: Act) -> bool:
        """Whether the act stands in the picture of the record's road. Subclasses with a road of
        their own extend; what belongs to one procedure alone is beside the road of the others."""
        return not act.only

    def is_interested(self, user: Any) -> bool:
        """Whether a decision would be on the person's own request."""
        return bool(user.pk == self.author_id)

    @property
    def interest_article(self) -> str:
        """The article that bars who is interested, where there is one. Subclasses extend."""
        return ""

    def off_road(self, act: Act) -> str:
        """Why an act is no step of this record's own road, which may be one of several; empty when
        it is one. Subclasses extend."""
        return ""

    def word(self, state: str) -> str:
        """What a state is called where this record is in it. Subclasses extend."""
        return str(State(state).label)

    def admits(self, act: Act, capacity: Capacity) -> bool:
        """Whether the act can be done in this capacity, of several that open its desk. Subclasses
        extend."""
        return True

    def takes(self, capacity: Capacity) -> bool:
        """Whether what it waits for can be done in this capacity, which opens its desk. Subclasses
        extend, and say the same by :meth:`closed_to`."""
        return True

    @classmethod
    def closed_to(cls, capacity: Capacity) -> models.Q | None:
        """Filter of the records that do not take the capacity; None where all do."""
        return None

    def why_not(self, act: Act, step: Step) -> None:
        """Raise :class:`Refusal` when a rule forbids the act now. Subclasses extend."""

    def hold_broken(self, step: Step) -> None:
        """Undo what a lapsed hold had reserved. Subclasses extend."""

    def snapshot(self) -> dict[str, Any]:
        """What the record says, JSON-ready and in a fixed order: the ledger keeps its digest."""
        raise NotImplementedError

    def digest(self) -> str:
        text = json.dumps(self.snapshot(), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
