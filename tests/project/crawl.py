"""Walking every page a person can reach, as a browser does: links, then forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.urls.exceptions import Resolver404

# How many pages of one kind are looked at for one person; the states of a case are ten.
ENOUGH = 16
# How many files: they are costly to draw, and say nothing here unless they crash.
ENOUGH_FILES = 3
_SECRET = re.compile(r"[0-9a-f]{16,}|.{30,}")
GARBAGE = "x<y" + "9" * 2100


@dataclass
class Page:
    """One answer, and how it was come by."""

    where: str
    status: int
    html: str


@dataclass
class Walk:
    """Everything ``client`` meets from ``starts`` on. What its forms do is undone at once."""

    client: Client
    starts: list[str]
    enough: int = ENOUGH
    typed: tuple[str, ...] = ("", GARBAGE)
    asked: set[str] = field(default_factory=set)
    of_a_kind: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)

    def pages(self) -> Iterator[Page]:
        waiting = list(self.starts)
        while waiting:
            address = waiting.pop(0)
            if not self._is_news(address):
                continue
            page = self._get(address)
            if page is None:
                self.files[_kind(urlsplit(address).path)] += 1
                continue
            yield page
            tree = lxml.html.fromstring(page.html)
            waiting += [urldefrag(urljoin(address, link))[0] for link in tree.xpath("//a/@href")]
            for form in tree.forms:
                yield from self._sent(address, form)

    def _is_news(self, address: str) -> bool:
        """Another commune's site, a page seen already, or the seventeenth of its kind is not."""
        path = urlsplit(address).path
        if urlsplit(address).netloc not in ("", "testserver") or address in self.asked:
            return False
        self.asked.add(address)
        kind = _kind(path)
        self.of_a_kind[kind] += 1
        fresh = self.of_a_kind[kind] <= self.enough and self.files[kind] < ENOUGH_FILES
        return path.startswith("/") and fresh

    def _get(self, address: str) -> Page | None:
        with transaction.atomic():
            answer = self.client.get(address, follow=True)
        return _page(f"GET {address}", answer)

    def _sent(self, address: str, form: lxml.html.FormElement) -> Iterator[Page]:
        """The form sent with nothing typed, and with what cannot be right."""
        if form.method != "POST":
            return
        target = urljoin(address, form.action or address)
        for name, value in _buttons(form):
            kind = f"POST {_kind(urlsplit(target).path)} {name}"
            self.of_a_kind[kind] += 1
            if self.of_a_kind[kind] > self.enough // 2:
                continue
            for typed in self.typed:
                data = {**_filled(form, typed), **({name: value} if name else {})}
                yield from self._post(target, data, f"POST {target} {name} {typed[:3]}")

    def _post(self, target: str, data: dict[str, str], where: str) -> Iterator[Page]:
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            answer = self.client.post(target, data, follow=True)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        page = _page(where, answer)
        if page:
            yield page


def _page(where: str, answer) -> Page | None:
    if not answer.get("Content-Type", "").startswith("text/html") or not answer.content.strip():
        return None
    return Page(where, answer.status_code, answer.content.decode())


def _kind(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return "unknown"
    words = [str(value) for value in match.kwargs.values() if not str(value).isdigit()]
    # Secrets and digests make no kind of their own.
    return " ".join([match.view_name, *(word for word in words if not _SECRET.fullmatch(word))])


def _buttons(form: lxml.html.FormElement) -> list[tuple[str, str]]:
    named = form.xpath(".//button[@name]")
    found = {button.get("name"): button.get("value", "") for button in named}
    return list(found.items()) or [("", "")]


def _filled(form: lxml.html.FormElement, typed: str) -> dict[str, str]:
    """What a browser sends: hidden boxes as they are, the rest as told."""
    data = {}
    for box in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        kept = box.get("type") == "hidden" or re.search("FORMS$", box.get("name"))
        data[box.get("name")] = box.get("value", "") if kept else typed
    return data
