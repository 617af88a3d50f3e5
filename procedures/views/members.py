"""One member of a team: the leader asks, the specialist passes it on, the leader of the commune
agrees."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from workflows.errors import Refusal
from workflows.models import Post
from workflows.service import perform

from .. import access, rules, standing
from ..files import blank_papers
from ..forms.behalf import ReceivedForm
from ..forms.members import GoingForm, JoinForm, stored
from ..idempotency import once
from ..models import Change, Dossier, SeatRole, Team
from ..models.people import OF_AGE
from ..people import member_requests
from ..rules.members import FULL
from ..visitor import visitor
from . import pages
from .answers import Step, answer
from .checks import judged
from .proposals import acts_of_writer
from .reading import attached

HEADINGS = {
    Change.Kind.ADMIT: _later("Giới thiệu thành viên"),
    Change.Kind.LEAVE: _later("Đề nghị cho thôi"),
    Change.Kind.REMOVE: _later("Đề nghị đưa ra khỏi danh sách"),
}


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, team: int, kind: str) -> HttpResponse:
    """A new request, sent at once; a specialist enters it for the leader and says how it came."""
    found = access.team_for(request.user, team)
    post = member_requests.asking_post(visitor(request).held, found)
    if post is None:
        raise PermissionDenied
    page = _Page(request, found, Change.Kind(kind))
    entering = post != found.leading_post()
    if entering:
        page.received = ReceivedForm(request.POST or None, request.FILES or None)
        post = member_requests.posted_at(found, post)
    return page.shown() if request.method == "GET" else page.asked(post)


@require_safe
def blank(request: HttpRequest, team: int, kind: str) -> HttpResponse:
    """The empty Đơn to print; nobody has to hand one in."""
    found = access.team_for(request.user, team)
    data = blank_papers.application(found, joins=kind == Change.Kind.ADMIT)
    return attached(data, "mau-don.pdf", "application/pdf")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A request that came back, or was begun for the leader: put right and sent."""
    dossier = access.dossier_for(request.user, pk)
    acts, barred = acts_of_writer(dossier, request.user)
    if not dossier.asks_consent:
        barred = Refusal(_("Hồ sơ này không phải đề nghị về một thành viên."))
    if barred:
        status = 200 if request.method == "GET" else 409
        return pages.page(request, "member.html", dossier, status, refusal=barred)
    [change] = dossier.lines()
    assert change.team is not None  # these requests are about a team that stands
    page = _Page(request, change.team, Change.Kind(change.kind), dossier)
    entered = acts[0] == "edit_entered"
    return page.shown() if request.method == "GET" else page.sent(entered=entered)


class _Page:
    """One showing of the form: the team, what is asked, and the dossier where there is one."""

    def __init__(
        self, request: HttpRequest, team: Team, kind: Change.Kind, dossier: Dossier | None = None
    ) -> None:
        self.request, self.team, self.kind, self.dossier = request, team, kind, dossier
        self.received: ReceivedForm | None = None
        self.form = self._form()

    def _form(self) -> JoinForm | GoingForm:
        data = self.request.POST or None
        initial = stored(self.dossier) if self.dossier else None
        if self.kind == Change.Kind.ADMIT:
            return JoinForm(data, initial=initial)
        seats = member_requests.choices(self.team)
        return GoingForm(data, kind=self.kind, seats=seats, initial=initial)

    def asked(self, post: Post) -> HttpResponse:
        """Send a new request."""

        def work() -> tuple[str, str]:
            received = self.received.received() if self.received else None
            dossier = member_requests.ask(
                self.request.user, post, self.team, self.kind, *self._said(), received
            )
            return reverse("dossier", args=[dossier.pk]), _received(dossier)

        return self._once(work)

    def sent(self, *, entered: bool) -> HttpResponse:
        """Send the one that is there."""
        dossier = self.dossier
        assert dossier is not None  # this page was opened for it

        def work() -> tuple[str, str]:
            if pages.seen_by(self.request) != dossier.revision:
                raise Refusal(_("Hồ sơ vừa được người khác xử lý. Ông/bà mở lại trang này."))
            by = self.request.user
            sent = member_requests.send(dossier, by, *self._said(), entered=entered)
            return reverse("dossier", args=[dossier.pk]), _received(sent)

        return self._once(work)

    def _said(self) -> tuple[dict[str, Any], dict[str, str]]:
        seat = self.form.seat()
        if "collaborate" in self.request.POST:
            seat["role"] = SeatRole.COLLABORATOR
        return seat, self.form.words()

    def _once(self, work: Any) -> HttpResponse:
        """Do the work, or show the page again with everything typed."""
        forms: list[Form] = [self.form, *([self.received] if self.received else [])]
        # Every form is asked, so that every mistake is shown at once.
        if not all([form.is_valid() for form in forms]):  # noqa: C419
            return self.shown(422)
        try:
            return once.do(self.request, work)
        except Refusal as refusal:
            return self._refused(refusal)

    def _refused(self, refusal: Refusal) -> HttpResponse:
        full = isinstance(refusal, rules.Forbidden) and refusal.rule in FULL
        if refusal.field in self.form.fields and not full:
            self.form.add_error(refusal.field, str(refusal))
            return self.shown(422)
        return self.shown(pages.status_of(refusal), refusal=refusal, full=full)

    def shown(self, status: int = 200, **context: Any) -> HttpResponse:
        told = {
            "team": self.team,
            "kind": self.kind,
            "heading": HEADINGS[self.kind],
            "form": self.form,
            "received": self.received,
            "leaderless": self.received is not None and _leaderless(self.team),
            "of_age_from": timezone.localdate().year - OF_AGE,
            "reason": standing.reason(self.dossier) if self.dossier else None,
            "dossier": self.dossier,
        }
        template = "procedures/member.html"
        return render(self.request, template, {**told, **context}, status=status)


def _leaderless(team: Team) -> bool:
    leading = team.leading_post()
    return leading is None or leading.holder() is None


def _received(dossier: Dossier) -> str:
    if any(change.cause == Change.Cause.DIED for change in dossier.lines()):
        return _("Đã nhận. Mã hồ sơ: %(code)s. Xin chia buồn cùng gia đình và tổ.") % {
            "code": dossier.receipt
        }
    return _("Đã nhận. Mã hồ sơ: %(code)s. Trang này cho biết hồ sơ đang chờ ai.") % {
        "code": dossier.receipt
    }


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The specialist reads the Đề xuất and asks the leader of the commune for his consent."""
    said = _("Nội dung đạt. Đề nghị đã chuyển lãnh đạo cho ý kiến.")
    return _step(request, pk, "pass_for_consent", said)


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """The Chairman, or a Deputy for him, reads it and agrees."""
    said = _("Đã đồng ý. Đề nghị chờ chuyên viên đưa vào quyết định.")
    return _step(request, pk, "consent", said)


def _step(request: HttpRequest, pk: int, act: str, said: str) -> HttpResponse:
    dossier = access.dossier_for(request.user, pk)

    def work(seen: int) -> None:
        perform(dossier, act, by=request.user, seen=seen)

    step = Step("member_step.html", (act,), said, paper="proposal", beside=judged)
    return answer(request, dossier, step, work)
