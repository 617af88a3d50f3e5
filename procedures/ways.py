"""The way an office works, chosen by its clerk: read by cases sent from then on, by no other."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from workflows import assigning, entries
from workflows.models import Agency

from . import assignments
from .models import Commune
from .models.ways import Asking


@transaction.atomic
def choose(agency: Agency, *, by: Any, asking: str, office_review: bool) -> Commune:
    """Set how the division asks and whether the Chánh Văn phòng looks first.

    Only the clerk; written in the ledger. Raises :class:`~workflows.errors.Refusal`.
    """
    keeper = assigning.keeper(assignments.desk_of(agency), by)
    commune = Commune.objects.select_for_update().get(agency=agency)
    told = {"asking": Asking(asking).value, "office_review": office_review}
    if told != {"asking": commune.asking, "office_review": commune.office_review}:
        commune.asking, commune.office_review = asking, office_review
        commune.save(update_fields=list(told))
        entries.write("choose_ways", commune, agency, keeper, told)
    return commune
