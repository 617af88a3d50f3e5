"""Sáp nhập thôn, bản: old places end and one begins, by a resolution."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Commune, Hamlet


class HamletMerger(models.Model):
    """A merger of hamlets as a resolution decides it (Luật Tổ chức chính quyền địa phương).

    From ``on`` the hamlets in ``ended`` are no more and ``into`` stands for them: a new one that it
    ``founded``, or one of those that merged, which keeps its name. ``paper`` is the resolution as
    it is cited. One that was entered wrongly is ``taken_back``; the ledger says by whom and why.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="mergers")
    into = models.ForeignKey(Hamlet, models.PROTECT, related_name="mergers")
    founded = models.BooleanField(_("Lập nơi mới"), default=False, editable=False)
    on = models.DateField(_("Có hiệu lực từ ngày"))
    paper = models.CharField(_("Số nghị quyết"), max_length=60)
    paper_date = models.DateField(_("Ngày nghị quyết"))
    issued_by = models.CharField(_("Cơ quan ban hành"), max_length=200)
    entered = models.DateTimeField(_("Nhập lúc"), auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+"
    )

    taken_back = models.DateTimeField(_("Rút lại lúc"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("sáp nhập thôn, bản")
        verbose_name_plural = _("sáp nhập thôn, bản")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.paper}: {self.into}"

    @property
    def cited(self) -> str:
        """ "Nghị quyết số 20/NQ-HĐND ngày 12/6/2026"."""
        day = self.paper_date
        return f"Nghị quyết số {self.paper} ngày {day.day:02d}/{day.month}/{day.year}"

    @property
    def places(self) -> list[Hamlet]:
        """The hamlets that became one, the surviving one among them."""
        ended = list(self.ended.order_by("pk"))
        return ended if self.founded else [self.into, *ended]

    def told(self) -> dict[str, Any]:
        """What the ledger keeps of it, JSON-ready."""
        return {
            "on": self.on.isoformat(),
            "paper": self.cited,
            "issued_by": self.issued_by,
            "into": [self.into_id, self.into.full_name],
            "ended": [[hamlet.pk, hamlet.full_name] for hamlet in self.ended.order_by("pk")],
        }
