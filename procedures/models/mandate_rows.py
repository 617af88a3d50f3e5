"""The rows of a decision about who signs for the Chairman, and what each brings about."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows import assigning
from workflows.models import Delegation, Post
from workflows.states import Step
from workflows.terms import Term

from ..roles import Role


class MandateRow(models.Model):
    """One post in one field of work (empty: every field), or one delegation that is ended.

    ``delegation`` is what was entered when the decision was released. ``cut`` is when its signature
    ended one, and ``cut_from`` the last day that one had before (empty: none).
    """

    mandate = models.ForeignKey("procedures.Mandate", models.CASCADE, related_name="rows")
    delegate = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    field = models.SlugField(_("Lĩnh vực"), max_length=40, blank=True)
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, related_name="mandate_rows"
    )
    cut = models.DateTimeField(null=True, editable=False)
    cut_from = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("nội dung phân công, ủy quyền")
        verbose_name_plural = _("nội dung phân công, ủy quyền")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delegate__isnull=False) | models.Q(delegation__isnull=False),
                name="mandate_row_names_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.receiver}: {self.field}"

    @property
    def receiver(self) -> Post:
        if self.delegate:
            return self.delegate
        assert self.delegation is not None  # the database holds it
        return self.delegation.delegate

    @property
    def covers(self) -> str:
        """The field of work it is about; empty for every field."""
        return self.field or (self.delegation.field if self.delegation else "")

    def as_typed(self) -> dict[str, Any]:
        if self.delegate_id is None:
            return {"delegation": self.delegation_id}
        return {"delegate": self.delegate_id, "field": self.field}

    def snapshot(self) -> list[Any]:
        return [self.delegate_id, self.field, self.delegation_id]

    def give(self, step: Step) -> None:
        """Enter what the decision gives here."""
        mandate, paper = self.mandate, self.mandate.paper()
        self.delegation = assigning.assign(
            mandate.dossier.desk(Role.CLERK),
            by=step.by,
            principal=mandate.chairman,
            delegate=self.receiver,
            kind=mandate.gives.kind,
            term=Term(max(paper.date, mandate.since or paper.date), mandate.until),
            paper=paper,
            field=self.field,
            limited_to=mandate.kinds,
        )
        self.save(update_fields=["delegation"])

    def end(self, step: Step) -> None:
        """End what the decision ends here, unless that is over by then."""
        mandate, paper, standing = self.mandate, self.mandate.paper(), self.delegation
        assert standing is not None  # the database holds it
        last = max(paper.date, mandate.until or paper.date)
        if standing.over or (standing.until and standing.until <= last):
            return
        ended = assigning.end(
            mandate.desk(step), standing, by=step.by, last=last, note=paper.name, decided=paper.date
        )
        self.delegation, self.cut, self.cut_from = ended, ended.ended, standing.until
        self.save(update_fields=["cut", "cut_from"])

    def resume(self, step: Step) -> None:
        """Let what :meth:`end` ended stand again, unless it was ended otherwise since."""
        ended = self.delegation
        assert ended is not None  # the database holds it
        if ended.ended == self.cut:
            self.delegation = assigning.resume(
                self.mandate.desk(step), ended, by=step.by, until=self.cut_from, note=step.note
            )
        self.cut = self.cut_from = None
        self.save(update_fields=["cut", "cut_from"])
