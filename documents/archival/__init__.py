"""Is a file fit for the archive and for a screen reader? PDF/A-2a and PDF/UA-1, by structure.

Each thing that is missing is a sentence of its own. This is our own check of what the two standards
ask of a file's structure (ISO 19005-2, level A; ISO 14289-1): **no outside validator was run**, and
none is part of this product. An office that must prove conformity runs one (veraPDF, for example)
on the files themselves. What only an eye can judge - whether an alternative text is apt, whether
the reading order makes sense - is not judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError

from documents.archival import objects, packet, signed, tags
from documents.archival.lack import Lack
from documents.archival.opened import Opened

__all__ = ["Lack", "check"]


def check(data: bytes) -> list[Lack]:
    """What a file lacks, in the order of the standards; empty when nothing. Never raises for the
    file's sake."""
    try:
        opened = Opened(data)
    except Exception:  # a damaged file fails in the parser in a hundred ways
        return [Lack("unreadable", _("Tệp không phải PDF đọc được."))]
    if opened.encrypted:
        return [Lack("encrypted", _("Tệp có mật khẩu hoặc mã hóa; tệp lưu trữ không được mã hóa."))]
    found: dict[str, Lack] = {}
    for rule in (*objects.RULES, *packet.RULES, *tags.RULES, *signed.RULES):
        for lack in _of(rule, opened):
            found.setdefault(lack.code, lack)
    return list(found.values())


def _of(rule: Callable[[Opened], Iterator[Lack]], opened: Opened) -> Iterator[Lack]:
    try:
        yield from rule(opened)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, PdfError):
        # A name where a number belongs, an array where a dictionary does.
        yield Lack("damaged", _("Cấu trúc bên trong của tệp bị hỏng."))
