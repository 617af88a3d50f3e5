"""The office's steps: sign, record a paper signed with ink, seal and release.

Each page shows the exact paper first. Each view says which forms it reads and what is done with
them; :mod:`.answers` does the rest.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from documents.models import Mode, digest_of
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.service import perform
from workflows.states import State

from .. import access, papers
from ..forms.steps import NumberForm, PaperForm, PassphraseForm
from ..issuing import ink, signers, signing
from ..models import Dossier
from .answers import Step, answer
from .ordering import tell_order


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Read the exact page, then sign it with one's own key."""
    dossier = access.dossier_for(request.user, pk)
    opened = PassphraseForm(request.POST or None)
    # The number of a decision was typed at the form check; a Tờ trình is numbered here.
    outside = kind == "submission" and numbered_outside(dossier, kind)
    numbered = NumberForm(request.POST or None, external=outside)

    @sensitive_variables("secret")
    def work(seen: int) -> None:
        refuse_unread(request, signing_as(dossier, kind, request.user))
        secret, number = opened.cleaned_data["passphrase"], numbered.cleaned_data
        signing.sign(dossier, kind, by=request.user, seen=seen, passphrase=secret, **number)

    def beside(dossier: Dossier) -> dict[str, Any]:
        return signing_as(dossier, kind, request.user)

    forms: dict[str, Form] = {"opened": opened, "numbered": numbered}
    acts = (f"reserve_{kind}", dossier.signing_act(kind))
    return answer(request, dossier, Step("sign.html", acts, _("Đã ký."), forms, kind, beside), work)


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """*Ký giấy*: who signed, under which number and date, and the scan."""
    dossier = access.dossier_for(request.user, pk)
    able = list(signers.able_to_sign(dossier, kind))
    typed = PaperForm(
        request.POST or None,
        request.FILES or None,
        initial=_typed_before(dossier, kind),
        external=numbered_outside(dossier, kind),
        signers=signers_on_paper(dossier, kind),
    )

    def work(seen: int) -> None:
        data = dict(typed.cleaned_data)
        data["signer"] = get_user_model().objects.get(pk=data["signer"])
        perform(dossier, f"record_paper_{kind}", by=request.user, seen=seen, **data)
        tell_order(request, dossier, kind, data)

    acts = (f"record_paper_{kind}",)
    done = _("Đã ghi nhận bản ký giấy.")

    def beside(dossier: Dossier) -> dict[str, Any]:
        return {"able": able, "kind": kind}

    step = Step("paper.html", acts, done, {"typed": typed}, beside=beside)
    return answer(request, dossier, step, work)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Seal and release: one screen, two acts. A paper decision was sealed by hand."""
    dossier = access.dossier_for(request.user, pk)
    decision = dossier.decision
    by_key = dossier.state == State.SIGNED and decision and decision.medium == "electronic"
    opened = PassphraseForm(request.POST or None) if by_key else None

    @sensitive_variables("secret")
    def work(seen: int) -> None:
        secret = opened.cleaned_data["passphrase"] if opened else ""
        signing.seal_and_release(dossier, by=request.user, seen=seen, passphrase=secret)

    acts = ("seal_decision", "release_decision")
    # Sealed already where a first attempt was cut off between the two.
    step = Step(
        "seal.html",
        acts[1:] if dossier.state == State.SEALED else acts,
        _("Đã đóng dấu và phát hành. Ông/bà gửi văn bản đi rồi ghi lại nơi đã gửi."),
        {"opened": opened} if opened else {},
        "decision",
    )
    return answer(request, dossier, step, work)


def numbered_outside(dossier: Dossier, kind: str) -> bool:
    """Whether the office numbers this paper in its own book or system."""
    return bool(dossier.series(kind).mode == Mode.EXTERNAL)


def _typed_before(dossier: Dossier, kind: str) -> dict[str, Any]:
    """Number and date from the form check, where the office numbers elsewhere."""
    if kind == "submission" or not dossier.decision_number:
        return {}
    return {"number": dossier.decision_number, "date": dossier.decision_date}


def signers_on_paper(dossier: Dossier, kind: str) -> list[tuple[int, str]]:
    """Who may have signed, each with his capacity; until when, for who has left the post since."""
    return signer_choices(ink.able_on_paper(dossier, kind))


def signer_choices(able: list[tuple[Capacity, datetime.date]]) -> list[tuple[int, str]]:
    """The same of people with the last day on which each could sign."""
    today, choices = timezone.localdate(), []
    for capacity, day in able:
        until = "" if day == today else _(" (đến hết ngày %(day)s)") % {"day": f"{day:%d/%m/%Y}"}
        choices.append((capacity.user.pk, f"{capacity.user} - {capacity.label}{until}"))
    return choices


def signing_as(dossier: Dossier, kind: str, by: Any) -> dict[str, Any]:
    """His capacity, his signature block as it will be printed, and the digest of what he would
    sign; nothing where he may not."""
    try:
        capacity = signing.likely_signer(dossier, kind, by)
        block = signers.signature_block(dossier.kind_of(kind), capacity)
    except Refusal:
        return {}
    says = digest_of(papers.content(kind, dossier, block))
    return {"capacity": capacity, "signature": block, "says": says}


def refuse_unread(request: HttpRequest, now: dict[str, Any]) -> None:
    """What a person signs is what he read: a source or a post may have changed since, though
    nobody touched the dossier."""
    if now and request.POST.get("says") != now["says"]:
        raise Refusal(_("Nội dung văn bản vừa thay đổi. Ông/bà đọc lại bản mới rồi ký."))
