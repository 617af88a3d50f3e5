"""Who may do what, in which capacity. Denies by default.

A *desk* is where a task waits: a role of an agency or unit within one field of work, or one post.
A person sits at a desk through a post he holds, or through a delegation to that post; the way he
sits there is his :class:`Capacity`. The inbox and the check at the moment of the act use the same
desks, so what is offered is what is allowed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from .models import Delegation, Holding, Post, in_force

if TYPE_CHECKING:
    from django.db.models import Model

HOLDER = "holder"

# How close a capacity is to the desk: a person who could act in several acts in the first.
_RANK = {"OWN": 0, "ACTING": 1, "KT": 2, "TL": 3, "TUQ": 4, "STAND_IN": 5}


@dataclass(frozen=True)
class Desk:
    """Where a task waits. ``code`` and ``owner`` are stored on the task row.

    What waits for the holder (``HOLDER``) is owned by the post, whoever holds it now, or by one
    holding: that person alone.
    """

    code: str
    owner: Model
    label: str

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.code, self.owner._meta.label_lower, str(self.owner.pk))


@dataclass(frozen=True)
class Capacity:
    """A person at a desk: the post he holds, and the post he acts for if another.

    ``kind`` is OWN, ACTING ("Q."), KT, TL, TUQ or STAND_IN. ``passed`` is the paper by which a
    deputy signs for the head of his unit what that head may sign by order (TL., Điều 13 khoản 4);
    nothing else is passed on.
    """

    user: Any
    holding: Holding
    kind: str
    post: Post
    delegation: Delegation | None = None
    passed: Delegation | None = None

    @property
    def field(self) -> str:
        """The one field of work it is for; empty for every field."""
        papers = (self.delegation, self.passed)
        return next((paper.field for paper in papers if paper and paper.field), "")

    @property
    def limited_to(self) -> list[str]:
        """The things its paper lists, in keys of who entered it; empty where it lists none."""
        return self.delegation.limited_to if self.delegation else []

    @property
    def label(self) -> str:
        """In words, for the ledger: "Phó Chủ tịch, ký thay Chủ tịch (Thông báo số …)"."""
        own = self.holding.post.title
        if self.delegation is None:
            return f"{_('Quyền')} {own}" if self.kind == "ACTING" else own
        ways = {
            "KT": _("ký thay"),
            "TL": _("thừa lệnh"),
            "TUQ": _("thừa ủy quyền"),
            "STAND_IN": _("làm thay"),
        }
        if self.passed:
            own = f"{own}, {ways['KT']} {self.passed.principal.title} ({self.passed.cited})"
        return f"{own}, {ways[self.kind]} {self.post.title} ({self.delegation.cited})"

    def keys(self, fields: tuple[str, ...]) -> list[tuple[str, str, str]]:
        """Keys of the desks this capacity opens, given all fields of work."""
        assigned = self.field
        owners = [("workflows.agency", str(self.post.agency_id))]
        if self.post.unit_id:
            owners = [("workflows.unit", str(self.post.unit_id)), *owners]
        keys = [
            (f"{self.post.role}.{field}", label, pk)
            for field in ([assigned] if assigned else fields)
            for label, pk in owners
        ]
        if not self.delegation:
            keys.append((HOLDER, "workflows.holding", str(self.holding.pk)))
        # What waits for the holder himself is not passed on.
        if not assigned and not self.passed:
            keys.append((HOLDER, "workflows.post", str(self.post.pk)))
        return keys


def capacities(
    user: Any, on: datetime.date | None = None, *, also: tuple[str, ...] = ()
) -> list[Capacity]:
    """Every capacity of ``user`` on a Hanoi date (default today): two queries. ``also`` names what
    is read with his holdings, as in ``select_related``."""
    if user is None or not user.is_authenticated or not user.is_active:
        return []
    return capacities_then(user, on, also=also)


def capacities_then(
    user: Any, on: datetime.date | None = None, *, also: tuple[str, ...] = ()
) -> list[Capacity]:
    """What ``user`` was on a date, whether or not his account is still in use: what a paper he
    signed then is judged by. Gives nobody a right to act."""
    held = Holding.objects.filter(in_force(on), user=user)
    holdings = list(held.select_related("post", "post__unit", *also))
    own = [Capacity(user, h, "ACTING" if h.acting else "OWN", h.post) for h in holdings]
    by_post = {h.post_id: h for h in holdings}
    papers = list(_papers(list(by_post), on)) if by_post else []
    given = [paper for paper in papers if paper.delegate_id in by_post]
    return [
        *own,
        *(Capacity(user, by_post[d.delegate_id], d.kind, d.principal, d) for d in given),
        *(
            Capacity(user, by_post[paper.delegate_id], order.kind, order.principal, order, paper)
            for paper, order in passed_on(papers)
            if paper.delegate_id in by_post
        ),
    ]


def _papers(posts: list[int], on: datetime.date | None) -> QuerySet[Delegation]:
    """The delegations to the posts, and the orders given to the heads they sign for: one query."""
    within = in_force(on) & Q(principal__agency=F("delegate__agency"))
    for_heads = Delegation.objects.filter(within, kind=Delegation.Kind.DEPUTY, delegate__in=posts)
    orders = Q(kind=Delegation.Kind.ORDER, delegate__in=for_heads.values("principal"))
    found = Delegation.objects.filter(within, Q(delegate__in=posts) | orders)
    return found.select_related("principal").order_by("pk")


def passed_on(papers: list[Delegation]) -> Iterator[tuple[Delegation, Delegation]]:
    """Each paper of a deputy with each order to his head that he may sign for him: within both
    fields of work (Điều 13 khoản 4 Nghị định 30/2020/NĐ-CP)."""
    orders = [paper for paper in papers if paper.kind == Delegation.Kind.ORDER]
    for paper in papers:
        if paper.kind != Delegation.Kind.DEPUTY:
            continue
        for order in orders:
            within = not order.field or not paper.field or order.field == paper.field
            if within and order.delegate_id == paper.principal_id:
                yield paper, order


def capacity_at(
    desk: Desk,
    held: list[Capacity],
    fields: tuple[str, ...],
    fits: Callable[[Capacity], bool] = lambda _capacity: True,
) -> Capacity | None:
    """The closest of the capacities ``held`` that opens ``desk``, or None; one that ``fits`` the
    act before one that does not, so that an order does not stand in the way of an authorisation."""
    fitting = [capacity for capacity in held if desk.key in capacity.keys(fields)]
    return min(fitting, key=lambda item: (not fits(item), _RANK[item.kind]), default=None)


def missing_paper(desk: Desk, held: list[Capacity]) -> tuple[str, str]:
    """Why a person of the agency may not act at ``desk``: (sentence, citation).

    A deputy without an assignment is told which paper would give him one; none opens the desk of
    one person.
    """
    if isinstance(desk.owner, Holding):
        return _("Việc này của riêng %(desk)s, không ai làm thay.") % {"desk": desk.label}, ""
    titles = ", ".join(dict.fromkeys(capacity.holding.post.title for capacity in held))
    sentence = _("Việc này thuộc %(desk)s. Ông/bà đang là %(titles)s.") % {
        "desk": desk.label,
        "titles": titles or _("người không giữ chức vụ nào"),
    }
    paper = _(
        "Muốn làm thay cần văn bản phân công lĩnh vực này hoặc văn bản ủy quyền có thời hạn, "
        "do văn thư nhập vào hệ thống."
    )
    return f"{sentence} {paper}", _("Điều 13 Nghị định 30/2020/NĐ-CP")
