"""Copies: sao y, sao lục, trích sao (Decree 30/2020, Điều 25; Phụ lục I, Phần II).

On paper what is copied is printed with the copying agency's block below it (Mẫu 3.1), signed by
hand: :func:`~documents.service.blank_print`, then :func:`~documents.service.sign_paper`. An
electronic copy bears the agency's signature in words and no other (Mẫu 3.2). It prints no number,
so it is numbered in the very transaction that stores it: no number is ever taken for a copy that
is not made. See :mod:`documents.service`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .. import files
from ..annexes import with_annexes_together
from ..errors import DocumentRefused, SigningRefused
from ..kinds import KINDS
from ..model import Chapter, Content, Copied, Heading, Issue, Paragraph
from ..models import Document, Issuer, Medium, Purpose, Series, SigningKey, Stage, State
from ..models.document import new_token
from ..public import public_address
from ..registry.numbering import symbol_in
from ..rendering import pdf
from ..rendering.issue import issue_of
from ..signing import appearance, evidence, keys, pades
from ..verification import signatures
from ..verification.case import final_file
from ..verification.changes import only_signatures_since
from .reservation import frozen, numbered

TRUE_COPY, RECOPY, EXTRACT = "true_copy", "recopy", "extract"
_FIRST_WORDS = 90
_FROM_OTHERS = (Medium.UPLOADED, Medium.ELSEWHERE)


@dataclass(frozen=True)
class Way:
    """A copy that can be made of a document: of which kind, in which medium; and from pages instead
    of its text, ``scanned`` from its paper or ``printed`` from its electronic file."""

    kind: str
    medium: Medium
    scanned: bool = False
    printed: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.medium.value}"

    @property
    def from_pages(self) -> bool:
        return self.scanned or self.printed


@dataclass(frozen=True)
class SealedCopy:
    """An electronic copy as the agency signed it, not yet stored."""

    content: Content
    prepared: bytes
    sealed: bytes
    moment: datetime.datetime
    token: str


@dataclass(frozen=True)
class PartOfText:
    """What a trích sao may take: an article with all under it. ``places`` are those of its blocks
    in the body."""

    label: str
    places: tuple[int, ...]


def ways_to_copy(original: Document) -> list[Way]:
    """The copies Điều 25 knows of a document; none of one that is not released.

    A sao y is printed from an electronic original, or digitised from one on paper; a sao lục is
    taken from a sao y, of an electronic one on paper alone; a trích sao is drawn up anew, so it
    needs the text. Paper to paper is done at the photocopier.
    """
    if original.state != State.RELEASED or original.number is None:
        return []
    if KINDS[original.kind].copy:
        return _ways_from_a_copy(original) if original.kind == TRUE_COPY else []
    if original.medium == Medium.ELECTRONIC:
        ways = [Way(TRUE_COPY, Medium.PAPER)]
    elif is_signed_elsewhere(original):
        ways = [Way(TRUE_COPY, Medium.PAPER, printed=True)]
    else:
        ways = [Way(TRUE_COPY, Medium.ELECTRONIC, scanned=True)]
    if has_text(original):
        ways += [Way(EXTRACT, Medium.ELECTRONIC), Way(EXTRACT, Medium.PAPER)]
    return ways


def _ways_from_a_copy(original: Document) -> list[Way]:
    if original.medium == Medium.ELECTRONIC:
        return [Way(RECOPY, Medium.PAPER, printed=True)]
    ways = [Way(RECOPY, Medium.ELECTRONIC, scanned=True)]
    copied = original.says().copied
    return [*ways, Way(RECOPY, Medium.PAPER)] if copied and copied.content else ways


def is_signed_elsewhere(original: Document) -> bool:
    """Whether the file another system issued is an electronic original: it bears digital
    signatures, all are intact, and none was drawn over. Whose they are is not judged here. A file
    without one is a scan of paper."""
    stored = final_file(original) if original.medium in _FROM_OTHERS else None
    if stored is None:
        return False
    try:
        reader = signatures.open_pdf(files.read(stored))
        found = signatures.read_all(reader, lambda _name: timezone.now())
        unchanged = signatures.stands_as_signed(reader)
    # A file nobody here made may break the analysis itself; then nothing is proven.
    except Exception:
        return False
    return bool(found) and unchanged and all(item.intact for item in found)


def has_text(original: Document) -> bool:
    """Whether its text is kept here, and is what was signed."""
    ours = (Medium.ELECTRONIC, Medium.PAPER)
    return original.medium in ours and bool(original.content["body"])


def parts_of(content: Content) -> list[PartOfText]:
    """The articles, or headed parts, of a body; what stands before the first one is a part too."""
    starts = [place for place, block in enumerate(content.body) if _opens(block)]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    ends = [*starts[1:], len(content.body)]
    return [
        PartOfText(_called(content, start), tuple(range(start, end)))
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def _opens(block: object) -> bool:
    return isinstance(block, Heading | Chapter) or (
        isinstance(block, Paragraph) and bool(block.lead)
    )


def _called(content: Content, place: int) -> str:
    block = content.body[place]
    if isinstance(block, Chapter):
        return f"{block.number} {block.title}"
    if not isinstance(block, Heading | Paragraph):
        return _("Phần đầu")
    lead = block.lead if isinstance(block, Paragraph) else ""
    text = f"{lead} {block.text}".strip()
    return text if len(text) <= _FIRST_WORDS else f"{text[:_FIRST_WORDS].rstrip()}…"


def copied_text(
    original: Document, excerpt: Sequence[int] = (), annexes: Sequence[int] | None = None
) -> Copied:
    """What a copy says of a document whose text is kept here, with its number and date."""
    kept = None if annexes is None else tuple(annexes)
    # Annexes in files of their own are part of the document: a copy is whole, in one file.
    says = with_annexes_together(original.says())
    return Copied(says, issue_of(original), excerpt=tuple(excerpt), annexes=kept)


def preview_copy(content: Content, series: Series, pictures: Sequence[bytes] = ()) -> bytes:
    """An electronic copy as it would be signed now, without the place of a signature."""
    return drawn(content, series, timezone.now(), pictures, fields=False)


@sensitive_variables()
def seal_copy(
    content: Content,
    series: Series,
    *,
    passphrase: str,
    anchor: str,
    pictures: Sequence[bytes] = (),
) -> SealedCopy:
    """Draw an electronic copy and sign it with the agency's key, in words (Mẫu 3.2).

    Call outside any transaction; nothing is stored and no number taken. ``pictures`` are the
    scanned pages its content names; ``anchor`` as in :func:`~documents.service.sealed_bytes`.
    Raises :class:`~documents.errors.SigningRefused`.
    """
    issuer = series.issuer
    opened = keys.unlock(keys.active_key(issuer.key, Purpose.SEAL), passphrase)
    moment, token = timezone.now(), new_token()
    prepared = drawn(content, series, moment, pictures, fields=True)
    statement = pades.Statement(
        field=pdf.SEAL_FIELD,
        reason=anchor,
        address=public_address(token),
        place=issuer.place,
    )
    proof = evidence.gather(opened.signing_cert, list(opened.cert_registry), lasting=True)
    sealed = pades.sign_field(prepared, opened, statement, appearance.NOTHING, proof)
    return SealedCopy(content, prepared, sealed, moment, token)


def drawn(
    content: Content,
    series: Series,
    moment: datetime.datetime,
    pictures: Sequence[bytes],
    *,
    fields: bool,
) -> bytes:
    """An electronic copy that prints ``moment``; with the place of the signature, or without."""
    symbol = symbol_in(series, content.kind)
    issue = Issue(date=timezone.localdate(moment), symbol=symbol, moment=moment)
    try:
        return pdf.render(content, issue, signature_fields=fields, pictures=pictures)
    except ValueError as error:
        raise DocumentRefused(
            _("Trang quét không còn đúng là trang đã đưa lên. Ông/bà lập lại bản sao.")
        ) from error


def store_copy(
    original: Document, series: Series, copy: SealedCopy, *, number: int | None = None
) -> Document:
    """Number an electronic copy and put it into force. Call inside the caller's transaction.

    Refuses anything but our drawing with the agency's own signature of today. ``number`` is what
    the clerk typed where the office numbers elsewhere.
    """
    if copy.content.kind not in {way.kind for way in ways_to_copy(original)}:
        raise DocumentRefused(_("Văn bản này không sao như vậy được."))
    if timezone.localdate(copy.moment) != timezone.localdate():
        raise SigningRefused(_("Đã sang ngày khác. Ông/bà đóng dấu lại bản sao."))
    signature = _only_seal(series.issuer, copy)
    fields = {
        **frozen(copy.content),
        "medium": Medium.ELECTRONIC,
        "original": original,
        "token": copy.token,
    }
    document = numbered(series.issuer, series, timezone.localdate(copy.moment), number, fields)
    files.keep(document, Stage.PREPARED, copy.prepared)
    files.keep(document, Stage.SEALED, copy.sealed, lacks=signature.lacks(lasting=True))
    document.prepare()
    document.seal_alone(copy.moment)
    document.release(timezone.now())
    document.save()
    return document


def _only_seal(issuer: Issuer, copy: SealedCopy) -> signatures.Signature:
    """The agency's signature, if it is all that was added to our drawing."""
    reader = signatures.open_pdf(copy.sealed)
    found = signatures.read_all(reader, lambda _name: timezone.now())
    added = only_signatures_since(copy.prepared, reader, copy.sealed)
    if not added or len(found) != 1 or not found[0].holds:
        raise SigningRefused(_("Chữ ký số không hợp lệ hoặc chứng thư không được tin cậy."))
    if not SigningKey.objects.filter(
        owner_key=issuer.key, purpose=Purpose.SEAL, fingerprint=found[0].fingerprint, active=True
    ).exists():
        raise SigningRefused(_("Chứng thư số không phải của cơ quan sao văn bản."))
    return found[0]
