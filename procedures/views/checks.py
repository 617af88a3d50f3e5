"""What is done before the leader signs: the two checks, the head of division, the Chánh Văn phòng.

Each page shows the exact paper first (see :mod:`.answers`). Who holds the specialist's and the
clerk's desk makes both checks on one page where no Tờ trình is signed between them
(project/decisions/0011).
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.models import Mode
from workflows import authority, engine
from workflows.service import perform
from workflows.states import State, acts_of

from .. import access, rules
from ..forms.outside import CheckedForm
from ..models import Dossier
from ..models.ways import Asking
from ..roles import Role
from ..visitor import visitor
from .answers import Step, answer
from .ordering import out_of_order, tell_order
from .reading import reading_of

_ASKS: dict[str, str] = {Asking.SLIP: "agree_by_slip", Asking.INITIALS: "initial_draft"}


@require_http_methods(["GET", "POST"])
def check_content(request: HttpRequest, pk: int) -> HttpResponse:
    """The specialist reads the Đề xuất and lets its content pass."""
    dossier = access.dossier_for(request.user, pk)
    if _makes_both(request, dossier) and "content_only" not in request.POST:
        return _check_both(request, dossier)

    def work(seen: int) -> None:
        perform(dossier, "check_content", by=request.user, seen=seen)

    done = _("Nội dung đạt. Hồ sơ đã chuyển lên Trưởng phòng.")
    # A round has no Đề xuất of its own: its Tờ trình names what is asked.
    paper = "submission" if dossier.gathers else "proposal"
    step = Step("check.html", ("check_content",), done, paper=paper, beside=judged)
    return answer(request, dossier, step, work)


def _makes_both(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether he sits at both desks, and nothing is signed between the two checks."""
    ahead = acts_of(Dossier)["check_form_ahead"]
    if dossier.off_road(ahead) or dossier.state not in (State.SUBMITTED, State.CHECKED):
        return False
    held, fields = visitor(request).held, engine.fields()
    both = (dossier.desk(Role.SPECIALIST), dossier.desk(Role.CLERK))
    return all(authority.capacity_at(desk, held, fields) for desk in both)


def _check_both(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Both checks on one page, recorded one after the other, or neither."""
    numbered = _numbering(request, dossier)

    def work(seen: int) -> None:
        with transaction.atomic():
            checked = perform(dossier, "check_content", by=request.user, seen=seen)
            perform(
                checked,
                "check_form_ahead",
                by=request.user,
                seen=checked.revision,
                **numbered.cleaned_data,
            )
        tell_order(request, dossier, "decision", numbered.cleaned_data)

    def beside(dossier: Dossier) -> dict[str, Any]:
        draft = reading_of(dossier, "decision", request)
        return {**judged(dossier), **_odd(dossier, numbered), "draft": draft}

    acts = ("check_content", "check_form_ahead")
    done = _("Nội dung và thể thức đạt. Hồ sơ đã chuyển lên Trưởng phòng.")
    forms: dict[str, Form] = {"numbered": numbered}
    step = Step("check_both.html", acts, done, forms, "proposal", beside)
    return answer(request, dossier, step, work)


@require_http_methods(["GET", "POST"])
def check_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk reads the decision as it will be signed; numbers it where we do not."""
    dossier = access.dossier_for(request.user, pk)
    numbered = _numbering(request, dossier)
    act = "pass_to_office" if dossier.office_review else "check_form"
    if dossier.state == State.CHECKED:
        act = "check_form_ahead"

    def work(seen: int) -> None:
        perform(dossier, act, by=request.user, seen=seen, **numbered.cleaned_data)
        tell_order(request, dossier, "decision", numbered.cleaned_data)

    done = {
        "check_form": _("Thể thức đạt. Hồ sơ đã trình lãnh đạo ký."),
        "pass_to_office": _("Thể thức đạt. Hồ sơ đã chuyển Chánh Văn phòng."),
        "check_form_ahead": _("Thể thức đạt. Hồ sơ đang chờ Trưởng phòng."),
    }[act]
    forms: dict[str, Form] = {"numbered": numbered}

    def beside(dossier: Dossier) -> dict[str, Any]:
        return judged(dossier) | _odd(dossier, numbered)

    step = Step("check.html", (act,), done, forms, "decision", beside)
    return answer(request, dossier, step, work)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of division agrees without a Tờ trình: to the Phiếu trình, or by his initials."""
    dossier = access.dossier_for(request.user, pk)
    # Where a Tờ trình is signed, the page says so: neither of these acts is on its road.
    act = _ASKS.get(dossier.asking, "initial_draft")
    # What was checked with the content is not waited for again: one press, two acts.
    acts: tuple[str, ...] = (act,)
    if dossier.form_checked:
        acts = (act, "carry_to_office" if dossier.office_review else "carry_to_leader")

    def work(seen: int) -> None:
        with transaction.atomic():
            moved, revision = dossier, seen
            for name in acts:
                moved = perform(moved, name, by=request.user, seen=revision)
                revision = moved.revision

    def beside(dossier: Dossier) -> dict[str, Any]:
        slip = dossier.asking == Asking.SLIP
        draft = reading_of(dossier, "decision", request) if slip else None
        return {"pressed": acts_of(Dossier)[acts[0]], "draft": draft}

    paper = "submission" if dossier.asking == Asking.SLIP else "decision"
    done = _("Đã trình. Trang này cho biết hồ sơ đang chờ ai.")
    step = Step("agree.html", acts, done, paper=paper, beside=beside)
    return answer(request, dossier, step, work)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The Chánh Văn phòng reads the draft before the leader does."""
    dossier = access.dossier_for(request.user, pk)

    def work(seen: int) -> None:
        perform(dossier, "approve_draft", by=request.user, seen=seen)

    def beside(dossier: Dossier) -> dict[str, Any]:
        return {**judged(dossier), "pressed": acts_of(Dossier)["approve_draft"]}

    done = _("Đã xem. Hồ sơ đã trình lãnh đạo ký.")
    step = Step("agree.html", ("approve_draft",), done, paper="decision", beside=beside)
    return answer(request, dossier, step, work)


def judged(dossier: Dossier) -> dict[str, Any]:
    """What the rules find, for the person who checks."""
    return {"findings": rules.judge(dossier)}


def _odd(dossier: Dossier, numbered: CheckedForm) -> dict[str, Any]:
    """What is odd about the number typed, or kept from before."""
    numbered.is_valid()  # what was refused before its boxes were read has them read here
    said = numbered.cleaned_data if numbered.is_bound else numbered.initial
    return {"odd": out_of_order(dossier, "decision", said)}


def _numbering(request: HttpRequest, dossier: Dossier) -> CheckedForm:
    outside = dossier.series("decision").mode == Mode.EXTERNAL
    typed = {"number": dossier.decision_number, "date": dossier.decision_date}
    before = typed if dossier.decision_number else {}
    return CheckedForm(request.POST or None, initial=before, external=bool(outside))
