"""One letter a day to whoever has an address: what is new, what waits, what is late.

A person with fifty new cases gets one letter, and one with none gets nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.db.models import QuerySet, prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows.deadlines import Calendar, Deadline
from workflows.inbox import waiting_for
from workflows.models import CaseTask, Holding, in_force

from .. import deadlines, standing
from ..models import Digest, Dossier, Notice, Report
from ..people import mourning
from . import notices

ROWS = 50


@dataclass(frozen=True)
class Waiting:
    """One case on a person's desk; ``new`` since his last letter."""

    title: str
    step: str
    address: str
    deadline: Deadline | None
    new: bool

    @property
    def late(self) -> int:
        return self.deadline.late if self.deadline else 0


@dataclass(frozen=True)
class Letter:
    """What one person is told today."""

    user: Any
    notices: list[Notice]
    fresh: list[Waiting]
    late: list[Waiting]
    waiting: int

    @property
    def subject(self) -> str:
        """Counts alone: a subject line is read by others than its addressee."""
        parts = [
            _("%(count)d thông báo") % {"count": len(self.notices)} if self.notices else "",
            _("%(count)d việc mới") % {"count": len(self.fresh)} if self.fresh else "",
            _("%(count)d việc trễ hạn") % {"count": len(self.late)} if self.late else "",
        ]
        return _("Trình Ký: %(what)s") % {"what": ", ".join(part for part in parts if part)}

    @property
    def body(self) -> str:
        context = {"letter": self, "site": settings.PUBLIC_URL.rstrip("/"), "home": reverse("home")}
        return render_to_string("procedures/digest.txt", context)


def addressees(day: datetime.date) -> QuerySet[Any]:
    """Whoever holds a post on ``day``, has an address and had no letter that day."""
    return (
        get_user_model()
        ._default_manager.filter(
            is_active=True, pk__in=Holding.objects.filter(in_force(day)).values("user")
        )
        .exclude(email="")
        .exclude(pk__in=mourning.everybody())
        .exclude(digests__day=day)
        .order_by("pk")
    )


def letter_for(user: Any, calendar: Calendar, day: datetime.date) -> Letter | None:
    """What to tell ``user``; None when nothing is new or late."""
    last = Digest.objects.filter(user=user, sent__isnull=False).order_by("-day").first()
    told = list(notices.of(user).filter(mailed=None, read=None)[:ROWS])
    tasks = list(waiting_for(user))
    waiting = list(_waiting(tasks, last.sent if last else None, calendar, day))
    fresh = [row for row in waiting if row.new]
    late = [row for row in waiting if row.late and not row.new]
    if not (told or fresh or late):
        return None
    return Letter(user, told, fresh, late, len(tasks))


def _waiting(
    tasks: list[CaseTask], since: datetime.datetime | None, calendar: Calendar, day: datetime.date
) -> Iterator[Waiting]:
    records = [task.process.seed for task in tasks]
    dossiers = [record for record in records if isinstance(record, Dossier)]
    if dossiers:
        prefetch_related_objects(dossiers, "changes__hamlet", "commune", "decision")
    if reports := [record for record in records if isinstance(record, Report)]:
        prefetch_related_objects(reports, "call", "team")
    for task, record in zip(tasks, records, strict=True):
        page = Notice.PAGES.get(record._meta.label_lower)
        yield Waiting(
            title=str(record),
            step=_step(task, record),
            address=reverse(page, args=[record.pk]) if page else reverse("home"),
            deadline=deadlines.deadline_of(record, calendar, day),
            new=since is None or task.created > since,
        )


def _step(task: CaseTask, record: Any) -> str:
    usual = str(task.flow_task.task_title)
    return standing.todo(record, usual) if isinstance(record, Dossier) else usual


def send(letter: Letter, day: datetime.date) -> bool:
    """Send the letter, unless another worker has today's in hand; whether it left.

    The row is written first: a crash in between costs a letter, whose news stands in the next one,
    and never makes two. Raises :class:`OSError` where the mail server refuses; the letter may then
    be tried again.
    """
    digest, ours = Digest.objects.get_or_create(user=letter.user, day=day)
    if not ours:
        return False
    message = mail.EmailMessage(letter.subject, letter.body, to=[letter.user.email])
    try:
        message.send()
    except OSError:
        digest.delete()
        raise
    digest.sent = timezone.now()
    digest.save(update_fields=["sent"])
    told = [notice.pk for notice in letter.notices]
    Notice.objects.filter(pk__in=told).update(mailed=digest.sent)
    return True
