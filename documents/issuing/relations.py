"""Amending, replacing, correcting and recalling released documents. See :mod:`documents.service`.

What is wrong with a released document is put right by another one (Decree 30/2020, Điều 18.3,
18.4): the old row and its file stay as they are, and a :class:`~documents.models.Relation` says
what the new one does to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ..errors import DocumentRefused
from ..models import Document, Relation, State
from .reservation import locked


def relate(document: Document, target: Document, kind: Relation.Kind | str) -> Relation:
    """Write down that the released ``document`` amends, replaces, corrects or recalls ``target``.

    Call inside the caller's transaction. Raises :class:`~documents.errors.DocumentRefused` where
    either is not in force, or the target was replaced or recalled before.
    """
    row = locked(target)
    if document.state != State.RELEASED:
        raise DocumentRefused(_("Văn bản mới chưa phát hành."))
    refuse_ended(row)
    relation: Relation = Relation.objects.create(
        document=document, target=row, kind=Relation.Kind(kind)
    )
    return relation


def relate_all(
    document: Document, targets: Iterable[Document], kind: Relation.Kind | str
) -> list[Relation]:
    """:func:`relate` to several documents, in three statements however many they are."""
    keys = {target.pk for target in targets}
    rows = list(Document.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if document.state != State.RELEASED:
        raise DocumentRefused(_("Văn bản mới chưa phát hành."))
    ended = Relation.objects.filter(target__in=keys, kind__in=Relation.ENDING)
    ends = {end.target_id: end for end in ended.select_related("document").order_by("-pk")}
    for row in rows:
        _refuse_over(row, ends.get(row.pk))
    return Relation.objects.bulk_create(
        Relation(document=document, target=row, kind=Relation.Kind(kind)) for row in rows
    )


def refuse_ended(target: Document) -> None:
    """Raise :class:`~documents.errors.DocumentRefused` when nothing is left of it to put right."""
    _refuse_over(target, ended_by(target))


def _refuse_over(target: Document, end: Relation | None) -> None:
    if target.state != State.RELEASED:
        raise DocumentRefused(_("Chỉ sửa, thay thế hoặc thu hồi văn bản đã phát hành."))
    if end is not None:
        raise DocumentRefused(_("%(told)s nên không sửa được nữa.") % {"told": told(end)})


def ended_by(target: Document) -> Relation | None:
    """What replaced or recalled a document; None while it stands."""
    return undergone_by(target).filter(kind__in=Relation.ENDING).first()


def undergone_by(target: Document) -> QuerySet[Relation]:
    """What other documents did to this one, oldest first."""
    found: QuerySet[Relation] = Relation.objects.filter(target=target)
    return found.select_related("document")


def around(document: Document) -> tuple[list[Relation], list[Relation]]:
    """What others did to this document, and what it does to others: one query."""
    both = Relation.objects.filter(Q(document=document) | Q(target=document))
    found = list(both.select_related("document", "target"))
    undergone = [relation for relation in found if relation.target_id == document.pk]
    return undergone, [relation for relation in found if relation.document_id == document.pk]


def originals_of(document: Document) -> Iterator[Document]:
    """What a copy was taken from, and what that was taken from."""
    above = document.original
    while above is not None:
        yield above
        above = above.original


def cited(document: Document) -> str:
    """ "Quyết định số 31/QĐ-UBND ngày 05/03/2026 của Ủy ban nhân dân xã …"."""
    return _("%(name)s số %(number)s ngày %(date)s của %(issuer)s") % {
        "name": document.name,
        "number": document.reference,
        "date": f"{document.date:%d/%m/%Y}" if document.date else "",
        "issuer": document.issuer.name,
    }


def told(relation: Relation) -> str:
    """ "Đã bị thu hồi bởi Thông báo số 02/TB-UBND ngày 21/11/2026"."""
    by = relation.document
    return _("%(what)s %(name)s số %(number)s ngày %(date)s") % {
        "what": relation.undergone,
        "name": by.name,
        "number": by.reference,
        "date": f"{by.date:%d/%m/%Y}" if by.date else "",
    }
