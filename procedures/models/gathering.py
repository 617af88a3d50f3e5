"""Many requests, one decision: what gathers them, and what becomes of each meanwhile.

Every request stands with its own Đề xuất. Gathering moves its line of change into the dossier that
gathers, and the request goes on there; setting a line aside gives it back to where it was. A round
gathers lists that were sent; a decision about members gathers requests that were agreed to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows.authority import Desk
from workflows.errors import Refusal
from workflows.service import hold_still, perform
from workflows.states import AUTHOR, State, Step, act

from ..codes import CHANGE_MEMBERS, MEMBER_REQUESTS
from ..roles import Role
from .sending import UNDER_REVIEW

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .changes import Change
    from .dossiers import Dossier
else:
    Base = object

ESTABLISH_ROUND = "establish_round"


@dataclass(frozen=True)
class Pool:
    """Where a procedure gathers from: requests of these procedures in ``state``, with the inner
    acts that take one in and give it back, and what it is told where it is given back."""

    requests: tuple[str, ...]
    state: State
    take: str
    give: str
    stopped: Any


POOLS = {
    ESTABLISH_ROUND: Pool(
        ("establish_team",),
        State.SUBMITTED,
        "join_round",
        "leave_round",
        _("Đợt lập tổ không đi tiếp."),
    ),
    CHANGE_MEMBERS: Pool(
        MEMBER_REQUESTS,
        State.AGREED,
        "join_decision",
        "leave_decision",
        _("Hồ sơ ra quyết định không đi tiếp; đề nghị vẫn được đồng ý, chờ quyết định khác."),
    ),
}
GATHERING = tuple(POOLS)


class Gathering(Base):
    """The acts of a dossier that gathers, and those of the requests it gathers."""

    @property
    def is_round(self) -> bool:
        return self._dossier.procedure == ESTABLISH_ROUND

    @property
    def gathers(self) -> bool:
        """Whether its lines are those of other people's requests."""
        return self._dossier.procedure in POOLS

    @property
    def joined(self) -> Dossier | None:
        """The dossier in which this request goes on, while it is gathered."""
        if self._dossier.state != State.CONTINUED:
            return None
        return next((line.dossier for line in self._dossier.given_lines.all()), None)

    @property
    def shown_state(self) -> str:
        """Where it stands for who asked: a gathered request stands where its round does."""
        return str((self.joined or self._dossier).state)

    def desk(self, role: str) -> Desk:
        """What gathers belongs to the division: any of its specialists carries it on."""
        return super().desk(Role.SPECIALIST if role == AUTHOR and self.gathers else role)

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)

    # What gathers ----------------------------------------------------------------------------

    @act(
        label=_("Đưa danh sách vào đợt"),
        desk=AUTHOR,
        source=[State.DRAFT, State.RETURNED],
        only=GATHERING,
    )
    def gather(self, step: Step) -> None:
        """Take in the lines of the requests ``step.data["requests"]`` (primary keys)."""
        pool, chosen = POOLS[self._dossier.procedure], step.data.get("requests", [])
        found = self._requests(pk__in=chosen, state=pool.state)
        if not found:
            raise Refusal(_t("Chọn ít nhất một danh sách đã gửi hoặc đề nghị đã được đồng ý."))
        step.data["facts"] = {"places": [_place(request.lines()) for request in found]}
        self._count_members(step, len(found))
        self._each(found, pool.take, step, gathering=self)

    @act(
        label=_("Để lại một số tổ"),
        source=[State.DRAFT, State.RETURNED, *UNDER_REVIEW],
        reason=True,
        impartial=True,
        only=GATHERING,
    )
    def set_aside(self, step: Step) -> None:
        """Give the lines ``step.data["lines"]`` (primary keys) back: each goes on alone.

        A signed Tờ trình stands: whoever decides may grant less than was asked.
        """
        chosen = set(step.data.get("lines", []))
        own = {change.pk: change for change in self._dossier.lines()}
        if not chosen or not chosen <= own.keys():
            raise Refusal(
                _t("Chọn tên để lại trong danh sách của đợt, của quyết định."), field="lines"
            )
        if chosen == own.keys() and self._dossier.state not in (State.DRAFT, State.RETURNED):
            raise Refusal(
                _t("Hồ sơ phải còn ít nhất một tổ hoặc một người. Muốn dừng cả thì trả về, rút."),
                field="lines",
            )
        step.data["facts"] = {"places": [own[pk].place for pk in sorted(chosen)]}
        self._count_members(step, len(chosen))
        self.give_back(step, given_lines__in=chosen)

    @act(
        label=_("Tách thành từng quyết định"),
        desk=Role.CLERK,
        source=State.APPRAISED,
        target=State.CONTINUED,
        impartial=True,
        ends=True,
        only=ESTABLISH_ROUND,
    )
    def split_round(self, step: Step) -> None:
        """One decision per team, all on the one Tờ trình."""
        self._each(
            self._requests(given_lines__dossier=self._dossier), "resume_alone", step, gathering=self
        )

    def give_back(self, step: Step, **which: Any) -> None:
        """Let the requests gathered here (all, or ``which``) go back to where they were."""
        pool = POOLS.get(self._dossier.procedure)
        if pool is None:
            return
        found = self._requests(given_lines__dossier=self._dossier, **which)
        self._each(found, pool.give, replace(step, note=step.note or str(pool.stopped)))

    def let_go(self, step: Step) -> None:
        """A refused round refuses its requests; what the Chairman had agreed to goes back to the
        pool: refusing the paper takes no consent away."""
        if self._dossier.procedure == CHANGE_MEMBERS:
            self.give_back(step)

    # What happens to a request then ----------------------------------------------------------

    @act(
        label=_("Đưa vào đợt lập tổ"),
        desk=Role.SPECIALIST,
        source=State.SUBMITTED,
        target=State.CONTINUED,
        impartial=True,
        ends=True,
        inner=True,
    )
    def join_round(self, step: Step) -> None:
        self._hand_line_over(step)

    @act(
        label=_("Để lại, không theo đợt"),
        source=State.CONTINUED,
        target=State.SUBMITTED,
        reason=True,
        inner=True,
    )
    def leave_round(self, step: Step) -> None:
        self._take_line_back()

    @act(
        label=_("Đưa vào hồ sơ ra quyết định"),
        source=State.AGREED,
        target=State.CONTINUED,
        inner=True,
        only=MEMBER_REQUESTS,
    )
    def join_decision(self, step: Step) -> None:
        """Its consent stands; no step was open while it lay in the pool."""
        self._hand_line_over(step)

    @act(
        label=_("Để lại, chờ quyết định khác"),
        source=State.CONTINUED,
        target=State.AGREED,
        reason=True,
        inner=True,
        only=MEMBER_REQUESTS,
    )
    def leave_decision(self, step: Step) -> None:
        self._take_line_back()

    @act(
        label=_("Tách khỏi đợt, quyết định riêng"),
        source=State.CONTINUED,
        target=State.APPRAISED,
        inner=True,
    )
    def resume_alone(self, step: Step) -> None:
        own, round = self._dossier, step.data["gathering"]
        own.submission, own.asking = round.submission, round.asking
        own.office_review = round.office_review
        self._take_line_back()

    def _count_members(self, step: Step, count: int) -> None:
        """The ledger tells how many people a decision gained or left; their names are elsewhere."""
        if not self.is_round:
            step.data["facts"]["members"] = count

    def _hand_line_over(self, step: Step) -> None:
        own = self._dossier
        # The line is leaving, so what the case is called must be kept.
        own.name = own.title
        own.changes.update(dossier=step.data["gathering"], origin=own)
        own.forget_lines()

    def _take_line_back(self) -> None:
        own = self._dossier
        own.name = ""
        own.given_lines.update(dossier=own, origin=None)
        own.forget_lines()

    def _requests(self, **which: Any) -> list[Dossier]:
        own = self._dossier
        dossiers = type(own)._default_manager.filter(agency=own.agency_id, unit=own.unit_id)
        asked = POOLS[own.procedure].requests
        return list(dossiers.filter(procedure__in=asked, **which).order_by("pk").distinct())

    def _each(self, requests: Iterable[Dossier], name: str, step: Step, **data: Any) -> None:
        """Do the inner act on each request, as part of this one."""
        data = {"note": step.note, "within": step, **data}
        for request in hold_still(requests):
            try:
                perform(request, name, by=step.by, seen=request.revision, **data)
            except Refusal as refusal:
                sentence = f"{request.title}: {refusal.sentence}"
                raise Refusal(sentence, refusal.citation) from refusal
        self._dossier.forget_lines()


def _place(lines: list[Change]) -> str:
    return ", ".join(change.place for change in lines)
