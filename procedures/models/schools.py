"""Teams in schools: kept beside the commune's own, which they are none of.

A school, or the line of education above it, sets its team up; the commune only notes it
(Kế hoạch of UBND tỉnh Ninh Thuận, 2022, mục I.2.c, III.3.a).
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.models import Agency
from workflows.models.organisation import Entered

from .places import Commune


class SchoolTeam(Entered):
    """The team of one school by the decision that set it up, until another or its end.

    ``paper`` and ``paper_date`` are the decision, ``issuer`` who issued it; no account, no seat and
    no list of the commune's teams knows its people.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="school_teams")
    school = models.CharField(_("Trường"), max_length=120)
    issuer = models.CharField(_("Cơ quan ra quyết định"), max_length=200)
    leader = models.CharField(_("Tổ trưởng"), max_length=120)
    members = models.PositiveSmallIntegerField(
        _("Số thành viên"), validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("tổ công nghệ số trong trường học")
        verbose_name_plural = _("tổ công nghệ số trong trường học")
        ordering = ["school", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "school"],
                condition=models.Q(until__isnull=True),
                name="one_standing_team_per_school",
            ),
            models.CheckConstraint(
                condition=models.Q(members__gte=1), name="school_team_has_members"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """ "Tổ công nghệ số Trường THCS Tam Quang"."""
        return f"Tổ công nghệ số {self.school}"

    @property
    def agency(self) -> Agency:
        return self.commune.agency

    def told(self) -> dict[str, Any]:
        return {
            **super().told(),
            "school": self.school,
            "issuer": self.issuer,
            "leader": self.leader,
            "members": self.members,
        }
