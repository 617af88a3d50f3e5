"""Rules about what the Chairman gives away by a decision (P26)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from workflows.models import Delegation
from workflows.terms import period

from ..models.delegating import DELEGATE_SIGNING, Grant
from ..roles import Role
from .base import Breach, of_dossier
from .facts import Facts

_AUTHORISED = "Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP"
_DEPUTY = "Điều 13 khoản 1 Nghị định 30/2020/NĐ-CP"


def _said(facts: Facts, *grants: Grant) -> Any:
    """What the dossier gives, where it is one of ``grants`` (default any); else None."""
    if facts.dossier.procedure != DELEGATE_SIGNING:
        return None
    said = facts.dossier.matter
    return said if not grants or said.gives in grants else None


@of_dossier
def something_is_given(facts: Facts) -> Iterator[Breach]:
    """Ông/bà chọn người được giao, hoặc phân công, ủy quyền cần chấm dứt"""
    said = _said(facts)
    if said and not said.listed:
        yield Breach("rows")


@of_dossier
def authorisation_has_a_last_day(facts: Facts) -> Iterator[Breach]:
    """Ủy quyền phải có thời hạn: ông/bà ghi ngày cuối cùng"""
    said = _said(facts, Grant.AUTHORISE)
    if said and not said.until:
        yield Breach("until", citation=_AUTHORISED)


@of_dossier
def authorisation_has_its_content(facts: Facts) -> Iterator[Breach]:
    """Ủy quyền phải giới hạn nội dung: ông/bà ghi những văn bản được ký"""
    said = _said(facts, Grant.AUTHORISE)
    if said and not said.content:
        yield Breach("content", citation=_AUTHORISED)


@of_dossier
def authorisation_lists_its_kinds(facts: Facts) -> Iterator[Breach]:
    """Ủy quyền phải giới hạn nội dung: ông/bà chọn loại văn bản được ký"""
    said = _said(facts, Grant.AUTHORISE)
    if said and not said.kinds:
        yield Breach("kinds", citation=_AUTHORISED)


@of_dossier
def it_takes_effect_no_earlier_than_its_signature(facts: Facts) -> Iterator[Breach]:
    """Quyết định ký ngày %(signed)s không giao quyền ký từ %(since)s, trước ngày ký: ông/bà để
    trống (từ ngày ký) hoặc ghi ngày sau; hồ sơ đã trình thì trả lại để sửa"""
    said = _said(facts)
    if said and said.since and said.since < facts.signed:
        days = {"since": f"{said.since:%d/%m/%Y}", "signed": f"{facts.signed:%d/%m/%Y}"}
        authorised = said.gives is Grant.AUTHORISE
        yield Breach("since", citation=_AUTHORISED if authorised else _DEPUTY, values=days)


@of_dossier
def it_ends_after_it_begins(facts: Facts) -> Iterator[Breach]:
    """Ngày cuối cùng ở trước ngày bắt đầu, hoặc đã qua"""
    said = _said(facts)
    if said and said.until and said.until < max(facts.signed, said.since or facts.signed):
        yield Breach("until")


@of_dossier
def one_deputy_is_in_charge(facts: Facts) -> Iterator[Breach]:
    """Chỉ giao một Phó Chủ tịch phụ trách, điều hành"""
    said = _said(facts, Grant.CHARGE)
    if said and len(said.listed) > 1:
        yield Breach("rows", citation=_DEPUTY)


@of_dossier
def nobody_else_is_in_charge(facts: Facts) -> Iterator[Breach]:
    """Chỉ giao một Phó Chủ tịch phụ trách, điều hành; đang có: %(names)s. Muốn đổi thì chấm dứt
    bản đó trước, hoặc ghi ngày bắt đầu sau đó"""
    said = _said(facts, Grant.CHARGE)
    if others := list(said.others_in_charge()) if said else []:
        yield Breach("rows", citation=_DEPUTY, values={"names": _named(others)})


@of_dossier
def it_was_not_given_already(facts: Facts) -> Iterator[Breach]:
    """Đã giao rồi: %(names)s. Muốn đổi thì chấm dứt phân công, ủy quyền đó trước"""
    said = _said(facts, Grant.FIELDS, Grant.CHARGE, Grant.AUTHORISE)
    if said and (known := list(_given_already(said))):
        who = (said.holders.get(row.delegate_id, row.delegate) for row in known)
        told = zip(who, known, strict=True)
        names = "; ".join(f"{name}, {period(row)}" for name, row in told)
        yield Breach("rows", values={"names": names})


@of_dossier
def its_posts_are_held(facts: Facts) -> Iterator[Breach]:
    """Chưa có ai giữ chức vụ: %(names)s"""
    said = _said(facts, Grant.FIELDS, Grant.CHARGE, Grant.AUTHORISE)
    rows = said.listed if said else []
    empty = [row.receiver for row in rows if row.receiver.pk not in said.holders]
    if empty:
        names = ", ".join(dict.fromkeys(str(post) for post in empty))
        yield Breach("rows", "warn", values={"names": names})


@of_dossier
def what_ends_still_stands(facts: Facts) -> Iterator[Breach]:
    """Đã hết hiệu lực rồi: %(names)s"""
    said = _said(facts, Grant.END)
    over = [row.delegation for row in said.listed if row.delegation.over] if said else []
    if over:
        told = {"names": _named(over)}
        yield Breach("rows", "warn", _("gợi ý, không phải quy định"), values=told)


@of_dossier
def one_paper_at_a_time_ends_it(facts: Facts) -> Iterator[Breach]:
    """Đã có Quyết định chấm dứt ký rồi mà chưa phát hành: %(names)s. Ông/bà phát hành hoặc hủy bản
    đó trước"""
    said = _said(facts, Grant.END)
    if cut := said.cut_by_another() if said else []:
        yield Breach("rows", values={"names": _named(cut)})


def _named(rows: Iterable[Delegation]) -> str:
    told = (f"{row.delegate}, {period(row)} ({row.cited})" for row in rows)
    return "; ".join(told)


def _given_already(said: Any) -> Iterator[Delegation]:
    """What stands on a day on which the same would begin to stand."""
    rows = Delegation.objects.filter(
        said.term.overlapping,
        kind=said.gives.kind,
        principal__agency=said.dossier.agency_id,
        principal__role=Role.CHAIRMAN,
        delegate__in=[row.delegate_id for row in said.listed],
    ).select_related("delegate")
    wanted = {(row.delegate_id, row.field) for row in said.listed}
    return (row for row in rows.order_by("pk") if (row.delegate_id, row.field) in wanted)
