"""People on the rosters. Most have no account; a person is recorded once per commune."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .places import Commune


class Person(models.Model):
    """A person who is or was proposed for a team.

    ``folded`` is the name without marks and case, for search and for recognising the same person.
    Listing a member rests on the commune's task, with notice; the phone is optional and never
    leaves the office unmasked.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="people")
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    folded = models.CharField(max_length=120, db_index=True)
    birth_year = models.PositiveSmallIntegerField(_("Năm sinh"), null=True, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=15, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="person"
    )

    class Meta:
        verbose_name = _("người tham gia")
        verbose_name_plural = _("người tham gia")

    def __str__(self) -> str:
        return self.full_name
