"""The pages of a copy as pictures, the copy itself, and the print to sign by hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from documents import service as documents
from documents.errors import DocumentRefused, FileDamaged
from workflows.errors import Refusal
from workflows.states import State

from .. import access
from ..issuing import copying
from ..models import CopyRequest
from .reading import attached, private, shelved


def images_of(asked: CopyRequest) -> list[bytes]:
    """The pages as pictures; none where the copy cannot be drawn now."""
    try:
        key = f"{asked.digest()[:16]} {copying.to_be_signed_by(asked)}"
        return shelved((asked.pk, "copy", key), lambda: [copying.file_of(asked)])
    except (Refusal, DocumentRefused):
        return []


@require_safe
def picture(request: HttpRequest, copy: int, number: int) -> HttpResponse:
    """One page of the copy as PNG."""
    images = images_of(access.copy_for(request.user, copy))
    if not 1 <= number <= len(images):
        raise Http404
    return private(HttpResponse(images[number - 1], content_type="image/png"))


@require_safe
def file(request: HttpRequest, copy: int) -> HttpResponse:
    """The copy once it is a document."""
    asked = access.copy_for(request.user, copy)
    if asked.copy is None:
        raise Http404
    try:
        found = documents.download(asked.copy)
    except (DocumentRefused, FileDamaged):
        raise Http404 from None
    return attached(found.data, found.name, found.media_type)


@require_safe
def to_seal(request: HttpRequest, copy: int) -> HttpResponse:
    """The file that the agency's own tool signs, once the clerk has taken it."""
    asked = access.copy_for(request.user, copy)
    try:
        data = copying.file_to_seal(asked)
    except Refusal:
        raise Http404 from None
    return attached(data, f"ban-sao-{asked.pk}-de-ky-so.pdf", "application/pdf")


@require_safe
def printout(request: HttpRequest, copy: int, signer: int) -> HttpResponse:
    """The PDF of a paper copy to print for one of those able to sign it: number and day blank."""
    asked = access.copy_for(request.user, copy)
    able = {capacity.user.pk for capacity in asked.able_to_sign()}
    if asked.state != State.CLEARED or signer not in able:
        raise Http404
    data = copying.file_of(asked, signer)
    return attached(data, f"ban-sao-{asked.pk}-de-ky.pdf", "application/pdf")
