"""The page on which a case about standing teams is written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import service
from workflows.errors import Refusal

from .. import access, rules, standing
from ..forms.correcting import (
    CorrectedRows,
    corrected_rows,
    corrected_rows_from,
    corrected_rows_shown,
    corrected_values,
)
from ..forms.restructuring import AppointForm, WordsForm
from ..forms.steps import MAX_ROWS
from ..idempotency import once
from ..models import Change, Dossier
from ..models.people import OF_AGE
from ..rules import Finding
from ..teams import differences, in_order
from . import pages

_LISTED = ("revise", "create")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaders, lists and words of one case. Adding and removing a row, or going to another team's
    list, loses nothing typed."""
    dossier = access.dossier_for(request.user, pk)
    barred = pages.refusal_of(dossier, "edit", request.user)
    if not dossier.restructures:
        barred = Refusal(_("Hồ sơ này không phải hồ sơ về tổ đang hoạt động."))
    if barred:
        return pages.barred(request, "restructure.html", dossier, barred)
    page = _Page(request, dossier)
    return page.opened() if request.method == "GET" else page.sent()


class _Page:
    """One showing of the page: the dossier, the team whose list it shows, what was typed.

    Every case has words; ``rows`` is the list of one team, ``appoints`` a form for each team whose
    leader is replaced.
    """

    words: WordsForm
    rows: CorrectedRows | None = None
    appoints: list[AppointForm]

    def __init__(self, request: HttpRequest, dossier: Dossier) -> None:
        self.request = request
        self._read(dossier)

    def _read(self, dossier: Dossier) -> None:
        self.dossier, self.lines = dossier, differences.read_before(dossier.lines())
        self.listed = [line for line in self.lines if line.kind in _LISTED]
        asked = self.request.POST.get("line") or self.request.GET.get("to", "")
        chosen = [line for line in self.listed if str(line.pk) == asked] or self.listed
        self.line = chosen[0] if chosen else None

    def _appoint_forms(self, data: Any = None) -> list[AppointForm]:
        lines = [line for line in self.lines if line.kind == Change.Kind.APPOINT]
        return [AppointForm(data, line=line, alone=len(lines) == 1) for line in lines]

    def opened(self) -> HttpResponse:
        """As last saved; judged once somebody has worked on it."""
        people = [corrected_values(seat) for seat in self.line.seats.all()] if self.line else []
        self.words, self.appoints = WordsForm(dossier=self.dossier), self._appoint_forms()
        if self.dossier.revision == 1:
            self.rows = corrected_rows_shown(people)
            return self._show()
        self.rows = corrected_rows_from(people)
        return self._show(findings=self._at_fields())

    def sent(self) -> HttpResponse:
        sent = self.request.POST
        self.words, self.appoints = WordsForm(sent, dossier=self.dossier), self._appoint_forms(sent)
        if self.line is not None:
            self.rows = corrected_rows(sent)
            if not self.rows.management_form.is_valid():
                return self._show(status=422)
            if "more" in sent or "less" in sent:
                self.rows = corrected_rows_shown(self._reshaped(self.rows.typed()))
                return self._show()
        return self._keep()

    def _reshaped(self, typed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        sent = self.request.POST
        if "more" in sent:
            return [*typed, {}][:MAX_ROWS]
        return [row for number, row in enumerate(typed) if str(number) != sent["less"]] or [{}]

    def _keep(self) -> HttpResponse:
        """Save, and send or go to another list if asked to."""
        # All are asked, so that every mistake is shown at once.
        forms: list[Any] = [
            self.words,
            *self.appoints,
            *([self.rows] if self.rows is not None else []),
        ]
        if not all([form.is_valid() for form in forms]):  # noqa: C419
            return self._show(status=422)
        sending, to = "send" in self.request.POST, self._next()
        said = (
            _("Đã gửi. Trang này cho biết hồ sơ đang chờ ai.")
            if sending
            else _("Đã lưu nháp. Chưa gửi đi đâu cả.")
        )
        try:
            with once.on(self.request, pages.SENT[sending], to, lambda _dossier: said):
                self._do(sending)
        except Refusal as refusal:
            return once.shown(self.request) or self._refused(refusal)
        messages.success(self.request, said)
        return redirect(to)

    def _next(self) -> str:
        if "send" in self.request.POST:
            return reverse("dossier", args=[self.dossier.pk])
        other = self.request.POST.get("go") or (self.line.pk if self.line else "")
        address = reverse("dossier-restructure", args=[self.dossier.pk])
        return f"{address}?to={other}" if str(other).isdecimal() else address

    def _do(self, sending: bool) -> None:
        """Save, and send, in one transaction; what the rules refuse to send stays saved."""
        seen, by, refused = pages.seen_by(self.request), self.request.user, None
        with transaction.atomic():
            saved = service.perform(self.dossier, "edit", by=by, seen=seen, **self._typed())
            if sending:
                try:
                    pages.refuse_hints_unseen(self.request, saved)
                    service.perform(saved, "submit", by=by, seen=saved.revision)
                except Refusal as refusal:
                    refused = refusal
        if refused:
            raise refused

    def _typed(self) -> dict[str, Any]:
        """What the act "edit" takes."""
        pressed = self.request.POST
        refresh = [line.pk for line in self.lines if str(line.pk) == pressed.get("refresh")]
        seats = {form.line.pk: form.rows() for form in self.appoints if form.line.pk not in refresh}
        if self.line is not None and self.rows is not None and not refresh:
            seats[self.line.pk] = self.rows.people()
        causes = {
            form.line.pk: (form.cleaned_data["cause"], form.cleaned_data["reason"])
            for form in self.appoints
        }
        drop = [form.line.pk for form in self.appoints if form.cleaned_data.get("drop")]
        if pressed.get("drop", "").isdecimal():
            drop.append(int(pressed["drop"]))
        more = {"seats": seats, "causes": causes, "drop": drop, "refresh": refresh}
        return self.words.cleaned_data | more

    def _refused(self, refusal: Refusal) -> HttpResponse:
        """The page again with everything typed; where rules refuse, each at its field."""
        before = self.dossier.revision
        self._read(access.dossier_for(self.request.user, self.dossier.pk))
        if self.dossier.revision != before + 1:
            return self._show(refusal=refusal, status=409)
        judged = self._at_fields()
        stopped = any(finding.blocks for finding in judged)
        errors = self.words.errors or (self.rows is not None and any(self.rows.errors))
        told = None if stopped or errors else refusal
        return self._show(refusal=told, findings=judged, status=422)

    def _at_fields(self) -> list[Finding]:
        """Put what blocks on its field; return the rest, to stand above the list."""
        left = []
        for finding in rules.judge(self.dossier):
            row = self._row_of(finding)
            if finding.blocks and self.words.is_bound and finding.field in self.words.fields:
                self.words.add_error(finding.field, str(finding))
            elif finding.blocks and row is not None and finding.field in row.fields:
                row.add_error(finding.field, str(finding))
            else:
                left.append(finding)
        return left

    def _row_of(self, finding: Finding) -> Any:
        """The row a finding is about, where there is one list only."""
        number = (finding.position or 0) - 1
        if self.rows is None or len(self.listed) != 1 or not self.rows.is_bound:
            return None
        self.rows.is_valid()
        return self.rows.forms[number] if 0 <= number < len(self.rows.forms) else None

    @property
    def _stale(self) -> bool:
        """Whether another decision changed the list since it was drawn up."""
        if self.line is None:
            return False
        now = self.dossier.standing_at(self.line)
        return {seat.pk for seat in now} != set(self.line.basis)

    def _changed(self) -> list[Change]:
        """The lines naming a leader or deputy whose team has another list by now."""
        lines = [form.line for form in self.appoints]
        now = in_order.standing_lists(line.team for line in lines if line.team)
        return [
            line
            for line in lines
            if {seat.pk for seat in now.get(line.team_id or 0, [])} != set(line.basis)
        ]

    def _show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        shown = self.rows if self.line else None
        wrong = self.words.errors or (shown is not None and shown.is_bound and any(shown.errors))
        return pages.page(
            self.request,
            "restructure.html",
            self.dossier,
            status,
            words=self.words,
            rows=shown,
            appoints=self.appoints,
            line=self.line,
            ends=[line for line in self.lines if line.kind == Change.Kind.DISSOLVE],
            others=[line for line in self.listed if line != self.line],
            wrong=bool(wrong or any(form.is_bound and form.errors for form in self.appoints)),
            reason=standing.reason(self.dossier),
            room=shown is not None and len(shown.forms) < MAX_ROWS,
            stale=self._stale,
            changed=self._changed(),
            of_age_from=timezone.localdate().year - OF_AGE,
            **context,
        )
