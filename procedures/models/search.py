"""The words by which cases and their papers are found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .copying import CopyRequest
from .dossiers import Dossier
from .reports import Report

_OWNERS = ("dossier", "report", "copy")


def _only(owner: str) -> models.Q:
    return models.Q(**{f"{name}__isnull": name != owner for name in _OWNERS})


class SearchEntry(models.Model):
    """A case, one of its papers, a copy or a team's report under its words without marks.

    A projection of the dossier, the copy or the report, remade after each of its acts;
    ``rebuild_search`` writes all anew.
    People and teams are searched where they stand, so that no second copy of a phone exists.
    ``folded`` begins each word with a space: " thanh lap to ".
    """

    class Kind(models.TextChoices):
        CASE = "case", _("Hồ sơ")
        PAPER = "paper", _("Văn bản")
        REPORT = "report", _("Báo cáo")
        COPY = "copy", _("Bản sao")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+", null=True, blank=True)
    report = models.OneToOneField(Report, models.CASCADE, related_name="+", null=True, blank=True)
    copy = models.OneToOneField(
        CopyRequest, models.CASCADE, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.PositiveBigIntegerField()
    title = models.TextField()
    folded = models.TextField()
    when = models.DateTimeField()

    class Meta:
        verbose_name = _("mục tìm kiếm")
        verbose_name_plural = _("mục tìm kiếm")
        ordering = ["-when", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "object_id"], name="search_entry_once"
            ),
            models.CheckConstraint(
                condition=_only("dossier") | _only("report") | _only("copy"),
                name="search_entry_is_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title
