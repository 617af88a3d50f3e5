"""People on the rosters. Most have no account; a person is recorded once per commune."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .places import Commune

# Luật Trẻ em (102/2016/QH13), Điều 1: a child is under 16.
OF_AGE = 16


class Consent(models.Model):
    """What a person agreed to beyond being listed, and who speaks for a child.

    Listing rests on the commune's task and asks nobody's consent (Luật 91/2025/QH15, Điều 19);
    publication is another purpose, ticked apart (Điều 9). A child's representative exercises its
    rights (Điều 24 khoản 2). Nothing of this is ever printed or public.
    """

    may_publish = models.BooleanField(_("Đồng ý công bố"), default=False)
    guardian_name = models.CharField(
        _("Cha, mẹ hoặc người giám hộ"), max_length=120, blank=True, default=""
    )
    guardian_phone = models.CharField(
        _("Số điện thoại người giám hộ"), max_length=20, blank=True, default=""
    )
    guardian_relation = models.CharField(
        _("Quan hệ với người này"), max_length=60, blank=True, default=""
    )

    class Meta:
        abstract = True

    def consent_snapshot(self) -> list[Any]:
        """Nothing where nothing was said: digests of earlier lists stay what they were."""
        said = [self.may_publish, self.guardian_name, self.guardian_phone, self.guardian_relation]
        return [said] if any(said) else []


def is_minor(birth_year: int | None) -> bool:
    """Whether who was born in that year is taken for under 16 today."""
    year = timezone.localdate().year
    return birth_year is not None and 0 <= year - birth_year < OF_AGE


class Person(Consent):
    """A person who is or was proposed for a team.

    ``folded`` is the name without marks and case, for search and for recognising the same person.
    Listing a member rests on the commune's task, with notice; the phone is optional and never
    leaves the office unmasked. What was agreed to (:class:`Consent`) is what the last list sent
    says.
    """

    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="people", verbose_name=_("Xã, phường")
    )
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
