"""From a capacity to the signature block, by Decree 30/2020, Điều 13 and Phụ lục I, mục II.7.

``workflows.authority`` says which capacity a person has; ``documents.kinds`` which forms of
signature a kind admits. This module intersects them: an impossible combination is refused with
the article and the paper that is missing.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.kinds import COPIES, KINDS, SignatureForm
from documents.model import SignatureBlock
from documents.service import Signer
from workflows import authority, engine
from workflows.authority import Capacity, Desk
from workflows.errors import Refusal
from workflows.models import Delegation, Holding, Post, in_force

from ..roles import Role

if TYPE_CHECKING:
    from ..models import Dossier

# Which post signs which kind.
SIGNING_ROLE = {
    "submission": Role.DIVISION_HEAD,
    "decision": Role.CHAIRMAN,
    "official_letter": Role.CHAIRMAN,
    "notice": Role.CHAIRMAN,
    "report": Role.CHAIRMAN,
    "plan": Role.CHAIRMAN,
    "invitation": Role.CHAIRMAN,
    "introduction": Role.CHAIRMAN,
    "minutes": Role.CHAIRMAN,
    # The head of the office decides what is copied and who signs copies (Điều 27 khoản 1).
    **dict.fromkeys(COPIES, Role.CHAIRMAN),
}
# The slot of the dossier that is signed at a post.
SIGNED_AT: dict[str, str] = {Role.DIVISION_HEAD: "submission", Role.CHAIRMAN: "decision"}

# A công văn, thông báo or báo cáo speaks for the Committee as a body (Điều 13 khoản 2): its
# Chairman signs TM., a Deputy for him under the same line. Our decisions are the Chairman's own.
_FOR_THE_BODY = ("official_letter", "notice", "report", "plan", "invitation", "introduction")
# Who chairs a meeting signs its minutes as the chair, for nobody else (Mẫu 1.9).
_BY_THE_CHAIR = "minutes"
_CHAIR = "CHỦ TỌA"
_BODY = "TM. ỦY BAN NHÂN DÂN"

# Position as printed in the block, by the role of the post.
_POSITION = {
    Role.CHAIRMAN: "CHỦ TỊCH",
    Role.DEPUTY_CHAIRMAN: "PHÓ CHỦ TỊCH",
    Role.DIVISION_HEAD: "TRƯỞNG PHÒNG",
    Role.DEPUTY_DIVISION_HEAD: "PHÓ TRƯỞNG PHÒNG",
    Role.CHIEF_OF_OFFICE: "CHÁNH VĂN PHÒNG",
}
_FORM = {
    "OWN": SignatureForm.OWN,
    "ACTING": SignatureForm.ACTING,
    "KT": SignatureForm.DEPUTY,
    "TL": SignatureForm.BY_ORDER,
    "TUQ": SignatureForm.AUTHORISED,
}


# Who signs for whom as KT.: the deputy for his own head, nobody else (Điều 13 khoản 1).
DEPUTY_OF = {
    Role.CHAIRMAN: Role.DEPUTY_CHAIRMAN,
    Role.DIVISION_HEAD: Role.DEPUTY_DIVISION_HEAD,
}


# What a head gives by a paper of his own, in his own name alone.
_BY_PAPER_OF_HIS = (SignatureForm.BY_ORDER, SignatureForm.AUTHORISED)

# To whom a head may give it to sign by order or by authorisation: the heads of his own units, and
# for an order their deputies after them (Điều 13 khoản 3, 4).
_HEADS_OF_UNITS = (Role.DIVISION_HEAD, Role.CHIEF_OF_OFFICE)

# Which clause of Điều 13 speaks of a form.
_CLAUSE = {"KT": 1, "TUQ": 3, "TL": 4}


def refuse_wrong_form(kind: str, capacity: Capacity) -> None:
    """Raise :class:`Refusal` when the kind may not be signed in this capacity.

    A decision of the Chairman is signed by himself or by a Deputy for him; by order (TL.) or by
    authorisation (TUQ.) only the kinds its paper lists; a stand-in for a clerk or specialist signs
    nothing.
    """
    if admitted(kind, capacity):
        return
    sentence = _("%(kind)s không ký được với tư cách %(capacity)s.")
    if capacity.limited_to:
        sentence += " " + _("Văn bản giao chỉ gồm: %(listed)s.")
    listed = names_of(capacity.limited_to)
    told = {"kind": KINDS[kind].name, "capacity": capacity.label, "listed": listed}
    raise Refusal(sentence % told, _article(capacity))


def names_of(kinds: Iterable[str]) -> str:
    """ "Thông báo, Giấy mời": how kinds of document are cited."""
    return ", ".join(KINDS[kind].name for kind in kinds)


def given_by_list(form: str) -> dict[str, str]:
    """{kind of document: its name} of those that may be given to be signed by order ("TL") or by
    authorisation ("TUQ"): a paper lists some of them (Điều 13 khoản 3, 4). Empty for other forms,
    which are given by field of work."""
    by = _FORM.get(form)
    if by not in _BY_PAPER_OF_HIS:
        return {}
    return {kind.key: kind.name for kind in KINDS.values() if by in kind.signature_forms}


def refuse_signer(dossier: Dossier, slot: str, capacity: Capacity) -> None:
    """Raise :class:`Refusal` when what stands in ``slot`` may not be signed in this capacity.

    What the head gives away he signs himself (Điều 13 khoản 1, khoản 3): who acts for him has only
    what was given, and passes none of it on.
    """
    refuse_wrong_form(dossier.kind_of(slot), capacity)
    if dossier.signed_in_person(slot) and capacity.delegation:
        raise Refusal(
            _("Văn bản giao, ủy quyền hay chấm dứt quyền ký do chính Chủ tịch ký, không ký thay."),
            dossier.interest_article,
        )
    if another := dossier.refuses_signer(slot, capacity):
        raise Refusal(another)


def may_sign(dossier: Dossier, slot: str, capacity: Capacity) -> bool:
    """Whether :func:`refuse_signer` has nothing against it."""
    by_himself = not dossier.signed_in_person(slot) or not capacity.delegation
    if not by_himself or not admitted(dossier.kind_of(slot), capacity):
        return False
    return not dossier.refuses_signer(slot, capacity)


def _article(capacity: Capacity) -> str:
    clause = _CLAUSE.get(capacity.kind)
    if clause is None:
        return _("Điều 13 Nghị định 30/2020/NĐ-CP")
    return _("Điều 13 khoản %(clause)s Nghị định 30/2020/NĐ-CP") % {"clause": clause}


def admitted(kind: str, capacity: Capacity) -> bool:
    """Whether the kind may be signed in this capacity by the holder of this post."""
    form, role = _form(kind, capacity), capacity.holding.post.role
    if form not in KINDS[kind].signature_forms:
        return False
    # A paper entered before kinds were listed gives what its form admits; nobody gives it away to
    # sign the minutes of a meeting.
    listed = capacity.limited_to and kind != _BY_THE_CHAIR
    if listed and kind not in capacity.limited_to:
        return False
    if kind not in SIGNING_ROLE:
        return True  # signed under a post's own title: a proposal
    if role not in _POSITION:
        return False
    opened = _FORM.get(capacity.kind)
    if opened is SignatureForm.DEPUTY:
        return role == DEPUTY_OF.get(Role(capacity.post.role))
    if capacity.passed:
        return role == DEPUTY_OF.get(Role(capacity.passed.principal.role))
    if opened in _BY_PAPER_OF_HIS:
        return role in _HEADS_OF_UNITS
    return True


def _form(kind: str, capacity: Capacity) -> SignatureForm | None:
    form = _FORM.get(capacity.kind)
    if form and kind == _BY_THE_CHAIR:
        return SignatureForm.OWN
    if form is SignatureForm.OWN and kind in _FOR_THE_BODY:
        return SignatureForm.COLLECTIVE
    return form


def capacity_to_sign(
    kind: str, desk: Desk, held: list[Capacity], fits: Callable[[Capacity], bool] | None = None
) -> Capacity:
    """The closest of a person's capacities in which he may sign the kind at ``desk``; ``fits``
    where more is asked than that the kind admits it (:func:`may_sign`).

    Raises :class:`Refusal`: none opens the desk (which paper would), or none that does admits the
    kind.
    """
    fits = fits or functools.partial(admitted, kind)
    capacity = authority.capacity_at(desk, held, engine.fields(), fits)
    if capacity is None:
        raise Refusal(*authority.missing_paper(desk, held), field="signer", lacks_paper=True)
    refuse_wrong_form(kind, capacity)
    return capacity


def signature_block(kind: str, capacity: Capacity) -> SignatureBlock:
    """The lines of boxes 7a and 7b: ``KT. CHỦ TỊCH`` / ``PHÓ CHỦ TỊCH`` / name; under ``TM. ỦY BAN
    NHÂN DÂN`` where the kind is signed for the Committee as a body, which who signs by order or by
    authorisation of its Chairman does not speak for. A deputy to whom an order was passed: ``TL.
    CHỦ TỊCH`` / ``KT. TRƯỞNG PHÒNG`` / ``PHÓ TRƯỞNG PHÒNG``. The chair of a meeting: ``CHỦ TỌA`` /
    his own position."""
    refuse_wrong_form(kind, capacity)
    if kind == _BY_THE_CHAIR:
        return SignatureBlock((_CHAIR, _own_position(capacity)), capacity.user.full_name)
    principal = _POSITION[Role(capacity.post.role)]
    form = _FORM[capacity.kind]
    lines: tuple[str, ...] = (principal if form is SignatureForm.OWN else f"{form} {principal}",)
    if capacity.passed:
        head = _POSITION[Role(capacity.passed.principal.role)]
        lines += (f"{SignatureForm.DEPUTY} {head}",)
    if capacity.delegation:
        lines += (_POSITION[Role(capacity.holding.post.role)],)
    if kind in _FOR_THE_BODY and form not in _BY_PAPER_OF_HIS:
        lines = (_BODY, *lines)
    return SignatureBlock(lines, capacity.user.full_name)


def _own_position(capacity: Capacity) -> str:
    position = _POSITION[Role(capacity.holding.post.role)]
    return f"{SignatureForm.ACTING} {position}" if capacity.holding.acting else position


def signer(capacity: Capacity, block: SignatureBlock) -> Signer:
    """The signer as the documents know him: an opaque key, a name, the lines he signs under."""
    return Signer(key=signer_key(capacity.user), name=block.name, capacity=block.lines)


def signer_key(user: Any) -> str:
    return f"user:{user.pk}"


def owner_of(key: str) -> QuerySet[Any]:
    """Whose key it is; nobody where it is an agency's."""
    kind, _colon, pk = key.partition(":")
    people = get_user_model()._default_manager
    return people.filter(pk=pk) if kind == "user" else people.none()


def able_to_sign(
    dossier: Dossier, kind: str, on: datetime.date | None = None
) -> Iterator[Capacity]:
    """Everyone who may sign the kind for this dossier on a Hanoi date (default today): who is asked
    to first, then the holder of the post."""
    able = _fitting(dossier, kind, functools.partial(may_sign, dossier, kind), on)
    wish = dossier.signing_wish(kind)
    yield from sorted(able, key=lambda c: (c.kind != wish, c.delegation is not None))


def able_to_chair(dossier: Dossier) -> list[Capacity]:
    """Everyone who could sign minutes of this office as the chair of a meeting."""
    found = _fitting(dossier, "decision", functools.partial(admitted, _BY_THE_CHAIR), None)
    return sorted(found, key=lambda c: c.delegation is not None)


def _fitting(
    dossier: Dossier, kind: str, fits: Callable[[Capacity], bool], on: datetime.date | None
) -> list[Capacity]:
    """The capacities at the desk where the kind is signed that fit, one of each person."""
    desk = dossier.desk(SIGNING_ROLE[kind])
    on = on or timezone.localdate()
    posts = Post.objects.filter(agency=dossier.agency, role=SIGNING_ROLE[kind])
    papers = Delegation.objects.filter(in_force(on))
    delegates = papers.filter(principal__in=posts).values("delegate")
    deputies = papers.filter(principal__in=delegates).values("delegate")
    sitting = Holding.objects.filter(
        in_force(on), Q(post__in=posts) | Q(post__in=delegates) | Q(post__in=deputies)
    ).select_related("user")
    past = on < timezone.localdate()
    read = authority.capacities_then if past else authority.capacities
    held = (read(holding.user, on) for holding in sitting)
    found = (authority.capacity_at(desk, capacities, engine.fields(), fits) for capacities in held)
    return list({c.user.pk: c for c in found if c and fits(c)}.values())
