"""The report of one team in one call: what it says, and what becomes of it once it is sent.

Village team -> commune team -> division (KH-UBND xã Tam Quang 2025, mục II.2.3, III.5).
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.errors import Refusal
from workflows.models import Unit
from workflows.states import AUTHOR, Act, Record, State, Step, act

from ..roles import Role, called
from .entering import Channel, holder_of
from .report_calls import ReportCall
from .report_writing import COMMUNE_REPORT, SENDING, VILLAGE_REPORT, WRITTEN, Writing
from .teams import Team

REVIEWED = (State.TEAM_REVIEW, State.SUBMITTED)


class Report(Writing, Record):
    """What one team reports in a call. The leader's post is its desk, so a successor takes it up.

    ``none`` is "Không phát sinh": a report, not a missing one. ``sent`` is when it was first sent
    and stays so after a return. ``added`` is what the commune team's report summed up when sent:
    the dictionary of :func:`procedures.reports.rollups.told`.
    """

    WAITS_FOR: ClassVar[dict[str, str]] = {
        State.DRAFT: AUTHOR,
        State.RETURNED: AUTHOR,
        State.TEAM_REVIEW: Role.YOUTH_SECRETARY,
        State.SUBMITTED: Role.SPECIALIST,
    }

    REFUSALS = (documents.DocumentRefused,)

    procedure = models.SlugField(_("Thủ tục"), max_length=40)
    call = models.ForeignKey(ReportCall, models.PROTECT, related_name="reports")
    team = models.ForeignKey(Team, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    none = models.BooleanField(_("Không phát sinh"), default=False)
    answer = models.TextField(_("Kết quả, trả lời"), blank=True)
    trouble = models.TextField(_("Khó khăn, kiến nghị"), blank=True)
    added = models.JSONField(default=dict, blank=True)
    sent = models.DateTimeField(_("Gửi lần đầu"), null=True, blank=True)
    accepted = models.DateTimeField(_("Ghi nhận lúc"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_by = models.CharField(max_length=10, choices=Channel, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_file = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("báo cáo của tổ")
        verbose_name_plural = _("báo cáo của tổ")
        constraints = [
            models.UniqueConstraint(fields=["call", "team"], name="one_report_a_team"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", "returned", "team_review", "submitted", "accepted"]
                ),
                name="report_state_is_known",
            ),
        ]
        indexes = [models.Index(fields=["post", "state"], name="report_by_post")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def for_act(cls) -> models.QuerySet[Self]:
        with_it = ("call__commune", "team", "unit", "author", "post")
        return super().for_act().select_related(*with_it).prefetch_related("figures", "files")

    @property
    def title(self) -> str:
        """ "Báo cáo tháng 11/2026: bản Bãi Sở"."""
        return f"{self.call.title}: {self.place}"

    @property
    def place(self) -> str:
        """ "bản Bãi Sở": the team among the teams of its commune."""
        return self.team.name.removeprefix("Tổ công nghệ số cộng đồng ")

    @property
    def rolls_up(self) -> bool:
        """Whether it is the commune team's, which adds the village teams' up."""
        return self.procedure == COMMUNE_REPORT

    @property
    def sent_on(self) -> datetime.date | None:
        return timezone.localdate(self.sent) if self.sent else None

    @property
    def is_sent(self) -> bool:
        """Whether it is with who reads it, no more with who writes it."""
        return self.sent is not None and self.state not in WRITTEN

    @property
    def how_received(self) -> str:
        """ "theo bản giấy nhận ngày 20/11/2026"; empty for what its author sent himself."""
        if not self.entered_by_id or self.received_on is None:
            return ""
        return Channel(self.received_by).on(self.received_on)

    def desk_owner(self, role: str) -> models.Model:
        return self.unit if role == Role.SPECIALIST else self.agency

    def desk_label(self, role: str) -> str:
        return called(role, self.call.commune.kind)

    def draws(self, act: Act) -> bool:
        """The picture of a report without a procedure is that of a village's."""
        return not act.only or act.only == (self.procedure or VILLAGE_REPORT)

    def snapshot(self) -> dict[str, Any]:
        figures = sorted(self.figures.values_list("indicator_id", "numerator", "denominator"))
        return {
            "procedure": self.procedure,
            "call": self.call_id,
            "team": self.team_id,
            "post": self.post_id,
            "author": self.author_id,
            "none": self.none,
            "figures": [list(figure) for figure in figures],
            "answer": self.answer,
            "trouble": self.trouble,
            "added": self.added,
            "files": sorted(self.files.values_list("name", flat=True)),
            "sent": self.sent,
            "accepted": self.accepted,
            "entered": [self.entered_by_id, self.received_by, self.received_on, self.received_file],
        }

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if act.name == "hand_on":
            self._refuse_too_early()
        if act.name.startswith("enter_"):
            holder_of(self.post)

    def _refuse_too_early(self) -> None:
        from ..deadlines import deadline_of

        found = deadline_of(self)
        if found is None or not found.late:
            raise Refusal(_t("Chưa hết hạn xem của Tổ trưởng tổ cấp xã."))

    # Accepted by the one above ----------------------------------------------------------------

    @act(label=_("Ghi nhận báo cáo"), source=REVIEWED, target=State.ACCEPTED, impartial=True)
    def accept_report(self, step: Step) -> None:
        self.accepted = step.at

    @act(
        label=_("Trả báo cáo để sửa"),
        source=REVIEWED,
        target=State.RETURNED,
        reason=True,
        impartial=True,
    )
    def return_report(self, step: Step) -> None:
        """The first time it was sent stays: late is judged by that."""

    @act(
        label=_("Mở lại báo cáo đã ghi nhận"),
        desk=Role.SPECIALIST,
        source=State.ACCEPTED,
        target=State.RETURNED,
        reason=True,
    )
    def reopen_report(self, step: Step) -> None:
        """A figure found wrong later: its leader puts it right and sends it again."""
        self.accepted = None

    @act(
        label=_("Chuyển chuyên viên xem"),
        source=State.TEAM_REVIEW,
        target=State.SUBMITTED,
        only=VILLAGE_REPORT,
        clock=True,
    )
    def hand_on(self, step: Step) -> None:
        """The commune team's leader said nothing past the term."""


__all__ = ["COMMUNE_REPORT", "SENDING", "VILLAGE_REPORT", "WRITTEN", "Report"]
