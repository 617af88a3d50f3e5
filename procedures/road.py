"""What the page of a procedure says of its dossiers, and the roads they go.

Plain mixins, never a Flow: :class:`workflows.engine.CaseFlow` copies the nodes for each procedure.
Node names are stored in the database; renaming one needs a data migration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import nodes

from workflows.authority import Capacity
from workflows.engine import AUTHOR, HumanTask, by_state
from workflows.models import Post
from workflows.states import State, Step

from .issuing import series
from .models import Commune, Dossier
from .models.drafted import Matter
from .papers import Papers, member_proposal
from .roles import DIGITAL, Role

# The step in each state; a procedure with one more adds it to its own gateway.
STEPS = (
    (this.correct, State.RETURNED),
    (this.check_content, State.SUBMITTED),
    (this.sign_submission, State.CHECKED),
    (this.check_form, State.APPRAISED),
    (this.review_draft, State.OFFICE_REVIEW),
    (this.sign_decision, State.CLEARED),
    (this.seal_decision, State.SIGNED),
    (this.release_decision, State.SEALED),
)


class DossierPage:
    """What is particular to a procedure besides whose turn it is; a page names what differs.

    ``starters`` are the posts it is begun from. ``papers`` are its own by slot, in place of
    :data:`procedures.papers.STANDARD`, and ``subject`` gives their trích yếu where it sets up no
    team. ``ends_in`` is the kind of document in the slot ``decision``. ``written_at`` is the route
    of the page its author writes on, and ``keep`` the method of the record that keeps what he
    wrote. ``matter`` is what it says where it carries no line of change. ``instead`` tells what to
    do where the content of its paper is wrong and can be neither replaced nor recalled.
    """

    code: ClassVar[str]
    title: ClassVar[Any]
    field: ClassVar[str] = DIGITAL
    starters: ClassVar[tuple[Role, ...]] = (Role.SPECIALIST,)
    record_class: ClassVar[type[Dossier]] = Dossier
    papers: ClassVar[Papers] = {}
    subject: ClassVar[Callable[[Dossier], str] | None] = None
    ends_in: ClassVar[str] = "decision"
    written_at: ClassVar[str] = "dossier-edit"
    keep: ClassVar[Callable[[Any, Step], None]] = Dossier.write_lists
    matter: ClassVar[type[Matter] | None] = None
    instead: ClassVar[Any] = ""

    @classmethod
    def posts_that_may_start(cls, held: Iterable[Capacity]) -> list[Post]:
        """The posts from which somebody with these capacities may begin a case."""
        return [c.post for c in held if c.delegation is None and c.post.role in cls.starters]

    @classmethod
    def begin(cls, author: Any, post: Post, **columns: Any) -> Dossier:
        """A new dossier of the commune of ``post``, which nobody has sent yet."""
        commune = Commune.objects.get(agency=post.agency_id)
        return Dossier.objects.create(
            agency=post.agency,
            post=post,
            author=author,
            field=cls.field,
            procedure=cls.code,
            commune=commune,
            unit=commune.divisions.get().unit,
            **columns,
        )


class DecisionRoad(DossierPage):
    """Whose turn it is. What is lawful stands on the record (:mod:`procedures.models.dossiers`).

    After every step the gateway reads the record's state, so a return, a rejection or a step
    skipped later needs no edge of its own.
    """

    start = nodes.StartHandle().Next(this.route)

    route = by_state(*STEPS)

    correct = HumanTask(_("Sửa và gửi lại"), desk=AUTHOR, states=[State.RETURNED])
    check_content = HumanTask(
        _("Kiểm tra nội dung"), desk=Role.SPECIALIST, states=[State.SUBMITTED]
    )
    sign_submission = HumanTask(_("Ký Tờ trình"), desk=Role.DIVISION_HEAD, states=[State.CHECKED])
    check_form = HumanTask(_("Kiểm tra thể thức"), desk=Role.CLERK, states=[State.APPRAISED])
    review_draft = HumanTask(
        _("Xem dự thảo"), desk=Role.CHIEF_OF_OFFICE, states=[State.OFFICE_REVIEW]
    )
    sign_decision = HumanTask(_("Ký Quyết định"), desk=Role.CHAIRMAN, states=[State.CLEARED])
    seal_decision = HumanTask(_("Đóng dấu"), desk=Role.CLERK, states=[State.SIGNED])
    release_decision = HumanTask(_("Phát hành"), desk=Role.CLERK, states=[State.SEALED])

    for _step in (
        correct, check_content, sign_submission, check_form, review_draft,
        sign_decision, seal_decision, release_decision,
    ):  # fmt: skip
        _step.Next(this.route)
    del _step

    end = nodes.End()


class PaperRoad(DecisionRoad):
    """The road of every decision where what is signed is another kind of paper."""

    sign_decision = HumanTask(_("Ký văn bản"), desk=Role.CHAIRMAN, states=[State.CLEARED])
    sign_decision.Next(this.route)

    @classmethod
    def begin(cls, author: Any, post: Post, **columns: Any) -> Dossier:
        """The first of its kind begins the series it is numbered in."""
        dossier = super().begin(author, post, **columns)
        series.begin_issued(dossier.commune, dossier.unit)
        return dossier


class ConsentRoad(DossierPage):
    """Whose turn it is where the Chairman's consent is asked for and nothing is signed.

    What was agreed to has no step open: it lies in the pool until a decision gathers it.
    """

    papers: ClassVar[Papers] = {"proposal": member_proposal.proposal}
    written_at = "dossier-request"

    start = nodes.StartHandle().Next(this.route)

    route = by_state(
        (this.correct, State.RETURNED),
        (this.check_content, State.SUBMITTED),
        (this.consent, State.AWAITING_CONSENT),
        (this.end, State.AGREED),
    )

    correct = HumanTask(_("Sửa và gửi lại"), desk=AUTHOR, states=[State.RETURNED])
    check_content = HumanTask(
        _("Kiểm tra nội dung"), desk=Role.SPECIALIST, states=[State.SUBMITTED]
    )
    consent = HumanTask(_("Cho ý kiến đồng ý"), desk=Role.CHAIRMAN, states=[State.AWAITING_CONSENT])

    for _step in (correct, check_content, consent):
        _step.Next(this.route)
    del _step

    end = nodes.End()
