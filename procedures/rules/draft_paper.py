"""Rules about a paper a specialist types: what its form asks for, and what can be printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from documents import service as documents
from workflows.states import State

from ..issuing import secretaries, signers
from ..models import draft_paper
from ..models.draft_paper import DRAFT_PAPER, FIELDS, LINED, MINUTES
from ..papers import typed_text
from .base import Breach, of_dossier
from .facts import Facts

MOST_PARAGRAPHS = 200
_FORM = "Nghị định 30/2020/NĐ-CP, Phụ lục III"
_SIGNING = "Nghị định 30/2020/NĐ-CP, Điều 13"
_WRITTEN = (State.DRAFT, State.RETURNED)


def _said(facts: Facts) -> Any:
    """What is typed; None for another procedure."""
    return facts.dossier.matter if facts.dossier.procedure == DRAFT_PAPER else None


def _texts(said: Any) -> Iterator[tuple[str, str]]:
    """(column, paragraph or line) of all that is typed for this kind."""
    for field in FIELDS[said.kind] if said else ():
        text = getattr(said, field)
        if field == "body":
            yield from ((field, paragraph) for paragraph in typed_text.paragraphs(text))
        elif isinstance(text, str):
            yield from ((field, line) for line in text.splitlines() if line)


@of_dossier
def paper_says_what_its_form_asks(facts: Facts) -> Iterator[Breach]:
    """Ông/bà ghi mục “%(name)s”"""
    said = _said(facts)
    for field in draft_paper.required(said.kind) if said else ():
        empty = getattr(said, field) in ("", None)
        listed = field in LINED and not typed_text.lines(getattr(said, field))
        if empty or listed:
            name = said._meta.get_field(field).verbose_name
            yield Breach(field, citation=_FORM, values={"name": name})


@of_dossier
def letters_can_be_printed(facts: Facts) -> Iterator[Breach]:
    """Không in được ký tự %(letters)s. Ông/bà gõ lại bằng chữ thường"""
    found: dict[str, str] = {}
    for field, text in _texts(_said(facts)):
        found[field] = found.get(field, "") + documents.unprintable(text)
    for field, letters in found.items():
        if letters:
            told = " ".join(dict.fromkeys(letters[:20]))
            yield Breach(field, values={"letters": told})


@of_dossier
def paragraphs_are_of_a_size(facts: Facts) -> Iterator[Breach]:
    """Có đoạn dài quá %(most)s chữ. Ông/bà để trống một dòng để tách thành nhiều đoạn"""
    for field, text in _texts(_said(facts)):
        if len(text) > documents.LONGEST_TEXT:
            yield Breach(field, values={"most": documents.LONGEST_TEXT})
            return


@of_dossier
def paragraphs_can_be_counted(facts: Facts) -> Iterator[Breach]:
    """Nội dung có %(count)s đoạn, tối đa %(most)s đoạn. Ông/bà tách phần sau thành văn bản khác"""
    said = _said(facts)
    count = len(typed_text.paragraphs(said.body)) if said else 0
    if count > MOST_PARAGRAPHS:
        yield Breach("body", values={"count": count, "most": MOST_PARAGRAPHS})


@of_dossier
def body_ends_with_words(facts: Facts) -> Iterator[Breach]:
    """Nội dung dừng ở tên mục “%(heading)s”. Ông/bà ghi nội dung của mục này"""
    said = _said(facts)
    last = typed_text.paragraphs(said.body)[-1:] if said else []
    if any(typed_text.is_heading(paragraph) for paragraph in last):
        yield Breach("body", values={"heading": last[0][:60]})


@of_dossier
def addressees_have_their_own_box(facts: Facts) -> Iterator[Breach]:
    """Không gõ “Kính gửi”, “Nơi nhận” vào nội dung: mỗi phần có ô riêng"""
    for field, text in _texts(_said(facts)):
        if field == "body" and text.startswith(("Kính gửi", "Nơi nhận")):
            yield Breach(field)
            return


@of_dossier
def end_mark_is_ours(facts: Facts) -> Iterator[Breach]:
    """Dấu “./.” do hệ thống ghi ở cuối văn bản. Ông/bà bỏ dấu này đi"""
    for field, text in _texts(_said(facts)):
        if "./." in text:
            yield Breach(field)


@of_dossier
def file_line_is_ours(facts: Facts) -> Iterator[Breach]:
    """Dòng “Như trên” và dòng “Lưu” do hệ thống ghi. Ông/bà bỏ các dòng này khỏi Nơi nhận"""
    said = _said(facts)
    told = typed_text.lines(said.recipients) if said else ()
    if any(line.casefold().startswith(("lưu:", "lưu vt", "như trên")) for line in told):
        yield Breach("recipients")


@of_dossier
def meeting_is_ahead_or_was_held(facts: Facts) -> Iterator[Breach]:
    """Giấy mời ghi thời gian ở sau lúc này; biên bản ghi cuộc họp đã kết thúc"""
    said, now = _said(facts), timezone.localtime()
    if not said:
        return
    begins, ends = _moment(said.begins, said.begins_at), _moment(said.ends, said.ends_at)
    written = facts.dossier.state in _WRITTEN
    if said.kind == "invitation" and written and begins and begins < now:
        yield Breach("begins")
    if said.kind == MINUTES and ends and ends > now:
        yield Breach("ends")


@of_dossier
def meeting_ends_after_it_begins(facts: Facts) -> Iterator[Breach]:
    """Giờ kết thúc phải sau giờ bắt đầu cuộc họp"""
    said = _said(facts)
    begins = _moment(said.begins, said.begins_at) if said else None
    ends = _moment(said.ends, said.ends_at) if said else None
    if begins and ends and ends <= begins:
        yield Breach("ends_at")


@of_dossier
def introduction_is_still_good(facts: Facts) -> Iterator[Breach]:
    """Ngày hết giá trị của giấy giới thiệu đã qua. Ông/bà ghi ngày khác"""
    said = _said(facts)
    if said and said.until and said.until < facts.on:
        yield Breach("until")


@of_dossier
def somebody_can_sign_as_asked(facts: Facts) -> Iterator[Breach]:
    """Hiện chưa ai ký được loại văn bản này theo cách đã chọn. Ông/bà chọn lại người ký"""
    said = _said(facts)
    if not said or not said.signed_by or facts.dossier.state not in _WRITTEN:
        return
    able = signers.able_to_sign(facts.dossier, "decision")
    if not any(capacity.kind in (said.signed_by, "ACTING") for capacity in able):
        yield Breach("signed_by", citation=_SIGNING)


@of_dossier
def chair_can_sign_the_minutes(facts: Facts) -> Iterator[Breach]:
    """Người chủ trì phải là người ký được văn bản của Ủy ban. Ông/bà chọn, hoặc ghi đúng họ tên:
    Chủ tịch, Phó Chủ tịch phụ trách hoặc người được giao ký thừa lệnh"""
    said = _said(facts)
    minutes = said and said.kind == MINUTES and said.chair
    if not minutes or facts.dossier.state not in _WRITTEN:
        return
    if not any(signers.able_to_sign(facts.dossier, "decision")):
        yield Breach("chair", citation=_SIGNING)


@of_dossier
def secretary_can_sign_the_minutes(facts: Facts) -> Iterator[Breach]:
    """Thư ký phải là người khác chủ tọa, đang giữ chức vụ và có khóa ký số. Ông/bà chọn người khác,
    hoặc chỉ ghi họ tên để hai người ký giấy"""
    said = _said(facts)
    minutes = said and said.kind == MINUTES and said.secretary_holding
    if not minutes or facts.dossier.state not in _WRITTEN:
        return
    chosen, chair = said.secretary_holding, said.chair_holding
    same = chair is not None and chair.user_id == chosen.user_id
    if same or chosen not in secretaries.able(facts.dossier.agency):
        yield Breach("secretary_holding", citation=_SIGNING)


def _moment(day: datetime.date | None, at: datetime.time | None) -> datetime.datetime | None:
    if not day or not at:
        return None
    return datetime.datetime.combine(day, at, timezone.get_current_timezone())
