"""Advance widths of Times New Roman, in thousandths of the type size.

A style sheet may call a font anything, so a font is known by its widths: the clones an office
uses (Tinos, Liberation Serif, TeX Gyre Termes, Nimbus Roman) have exactly these, others do not.
"""

from __future__ import annotations

import unicodedata

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./:;,"
_SIGNS = "500 " * 10 + "333 250 278 278 278 250"
_WIDE_COLON_SIGNS = "500 " * 10 + "333 250 278 333 333 250"

_REGULAR = (
    "444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722"
    " 500 500 444 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611"
    " 722 722 944 722 722 611 " + _SIGNS
)
_BOLD = (
    "500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722"
    " 500 500 444 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667"
    " 722 722 1000 722 722 667 " + _WIDE_COLON_SIGNS
)
_ITALIC = (
    "500 500 444 500 444 278 500 500 278 278 444 278 722 500 500 500 500 389 389 278 500 444 667"
    " 444 444 389 611 611 667 722 611 611 722 722 333 444 667 556 833 667 722 611 722 611 500 556"
    " 722 611 833 611 556 556 " + _WIDE_COLON_SIGNS
)
_BOLD_ITALIC = (
    "500 500 444 500 444 333 500 556 278 278 500 278 778 556 500 500 500 389 389 278 556 444 667"
    " 500 444 389 667 667 667 722 667 667 722 778 389 500 667 611 889 722 722 611 722 667 556 611"
    " 722 667 889 667 611 611 " + _WIDE_COLON_SIGNS
)


def _table(widths: str) -> dict[str, int]:
    return dict(zip(_LETTERS, map(int, widths.split()), strict=True))


TIMES: dict[tuple[bool, bool], dict[str, int]] = {
    (False, False): _table(_REGULAR),
    (True, False): _table(_BOLD),
    (False, True): _table(_ITALIC),
    (True, True): _table(_BOLD_ITALIC),
}


def times_width(letter: str, *, bold: bool, italic: bool) -> int | None:
    """The width of a letter in Times New Roman, or None where it is not in the table.

    A Vietnamese letter is as wide as its base letter, except the horned ``ơ`` and ``ư``.
    """
    parts = unicodedata.normalize("NFD", letter)
    if "\u031b" in parts:
        return None
    return TIMES[bold, italic].get(parts[:1])
