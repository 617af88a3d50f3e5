"""The report of one team in one call, and the acts that move it.

Village team -> commune team -> division (KH-UBND xã Tam Quang 2025, mục II.2.3, III.5).
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.errors import Refusal
from workflows.models import Unit
from workflows.states import AUTHOR, Act, Record, State, Step, act

from ..roles import Role
from .entering import Channel, Received, holder_of
from .report_calls import ReportCall
from .report_figures import ReportFigure, ReportFile
from .teams import Team

VILLAGE_REPORT = "village_report"
COMMUNE_REPORT = "commune_report"
WRITTEN = (State.DRAFT, State.RETURNED)
REVIEWED = (State.TEAM_REVIEW, State.SUBMITTED)
SENDING = ("send_report", "send_rollup", "enter_report", "enter_rollup")
MOST_FILES = 6


class Report(Record):
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
        return str(Role(role).label)

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

    # Written and signed off by the team's leader ---------------------------------------------

    @act(label=_("Lưu báo cáo"), desk=AUTHOR, source=WRITTEN)
    def write_report(self, step: Step) -> None:
        """``step.data``: "figures" {indicator pk: (numerator, denominator)}, "answer", "trouble",
        "none", "files" (bytes to add), "dropped" (keys of files to leave out)."""
        self._write(step.data)

    @act(
        label=_("Gửi báo cáo"),
        desk=AUTHOR,
        source=WRITTEN,
        target=State.TEAM_REVIEW,
        only=VILLAGE_REPORT,
    )
    def send_report(self, step: Step) -> None:
        self._send(step, step.by)

    @act(
        label=_("Ký gửi báo cáo"),
        desk=AUTHOR,
        source=WRITTEN,
        target=State.SUBMITTED,
        only=COMMUNE_REPORT,
    )
    def send_rollup(self, step: Step) -> None:
        """The commune team's leader signs off what the village teams gave."""
        self._send(step, step.by)

    @act(
        label=_("Nhập hộ báo cáo"),
        desk=Role.SPECIALIST,
        source=WRITTEN,
        target=State.TEAM_REVIEW,
        only=VILLAGE_REPORT,
    )
    def enter_report(self, step: Step) -> None:
        self._enter(step)

    @act(
        label=_("Nhập hộ báo cáo tổng hợp"),
        desk=Role.SPECIALIST,
        source=WRITTEN,
        target=State.SUBMITTED,
        only=COMMUNE_REPORT,
    )
    def enter_rollup(self, step: Step) -> None:
        self._enter(step)

    @act(
        label=_("Lấy lại báo cáo để sửa"),
        desk=AUTHOR,
        source=State.TEAM_REVIEW,
        target=State.RETURNED,
        undoes="send_report",
        only=VILLAGE_REPORT,
    )
    def take_back_report(self, step: Step) -> None:
        """Nobody has looked at it yet."""

    @act(
        label=_("Lấy lại báo cáo tổng hợp để sửa"),
        desk=AUTHOR,
        source=State.SUBMITTED,
        target=State.RETURNED,
        undoes="send_rollup",
        only=COMMUNE_REPORT,
    )
    def take_back_rollup(self, step: Step) -> None:
        """The specialist has not looked at it yet."""

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

    # What is written ---------------------------------------------------------------------------

    def _send(self, step: Step, author: Any) -> None:
        if step.data.keys() & {"figures", "none", "answer", "trouble"}:
            self._write(step.data)
        self.author = author
        if author == step.by:
            self.entered_by = self.received_on = None
            self.received_by = self.received_file = ""
        if self.rolls_up:
            self._add_up(step)
        elif not (self.none or self.answer or self._has_figures()):
            raise Refusal(
                _t("Ông/bà ghi ít nhất một số liệu, hoặc bấm “Không phát sinh”."), field="figures"
            )
        self.sent = self.sent or step.at
        step.data.setdefault("facts", {})["none"] = self.none

    def _has_figures(self) -> bool:
        return self.figures.exists()

    def _add_up(self, step: Step) -> None:
        from ..reports import rollups

        self.added = rollups.told(rollups.rollup([self.call]))

    def _enter(self, step: Step) -> None:
        received: Received | None = step.data.get("received")
        if received is None:
            raise Refusal(_t("Ông/bà ghi báo cáo này nhận bằng cách nào, ngày nào."))
        holding = holder_of(self.post)
        self.entered_by = step.by
        self.received_by, self.received_on = received.channel, received.on
        self.received_file = documents.keep_scan(received.file) if received.file else ""
        # The ledger keeps one language, whoever reads the screen in another.
        with translation.override("vi"):
            step.data["facts"] = {"for": str(holding.user), "how": self.how_received}
        self._send(step, holding.user)

    def _write(self, data: dict[str, Any]) -> None:
        self.none = bool(data.get("none"))
        self.answer, self.trouble = data.get("answer", ""), data.get("trouble", "")
        self._write_figures({} if self.none else data.get("figures", {}))
        self.files.filter(pk__in=data.get("dropped", ())).delete()
        self._keep_files(data.get("files", ()))
        # What was read before the act must not be told after it.
        self._prefetched_objects_cache: dict[str, Any] = {}

    def _write_figures(self, given: dict[int, tuple[int | None, int | None]]) -> None:
        """What was left empty is missing, never zero: it has no row."""
        asked = {indicator.pk: indicator for indicator in self.call.indicators.all()}
        rows = [
            ReportFigure(report=self, indicator=asked[pk], numerator=part, denominator=whole)
            for pk, (part, whole) in given.items()
            if pk in asked and part is not None
        ]
        for row in rows:
            row.refuse_impossible()
        self.figures.all().delete()
        ReportFigure.objects.bulk_create(rows)

    def _keep_files(self, files: Any) -> None:
        names = {documents.keep_scan(data) for data in files if data}
        known = set(self.files.values_list("name", flat=True))
        new = sorted(names - known)
        if len(known) + len(new) > MOST_FILES:
            raise Refusal(
                _t("Mỗi báo cáo kèm nhiều nhất %(most)d ảnh, tệp. Ông/bà bớt rồi gửi lại.")
                % {"most": MOST_FILES},
                field="file",
            )
        ReportFile.objects.bulk_create(ReportFile(report=self, name=name) for name in new)
