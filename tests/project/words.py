"""Telling English from Vietnamese on a page: what is visible, and which of its words are not
Vietnamese.

A Vietnamese syllable written without any mark is onset + vowels + (m, n, ng, nh, i, o, u, y): a
final p, t, c or ch always carries a tone. English words that happen to fit are listed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import allauth
import django
import lxml.html
import viewflow

from .catalogue import read_po

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|q(?=u)|th|tr|ch|[bcdghklmnrstvx])?"
    r"(?:oa|oe|ua|ue|uy|ia|ie|ye|uo|oo|[aeiouy])"
    r"(?:ng|nh|[mniouy])?"
)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# English, though it is spelled like a syllable of ours that no screen uses.
_SPELLED_ALIKE = _listed(
    """
    be bin bye by day den du en go gone guy he hen hi him hue key lay man may me men my no oh on
    pay pen pin ray run say sin son sun than the them then they thin tie toy via vie
    """
)
# Abbreviations, trade names, units and file types that stand in Vietnamese sentences as they are.
ALLOWED = _listed(
    """
    ocop skhcn iii
    pdf sha qr xlsx csv utf jpeg png mb zalo google microsoft authenticator android iphone chrome
    cookie email zip mttq tt pct qh
    vt bc sy sl iv pin usb vgca edxml cer crt pem thcs
    ubnd kt tm tl tuq tq ttr qđ vhxh kh tb bb gm ggt nq cp khcn xhs svhttdl word excel
    skhcn cn ocop vneid cns
    """
)
_ADDRESS = re.compile(r"https?://\S+")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FOR_MACHINES = ("script", "style", "code")
_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "label", "summary")


def visible(html: str) -> Iterator[str]:
    """Every text a person can meet on a page: nodes, names of things, buttons, choices."""
    tree = lxml.html.fromstring(html)
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag in _FOR_MACHINES:
            continue
        yield from (node.get(name, "") for name in _ATTRIBUTES)
        if node.tag == "option" or node.get("type") in ("submit", "button"):
            yield node.get("value", "") if node.tag != "option" else ""
        yield node.text or ""
        yield from (child.tail or "" for child in node)


def english(text: str) -> list[str]:
    """The words of ``text`` that are no Vietnamese."""
    return [word for word in _TOKEN.findall(_ADDRESS.sub("", text)) if _is_english(word)]


def _is_english(word: str) -> bool:
    low = word.lower()
    if not word.isascii() or low in ALLOWED or len(word) == 1:
        return False
    return low in _SPELLED_ALIKE or not _SYLLABLE.fullmatch(low)


GAP = r"%\(\w+\)[a-z]|%[sd]|\{\w*\}"


def library_english() -> Callable[[str], list[str]]:
    """What :func:`english` does, but only for sentences Django, allauth or Viewflow ship."""
    sentences = [re.compile(_filled(message)) for message in _shipped() if english(message)]

    def is_english(text: str) -> list[str]:
        plain = text.strip("›:… ")
        return [text] if english(text) and any(s.fullmatch(plain) for s in sentences) else []

    return is_english


def _filled(message: str) -> str:
    plain = message.strip(":… \n")
    # A message that is little more than its gap would match anything.
    parts = re.split(GAP, plain)
    return ".+".join(map(re.escape, parts)) if len("".join(parts)) > 3 else re.escape(plain)


def _shipped() -> Iterator[str]:
    for library in (django, allauth, viewflow):
        for path in sorted(Path(library.__file__).parent.rglob("LC_MESSAGES/django.po")):
            if path.parts[-3] in ("en", "fr"):
                for _context, single, plural in read_po(path):
                    yield from (single, plural)
