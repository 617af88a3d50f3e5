"""The road most procedures share: from a request to a released decision.

A plain mixin of nodes, never a Flow: :class:`workflows.engine.CaseFlow` copies the nodes for each
procedure. Node names are stored in the database; renaming one needs a data migration.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import nodes

from workflows.engine import AUTHOR, HumanTask, by_state
from workflows.states import State

from .roles import Role

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


class DecisionRoad:
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


class ConsentRoad:
    """Whose turn it is where the Chairman's consent is asked for and nothing is signed.

    What was agreed to has no step open: it lies in the pool until a decision gathers it.
    """

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
