"""What one released document does to another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .document import Document
from .register import Kept


class Relation(Kept):
    """``document`` acts on ``target``, which itself never changes (Decree 30/2020, Điều 18.3-4).

    Written once, at the release of ``document``, by :func:`documents.service.relate`.
    """

    class Kind(models.TextChoices):
        AMENDS = "amends", _("Sửa đổi, bổ sung")
        REPLACES = "replaces", _("Thay thế")
        CORRECTS = "corrects", _("Đính chính")
        RECALLS = "recalls", _("Thu hồi")

    document = models.ForeignKey(Document, models.PROTECT, related_name="acts_on")
    target = models.ForeignKey(Document, models.PROTECT, related_name="acted_on_by")
    kind = models.CharField(_("Quan hệ"), max_length=10, choices=Kind)
    created = models.DateTimeField(_("Ghi lúc"), default=timezone.now)

    # After these nothing of the target is left in force.
    ENDING = (Kind.REPLACES, Kind.RECALLS)

    class Meta:
        verbose_name = _("quan hệ giữa hai văn bản")
        verbose_name_plural = _("quan hệ giữa các văn bản")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "target"], name="relation_once"),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(kind__in=["replaces", "recalls"]),
                name="ended_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["amends", "replaces", "corrects", "recalls"]),
                name="relation_kind",
            ),
            models.CheckConstraint(
                condition=~Q(document=F("target")), name="relation_between_two_documents"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.get_kind_display()} {self.target}"

    @property
    def ends(self) -> bool:
        return self.kind in self.ENDING

    @property
    def undergone(self) -> Promise:
        """What has become of the target, in the words of its page."""
        return _UNDERGONE[self.kind]


_UNDERGONE: dict[str, Promise] = {
    Relation.Kind.AMENDS: _("Đã được sửa đổi, bổ sung bởi"),
    Relation.Kind.REPLACES: _("Đã được thay thế bởi"),
    Relation.Kind.CORRECTS: _("Đã được đính chính bởi"),
    Relation.Kind.RECALLS: _("Đã bị thu hồi bởi"),
}
