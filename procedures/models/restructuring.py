"""What a dossier says that changes standing teams: their leaders, their lists, their end.

One decision may change many teams, each by a line of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from workflows.errors import Refusal
from workflows.states import Step

from ..people import names
from ..roles import Role
from ..teams import in_order
from .changes import Change
from .correcting import sits_in
from .mergers import HamletMerger

if TYPE_CHECKING:
    from .dossiers import Dossier

APPOINT_LEADER = "appoint_leader"
REVIEW_TEAM = "review_team"
DISSOLVE_TEAM = "dissolve_team"
MERGE_HAMLETS = "merge_hamlets"
RESTRUCTURING = (APPOINT_LEADER, REVIEW_TEAM, DISSOLVE_TEAM, MERGE_HAMLETS)
_LISTED = ("revise", "create")

if TYPE_CHECKING:
    from .correcting import Correcting as Base
else:
    Base = models.Model


class Restructuring(Base):
    """The words of such a dossier; empty for every other.

    ``why`` is the reason in the author's words, ``hand_over`` who takes over what a dissolved team
    did, ``merger`` the merger of hamlets it carries out.
    """

    why = models.CharField(_("Lý do"), max_length=500, blank=True, default="")
    hand_over = models.CharField(_("Bàn giao"), max_length=500, blank=True, default="")
    merger = models.ForeignKey(
        HamletMerger, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )

    class Meta:
        abstract = True

    @property
    def restructures(self) -> bool:
        return self._own.procedure in RESTRUCTURING

    @property
    def asked_by_office(self) -> bool:
        """Whether the division began it itself: then there is no Đề xuất."""
        return self.restructures and self._own.post.role == Role.SPECIALIST

    def write_restructuring(self, step: Step) -> None:
        self.redraw(step.data)

    def redraw(self, data: dict[str, Any]) -> None:
        """Replace what the author typed.

        ``data``: "why", "hand_over"; "seats" {line: [columns]}; "causes" {line: (cause, reason)};
        "drop" and "refresh" are lines to leave out or to draw up from today's list.
        """
        for field in ("why", "hand_over"):
            if field in data:
                setattr(self, field, names.clean(data[field]).rstrip(" .;"))
        self._drop(set(data.get("drop", ())))
        lines = {change.pk: change for change in self._own.lines()}
        for pk, rows in data.get("seats", {}).items():
            if pk in lines:
                lines[pk].follow(rows)
        for pk, (cause, reason) in data.get("causes", {}).items():
            if pk in lines:
                lines[pk].cause, lines[pk].reason = cause, names.clean(reason)
                lines[pk].save(update_fields=["cause", "reason"])
        for pk in data.get("refresh", ()):
            if pk in lines:
                self._draw_up(lines[pk])

    def _draw_up(self, line: Change) -> None:
        """The list anew, from what stands today."""
        if self._own.procedure == MERGE_HAMLETS:
            from ..teams import mergers  # it works on dossiers, so it is read after them

            mergers.draw_up(line, self._own)
        else:
            # Who gets a role is chosen anew: whom he follows is another by now.
            rows: list[dict[str, Any]] | None = None if line.kind in _LISTED else []
            line.start_from(in_order.standing_list(line.team), rows)

    def _drop(self, chosen: set[int]) -> None:
        own = {change.pk: change for change in self._own.lines()}
        chosen &= own.keys()
        if not chosen:
            return
        if chosen == own.keys() or self._own.procedure == MERGE_HAMLETS:
            raise Refusal(_t("Hồ sơ phải còn ít nhất một tổ. Muốn dừng thì ông/bà rút hồ sơ."))
        for pk in chosen:
            own[pk].delete()
        self._own.forget_lines()
        self.rename()

    def standing_at(self, change: Change) -> list[Any]:
        """The seats a list is drawn up from today: those of its team, or of all that merge."""
        if self._own.procedure != MERGE_HAMLETS:
            return in_order.standing_list(change.team)
        lists = in_order.standing_lists(line.team for line in self._own.lines() if line.team)
        return [seat for line in self._own.lines() for seat in lists.get(line.team_id or 0, [])]

    def rename(self) -> None:
        """A case of several teams is called by their number, not by all their names."""
        lines = self._own.lines()
        if self._own.procedure == MERGE_HAMLETS and self.merger:
            self._own.name = _t("Hợp nhất tổ sau sáp nhập thành %(place)s") % {
                "place": self.merger.into.full_name
            }
        elif len(lines) > 1:
            what = str(Change.Kind(lines[0].kind).label).removesuffix(" tổ")
            self._own.name = _t("%(what)s %(count)s Tổ công nghệ số cộng đồng") % {
                "what": what,
                "count": f"{len(lines):02d}",
            }
        else:
            self._own.name = ""

    def put_right(self) -> None:
        """Tell the documents what the released decision does to those its teams stood on."""
        super().put_right()
        if not self.restructures:
            return
        old = [change.team.decision for change in self._own.lines() if change.team]
        standing = [document for document in old if document.state == "released"]
        documents.relate_all(self._own.written("decision"), standing, "amends")

    def unseats(self, user: Any) -> bool:
        if not self.restructures:
            return super().unseats(user)
        return sits_in([change.team_id for change in self._own.lines()], user)

    def told_remedy(self) -> dict[str, Any]:
        told = super().told_remedy()
        if self.restructures:
            told |= {"why": self.why, "hand_over": self.hand_over, "merger": self.merger_id}
        return told

    @property
    def _own(self) -> Dossier:
        return cast("Dossier", self)
