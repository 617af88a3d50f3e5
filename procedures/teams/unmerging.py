"""Taking back a merger of hamlets that was entered wrongly, as long as nothing rests on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t

from documents import service as documents
from workflows import entries
from workflows.authority import Capacity
from workflows.errors import Refusal
from workflows.models import Event, Holding
from workflows.states import FINAL, State
from workflows.terms import period

from ..models import Change, Commune, Dossier, Hamlet, HamletMerger, Team
from ..roles import Role

_DAY = datetime.timedelta(days=1)
TAKE_BACK = "take_back_merger"
# What is over without having decided anything.
_GIVEN_UP = (State.WITHDRAWN, State.REJECTED)


def specialist(held: Iterable[Capacity]) -> Capacity | None:
    """The capacity in which somebody takes a merger back: a specialist's own."""
    return next((c for c in held if c.delegation is None and c.post.role == Role.SPECIALIST), None)


@transaction.atomic
def take_back(capacity: Capacity, merger: HamletMerger, reason: str) -> HamletMerger:
    """The old hamlets stand again as if it had not been entered; the row and the ledger keep that
    it was, and why not. A hamlet it founded is in use no more.

    Raises :class:`Refusal`: not a specialist of the commune, no reason, or :func:`refuse`.
    """
    agency = capacity.post.agency
    Commune.objects.select_for_update().get(agency=agency)
    merger = HamletMerger.objects.select_related("into__head_post", "commune").get(pk=merger.pk)
    own = merger.commune.agency_id == agency.pk and capacity.post.role == Role.SPECIALIST
    if not own or capacity.delegation is not None:
        raise Refusal(_t("Chỉ chuyên viên của xã, phường rút lại được ghi nhận sáp nhập."))
    if not reason.strip():
        raise Refusal(_t("Ông/bà ghi rõ lý do."), field="reason")
    refuse(merger)
    told = merger.told()
    if merger.founded:
        into = merger.into
        into.until = merger.on - _DAY
        into.save(update_fields=["until"])
    merger.ended.update(until=None, merger=None)
    merger.taken_back = timezone.now()
    merger.save(update_fields=["taken_back"])
    entries.write(TAKE_BACK, merger, agency, capacity, told, note=reason.strip())
    return merger


def refuse(merger: HamletMerger) -> None:
    """Raise :class:`Refusal` with what stands in the way and what to do instead."""
    if merger.taken_back:
        raise Refusal(_t("Ghi nhận sáp nhập này đã được rút lại."))
    _refuse_decided(merger)
    _refuse_team(merger)
    _refuse_further(merger)
    _refuse_names(merger)


def _resting(merger: HamletMerger) -> Q:
    """The cases that carry the merger out, or are about the hamlet it founded and a team that did
    not end there: what was decided about one that ended holds nothing any more."""
    if not merger.founded:
        return Q(merger=merger)
    lines = Change.objects.filter(hamlet=merger.into, team__until=None)
    return Q(merger=merger) | Q(pk__in=lines.values("dossier"))


def _refuse_decided(merger: HamletMerger) -> None:
    cases = Dossier.objects.filter(_resting(merger)).exclude(state__in=_GIVEN_UP)
    for done in cases.filter(state=State.RELEASED).select_related("decision").order_by("pk"):
        if done.decision is not None and documents.ended_by(done.decision) is None:
            raise Refusal(
                _t(
                    "Không rút lại được: Quyết định số %(number)s đã dựa vào sáp nhập này. Danh "
                    "sách tổ sai thì ông/bà mở quyết định ấy, bấm “Sai gì?”; nơi cũ phải lập lại "
                    "thì làm theo nghị quyết mới."
                )
                % {"number": done.decision.reference}
            )
    if case := cases.exclude(state__in=FINAL).order_by("pk").first():
        raise Refusal(
            _t(
                "Không rút lại được khi hồ sơ %(number)d “%(title)s” đang làm theo sáp nhập này. "
                "Ông/bà rút hồ sơ ấy trước."
            )
            % {"number": case.pk, "title": case.title}
        )


def _refuse_team(merger: HamletMerger) -> None:
    """A team recorded from an earlier paper stands on that paper and on no case of ours."""
    standing = Team.objects.filter(hamlet=merger.into, until=None) if merger.founded else ()
    for team in standing:
        raise Refusal(
            _t(
                "Không rút lại được: %(team)s đang hoạt động theo Quyết định số %(number)s. Tổ ghi "
                "sai thì ông/bà mở quyết định ấy, bấm “Sai gì?”."
            )
            % {"team": team.name, "number": team.decision.reference}
        )


def _refuse_further(merger: HamletMerger) -> None:
    if not merger.founded:
        return
    into = merger.into
    if into.merger_id or into.mergers.filter(taken_back=None).exclude(pk=merger.pk).exists():
        raise Refusal(
            _t("%(place)s đã sáp nhập tiếp với nơi khác. Ông/bà rút lại lần sáp nhập sau trước.")
            % {"place": _capital(into.full_name)}
        )
    # Who begins later is expected there all the same.
    for head in Holding.objects.filter(post=into.head_post_id).order_by("since"):
        if head.over:
            continue
        raise Refusal(
            _t(
                "%(place)s đã có người giữ chức vụ đứng đầu, %(period)s. Văn thư cho người ấy thôi "
                "chức vụ trước."
            )
            % {"place": _capital(into.full_name), "period": period(head)}
        )


def _refuse_names(merger: HamletMerger) -> None:
    """An old name may have been given to another place since."""
    for hamlet in merger.ended.all():
        same = Hamlet.objects.filter(
            commune=merger.commune, kind=hamlet.kind, name=hamlet.name, until=None
        )
        if same.exclude(pk=merger.into_id if merger.founded else 0).exists():
            raise Refusal(
                _t("Đã có nơi khác mang tên %(place)s nên nơi cũ không lập lại được.")
                % {"place": hamlet.full_name}
            )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def reasons(mergers: Iterable[HamletMerger]) -> dict[int, Event]:
    """Who took which merger back, when and why, by its key: one query."""
    found = Event.objects.filter(
        act=TAKE_BACK,
        record_type=HamletMerger._meta.label_lower,
        record_id__in=[merger.pk for merger in mergers if merger.taken_back],
    )
    return {event.record_id: event for event in found}
