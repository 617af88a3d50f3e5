"""A file from a stranger on its way in: bounded before it is read, and never written down."""

from __future__ import annotations

from typing import IO, Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..errors import DocumentRefused
from .bounds import LARGEST

BOX = "tep"
# Around the file stand its name and the marks between the parts.
_AROUND = 64 * 1024
# What is too large is read to its end and dropped up to here: a browser shows no page otherwise.
_DROPPED = 64 * 1024 * 1024
_CHUNK = 256 * 1024


class _InMemory(MemoryFileUploadHandler):
    """Django writes what is larger than 2.5 MB to a temporary file: this one never does."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803  # Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.activated = True


def received(request: HttpRequest) -> bytes:
    """The bytes of the one file a form brings in the box :data:`BOX`.

    Raises :class:`~documents.errors.DocumentRefused` for none, an empty one, or one too large.
    """
    if length_of(request) > LARGEST + _AROUND:
        _drop(request)
        raise DocumentRefused(_("Tệp lớn hơn 20 MB nên không kiểm tra ở đây được."))
    if not hasattr(request, "_files"):
        request.upload_handlers = [_InMemory(request)]
    file: Any = request.FILES.get(BOX)
    if file is None or not file.size:
        raise DocumentRefused(_("Ông/bà chọn một tệp rồi bấm lại."))
    if file.size > LARGEST:
        raise DocumentRefused(_("Tệp lớn hơn 20 MB nên không kiểm tra ở đây được."))
    data: bytes = file.read()
    return data


def length_of(request: HttpRequest) -> int:
    """How many bytes the request says it brings; the server reads no more than that."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _drop(request: HttpRequest) -> None:
    left = min(length_of(request), _DROPPED)
    while left > 0 and (piece := request.read(min(_CHUNK, left))):
        left -= len(piece)
