"""Registers: the clerk and the Chairman see those of their commune, the keeper of the installation
all; to anybody else there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from documents.models import Issuer
from workflows import authority
from workflows.authority import Capacity

from ..models import Commune, Division
from .office import watched


@dataclass(frozen=True)
class Register:
    """Whose numbers they are: the Committee's, or those of one of its divisions."""

    issuer: Issuer
    commune: Commune
    division: Division | None = None

    @property
    def superior(self) -> str:
        """The direct superior as the cover names it."""
        if self.division:
            return self.commune.agency.name
        return f"Ủy ban nhân dân {self.commune.province}"

    @property
    def office(self) -> str:
        return self.division.unit.name if self.division else self.commune.agency.name


def registers_of(user: Any, held: Sequence[Capacity] | None = None) -> list[Register]:
    """The registers somebody may open, the Committee's before those of its divisions."""
    held = authority.capacities(user) if held is None else held
    communes = Commune.objects.select_related("issuer", "agency").order_by("pk")
    if not (user.is_active and user.is_superuser):
        communes = communes.filter(agency__in=watched(held))
    divisions = Division.objects.filter(commune__in=communes)
    found = [Register(commune.issuer, commune) for commune in communes]
    return found + [
        Register(division.issuer, division.commune, division)
        for division in divisions.select_related("issuer", "unit", "commune__agency").order_by("pk")
    ]


def register_for(user: Any, issuer: int, held: Sequence[Capacity] | None = None) -> Register:
    """The register of one issuer; :class:`Http404` for a stranger's or none."""
    found = (one for one in registers_of(user, held) if one.issuer.pk == issuer)
    register = next(found, None)
    if register is None:
        raise Http404
    return register
