"""What the clerk may enter about posts: which post may act for which, and what stands now.

The mechanics - overlaps, nobody for himself, the ledger - are those of :mod:`workflows.assigning`;
here stand the forms of Nghị định 30/2020/NĐ-CP, Điều 13, in the roles of a commune.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from workflows import locking
from workflows.authority import Capacity, Desk
from workflows.errors import Refusal
from workflows.models import Agency, Delegation, Holding, Post
from workflows.terms import Term

from .access import OFFICE
from .issuing import in_charge
from .issuing.signers import DEPUTY_OF, given_by_list, names_of
from .roles import DIGITAL, Role

_HEADS = (Role.DIVISION_HEAD, Role.CHIEF_OF_OFFICE)
_BELOW_THE_LEADERS = (
    Role.SPECIALIST, Role.CLERK, Role.DEPUTY_DIVISION_HEAD, *_HEADS,
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """One form of acting for another: its address, its words, and the roles it may join."""

    kind: str
    address: str
    title: Any
    explained: Any
    principals: tuple[str, ...]
    delegates: tuple[str, ...]
    by_field: bool = True
    ends: bool = False


FORMS = (
    Form(
        Delegation.Kind.DEPUTY,
        "ky-thay",
        _("Cấp phó ký thay (KT.)"),
        _("Theo lĩnh vực được phân công, hoặc mọi lĩnh vực khi được giao phụ trách, điều hành."),
        tuple(DEPUTY_OF),
        tuple(DEPUTY_OF.values()),
    ),
    Form(
        Delegation.Kind.ORDER,
        "thua-lenh",
        _("Ký thừa lệnh (TL.)"),
        _("Chỉ một số loại văn bản ghi trong quy chế; Quyết định không ký thừa lệnh."),
        (Role.CHAIRMAN,),
        _HEADS,
    ),
    Form(
        Delegation.Kind.AUTHORISED,
        "uy-quyen",
        _("Ký thừa ủy quyền (TUQ.)"),
        _("Bằng văn bản, có thời hạn, ghi rõ loại văn bản, không ủy quyền lại (Điều 13 khoản 3)."),
        (Role.CHAIRMAN,),
        _HEADS,
        ends=True,
    ),
    Form(
        Delegation.Kind.STAND_IN,
        "lam-thay",
        _("Người làm thay khi vắng"),
        _("Cho văn thư, chuyên viên, Chánh Văn phòng: làm việc thay, không ký văn bản."),
        (Role.CLERK, Role.SPECIALIST, Role.CHIEF_OF_OFFICE),
        _BELOW_THE_LEADERS,
        by_field=False,
    ),
)


def desk_of(agency: Agency) -> Desk:
    """Where the assignments of a commune are kept: with its clerk."""
    return Desk(f"{Role.CLERK}.{DIGITAL}", agency, str(Role.CLERK.label))


def refuse_unfitting(form: Form, principal: Post, delegate: Post) -> None:
    """Raise :class:`Refusal` where the form does not join these two posts.

    A deputy signs only for his own head (Điều 13 khoản 1).
    """
    deputy = DEPUTY_OF.get(Role(principal.role))
    if form.kind == Delegation.Kind.DEPUTY and delegate.role != deputy:
        raise Refusal(
            _t("Cấp phó chỉ ký thay cấp trưởng của mình. Chọn lại hai chức vụ."),
            _t("Điều 13 khoản 1 Nghị định 30/2020/NĐ-CP"),
            field="delegate",
        )


def refuse_second_in_charge(form: Form, principal: Post, delegate: Post, term: Term) -> None:
    """Raise :class:`Refusal` where another Deputy is in charge of everything already."""
    if form.kind == Delegation.Kind.DEPUTY and principal.role == Role.CHAIRMAN:
        locking.hold_posts([principal, delegate])
        standing = in_charge.standing(principal.agency_id, term)
        in_charge.refuse_second(standing.exclude(delegate=delegate))


def posts_of(agency: Agency, roles: Iterable[str]) -> QuerySet[Post]:
    return Post.objects.filter(agency=agency, role__in=list(roles)).order_by("pk")


def people_of(agency: Agency) -> QuerySet[Any]:
    """Accounts known in the commune: who holds or held a post there, or is on its rolls."""
    known = Q(holdings__post__agency=agency) | Q(person__commune__agency=agency)
    people = get_user_model()._default_manager.filter(known, is_active=True)
    return people.distinct().order_by("full_name")


@dataclass
class Seat:
    """A post with who holds it now, and who is entered to hold it next."""

    post: Post
    now: Holding | None = None
    coming: list[Holding] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """All the clerk sees: the posts of the office, the others, and the papers by their time."""

    office: list[Seat]
    outside: list[Seat]
    standing: list[Delegation]
    coming: list[Delegation]
    over: list[Delegation]
    left: list[Holding]


def board(agency: Agency) -> Board:
    """Posts, holders and delegations of an agency: three queries."""
    posts = list(Post.objects.filter(agency=agency).order_by("pk"))
    held = list(_with_people(Holding.objects.filter(post__agency=agency)).order_by("since"))
    papers = _with_people(Delegation.objects.filter(principal__agency=agency))
    given = list(papers.select_related("principal", "delegate").order_by("-since", "pk"))
    seats = _seats(posts, held)
    names = {seat.post.pk: str(seat.now.user) for seat in seats if seat.now}
    for row in given:
        row.who = names.get(row.delegate_id, "")
        row.listed = names_of(row.limited_to or given_by_list(row.kind))
    return Board(
        office=[seat for seat in seats if seat.post.role in OFFICE],
        outside=[seat for seat in seats if seat.post.role not in OFFICE],
        standing=[row for row in given if not row.over and not row.coming],
        coming=[row for row in given if row.coming],
        over=[row for row in given if row.over],
        left=[row for row in reversed(held) if row.over],
    )


def _with_people(rows: QuerySet[Any]) -> QuerySet[Any]:
    known = ("entered_by", "ended_by")
    return rows.select_related("user", "post", *known) if rows.model is Holding else (
        rows.select_related(*known)
    )  # fmt: skip


def _seats(posts: Sequence[Post], held: Iterable[Holding]) -> list[Seat]:
    seats = {post.pk: Seat(post) for post in posts}
    for holding in held:
        seat = seats[holding.post_id]
        if holding.coming:
            seat.coming.append(holding)
        elif not holding.over:
            seat.now = holding
    return list(seats.values())


def holders(agency: Agency) -> dict[int, str]:
    """By post, the names of those who hold it today."""
    names: dict[int, list[str]] = defaultdict(list)
    for holding in Holding.objects.filter(post__agency=agency).select_related("user"):
        if not holding.over and not holding.coming:
            names[holding.post_id].append(str(holding.user))
    return {post: ", ".join(found) for post, found in names.items()}


def keeps(held: Iterable[Capacity]) -> Agency | None:
    """The agency whose assignments somebody with these capacities keeps."""
    for capacity in held:
        own = (f"{Role.CLERK}.{DIGITAL}", "workflows.agency", str(capacity.post.agency_id))
        if own in capacity.keys((DIGITAL,)):
            return capacity.post.agency
    return None
