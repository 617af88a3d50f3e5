"""Pages travel compressed: a leader's phone is far from the mast."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Compresses text alone; pictures and PDFs are compressed already.

    BREACH guesses a secret from the length of a page that repeats what the guesser sent. What is
    secret in ours changes with every page (the masked CSRF token, the once-only key) or is shown
    once on a page that repeats nothing (a slip, recovery codes); Django also pads each answer by a
    random number of bytes.
    """

    def process_response(self, request: object, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(("text/", "application/json")):
            return response
        return super().process_response(request, response)  # type: ignore[arg-type]
