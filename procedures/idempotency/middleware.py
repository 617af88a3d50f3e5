"""Around every form: answered again as the first time, and to a script in a way it can follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from . import once

# Sent by project/static/trinhky.js with what it sends for the page.
BY_SCRIPT = "X-Trinh-Ky"


class OnceOnly:
    """Looks for the receipt before any view; a script is told the address it is sent on to, for
    following it by itself it would use the message up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if BY_SCRIPT not in request.headers or response.status_code != 302:
            return response
        told = {"to": response["Location"], "receipt": getattr(request, "answered", False)}
        return JsonResponse(told)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        return once.shown(request) if request.method == "POST" else None
