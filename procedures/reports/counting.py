"""How an indicator is counted: put right by whoever asks for reports, and told in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from workflows import entries
from workflows.authority import Capacity

from ..models import Indicator
from ..models.indicators import Counting
from .reporting import posts_that_may_ask


def asker(held: Iterable[Capacity]) -> Capacity | None:
    """The capacity in which somebody asks for reports, and says how they are counted."""
    return next((capacity for capacity in held if posts_that_may_ask([capacity])), None)


@transaction.atomic
def choose(capacity: Capacity, indicator: Indicator, counting: str) -> Indicator:
    """Set whether figures add up over periods; what reads them reckons anew."""
    found = Indicator.objects.select_for_update().get(pk=indicator.pk)
    told = {"indicator": found.name, "before": found.counting, "counting": Counting(counting).value}
    if told["before"] != told["counting"]:
        found.counting = counting
        found.save(update_fields=["counting"])
        entries.write("choose_counting", found, capacity.post.agency, capacity, told)
    return found
