"""Drawing targets up: what and for whom, then the numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents import service as documents
from workflows import service
from workflows.errors import Refusal

from .. import access, rules, standing
from ..forms.targets import NumbersForm, PlanForm, plan_values
from ..idempotency import once
from ..models import Dossier, Indicator
from ..rules import Finding
from ..teams.standing_teams import all_standing
from ..visitor import visitor
from . import pages
from .reading import attached


def _case(request: HttpRequest, pk: int) -> Dossier:
    dossier = access.dossier_for(request.user, pk)
    if not dossier.assigns:
        raise Http404
    return dossier


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, case: int) -> HttpResponse:
    """The paper followed, the days, the indicators and the teams."""
    return _Plan(request, _case(request, case)).answer()


@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, case: int) -> HttpResponse:
    """The table teams x indicators; from here the case is sent."""
    return _Numbers(request, _case(request, case)).answer()


@require_safe
def scan(request: HttpRequest, case: int) -> HttpResponse:
    """The superior's paper as it was handed in: for the office."""
    dossier = _case(request, case)
    name = dossier.target_sheet().target_set.scan
    if not name or dossier.agency_id not in access.offices(visitor(request).held):
        raise Http404
    file = documents.read_scan(name)
    return attached(file.data, file.name, file.media_type)


class _Page:
    """What both pages of a draft share: show, keep once, or say why not."""

    template = ""

    def __init__(self, request: HttpRequest, dossier: Dossier) -> None:
        self.request, self.dossier = request, dossier

    def answer(self) -> HttpResponse:
        barred = pages.refusal_of(self.dossier, "edit", self.request.user)
        if barred:
            return pages.barred(self.request, self.template, self.dossier, barred)
        if self.request.method == "GET":
            return self.opened()
        try:
            return self.sent()
        except Refusal as refusal:
            if first := once.shown(self.request):
                return first
            self.dossier = access.dossier_for(self.request.user, self.dossier.pk)
            return self.show(self.form(bound=True), pages.status_of(refusal), refusal=refusal)

    def opened(self) -> HttpResponse:
        return self.show(self.form(bound=False))

    def form(self, *, bound: bool) -> Any:
        raise NotImplementedError

    def sent(self) -> HttpResponse:
        raise NotImplementedError

    def edit(self, to: str, said: str, **data: Any) -> Dossier:
        """Keep what was typed, with its answer in the same transaction."""
        seen = pages.seen_by(self.request)
        with once.on(self.request, "edit", to, lambda _record: said):
            return service.perform(self.dossier, "edit", by=self.request.user, seen=seen, **data)

    def at_fields(self, form: Any) -> list[Finding]:
        """Put what blocks on its box; return the rest."""
        left = []
        form.is_valid()
        for finding in rules.judge(self.dossier):
            if finding.blocks and finding.field in form.fields:
                form.add_error(finding.field, str(finding))
            else:
                left.append(finding)
        return left

    def show(self, form: Any, status: int = 200, **context: Any) -> HttpResponse:
        return pages.page(
            self.request,
            self.template,
            self.dossier,
            status,
            form=form,
            wrong=bool(form.errors),
            reason=standing.reason(self.dossier),
            sheet=self.dossier.target_sheet(),
            **context,
        )


class _Plan(_Page):
    template = "target_plan.html"

    def form(self, *, bound: bool) -> PlanForm:
        sheet = self.dossier.target_sheet()
        known = Indicator.objects.filter(commune=self.dossier.commune, retired=None)
        teams = list(all_standing(self.dossier.commune))
        ended = [place.team for place in sheet.places if place.team not in teams]
        options: dict[str, Any] = {"known": list(known), "teams": [*teams, *ended]}
        if bound:
            return PlanForm(self.request.POST, self.request.FILES, **options)
        return PlanForm(initial=plan_values(sheet), **options)

    def sent(self) -> HttpResponse:
        form = self.form(bound=True)
        if not form.is_valid():
            return self.show(form, 422)
        onward = "next" in self.request.POST
        page = "targets-numbers" if onward else "targets-plan"
        to = reverse(page, args=[self.dossier.pk])
        said = "" if onward else _("Đã lưu nháp. Chưa gửi đi đâu cả.")
        with transaction.atomic():
            saved = self.edit(
                to,
                said,
                plan=form.plan(),
                indicators=self._indicators(form),
                teams=form.cleaned_data["teams"],
            )
        self.dossier = access.dossier_for(self.request.user, saved.pk)
        if onward and (lacking := self._lacking()).errors:
            return self.show(lacking, 422)
        if said:
            messages.success(self.request, said)
        return redirect(to)

    def _indicators(self, form: PlanForm) -> list[int]:
        chosen: list[int] = form.cleaned_data["indicators"]
        new = form.new()
        if not new:
            return chosen
        made = Indicator.objects.create(commune=self.dossier.commune, **new)
        return [*chosen, made.pk]

    def _lacking(self) -> PlanForm:
        """As it is kept now, with what is still missing at its box."""
        shown = self.form(bound=False)
        shown.cleaned_data = {}
        self.at_fields(shown)
        return shown


class _Numbers(_Page):
    template = "target_numbers.html"

    def form(self, *, bound: bool) -> NumbersForm:
        data = self.request.POST if bound else None
        return NumbersForm(data, sheet=self.dossier.target_sheet())

    def opened(self) -> HttpResponse:
        sheet = self.dossier.target_sheet()
        if not sheet.items or not sheet.places:
            messages.error(self.request, _("Chọn chỉ số và tổ trước, rồi ghi số."))
            return redirect("targets-plan", case=self.dossier.pk)
        return super().opened()

    def sent(self) -> HttpResponse:
        form = self.form(bound=True)
        if "fill" in self.request.POST:
            filled = NumbersForm(form.filled(self.request.POST), sheet=form.sheet)
            return self.show(filled, 422 if filled.errors else 200, filled=not filled.errors)
        if not form.is_valid():
            return self.show(form, 422)
        if "send" in self.request.POST:
            return self._send(form)
        to = reverse("targets-numbers", args=[self.dossier.pk])
        said = _("Đã lưu nháp. Chưa gửi đi đâu cả.")
        self.edit(to, said, items=form.items(), cells=form.cells())
        messages.success(self.request, said)
        return redirect(to)

    def _send(self, form: NumbersForm) -> HttpResponse:
        """Keep, then send; what the rules refuse stands at its box, and the draft is kept."""
        to = reverse("dossier", args=[self.dossier.pk])
        said = _("Đã gửi. Trang này cho biết hồ sơ đang chờ ai.")
        user, seen = self.request.user, pages.seen_by(self.request)
        saved = service.perform(
            self.dossier, "edit", by=user, seen=seen, items=form.items(), cells=form.cells()
        )
        try:
            pages.refuse_hints_unseen(self.request, saved)
            with once.on(self.request, "submit", to, lambda _record: said):
                service.perform(saved, "submit", by=user, seen=saved.revision)
        except Refusal as refusal:
            return self._refused(refusal)
        messages.success(self.request, said)
        return redirect(to)

    def _refused(self, refusal: Refusal) -> HttpResponse:
        self.dossier = access.dossier_for(self.request.user, self.dossier.pk)
        form = self._as_kept()
        left = self.at_fields(form)
        elsewhere = [finding for finding in left if finding.blocks]
        told = None if form.errors or elsewhere else refusal
        return self.show(form, 422, refusal=told, findings=left, elsewhere=bool(elsewhere))

    def _as_kept(self) -> NumbersForm:
        """The boxes as typed, the reckoned numbers in those that were open."""
        sheet = self.dossier.target_sheet()
        shown = NumbersForm(sheet=sheet)
        data = {name: self.request.POST.get(name, "") for name in shown.fields}
        for cell in sheet.cells.values():
            if cell.numerator is not None:
                data[f"n-{cell.place_id}-{cell.item_id}"] = str(cell.numerator)
        return NumbersForm(data, sheet=sheet)
