"""Putting a released document right by another one (Nghị định 30/2020/NĐ-CP, Điều 18 khoản 3-4).

The old document never changes. Wrong content is amended or replaced by a document of the same form,
wrong form is corrected by a công văn, and what should not exist is recalled by a notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from documents import service as documents
from documents.models import Document
from workflows.errors import Refusal
from workflows.states import FINAL, Act, State, Step

from ..codes import NAMING
from ..people import names
from ..teams import decided
from .teams import Membership

if TYPE_CHECKING:
    from workflows.states import Record as Base

    from .dossiers import Dossier
else:
    Base = models.Model


class Remedy(models.TextChoices):
    """How a released document is put right."""

    AMEND = "amend", _("Quyết định sửa đổi, bổ sung")
    REPLACE = "replace", _("Quyết định thay thế")
    CORRECT = "correct", _("Công văn đính chính")
    RECALL = "recall", _("Thông báo thu hồi")


# What the new document does to the old one.
RELATIONS = {
    Remedy.AMEND: "amends",
    Remedy.REPLACE: "replaces",
    Remedy.CORRECT: "corrects",
    Remedy.RECALL: "recalls",
}


# Where another case may have come first since the last look.
_COMMITTING = ("submit", "reserve_decision", "record_paper_decision", "record_elsewhere")


class Correcting(Base):
    """What a dossier says when it puts a released document right; empty for every other.

    ``fault`` is what is wrong, in the author's words. A công văn đính chính says what was
    ``printed`` and what was ``meant``.
    """

    remedy = models.CharField(_("Cách xử lý"), max_length=10, choices=Remedy, blank=True)
    corrects = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Văn bản có sai sót"),
    )
    fault = models.CharField(_("Sai ở chỗ nào"), max_length=500, blank=True)
    printed = models.CharField(_("Đã in"), max_length=500, blank=True)
    meant = models.CharField(_("Sửa thành"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def for_act(cls) -> models.QuerySet[Self]:
        # Read with the record: a paper that is drawn asks no more for it.
        cases: models.Manager[Any] = cls._default_manager
        wrong = cases.filter(decision=OuterRef("corrects"), procedure__in=NAMING)
        found: models.QuerySet[Self] = super().for_act().annotate(amends_names=Exists(wrong))
        return found

    @cached_property
    def amends_names(self) -> bool:
        """Whether the wrong decision names people in its articles, with no list of a whole team."""
        cases: models.Manager[Any] = type(self)._default_manager
        wrong = cases.filter(decision=self.corrects_id)
        return bool(self.corrects_id) and wrong.filter(procedure__in=NAMING).exists()

    def named_before(self) -> list[str]:
        """Everybody the wrong document names, in the lists of teams or as what its case says."""
        if self.corrects is None:
            return []
        cases: models.Manager[Any] = type(self)._default_manager
        case = cases.filter(decision=self.corrects).first()
        said = case.matter.named() if case and case.is_drafted else []
        return [*said, *(seat.full_name for seat in decided.named_by(self.corrects))]

    @classmethod
    def putting_right(cls, document: Document) -> models.QuerySet[Self]:
        """The cases under way, drafts too, about what is wrong with ``document``."""
        cases = cls._default_manager.filter(corrects=document).exclude(Q(state__in=FINAL))
        return cases.select_related("author", "post")

    def why_not(self, act: Act, step: Step) -> None:
        super().why_not(act, step)
        if self.corrects is not None and act.name in _COMMITTING:
            refuse_overtaken(self.corrects)
            sent = type(self).putting_right(self.corrects).exclude(Q(state=State.DRAFT))
            if other := sent.exclude(pk=self.pk).first():
                raise Refusal(already_under_way(other))

    def write_remedy(self, step: Step) -> None:
        """Keep what the author typed."""
        self.rewrite(step.data)

    def rewrite(self, data: dict[str, Any]) -> None:
        """Replace the author's words, and the lists that ``data["seats"]`` names; those of the
        lines ``data["refresh"]`` are drawn up anew from today's."""
        for field in ("fault", "printed", "meant"):
            if field in data:
                setattr(self, field, names.clean(data[field]).rstrip(" .;"))
        for change in self._dossier.lines():
            if change.pk in data.get("refresh", ()):
                change.start_from(change.standing)
            elif change.pk in data.get("seats", {}):
                change.follow(data["seats"][change.pk])

    def put_right(self) -> None:
        """Tell the documents what the released paper does to the old one."""
        if self.corrects is not None:
            decision = self._dossier.written("decision")
            documents.relate(decision, self.corrects, RELATIONS[Remedy(self.remedy)])

    def unseats(self, user: Any) -> bool:
        """Whether ``user`` sits in a team this changes: he may be the one who is taken out."""
        if not self.remedy:
            return False
        return sits_in([change.team_id for change in self._dossier.lines()], user)

    def told_remedy(self) -> dict[str, Any]:
        """What the ledger's digest says of it; nothing for other dossiers, told before this was."""
        if not self.remedy:
            return {}
        fields = ("remedy", "corrects_id", "fault", "printed", "meant")
        return {name: getattr(self, name) for name in fields}

    @property
    def correcting_title(self) -> str:
        """ "Sửa đổi, bổ sung Quyết định số 05/QĐ-UBND: Tổ công nghệ số cộng đồng bản Bãi Sở"."""
        assert self.corrects is not None  # a remedy is of something
        title = _t("%(what)s %(name)s số %(number)s") % {
            "what": _VERBS[Remedy(self.remedy)],
            "name": self.corrects.name,
            "number": self.corrects.reference,
        }
        lines = self._dossier.lines() if self.remedy == Remedy.AMEND else []
        return f"{title}: {', '.join(line.team_name for line in lines)}" if lines else title

    @property
    def _dossier(self) -> Dossier:
        return cast("Dossier", self)


_VERBS = {
    Remedy.AMEND: _("Sửa đổi, bổ sung"),
    Remedy.REPLACE: _("Thay thế"),
    Remedy.CORRECT: _("Đính chính"),
    Remedy.RECALL: _("Thu hồi"),
}


def sits_in(teams: list[int | None], user: Any) -> bool:
    """Whether ``user`` sits in one of the teams today; a namesake counts as him unless the birth
    years tell them apart."""
    sitting = Membership.objects.filter(team__in=teams, until__isnull=True)
    own = getattr(user, "person", None)
    return any(
        person.user_id == user.pk
        or (names.same_name(person.full_name, user.full_name) and not _apart(person, own))
        for person in (row.person for row in sitting.select_related("person"))
    )


def _apart(person: Any, own: Any) -> bool:
    years = (person.birth_year, own.birth_year if own else None)
    return all(years) and years[0] != years[1]


def refuse_overtaken(document: Document) -> None:
    """Raise :class:`Refusal` when the document was replaced or recalled already."""
    try:
        documents.refuse_ended(document)
    except documents.DocumentRefused as refused:
        raise Refusal(refused.sentence, _t("Điều 18 Nghị định 30/2020/NĐ-CP")) from refused


def already_under_way(other: Any) -> str:
    """The sentence that names the case already under way."""
    return _t(
        "Văn bản này đang được xử lý ở hồ sơ %(number)d “%(title)s”, do %(author)s lập "
        "(%(state)s). Ông/bà chờ hồ sơ ấy xong hoặc đề nghị người lập rút lại."
    ) % {
        "number": other.pk,
        "title": other.title,
        "author": other.author,
        "state": other.get_state_display(),
    }
