"""Sao văn bản (P25): sao y, sao lục, trích sao of a released document.

The clerk picks the form, the medium and for whom. An electronic copy bears the agency's signature
only: the Chairman, or who signs copies for him, allows it, and the clerk seals and releases it in
one act. A paper copy is printed and signed by hand, which is the decision; the clerk records who
signed, seals it and releases it. All copies of a year share one run of numbers.

Source: Nghị định 30/2020/NĐ-CP, Điều 25, 26, 27; Phần II Phụ lục I; Mẫu 3.1, 3.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from viewflow import this
from viewflow.workflow import nodes

from documents import service as documents
from documents.models import Document, Medium
from documents.service import Way
from workflows import authority
from workflows.authority import Capacity
from workflows.deadlines import Limit
from workflows.engine import CaseFlow, HumanTask, by_state
from workflows.errors import Refusal
from workflows.models import Post
from workflows.service import perform
from workflows.states import State

from ..issuing import series
from ..models import Commune, CopyRequest, Dossier
from ..models.copying import COPY_DOCUMENT
from ..papers import copies as papers
from ..roles import DIGITAL, Role


class CopyDocumentFlow(CaseFlow):
    code = COPY_DOCUMENT
    field = DIGITAL
    title = _("Sao văn bản")
    record_class = CopyRequest
    limits: ClassVar[dict[str, Limit]] = {
        "allow": Limit(1),
        "record": Limit(2),
        "seal": Limit(1),
    }

    start = nodes.StartHandle().Next(this.route)
    route = by_state(
        (this.allow, State.SUBMITTED),
        (this.record, State.CLEARED),
        (this.seal, State.SIGNED),
    )
    allow = HumanTask(_("Cho sao văn bản"), desk=Role.CHAIRMAN, states=[State.SUBMITTED])
    record = HumanTask(_("Trình ký tay, ghi nhận bản sao"), desk=Role.CLERK, states=[State.CLEARED])
    seal = HumanTask(_("Đóng dấu bản sao"), desk=Role.CLERK, states=[State.SIGNED])
    for _step in (allow, record, seal):
        _step.Next(this.route)
    del _step
    end = nodes.End()


def posts_that_may_start(held: Iterable[Capacity], original: Document) -> list[Post]:
    """The posts from which somebody with these capacities copies a document: the clerk's, of the
    commune in whose registers it is, or whose case holds it where others issued it. To order a
    copy is the act of an author: who stands in for the clerk orders none."""
    posts = [c.post for c in held if c.delegation is None and c.post.role == Role.CLERK]
    issued = Q(issuer=original.issuer_id) | Q(divisions__issuer=original.issuer_id)
    own = set(Commune.objects.filter(issued).values_list("agency", flat=True))
    if original.medium == Medium.ELSEWHERE:
        cases = Dossier.objects.filter(Dossier.holding(original))
        own |= set(cases.values_list("agency", flat=True))
    return [post for post in posts if post.agency_id in own]


@transaction.atomic
def begin(
    user: Any,
    post: Post,
    original: Document,
    way: Way,
    *,
    recipients: str,
    quantity: int = 1,
    places: Sequence[int] = (),
    annexes: Sequence[int] = (),
    pages: Sequence[bytes] = (),
) -> CopyRequest:
    """Ask for one copy of ``original``: at whoever allows it, or ready to be signed by hand.

    ``places`` and ``annexes`` are what a trích sao takes, ``pages`` those of a copy made of pages
    (:func:`documents.service.scanned_pages`, ``printed_pages``). Raises :class:`Refusal`.
    """
    if post not in posts_that_may_start(authority.capacities(user), original):
        raise Refusal(_t("Chỉ văn thư lập bản sao văn bản."))
    commune = Commune.objects.get(agency=post.agency)
    papers.refuse_uncopied(original, way.kind, way.medium)
    if way.from_pages != bool(pages):
        raise Refusal(_t("Bản sao này cần các trang của bản gốc."), field="scans")
    if way.kind == "extract" and not places:
        raise Refusal(papers.nothing_taken(), field="parts")
    series.begin_copies(commune)
    asked = CopyRequest.objects.create(
        agency=post.agency,
        post=post,
        author=user,
        field=CopyDocumentFlow.field,
        commune=commune,
        original=original,
        kind=way.kind,
        medium=way.medium.value,
        places=sorted(places),
        annexes=sorted(annexes),
        scans=documents.keep_pages(pages),
        recipients=recipients,
        quantity=quantity,
        name=papers.short(original),
    )
    act = "order_paper_copy" if asked.by_hand else "order_electronic_copy"
    return perform(asked, act, by=user, seen=asked.revision)
