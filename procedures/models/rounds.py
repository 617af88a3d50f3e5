"""Đợt lập tổ: one dossier that gathers the requests of many places for one decision.

Each place still sends its own request, which stands with its own Đề xuất. Gathering moves its line
of change into the round and the request goes on there; setting a line aside gives it back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.authority import Desk
from workflows.errors import Refusal
from workflows.service import hold_still, perform
from workflows.states import AUTHOR, State, Step, act

from ..roles import Role
from .changes import Change
from .places import Hamlet
from .sending import UNDER_REVIEW

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

ESTABLISH_ROUND = "establish_round"


class Round(models.Model):
    """What a round's dossier tells the places it asks: until when, and in which words."""

    dossier = models.OneToOneField("Dossier", models.CASCADE, related_name="round")
    due = models.DateField(_("Hạn gửi danh sách"))
    message = models.TextField(_("Lời nhắn"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("đợt lập tổ")
        verbose_name_plural = _("đợt lập tổ")

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def is_open(self) -> bool:
        """Whether lists are still being gathered."""
        return self.dossier.state in (State.DRAFT, State.RETURNED)

    def days_left(self, on: datetime.date) -> int:
        return (self.due - on).days


class RoundPlace(models.Model):
    """A place a round asks for its list; without a hamlet it is the commune's own team."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="places")
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("nơi được mời trong đợt")
        verbose_name_plural = _("nơi được mời trong đợt")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "hamlet"], name="place_once_in_a_round"),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(hamlet__isnull=True),
                name="commune_once_in_a_round",
            ),
        ]

    def __str__(self) -> str:
        return _t("Lập danh sách Tổ công nghệ số cộng đồng %(place)s") % {"place": self.place}

    def get_absolute_url(self) -> str:
        return reverse("round-place", args=[self.pk])

    @property
    def place(self) -> str:
        """ "bản Bãi Sở" or "xã Tam Quang"."""
        return self.hamlet.full_name if self.hamlet else self.round.dossier.commune.full_name


class Gathering(Base):
    """The acts of a round, and those of the requests it gathers."""

    @property
    def is_round(self) -> bool:
        return self._dossier.procedure == ESTABLISH_ROUND

    @property
    def joined(self) -> Dossier | None:
        """The dossier in which this request goes on, while it is gathered."""
        if self._dossier.state != State.CONTINUED:
            return None
        return next((line.dossier for line in self._dossier.given_lines.all()), None)

    @property
    def shown_state(self) -> str:
        """Where it stands for who asked: a gathered request stands where its round does."""
        return str((self.joined or self._dossier).state)

    def desk(self, role: str) -> Desk:
        """A round belongs to the division: any of its specialists carries it on."""
        return super().desk(Role.SPECIALIST if role == AUTHOR and self.is_round else role)

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    # What a round does -----------------------------------------------------------------------

    @act(
        label=_("Đưa danh sách vào đợt"),
        desk=AUTHOR,
        source=[State.DRAFT, State.RETURNED],
        only=ESTABLISH_ROUND,
    )
    def gather(self, step: Step) -> None:
        """Take in the lines of the requests ``step.data["requests"]`` (primary keys)."""
        found = self._requests(pk__in=step.data.get("requests", []), state=State.SUBMITTED)
        if not found:
            raise Refusal(_t("Chọn ít nhất một danh sách đã gửi để đưa vào đợt."))
        step.data["facts"] = {"places": [_place(request.lines()) for request in found]}
        self._each(found, "join_round", step, round=self)

    @act(
        label=_("Để lại một số tổ"),
        source=[State.DRAFT, State.RETURNED, *UNDER_REVIEW],
        reason=True,
        impartial=True,
        only=ESTABLISH_ROUND,
    )
    def set_aside(self, step: Step) -> None:
        """Give the lines ``step.data["lines"]`` (primary keys) back: each goes on alone.

        A signed Tờ trình stands: whoever decides may grant less than was asked.
        """
        chosen = set(step.data.get("lines", []))
        own = {change.pk: change for change in self._dossier.lines()}
        if not chosen or not chosen <= own.keys():
            raise Refusal(_t("Chọn tổ để lại trong danh sách của đợt."), field="lines")
        if chosen == own.keys() and self._dossier.state not in (State.DRAFT, State.RETURNED):
            raise Refusal(
                _t("Đợt phải còn ít nhất một tổ. Muốn dừng cả đợt, chọn trả về hoặc rút."),
                field="lines",
            )
        step.data["facts"] = {"places": [own[pk].place for pk in sorted(chosen)]}
        self.give_back(step, given_lines__in=chosen)

    @act(
        label=_("Tách thành từng quyết định"),
        desk=Role.CLERK,
        source=State.APPRAISED,
        target=State.CONTINUED,
        impartial=True,
        ends=True,
        only=ESTABLISH_ROUND,
    )
    def split_round(self, step: Step) -> None:
        """One decision per team, all on the one Tờ trình."""
        self._each(
            self._requests(given_lines__dossier=self._dossier), "resume_alone", step, round=self
        )

    def give_back(self, step: Step, **which: Any) -> None:
        """Let requests of this round (all, or ``which``) go on alone from the content check."""
        found = self._requests(given_lines__dossier=self._dossier, **which)
        note = step.note or _t("Đợt lập tổ không đi tiếp.")
        self._each(found, "leave_round", replace(step, note=note))

    # What happens to a request then ----------------------------------------------------------

    @act(
        label=_("Đưa vào đợt lập tổ"),
        desk=Role.SPECIALIST,
        source=State.SUBMITTED,
        target=State.CONTINUED,
        impartial=True,
        ends=True,
        inner=True,
    )
    def join_round(self, step: Step) -> None:
        own = self._dossier
        # The line is leaving, so what the case is called must be kept.
        own.name = own.title
        own.changes.update(dossier=step.data["round"], origin=own)
        own.forget_lines()

    @act(
        label=_("Để lại, không theo đợt"),
        source=State.CONTINUED,
        target=State.SUBMITTED,
        reason=True,
        inner=True,
    )
    def leave_round(self, step: Step) -> None:
        self._take_line_back()

    @act(
        label=_("Tách khỏi đợt, quyết định riêng"),
        source=State.CONTINUED,
        target=State.APPRAISED,
        inner=True,
    )
    def resume_alone(self, step: Step) -> None:
        own, round = self._dossier, step.data["round"]
        own.submission, own.asking = round.submission, round.asking
        own.office_review = round.office_review
        self._take_line_back()

    def _take_line_back(self) -> None:
        own = self._dossier
        own.name = ""
        own.given_lines.update(dossier=own, origin=None)
        own.forget_lines()

    def _requests(self, **which: Any) -> list[Dossier]:
        own = self._dossier
        dossiers = type(own)._default_manager.filter(agency=own.agency_id, unit=own.unit_id)
        found = dossiers.filter(procedure="establish_team", **which).order_by("pk").distinct()
        return list(found)

    def _each(self, requests: Iterable[Dossier], name: str, step: Step, **data: Any) -> None:
        """Do the inner act on each request, as part of this one."""
        data = {"note": step.note, "within": step, **data}
        for request in hold_still(requests):
            try:
                perform(request, name, by=step.by, seen=request.revision, **data)
            except Refusal as refusal:
                sentence = f"{request.title}: {refusal.sentence}"
                raise Refusal(sentence, refusal.citation) from refusal
        self._dossier.forget_lines()


def _place(lines: list[Change]) -> str:
    return ", ".join(change.place for change in lines)


def lines_of(dossier: Dossier) -> models.QuerySet[Change]:
    """The lines of a round with their requests, in the order of their places."""
    lines = Change.objects.filter(dossier=dossier).select_related("hamlet", "origin__post")
    return lines.prefetch_related("seats").order_by("pk")
