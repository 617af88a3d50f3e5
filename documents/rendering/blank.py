"""Forms to be printed and filled in with a pen. They are no documents: nothing is stored."""

from __future__ import annotations

import datetime
from typing import Any

from ..model import Content, Issue
from . import pdf
from .sheet import printable_text


def blank_form(template: str, **texts: Any) -> bytes:
    """The PDF of a blank form; ``texts`` are its strings, in letters our fonts have.

    Call outside any transaction: it renders.
    """
    return pdf.render_blank(template, {name: printable_text(text) for name, text in texts.items()})


def printed(content: Content, on: datetime.date) -> bytes:
    """The PDF of a paper that carries no number and is not kept, dated ``on``; nothing is stored.

    Call outside any transaction: it renders.
    """
    return pdf.render(content, Issue(date=on), signature_fields=False)
