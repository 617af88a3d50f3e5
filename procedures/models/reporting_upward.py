"""The Báo cáo of the People's Committee to who asked for it: its words, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal
from workflows.states import Act, State, Step

from ..people import names
from .report_calls import ReportCall

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object

REPORT_UPWARD = "report_upward"
# The text of the report, in its order (Mẫu 1.4; headings as offices have them).
ZONES = ("results", "assessment", "next_tasks", "requests")


class UpwardReport(models.Model):
    """What a Báo cáo says. ``added`` is the roll-up it rests on as last read
    (:func:`procedures.reports.rollups.told`); from the moment it is sent nothing changes it."""

    dossier = models.OneToOneField("Dossier", models.CASCADE, related_name="upward")
    calls = models.ManyToManyField(ReportCall, related_name="upward")
    addressee = models.CharField(_("Gửi đến"), max_length=200, blank=True)
    results = models.TextField(_("Kết quả thực hiện"), blank=True)
    assessment = models.TextField(_("Đánh giá: kết quả, tồn tại, nguyên nhân"), blank=True)
    next_tasks = models.TextField(_("Nhiệm vụ thời gian tới"), blank=True)
    requests = models.TextField(_("Kiến nghị, đề xuất"), blank=True)
    added = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("báo cáo của Ủy ban nhân dân")
        verbose_name_plural = _("báo cáo của Ủy ban nhân dân")

    def __str__(self) -> str:
        return str(self.dossier)

    def ordered_calls(self) -> list[ReportCall]:
        return list(self.calls.order_by("since", "pk"))

    def rewrite(self, data: dict[str, Any]) -> None:
        """Replace what ``data`` names of the addressee and the zones; read the figures anew."""
        from ..reports import rollups

        if "addressee" in data:
            self.addressee = names.clean(data["addressee"])
        for zone in ZONES:
            if zone in data:
                setattr(self, zone, "\n".join(map(names.clean, data[zone].splitlines())).strip())
        self.added = rollups.told(rollups.rollup(self.ordered_calls()))
        self.save()

    def snapshot(self) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in ("addressee", *ZONES, "added")}
        return {**words, "calls": sorted(self.calls.values_list("pk", flat=True))}


class ReportingUpward(Base):
    """A dossier that ends in a Báo cáo; nothing of it concerns any other."""

    @property
    def is_upward(self) -> bool:
        return self._own.procedure == REPORT_UPWARD

    def write_upward(self, step: Step) -> None:
        self._own.upward.rewrite(step.data)

    def word(self, state: str) -> str:
        if state == State.RELEASED and self._own.kind_of("decision") != "decision":
            return _t("Đã phát hành")
        return super().word(state)

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if self.is_upward and act.name == "submit":
            self._refuse_unfinished()

    def _refuse_unfinished(self) -> None:
        upward = self._own.upward
        if not upward.addressee:
            raise Refusal(_t("Ghi cơ quan nhận báo cáo."), field="addressee")
        if not upward.results:
            raise Refusal(_t("Phần kết quả thực hiện còn trống."), field="results")

    def told_upward(self) -> dict[str, Any]:
        """What the ledger's digest says of it; nothing for other dossiers."""
        return {"upward": self._own.upward.snapshot()} if self.is_upward else {}

    @property
    def _own(self) -> Dossier:
        return cast("Dossier", self)
