"""What is written down after a course: who took part and with which result."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.errors import Refusal
from workflows.states import State, Step, act

from ..people import names
from ..roles import Role
from .training import REGISTER_TRAINING, Outcome, Trainee

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = object


class TrainingResults(Base):
    """The specialist's act after the letter went out; done again, it corrects what was written."""

    @act(
        label=_("Ghi kết quả tập huấn"),
        desk=Role.SPECIALIST,
        source=State.RELEASED,
        only=REGISTER_TRAINING,
    )
    def record_training(self, step: Step) -> None:
        """Write ``step.data["results"]``: {key of a trainee: (outcome, result)}.

        Raises :class:`Refusal` where nothing is told, or somebody is not of this course.
        """
        rows = {row.pk: row for row in cast("Dossier", self).matter.listed}
        told = step.data.get("results") or {}
        if not told or not set(told) <= set(rows):
            raise Refusal(_t("Ông/bà ghi ai đã tham gia, ít nhất một người."), field="results")
        for key, (outcome, result) in told.items():
            rows[key].outcome = Outcome(outcome) if outcome else ""
            rows[key].result = names.clean(result) if outcome else ""
        Trainee.objects.bulk_update(rows.values(), ["outcome", "result"])
        took_part = sum(row.outcome == Outcome.TOOK_PART for row in rows.values())
        step.data.setdefault("facts", {}).update(took_part=took_part, registered=len(rows))
