"""How often a stranger may put the server to work, over every process of the office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import limits


class Turnstile:
    """Counts what is sent to ``settings.LIMITED_ROUTES`` before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if request.method != "POST" or match is None:
            return None
        if match.view_name not in settings.LIMITED_ROUTES:
            return None
        try:
            limits.visiting(
                request,
                "files",
                each=settings.LIMITED_PER_ADDRESS,
                together=settings.LIMITED_TOGETHER,
            )
        except limits.TooManyTries as refused:
            return render(request, "429.html", {"sentence": refused.until_sentence}, status=429)
        return None
