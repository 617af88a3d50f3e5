"""How a report comes about: written and sent by the team's leader, or entered for him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.errors import Refusal
from workflows.states import AUTHOR, State, Step, act

from ..roles import Role
from .entering import Received, holder_of
from .report_figures import ReportFigure, ReportFile

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .reports import Report
else:
    Base = object

VILLAGE_REPORT = "village_report"
COMMUNE_REPORT = "commune_report"
WRITTEN = (State.DRAFT, State.RETURNED)
SENDING = ("send_report", "send_rollup", "enter_report", "enter_rollup")
MOST_FILES = 6


class Writing(Base):
    """What its leader does with a report, or the specialist for him."""

    @property
    def _own(self) -> Report:
        return cast("Report", self)

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

    # What is written ---------------------------------------------------------------------------

    def _send(self, step: Step, author: Any) -> None:
        own = self._own
        if step.data.keys() & {"figures", "none", "answer", "trouble"}:
            self._write(step.data)
        self.author = author
        if author == step.by:
            own.entered_by = own.received_on = None
            own.received_by = own.received_file = ""
        if own.rolls_up:
            self._add_up(step)
        elif not (own.none or own.answer or self._has_figures()):
            raise Refusal(
                _t("Ông/bà ghi ít nhất một số liệu, hoặc bấm “Không phát sinh”."), field="figures"
            )
        own.sent = own.sent or step.at
        step.data.setdefault("facts", {})["none"] = own.none

    def _has_figures(self) -> bool:
        return self._own.figures.exists()

    def _add_up(self, step: Step) -> None:
        from ..reports import rollups

        self._own.added = rollups.told(rollups.rollup([self._own.call]))

    def _enter(self, step: Step) -> None:
        own = self._own
        received: Received | None = step.data.get("received")
        if received is None:
            raise Refusal(_t("Ông/bà ghi báo cáo này nhận bằng cách nào, ngày nào."))
        holding = holder_of(self.post)
        own.entered_by = step.by
        own.received_by, own.received_on = received.channel, received.on
        own.received_file = documents.keep_scan(received.file) if received.file else ""
        # The ledger keeps one language, whoever reads the screen in another.
        with translation.override("vi"):
            step.data["facts"] = {"for": str(holding.user), "how": own.how_received}
        self._send(step, holding.user)

    def _write(self, data: dict[str, Any]) -> None:
        own = self._own
        own.none = bool(data.get("none"))
        own.answer, own.trouble = data.get("answer", ""), data.get("trouble", "")
        self._write_figures({} if own.none else data.get("figures", {}))
        own.files.filter(pk__in=data.get("dropped", ())).delete()
        self._keep_files(data.get("files", ()))
        # What was read before the act must not be told after it.
        own._prefetched_objects_cache = {}

    def _write_figures(self, given: dict[int, tuple[int | None, int | None]]) -> None:
        """What was left empty is missing, never zero: it has no row."""
        asked = {indicator.pk: indicator for indicator in self._own.call.indicators.all()}
        rows = [
            ReportFigure(report=self._own, indicator=asked[pk], numerator=part, denominator=whole)
            for pk, (part, whole) in given.items()
            if pk in asked and part is not None
        ]
        for row in rows:
            row.refuse_impossible()
        self._own.figures.all().delete()
        ReportFigure.objects.bulk_create(rows)

    def _keep_files(self, files: Any) -> None:
        names = {documents.keep_scan(data) for data in files if data}
        known = set(self._own.files.values_list("name", flat=True))
        new = sorted(names - known)
        if len(known) + len(new) > MOST_FILES:
            raise Refusal(
                _t("Mỗi báo cáo kèm nhiều nhất %(most)d ảnh, tệp. Ông/bà bớt rồi gửi lại.")
                % {"most": MOST_FILES},
                field="file",
            )
        ReportFile.objects.bulk_create(ReportFile(report=self._own, name=name) for name in new)
