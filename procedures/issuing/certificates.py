"""Whose certificates an office knows: of those who sign, and of the agency itself.

The clerk registers them, and the ledger says so: who could register his own could sign as another
under a borrowed name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from documents import service as documents
from documents.models import Purpose, SigningKey
from workflows import assigning, entries
from workflows.models import Agency, Holding, in_force

from .. import assignments
from ..models import Commune
from ..roles import OFFICE
from . import signers
from .signing import refusing

SEAL = "seal"


@dataclass(frozen=True)
class Owner:
    """Somebody whose signature counts here: ``choice`` is how a form names him."""

    choice: str
    name: str
    title: str
    key: str
    purpose: Purpose
    certificate: SigningKey | None


def owners(agency: Agency) -> list[Owner]:
    """The agency's seal and everybody in the office, where anybody may keep the minutes of a
    meeting: three queries."""
    found = list(_named(agency))
    keys = [owner.key for owner in found]
    held = SigningKey.objects.filter(owner_key__in=keys, active=True)
    known = {(row.owner_key, row.purpose): row for row in held}
    return [
        Owner(o.choice, o.name, o.title, o.key, o.purpose, known.get((o.key, o.purpose)))
        for o in found
    ]


def _named(agency: Agency) -> Iterator[Owner]:
    issuer = Commune.objects.select_related("issuer").get(agency=agency).issuer
    label = str(Purpose.SEAL.label)
    yield Owner(SEAL, issuer.name, label, issuer.key, Purpose.SEAL, None)
    sitting = Holding.objects.filter(
        in_force(), post__agency=agency, post__role__in=OFFICE
    ).select_related("user", "post")
    for holding in {h.user_id: h for h in sitting.order_by("-pk")}.values():
        user = holding.user
        yield Owner(
            str(user.pk), user.full_name, holding.post.title, signers.signer_key(user),
            Purpose.SIGNER, None,
        )  # fmt: skip


@transaction.atomic
def enrol(agency: Agency, choice: str, data: bytes, *, by: Any) -> SigningKey:
    """Register the certificate of an owner; only the clerk, and written in the ledger.

    Raises :class:`~workflows.errors.Refusal`.
    """
    keeper = assigning.keeper(assignments.desk_of(agency), by)
    # Two clerks at once must not both find the old one standing.
    Commune.objects.select_for_update().get(agency=agency)
    owner = next(owner for owner in _named(agency) if owner.choice == choice)
    with refusing("file"):
        key = documents.enrol_certificate(owner.key, owner.purpose, data, name=owner.name)
    told = {"owner": owner.name, "purpose": str(owner.purpose), "sha256": key.fingerprint}
    entries.write("enrol_certificate", key, agency, keeper, told)
    return key
