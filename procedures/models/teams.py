"""Teams and who is in them: a projection of the released decisions, never edited by hand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from workflows.models import Period, Post, in_force

from ..roles import Role
from .people import Person
from .places import Commune, Hamlet


class SeatRole(models.TextChoices):
    """Chức vụ trong tổ, in the order of a list. Collaborators stand beside the team and do not
    count in its size."""

    LEADER = "leader", _("Tổ trưởng")
    DEPUTY = "deputy", _("Tổ phó")
    MEMBER = "member", _("Thành viên")
    COLLABORATOR = "collaborator", _("Cộng tác viên")


class Level(models.TextChoices):
    COMMUNE = "commune", _("Tổ cấp xã, phường")
    HAMLET = "hamlet", _("Tổ thôn, bản, khu phố")


class Team(Period):
    """A Tổ công nghệ số cộng đồng standing on a decision."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="teams")
    level = models.CharField(_("Cấp"), max_length=10, choices=Level)
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, related_name="teams", null=True, blank=True)
    name = models.CharField(_("Tên tổ"), max_length=200)
    decision = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("tổ công nghệ số cộng đồng")
        verbose_name_plural = _("tổ công nghệ số cộng đồng")
        constraints = [
            models.CheckConstraint(
                condition=Q(level="hamlet", hamlet__isnull=False)
                | Q(level="commune", hamlet__isnull=True),
                name="hamlet_team_has_a_hamlet",
            ),
            models.UniqueConstraint(
                fields=["hamlet"], condition=Q(until__isnull=True), name="one_team_per_hamlet"
            ),
            models.UniqueConstraint(
                fields=["commune"],
                condition=Q(until__isnull=True, level="commune"),
                name="one_commune_team",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def leading_post(self) -> Post | None:
        """The post whose holder leads the team and asks for it; None where none was ever made."""
        if self.hamlet is not None:
            return self.hamlet.head_post
        posts = Post.objects.filter(agency=self.commune.agency_id, role=Role.YOUTH_SECRETARY)
        return posts.order_by("pk").first()

    def seated(self, role: str) -> Membership | None:
        """Who sits in the team as leader or deputy today, the first of several."""
        seats = self.memberships.filter(in_force(), role=role)
        return seats.select_related("person").order_by("pk").first()


class Membership(Period):
    """A person's seat in a team while the decisions say so."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Chức vụ trong tổ"), max_length=12, choices=SeatRole)
    represents = models.CharField(_("Thành phần"), max_length=120, blank=True)
    decision = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("thành viên")
        verbose_name_plural = _("thành viên")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(until__isnull=True),
                name="one_seat_per_person_and_team",
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(until__isnull=True, role="leader"),
                name="one_leader_per_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} - {self.get_role_display()}"
