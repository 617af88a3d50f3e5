"""The rules, grouped by the component they judge; each yields a finding per departure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from documents.nd30.findings import Finding
from documents.nd30.paper import Paper
from documents.nd30.rules import (
    annex,
    attached,
    body,
    copies,
    corner,
    forms,
    grounds,
    header,
    number,
    page,
    recipients,
    signature,
    title,
    urgency,
    words,
)

Rule = Callable[[Paper], Iterator[Finding]]

ANY_PAPER: tuple[Rule, ...] = (*page.RULES, *header.FOR_ANY_PAPER)
DECREE_TYPES: tuple[Rule, ...] = (
    *header.FOR_DECREE_TYPES,
    *number.RULES,
    *title.RULES,
    *grounds.RULES,
    *body.RULES,
    *signature.RULES,
    *recipients.RULES,
    *annex.RULES,
    *attached.RULES,
    *forms.RULES,
    *urgency.RULES,
    *copies.RULES,
    *words.RULES,
)
ANNEX_APART: tuple[Rule, ...] = (*page.RULES, *annex.IN_ITS_OWN_FILE, *corner.FOR_AN_ANNEX)
SCANNED_COPY: tuple[Rule, ...] = (page.paper_size, *corner.FOR_SCANS)
PRINTED_COPY: tuple[Rule, ...] = (page.paper_size, *copies.RULES)


def applied(paper: Paper) -> Iterator[Finding]:
    """Every departure of a paper; one outside the decree's types answers only to the first set."""
    rules = ANY_PAPER + (DECREE_TYPES if paper.type else ())
    if paper.is_scanned_copy and corner.is_copy(paper):
        rules = SCANNED_COPY
    elif paper.is_printed_copy:
        rules = PRINTED_COPY
    elif paper.type and corner.is_copy(paper):
        rules += corner.FOR_AN_EXTRACT
    elif paper.is_annex:
        rules = ANNEX_APART
    return chain.from_iterable(rule(paper) for rule in rules)
