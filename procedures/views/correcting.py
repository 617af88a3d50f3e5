"""Sai gì? From a released decision to the right remedy, and the list being put right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import service as documents
from documents.models import Document
from workflows import service
from workflows.errors import Refusal
from workflows.models import Post

from .. import access, remedies, rules, standing
from ..flows import CorrectDocumentFlow, correct_document
from ..forms.correcting import (
    FAULTS,
    CorrectedRows,
    FaultForm,
    RemedyForm,
    corrected_rows,
    corrected_rows_from,
    corrected_rows_shown,
    corrected_values,
)
from ..forms.steps import MAX_ROWS
from ..idempotency import once
from ..models import Change, Dossier
from ..models.people import OF_AGE
from ..rules import Finding
from ..teams import overtaken
from ..visitor import visitor
from . import pages

LISTED = ("amend", "replace")


@require_http_methods(["GET", "POST"])
def wrong(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Văn bản sai thế nào?": the answer leads to the remedy, and a draft of it is begun."""
    document = access.document_for(request.user, pk)
    found = remedies.of(document)
    teams = found.teams
    form = RemedyForm(request.POST if request.method == "POST" else None, found=found)
    refusal = _refused(request, document)
    if request.method == "POST" and refusal is None and form.is_valid():
        try:
            return once.do(request, lambda: (_begun(request, document, form.cleaned_data), ""))
        except Refusal as refused:
            refusal = refused
    context = {
        "document": document,
        "form": form,
        "faults": [fault for fault in FAULTS if fault[0] in found.remedies],
        "instead": found.why,
        "teams": teams if form.several else [],
        "chosen": {str(value) for value in form["teams"].value() or []},
        "refusal": refusal,
        "under_way": _under_way(request, document),
        "undergone": documents.around(document)[0],
    }
    status = 200 if request.method == "GET" else 409 if refusal else 422
    return render(request, "procedures/wrong.html", context, status=status)


def _begun(request: HttpRequest, document: Document, chosen: dict[str, Any]) -> str:
    post, teams = _post(request, document), list(chosen["teams"])
    dossier = correct_document.draft(request.user, post, document, chosen["remedy"], teams)
    return reverse("dossier-correct", args=[dossier.pk])


def _refused(request: HttpRequest, document: Document) -> Refusal | None:
    """Why nothing can be begun here; None when it can."""
    try:
        _post(request, document)
        correct_document.refuse(document)
    except Refusal as refusal:
        return refusal
    return None


def _post(request: HttpRequest, document: Document) -> Post:
    """The post of the visitor in the commune that issued the document."""
    dossier = remedies.case_of(document)
    posts = CorrectDocumentFlow.posts_that_may_start(visitor(request).held)
    fitting = [p for p in posts if dossier is None or p.agency_id == dossier.agency_id]
    if not fitting:
        raise Refusal(_("Chỉ chuyên viên hoặc văn thư lập được hồ sơ xử lý văn bản sai."))
    return fitting[0]


def _under_way(request: HttpRequest, document: Document) -> Dossier | None:
    found = access.dossiers_of(request.user, visitor(request).held)
    return Dossier.putting_right(document).filter(pk__in=found).first()


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong, and the list of one team as it should be. Adding and removing a row, or going
    to another team's list, loses nothing typed."""
    dossier = access.dossier_for(request.user, pk)
    barred = pages.refusal_of(dossier, "edit", request.user)
    if not dossier.remedy:
        barred = Refusal(_("Hồ sơ này không sửa văn bản đã phát hành nào."))
    if barred:
        return pages.barred(request, "correction.html", dossier, barred)
    page = _Page(request, dossier)
    return page.opened() if request.method == "GET" else page.sent()


class _Page:
    """One showing of the page: the dossier, the team whose list it shows, what was typed."""

    def __init__(self, request: HttpRequest, dossier: Dossier) -> None:
        self.request = request
        self._read(dossier)

    def _read(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.lines = [line for line in dossier.lines() if line.kind in LISTED]
        asked = self.request.POST.get("line") or self.request.GET.get("to", "")
        chosen = [line for line in self.lines if str(line.pk) == asked] or self.lines
        self.line = chosen[0] if chosen else None

    def opened(self) -> HttpResponse:
        """As last saved; judged once somebody has worked on it."""
        people = _stored(self.line)
        words = FaultForm(dossier=self.dossier)
        if self.dossier.revision == 1:
            return self._show(words, corrected_rows_shown(people))
        words = FaultForm(_words(self.dossier), dossier=self.dossier)
        rows = corrected_rows_from(people)
        return self._show(words, rows, findings=self._at_fields(words, rows))

    def sent(self) -> HttpResponse:
        words = FaultForm(self.request.POST, dossier=self.dossier)
        if self.line is None or "refresh" in self.request.POST:
            return self._keep(words, None)
        rows = corrected_rows(self.request.POST)
        if not rows.management_form.is_valid():
            return self._show(words, rows, status=422)
        if "more" in self.request.POST or "less" in self.request.POST:
            return self._show(words, corrected_rows_shown(self._reshaped(rows.typed())))
        return self._keep(words, rows)

    def _reshaped(self, typed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        sent = self.request.POST
        if "more" in sent:
            return [*typed, {}][:MAX_ROWS]
        return [row for number, row in enumerate(typed) if str(number) != sent["less"]] or [{}]

    def _keep(self, words: FaultForm, rows: CorrectedRows | None) -> HttpResponse:
        """Save, and send or go to another list if asked to."""
        # Both are asked, so that every mistake is shown at once.
        if not all([words.is_valid(), rows is None or rows.is_valid()]):
            return self._show(words, rows, status=422)
        sending = "send" in self.request.POST
        try:
            self._save(words, rows, sending)
        except Refusal as refusal:
            return self._refused(words, rows, refusal)
        if sending:
            messages.success(self.request, _("Đã gửi. Trang này cho biết hồ sơ đang chờ ai."))
            return pages.back_to(self.dossier)
        messages.success(self.request, _("Đã lưu nháp. Chưa gửi đi đâu cả."))
        other = self.request.POST.get("go") or (self.line.pk if self.line else "")
        address = redirect("dossier-correct", pk=self.dossier.pk)
        address["Location"] += f"?to={other}" if str(other).isdecimal() else ""
        return address

    def _save(self, words: FaultForm, rows: CorrectedRows | None, sending: bool) -> None:
        seen, by = pages.seen_by(self.request), self.request.user
        acts = pages.SENT[: 1 + sending]
        if pages.done_before(self.dossier, acts, by, seen) and self._same(rows):
            return  # the same page pressed twice
        typed: dict[str, Any] = words.cleaned_data
        if self.line:
            own = self.line.pk
            typed |= {"refresh": [own]} if rows is None else {"seats": {own: rows.people()}}
        saved = service.perform(self.dossier, "edit", by=by, seen=seen, **typed)
        if sending:
            pages.refuse_hints_unseen(self.request, saved)
            service.perform(saved, "submit", by=by, seen=saved.revision)

    def _same(self, rows: CorrectedRows | None) -> bool:
        """Whether the list is kept as it was sent; without rows it was to be drawn up anew."""
        if rows is None:
            return not self._stale
        return [_row(row) for row in rows.people()] == _stored(self.line)

    @property
    def _stale(self) -> bool:
        """Whether another decision changed the list since it was drawn up."""
        return self.line is not None and overtaken.is_stale(self.line, self.line.standing)

    def _refused(
        self, words: FaultForm, rows: CorrectedRows | None, refusal: Refusal
    ) -> HttpResponse:
        """The page again with everything typed; where rules refuse, each at its field."""
        self._read(access.dossier_for(self.request.user, self.dossier.pk))
        if not self._same(rows):
            return self._show(words, rows, refusal=refusal, status=409)
        judged = self._at_fields(words, rows)
        told = None if words.errors or (rows and any(rows.errors)) else refusal
        told = None if any(finding.blocks for finding in judged) else told
        return self._show(words, rows, refusal=told, findings=judged, status=422)

    def _at_fields(self, words: FaultForm, rows: CorrectedRows | None) -> list[Finding]:
        """Put what blocks on its field; return the rest, to stand above the list."""
        words.is_valid()
        left = []
        for finding in rules.judge(self.dossier):
            row = self._row_of(rows, finding)
            if finding.blocks and finding.field in words.fields:
                words.add_error(finding.field, str(finding))
            elif finding.blocks and row is not None:
                row.add_error(finding.field, str(finding))
            else:
                left.append(finding)
        return left

    def _row_of(self, rows: CorrectedRows | None, finding: Finding) -> Any:
        """The row a finding is about, where there is one list only."""
        number = (finding.position or 0) - 1
        if rows is None or len(self.lines) != 1 or not rows.is_bound:
            return None
        rows.is_valid()
        return rows.forms[number] if 0 <= number < len(rows.forms) else None

    def _show(
        self, words: FaultForm, rows: CorrectedRows | None, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        shown = (rows or corrected_rows_shown(_stored(self.line))) if self.line else None
        return pages.page(
            self.request,
            "correction.html",
            self.dossier,
            status,
            words=words,
            rows=shown,
            line=self.line,
            others=[line for line in self.lines if line != self.line],
            wrong=bool(words.errors or (shown and shown.is_bound and any(shown.errors))),
            reason=standing.reason(self.dossier),
            room=shown is not None and len(shown.forms) < MAX_ROWS,
            stale=self._stale,
            of_age_from=timezone.localdate().year - OF_AGE,
            **context,
        )


def _words(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in ("fault", "printed", "meant")}


def _stored(line: Change | None) -> list[dict[str, Any]]:
    return [corrected_values(seat) for seat in line.seats.all()] if line else []


def _row(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns of a seat as :func:`corrected_values` gives them."""
    return {("was" if name == "was_id" else name): said for name, said in columns.items()}
