"""What a document may reach while it is rendered: our four fonts, and nothing else.

The library's own fetcher follows any address and embeds local files. This one serves the fonts
from memory and lets ``data:`` through (the QR code); every other address is refused before
anything is opened. Import this module only where a document is rendered: it loads WeasyPrint.
"""

from __future__ import annotations

from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.rendering.typeface import STYLES, path

SCHEME = "trinhky-font:"


class FontsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves ``trinhky-font:<style>``; otherwise only ``data:`` addresses."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self._fonts = {SCHEME + style: path(style).read_bytes() for style in STYLES}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The font or the data; ``ValueError`` for any other address."""
        if url in self._fonts:
            return URLFetcherResponse(url, self._fonts[url], {"Content-Type": "font/ttf"})
        return super().fetch(url, headers)
