"""Teams that exist already: recorded in one act, on decisions issued outside the system.

Nobody decides anything here: somebody else did, on paper or in another system. So there is no road
and no task, and the rules only warn.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.models import Document, Issuer
from workflows.authority import Desk
from workflows.errors import Refusal
from workflows.states import Act, State, Step, act

from ..people import names
from ..roles import Role
from ..teams import roster

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
    from .places import Commune
else:
    Base = object

RECORD_TEAMS = "record_teams"
RECORDERS = (Role.SPECIALIST, Role.CLERK)
RECORDER = "recorder"


@dataclass(frozen=True)
class IssuedElsewhere:
    """A decision as its paper says. ``issued_by`` is empty for the commune's own Committee, else
    the office of before a merger, as in a sentence."""

    number: int
    symbol: str
    date: datetime.date
    signer: str
    issued_by: str = ""
    scan: bytes | None = field(default=None, repr=False)


class Existing(Base):
    """The one act of a dossier that records teams which exist already."""

    def desk(self, role: str) -> Desk:
        """Whoever records does so from the kind of post the dossier was opened at."""
        if role == RECORDER:
            role = self.post.role if self.post.role in RECORDERS else Role.SPECIALIST
        return super().desk(role)

    @property
    def records_existing(self) -> bool:
        """Whether it only writes down what was decided elsewhere: such a list asks nobody."""
        return self._dossier.procedure == RECORD_TEAMS

    def knows(self, act: Act) -> bool:
        """Such a dossier knows this one act, and that its papers may get a scan later."""
        if self.records_existing:
            return act.only == RECORD_TEAMS or act.name == "add_scan"
        return super().knows(act)

    @act(
        label=_("Ghi nhận tổ đã có"),
        desk=RECORDER,
        source=State.DRAFT,
        target=State.RELEASED,
        ends=True,
        only=RECORD_TEAMS,
    )
    def record_existing(self, step: Step) -> None:
        """Write down the decisions and the people they name; the roster follows them.

        ``step.data["decisions"]`` says what each line rests on: {change pk: IssuedElsewhere}.
        """
        dossier = self._dossier
        changes = dossier.lines()
        if not changes:
            raise Refusal(_t("Danh sách chưa có tổ nào."))
        self._write_down(step.data["decisions"])
        roster.identify_people(dossier)
        roster.apply(dossier)

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    def _write_down(self, decisions: dict[int, IssuedElsewhere]) -> None:
        changes, written = self._dossier.lines(), dict[IssuedElsewhere, Document]()
        for change in changes:
            told = decisions[change.pk]
            if told not in written:
                written[told] = _recorded(self._dossier.commune, told)
            change.own_decision = written[told]
        type(changes[0])._default_manager.bulk_update(changes, ["own_decision"])

    @property
    def recorded_title(self) -> str:
        """ "Ghi nhận 18 tổ đã có": what the people call such a case."""
        changes = self._dossier.lines()
        if len(changes) == 1:
            return _t("Ghi nhận %(team)s") % {"team": changes[0].team_name}
        return _t("Ghi nhận %(count)d tổ đã có") % {"count": len(changes)}


def _recorded(commune: Commune, told: IssuedElsewhere) -> Document:
    return documents.record_elsewhere(
        issuer=_issuer(commune, told.issued_by),
        kind="decision",
        number=told.number,
        symbol=told.symbol,
        date=told.date,
        signer_name=told.signer,
        subject=_t("Thành lập Tổ công nghệ số cộng đồng"),
        scan=told.scan,
    )


def _issuer(commune: Commune, name: str) -> Issuer:
    """The commune's own Committee, or an office that issued for its places before.

    Two old communes may each have had a decision 01 in one year: they are two issuers.
    """
    name = _in_full(name)
    own: Any = commune.issuer
    if not name or names.fold(name) == names.fold(own.name):
        return cast(Issuer, own)
    key = hashlib.sha256(names.fold(name).encode()).hexdigest()[:16]
    return documents.ensure_issuer(f"{own.key}:elsewhere:{key}", name, own.place)


def _in_full(name: str) -> str:
    """ "UBND xã Tam Đình" -> "Ủy ban nhân dân xã Tam Đình"."""
    first, _space, rest = name.partition(" ")
    return f"Ủy ban nhân dân {rest}" if first.casefold() == "ubnd" and rest else name
