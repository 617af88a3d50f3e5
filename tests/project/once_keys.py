"""Forms and their once-only keys: each carries one, or its page stands here with the reason."""

from __future__ import annotations

from collections.abc import Iterable

import lxml.html

from procedures.idempotency.once import FIELD

from .crawl import Page

# Signing in and out; secrets shown once; what the same words or file repeat harmlessly (see
# project/decisions/0014).
WITHOUT = ("/ra/", "/vao/", "/tai-khoan/xac-nhan/", "/tai-khoan/ma-du-phong/", "/in/",
           "/tai-khoan/mat-khau/", "/thong-bao/", "/to-da-co/", "/so-dien-thoai/",
           "/to/xuat/", "/kiem-tra/", "/v/", "/ban-hanh-ngoai/")  # fmt: skip


def keys_of(pages: Iterable[Page]) -> tuple[set[str], set[str]]:
    """The addresses of forms with a key, and what is wrong with others: no key and no reason, or
    text kept on the phone without the words that say it was lost."""
    seen, faulty = set(), set()
    for page in pages:
        if not page.html.strip():
            continue
        for form in lxml.html.fromstring(page.html).xpath("//form[@method='post']"):
            address = form.get("action") or page.where.partition(" ")[2]
            if form.xpath(f".//input[@name='{FIELD}']"):
                seen.add(address)
            elif not any(part in address for part in WITHOUT):
                faulty.add(f"{address}: no key")
            if form.get("data-keep") is not None and 'id="keep-lost"' not in page.html:
                faulty.add(f"{address}: data-keep without parts/keep.html")
    return seen, faulty
