"""What every page about one dossier has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workflows import service
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.states import Act, acts_of

from .. import rules
from ..idempotency import once
from ..models import Dossier

# What an author does who writes and sends at once.
SENT = ("edit", "submit")


def seen_by(request: HttpRequest) -> int:
    """The revision the page showed; a missing or made-up one is refused like a stale page."""
    try:
        return int(request.POST["seen"])
    except (KeyError, ValueError):
        raise Refusal(_("Trang gửi lên bị thiếu. Ông/bà mở lại hồ sơ rồi làm tiếp.")) from None


def page(
    request: HttpRequest, template: str, dossier: Dossier, status: int = 200, **context: Any
) -> HttpResponse:
    """A page about ``dossier`` as it is now."""
    return render(request, f"procedures/{template}", {"dossier": dossier, **context}, status=status)


def status_of(refusal: Refusal) -> int:
    """422 where something typed is wrong, 409 where the case stands otherwise than shown."""
    return 422 if refusal.field else 409


def back_to(dossier: Dossier) -> HttpResponse:
    return redirect("dossier", pk=dossier.pk)


def done_before(dossier: Dossier, acts: tuple[str, ...], by: Any, seen: int) -> bool:
    """Whether this very submit was carried out already: a double click, or a phone that sent the
    page again after losing the network, is answered as the first time."""
    events = service.history(dossier).filter(revision__gt=seen, revision__lte=seen + len(acts))
    done = [(event.act, event.actor_id) for event in events]
    return done == [(act, by.pk) for act in acts]


def barred(
    request: HttpRequest,
    template: str,
    dossier: Dossier,
    refusal: Refusal,
    ways: Iterable[tuple[str, ...]] = (SENT,),
) -> HttpResponse:
    """Not his to write any more; the second click on "Gửi" is answered as the first, whichever of
    the ``ways`` it was sent in."""
    if request.method == "GET":
        return page(request, template, dossier, refusal=refusal)
    if first := once.shown(request):
        return first
    seen = request.POST.get("seen", "")
    if seen.isdecimal() and any(
        done_before(dossier, acts, request.user, int(seen)) for acts in ways
    ):
        return back_to(dossier)
    return page(request, template, dossier, 409, refusal=refusal)


def refusal_of(
    dossier: Dossier, name: str, by: Any, held: list[Capacity] | None = None
) -> Refusal | None:
    """Why ``by`` may not do the act now; None when he may. ``held`` are his capacities where the
    page has read them."""
    for _act, refusal in service.available_to(by, dossier, held, only=name):
        return refusal
    declared = acts_of(Dossier).get(name)
    if declared and (why := dossier.off_road(declared)):
        return Refusal(why)
    return Refusal(
        _("Hồ sơ đang ở bước “%(state)s” nên không làm được việc này.")
        % {"state": dossier.get_state_display()}
    )


def refuse_hints_unseen(request: HttpRequest, dossier: Dossier) -> None:
    """Refuse "Gửi" while a rule warns or suggests what the page sent has not shown; its button
    ``send`` names those that it has."""
    seen = request.POST.get("send", "").split()
    found = rules.judge(dossier)
    if any(not finding.blocks and finding.rule not in seen for finding in found):
        raise Refusal(
            _(
                "Đã lưu nhưng chưa gửi. Ông/bà đọc điều lưu ý dưới đây rồi sửa lại, hoặc bấm "
                "“Gửi như vậy”."
            )
        )


def offered(dossier: Dossier, by: Any) -> list[tuple[Act, Refusal | None]]:
    """Each act at this desk with the reason why not, or None."""
    return list(service.available_to(by, dossier))
