"""Every cell of a table of who may do what, executed: the loop that the tables share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from procedures.models import Dossier
from workflows.states import acts_of

from .test_matrix import attempt, data_for, everybody

# {(state, act): (names of those who may, the state it leads to)}
Table = Mapping[tuple[str, str], Any]


def wrong_cells(
    dossier: Dossier,
    table: Table,
    casts: tuple[Any, Any],
    told: Callable[..., Any] = data_for,
    *,
    acts: Iterable[str] | None = None,
    nearest: frozenset[str] | None = None,
) -> list[Any]:
    """Every cell of the dossier's state that came out otherwise than the table says: (act, who,
    commune, outcome).

    ``casts`` are the dossier's own commune and another; ``told`` is what the screen would send.
    Where nobody may, ``nearest`` narrows the attempts to those of the own commune who come closest.
    """
    own, people, wrong = casts[0], everybody(*casts), []
    for act in acts or acts_of(Dossier):
        allowed, target = table.get((dossier.state, act)) or (set(), None)
        tried = people
        if nearest is not None and not allowed:
            tried = [row for row in people if row[0] in nearest and row[1] is own]
        for name, cast, user in tried:
            may = cast is own and name in allowed
            outcome = attempt(dossier, act, user, told(act, dossier, cast))
            if outcome != (target if may else "refused"):
                wrong.append((act, name, cast.agency.code, outcome))
    return wrong
