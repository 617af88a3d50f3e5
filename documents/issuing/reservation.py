"""Numbers and content of a document before anybody has signed it. See :mod:`documents.service`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..errors import AttemptLost, DocumentRefused, NumberTaken
from ..kinds import KINDS
from ..model import Content, to_json
from ..models import Document, Issuer, Medium, Mode, Series, State, digest_of
from ..registry import numbering

UNSIGNED = (State.RESERVED, State.PREPARED)


@dataclass(frozen=True)
class Signer:
    """Who signs: an opaque key, the name as printed, the lines of authority and position
    (``("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")``)."""

    key: str
    name: str
    capacity: tuple[str, ...]


def ensure_issuer(key: str, name: str, place: str) -> Issuer:
    """The issuer under this key, created or brought up to date."""
    issuer, _created = Issuer.objects.update_or_create(
        key=key, defaults={"name": name, "place": place}
    )
    found: Issuer = issuer
    return found


def ensure_series(issuer: Issuer, symbol: str, mode: Mode | str) -> Series:
    """The issuer's series with this symbol; ``mode`` counts only at its creation."""
    series, _created = Series.objects.get_or_create(
        issuer=issuer, symbol=symbol, defaults={"mode": Mode(mode)}
    )
    found: Series = series
    return found


def record(issuer: Issuer, content: Content) -> Document:
    """Keep a paper that carries no number (a Đề xuất). Call inside the caller's transaction."""
    if KINDS[content.kind].numbered:
        raise ValueError(f"{content.kind} carries a number: reserve it")
    document: Document = Document.objects.create(
        issuer=issuer, state=State.RECORDED, **frozen(content)
    )
    return document


def reserve(
    *,
    issuer: Issuer,
    kind: str,
    series: Series,
    content: Content,
    attempt: UUID,
    signer: Signer,
    today: datetime.date,
    secretary: Signer | None = None,
    document: Document | None = None,
    external_number: int | None = None,
    external_date: datetime.date | None = None,
) -> Document:
    """Number and date of an electronic document, before its signature (Điều 15.3).

    Call inside the caller's transaction, first thing, and commit before rendering. Called again
    with the ``document`` it returned, it keeps the number when date, content, signer and typed
    number are the same, and gives the document to the new attempt; otherwise it voids the old
    number, saying why, and takes another.

    In a series of ours the number follows the last one. In an external one the clerk has typed
    ``external_number`` and ``external_date``, which must be today: number and signature are one
    act. ``secretary`` signs minutes after their chair, the ``signer``. Raises
    :class:`~documents.errors.NumberTaken`, :class:`~documents.errors.DocumentRefused`.
    """
    _refuse_mismatch(issuer, kind, series, content)
    _refuse_paper_only(content)
    _refuse_other_persons(content, signer, secretary)
    _refuse_another_day(series, today, external_date)
    signing = {**by(signer), "secretary_key": secretary.key if secretary else ""}
    old = locked(document) if document else None
    if old is not None and old.state not in (*UNSIGNED, State.VOID):
        raise DocumentRefused(_("Văn bản này đã được ký."))
    if old is not None and old.state in UNSIGNED:
        change = _difference(old, series, content, signing, today, external_number)
        if not change:
            old.attempt = attempt
            old.save(update_fields=["attempt"])
            return old
        old.cancel(change)
        old.save()
    fields = {**frozen(content), **signing, "attempt": attempt}
    return numbered(issuer, series, today, external_number, fields)


def void(document: Document, reason: str) -> Document:
    """Void a document that is not released; its number stays in the register with the reason.

    Call inside the caller's transaction. Returns the fresh row.
    """
    if not reason.strip():
        raise DocumentRefused(_("Cần ghi lý do hủy."))
    row = locked(document)
    if row.state not in (*UNSIGNED, State.SIGNED, State.COUNTERSIGNED, State.SEALED):
        raise DocumentRefused(_("Văn bản này không còn hủy được; hãy thu hồi hoặc thay thế."))
    row.cancel(reason.strip())
    row.save()
    return row


def locked(document: Document) -> Document:
    """The fresh row, locked until the caller's transaction ends."""
    row: Document = Document.objects.select_for_update().get(pk=document.pk)
    return row


def held(document: Document, attempt: UUID) -> Document:
    """The locked row if it still belongs to this attempt."""
    row = locked(document)
    if row.attempt != attempt:
        raise AttemptLost(_("Lượt ký này đã bị lượt khác thay; chưa có gì được ghi."))
    return row


def frozen(content: Content) -> dict[str, Any]:
    """The columns that hold what a document says."""
    return {
        "kind": content.kind,
        "content": to_json(content),
        "content_digest": digest_of(content),
    }


def by(signer: Signer) -> dict[str, Any]:
    """The columns that hold who signs, and as what."""
    return {
        "signer_key": signer.key,
        "signer_name": signer.name,
        "signer_capacity": "\n".join(signer.capacity),
    }


def numbered(
    issuer: Issuer, series: Series, date: datetime.date, typed: int | None, fields: dict[str, Any]
) -> Document:
    """A new numbered document; the number is ours or the one typed."""
    if series.mode == Mode.EXTERNAL and typed is None:
        raise DocumentRefused(_("Cần nhập số văn bản đã lấy từ sổ của cơ quan."))
    if typed is None:
        number = numbering.next_number(series, date.year)
    else:
        number = numbering.claim(series, date.year, typed)
    try:
        with transaction.atomic():
            document: Document = Document.objects.create(
                issuer=issuer,
                series=series,
                symbol=numbering.symbol_in(series, fields["kind"]),
                year=date.year,
                number=number,
                date=date,
                **{"medium": Medium.ELECTRONIC, **fields},
            )
    except IntegrityError as error:
        # Two clerks typed the same number at the same moment: the database let one through.
        raise NumberTaken(_("Số này vừa được người khác dùng.")) from error
    return document


def _refuse_mismatch(issuer: Issuer, kind: str, series: Series, content: Content) -> None:
    if content.kind != kind or not KINDS[kind].numbered:
        raise ValueError(f"content of kind {content.kind} cannot be reserved as {kind}")
    if series.issuer_id != issuer.pk:
        raise ValueError("the series belongs to another issuer")


def _refuse_paper_only(content: Content) -> None:
    """This road begins with a person's certification: a copy is signed by the agency alone, an
    application with a pen."""
    if not KINDS[content.kind].electronic:
        raise DocumentRefused(
            _("%(kind)s chưa ký điện tử được ở đây; hãy in ra và ký giấy.")
            % {"kind": KINDS[content.kind].name}
        )


def _refuse_other_persons(content: Content, signer: Signer, secretary: Signer | None) -> None:
    """Minutes are signed by two persons, each under his own printed name; all else by one."""
    if not KINDS[content.kind].secretary:
        if secretary is not None:
            raise ValueError(f"{content.kind} is not signed by a secretary")
        return
    if secretary is None:
        raise DocumentRefused(
            _("%(kind)s chưa chọn thư ký để ký điện tử; hãy in ra và ký giấy.")
            % {"kind": KINDS[content.kind].name}
        )
    if secretary.key == signer.key:
        raise DocumentRefused(_("Chủ tọa và thư ký phải là hai người."))
    if content.beside is None or content.beside.name != secretary.name:
        raise DocumentRefused(_("Tên thư ký in trên văn bản khác với người được chọn ký."))


def _refuse_another_day(series: Series, today: datetime.date, typed: datetime.date | None) -> None:
    if series.mode == Mode.EXTERNAL and typed not in (None, today):
        raise DocumentRefused(
            _("Văn bản điện tử mang ngày ký: ngày phải là hôm nay, %(today)s.")
            % {"today": f"{today:%d/%m/%Y}"}
        )


def _difference(
    old: Document,
    series: Series,
    content: Content,
    signing: dict[str, Any],
    today: datetime.date,
    typed: int | None,
) -> str:
    """Why the old number cannot be kept; empty when it can."""
    if old.date != today:
        return _("Hết ngày ghi trên văn bản mà chưa ký.")
    if old.content_digest != digest_of(content):
        return _("Nội dung đã thay đổi trước khi ký.")
    if any(getattr(old, column) != value for column, value in signing.items()):
        return _("Người ký đã thay đổi trước khi ký.")
    if old.series_id != series.pk or typed not in (None, old.number):
        return _("Văn thư đã nhập số khác trước khi ký.")
    return ""
