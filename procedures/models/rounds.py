"""Đợt lập tổ: until when and in which words its places are asked for their lists.

What a round does with the requests it gathers: :mod:`procedures.models.gathering`.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.states import State

from .changes import Change
from .gathering import ESTABLISH_ROUND
from .places import Hamlet

if TYPE_CHECKING:
    from .dossiers import Dossier


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


def lines_of(dossier: Dossier) -> models.QuerySet[Change]:
    """The lines of a round with their requests, in the order of their places."""
    lines = Change.objects.filter(dossier=dossier).select_related("hamlet", "origin__post")
    return lines.prefetch_related("seats").order_by("pk")


__all__ = ["ESTABLISH_ROUND", "Round", "RoundPlace", "lines_of"]
