"""Decisions issued in the office's own system: drafts out, issued files in, one or many at once.

For everybody but the clerk of the commune the lists do not exist.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows.errors import Refusal
from workflows.models import Agency

from .. import access
from ..files import archives, uploads
from ..forms.outside import ArchiveForm, IssuedFileForm, IssuedForm
from ..issuing import issued_elsewhere, matching, signers
from ..issuing.issued_elsewhere import Drafts, Read
from ..models import Dossier
from . import pages, reading
from .answers import Step, answer
from .assignments import agency_of
from .ordering import tell_order
from .steps import signers_on_paper

ACT = "record_elsewhere"


@dataclass
class Item:
    """One file of a ZIP: which dossier it is for, what it says, or why it is not taken."""

    name: str
    dossier: Dossier | None = None
    read: Read | None = None
    digest: str = ""
    how: Promise | str = ""
    problem: str = ""
    recorded: bool = False

    @property
    def key(self) -> str:
        """What its box sends: the choice is bound to the revision and the file that were shown."""
        return f"{self.dossier.pk}:{self.dossier.revision}:{self.digest}" if self.dossier else ""


# One dossier ------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, case: int) -> HttpResponse:
    """Take the draft out; choose the issued file. Nothing is recorded yet."""
    dossier = _waiting(request, case)
    typed = IssuedFileForm(*_sent(request))
    refusal = pages.refusal_of(dossier, ACT, request.user)
    if typed.is_valid() and not refusal:
        data = typed.cleaned_data["file"]
        try:
            issued_elsewhere.read(dossier, data)
            digest = uploads.keep(dossier.agency, data)
            return redirect("dossier-elsewhere-check", dossier.pk, digest)
        except Refusal as refused:
            typed.add_error("file", str(refused))
    able = list(signers.able_to_sign(dossier, "decision"))
    status = 422 if typed.is_bound else 200
    context = {"typed": typed, "able": able, "refusal": refusal}
    return pages.page(request, "elsewhere.html", dossier, status, **context)


@require_safe
def draft(request: HttpRequest, case: int, signer: int) -> HttpResponse:
    """Our rendering for one signer, number and date blank, to be put into the other system."""
    dossier = _waiting(request, case)
    for capacity in signers.able_to_sign(dossier, "decision"):
        if capacity.user.pk == signer:
            made = issued_elsewhere.draft(dossier, capacity)
            return reading.attached(made.data, made.name, "application/pdf")
    raise Http404


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, case: int, digest: str) -> HttpResponse:
    """Differences side by side; signer, number and date; on POST record it, or say why not."""
    dossier = access.dossier_for(request.user, case)
    data = _kept(request, dossier, digest)
    if data is None:
        return redirect("dossier", dossier.pk)
    found = _read(dossier, data)
    typed = IssuedForm(
        request.POST or None,
        signers=signers_on_paper(dossier, "decision"),
        initial=_found_in(found) if found else {},
    )

    def work(seen: int) -> None:
        said = dict(typed.cleaned_data)
        note = said.pop("note")
        said["signer"] = get_user_model().objects.get(pk=said["signer"])
        issued_elsewhere.record(
            dossier, by=request.user, seen=seen, data=data, typed=said, note=note
        )
        tell_order(request, dossier, "decision", said)
        uploads.drop(dossier.agency, digest)

    def beside(dossier: Dossier) -> dict[str, Any]:
        return {"found": found.comparison if found else None, "digest": digest}

    done = _("Đã ghi nhận bản do cơ quan tải lên. Còn một bước: phát hành.")
    step = Step("elsewhere_check.html", (ACT,), done, {"typed": typed}, beside=beside)
    return answer(request, dossier, step, work)


@require_safe
def file(request: HttpRequest, case: int, digest: str) -> HttpResponse:
    """The uploaded file again, before it is recorded."""
    dossier = _waiting(request, case)
    data = uploads.opened(dossier.agency, digest)
    return reading.attached(data, f"ho-so-{dossier.pk}-ban-tai-len.pdf", "application/pdf")


def _waiting(request: HttpRequest, case: int) -> Dossier:
    """A dossier whose decision the office numbers itself, for its clerk."""
    dossier = access.dossier_for(request.user, case)
    if dossier.agency != agency_of(request) or not issued_elsewhere.is_outside(dossier):
        raise Http404
    return dossier


def _kept(request: HttpRequest, dossier: Dossier, digest: str) -> bytes | None:
    """The file that was chosen; None where it has been recorded already."""
    if dossier.agency != agency_of(request):
        raise Http404
    try:
        return uploads.opened(dossier.agency, digest)
    except Http404:
        if _is_recorded(dossier, digest):
            return None
        raise


def _is_recorded(dossier: Dossier, digest: str) -> bool:
    decision = dossier.decision
    return decision is not None and decision.files.filter(sha256=digest).exists()


def _read(dossier: Dossier, data: bytes) -> Read | None:
    """What the file says; None where the dossier no longer waits for it."""
    if dossier.state != "cleared":
        return None
    try:
        return issued_elsewhere.read(dossier, data)
    except Refusal:
        return None


def _found_in(found: Read) -> dict[str, Any]:
    """Signer, number and date as the page itself tells them."""
    said = {"number": found.comparison.number, "date": found.comparison.date}
    typed = {name: value for name, value in said.items() if value}
    return {"signer": found.draft.capacity.user.pk, **typed}


# Many at once -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every dossier that waits for a signature elsewhere; a ZIP of issued files, each read."""
    agency = agency_of(request)
    dossiers = issued_elsewhere.waiting(agency)
    typed, items = ArchiveForm(*_sent(request)), list[Item]()
    if typed.is_valid():
        try:
            items = list(_matched(agency, dossiers, typed.cleaned_data["file"]))
        except Refusal as refused:
            typed.add_error("file", str(refused))
    status = 422 if typed.is_bound and not items else 200
    return _list(request, status, dossiers=dossiers, typed=typed, items=items)


def _list(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    ready = any(item.read and item.read.ready and not item.problem for item in context["items"])
    context["ready"] = ready
    return render(request, "procedures/elsewhere_list.html", context, status=status)


def _matched(agency: Agency, dossiers: list[Dossier], data: bytes) -> Iterator[Item]:
    taken, made = set[int](), Drafts()
    for member in archives.members_of(data):
        item = Item(member.name, problem=member.problem)
        if not item.problem:
            _judge(item, member.data, [d for d in dossiers if d.pk not in taken], made)
        if item.dossier and not item.problem:
            taken.add(item.dossier.pk)
            item.digest = uploads.keep(agency, member.data)
        yield item


def _judge(item: Item, data: bytes, dossiers: list[Dossier], made: Drafts) -> None:
    """Find the dossier of a file and how the file differs from its draft."""
    found = matching.match(item.name, data, dossiers, made)
    if found is None:
        item.problem = _(
            "Không nhận ra hồ sơ. Ông/bà giữ phần “HS…” trong tên tệp, hoặc mở từng hồ sơ để tải."
        )
        return
    item.dossier, item.how = found.dossier, found.how
    try:
        item.read = issued_elsewhere.read(found.dossier, data, made)
    except Refusal as refused:
        item.problem = str(refused)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The drafts of all that wait, in one ZIP."""
    dossiers = issued_elsewhere.waiting(agency_of(request))
    if not dossiers:
        messages.warning(request, _("Không có hồ sơ nào đang chờ ban hành."))
        return redirect("elsewhere")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for dossier in dossiers:
            for made in issued_elsewhere.drafts(dossier):
                packed.writestr(f"{made.capacity.user.full_name}/{made.name}", made.data)
    name = f"du-thao_{timezone.localdate():%Y-%m-%d}.zip"
    return reading.attached(out.getvalue(), name, "application/zip")


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Record the chosen files whose text is ours; each is told by itself what became of it."""
    agency = agency_of(request)
    items = [_recorded(request, agency, key) for key in request.POST.getlist("chosen")[:100]]
    if not items:
        messages.error(request, _("Ông/bà đánh dấu ít nhất một bản rồi bấm Ghi nhận."))
        return redirect("elsewhere")
    status = 200 if any(item.recorded for item in items) else 422
    dossiers = issued_elsewhere.waiting(agency)
    return _list(request, status, dossiers=dossiers, typed=ArchiveForm(), items=items)


def _recorded(request: HttpRequest, agency: Agency, key: str) -> Item:
    pk, revision, digest = (*key.split(":"), "", "", "")[:3]
    dossier = access.dossiers_of(request.user).filter(agency=agency).filter(
        pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    )  # fmt: skip
    item = Item("", Dossier.for_act().filter(pk__in=dossier.values("pk")).first(), digest=digest)
    if item.dossier is None or not (revision.isdecimal() and len(revision) < 10):
        item.problem = _("Không tìm thấy hồ sơ này. Ông/bà tải tệp ZIP lên lại.")
        return item
    item.name = item.dossier.title
    try:
        _record(item, request.user, int(revision))
        uploads.drop(agency, digest)
    except Refusal as refused:
        item.problem = str(refused)
    except Http404:
        # A second press is answered as the first one.
        item.recorded = _is_recorded(item.dossier, digest)
        if not item.recorded:
            item.problem = _("Tệp để quá một ngày nên không còn. Ông/bà tải tệp ZIP lên lại.")
    return item


def _record(item: Item, by: Any, seen: int) -> None:
    assert item.dossier is not None
    data = uploads.opened(item.dossier.agency, item.digest)
    found = issued_elsewhere.read(item.dossier, data)
    if not found.ready:
        raise Refusal(_("Bản này cần xem riêng. Ông/bà mở hồ sơ rồi tải bản này lên."))
    said = {"number": found.comparison.number, "date": found.comparison.date}
    said["signer"] = found.draft.capacity.user
    issued_elsewhere.record(item.dossier, by=by, seen=seen, data=data, typed=said)
    item.recorded = True


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: nothing before the page was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
