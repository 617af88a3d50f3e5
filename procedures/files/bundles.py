"""All papers of some dossiers as one ZIP, with a list in Vietnamese that Excel opens.

Streamed: one paper is in memory at a time, however many are asked for.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import service as documents
from documents.errors import DocumentRefused
from documents.kinds import KINDS
from documents.models import AnnexFile, Document, StoredFile
from workflows.errors import Refusal

from ..models import Dossier

MOST_DOSSIERS = 100
MOST_BYTES = 300 * 1024 * 1024
_STEM = 60
# A cell that begins so would be a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHORT = (("Tổ công nghệ số cộng đồng", "tổ"), ("Về việc ", ""))


@dataclass(frozen=True)
class Item:
    """One paper of one dossier."""

    dossier: Dossier
    paper: Document


def items(dossiers: Sequence[Dossier]) -> list[Item]:
    """The papers of dossiers in the order they were made, each once. Read the dossiers'
    ``proposal``, ``submission``, ``decision`` and ``changes`` with them.

    Raises :class:`Refusal` where it is nothing, or too much for one file.
    """
    if len(dossiers) > MOST_DOSSIERS:
        raise Refusal(
            _("Một lần tải được nhiều nhất %(most)d hồ sơ. Ông/bà chọn bớt lại.")
            % {"most": MOST_DOSSIERS}
        )
    found = {(d.pk, paper.pk): Item(d, paper) for d in dossiers for paper in _papers(d)}
    if not found:
        raise Refusal(_("Các hồ sơ này chưa có văn bản nào để tải."))
    _refuse_too_large(item.paper.pk for item in found.values())
    return list(found.values())


def with_copies(chosen: Sequence[Item], copies: Iterable[Document]) -> list[Item]:
    """The papers, and behind them the copies of them and of such copies, each in the case of its
    original. Raises :class:`Refusal` where it is too much for one file."""
    cases = {item.paper.pk: item.dossier for item in chosen}
    made = []
    for copy in copies:
        source = copy.original
        while source and source.pk not in cases:
            source = source.original
        made += [Item(cases[source.pk], copy)] if source else []
    found = [*chosen, *made]
    _refuse_too_large(item.paper.pk for item in found)
    return found


def _papers(dossier: Dossier) -> Iterator[Document]:
    papers = [dossier.proposal, dossier.submission, dossier.decision]
    own = (line.own_decision for line in dossier.lines())
    # A number taken for a signature still to come is no paper yet.
    unfinished = ("reserved", "prepared")
    yield from (paper for paper in (*papers, *own) if paper and paper.state not in unfinished)


def _refuse_too_large(papers: Iterable[int]) -> None:
    asked = list(papers)
    kept = [kind.objects.filter(document__in=asked) for kind in (StoredFile, AnnexFile)]
    if sum(rows.aggregate(size=Sum("size"))["size"] or 0 for rows in kept) > MOST_BYTES:
        raise Refusal(
            _("Các tệp này nặng hơn %(most)d MB. Ông/bà chọn bớt hồ sơ rồi tải làm nhiều lần.")
            % {"most": MOST_BYTES // 1024 // 1024}
        )


class _Sink(io.RawIOBase):
    """What the ZIP is written into; taken out piece by piece."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.kept += data
        return len(data)

    def taken(self) -> bytes:
        piece, self.kept = bytes(self.kept), bytearray()
        return piece


def stream(chosen: Sequence[Item]) -> Iterator[bytes]:
    """The ZIP in pieces: every paper, then ``danh-muc.csv``.

    A file that cannot be read is named in the list with the reason; the others still come.
    """
    sink, rows, taken = _Sink(), list[list[str]](), set[str]()
    several = len({item.dossier.pk for item in chosen}) > 1
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in chosen:
            for row in _packed(archive, item, taken, several):
                rows.append(row)
                yield sink.taken()
        archive.writestr(_entry("danh-muc.csv"), csv_of(_headings(), rows))
    yield sink.taken()


def _packed(
    archive: zipfile.ZipFile, item: Item, taken: set[str], several: bool
) -> Iterator[list[str]]:
    """Put one paper into the archive, then its annexes that stand apart; the rows of the list."""
    folder = f"ho-so-{item.dossier.pk}/" if several else ""
    for annex in (None, *documents.annexes_apart(item.paper)):
        told = documents.cited_annex(item.paper, annex.ordinal) if annex else ""
        try:
            file = file_of(item.paper, annex)
        except DocumentRefused as refused:
            yield _row(item, _("(không có tệp)"), "", f"{told} {refused.sentence}".strip())
            continue
        name = _free(f"{folder}{stem(item.paper, annex)}", file.name.rpartition(".")[2], taken)
        archive.writestr(_entry(name), file.data)
        yield _row(item, name, file.sha256, told)


def file_of(paper: Document, annex: documents.Apart | None) -> documents.Download:
    """The file of a paper, or of an annex of it that stands apart."""
    if annex is None:
        return documents.download(paper)
    return documents.annex_download(paper, annex.ordinal)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _free(stem: str, end: str, taken: set[str]) -> str:
    name, again = f"{stem}.{end}", 2
    while name.casefold() in taken:
        name, again = f"{stem}-{again}.{end}", again + 1
    taken.add(name.casefold())
    return name


def stem(paper: Document, annex: documents.Apart | None = None) -> str:
    """ "2026-11-20_05-QD-UBND_thanh-lap-to-ban-Bai-So": any computer keeps such a name; with
    "_phu-luc-II" for an annex."""
    day = paper.date or timezone.localdate(paper.created)
    number = paper.reference.replace("/", "-") or KINDS[paper.kind].name.casefold()
    name = f"{day:%Y-%m-%d}_{_ascii(number)}_{_ascii(_about(paper.subject))}".rstrip("_")
    return f"{name}_{annex.stem}" if annex else name


def _about(subject: str) -> str:
    """The subject without the words every such paper has, cut at the end of a word."""
    for long, short in _SHORT:
        subject = subject.replace(long, short)
    subject = subject.split(",")[0]
    subject = subject[:1].lower() + subject[1:]
    if len(subject) > _STEM:
        subject = subject[:_STEM].rsplit(" ", 1)[0]
    return subject


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")


# The list --------------------------------------------------------------------------------------


def _headings() -> list[str]:
    return [
        _("Tệp"),
        _("Số, ký hiệu"),
        _("Ngày văn bản"),
        _("Loại"),
        _("Trích yếu"),
        _("Người ký"),
        _("Tư cách ký"),
        _("Tình trạng"),
        _("SHA-256"),
        _("Hồ sơ"),
        _("Ghi chú"),
    ]


def _row(item: Item, name: str, sha256: str, note: str) -> list[str]:
    paper = item.paper
    return [
        name,
        paper.reference,
        f"{paper.date:%d/%m/%Y}" if paper.date else "",
        KINDS[paper.kind].name,
        paper.subject,
        paper.signer_name,
        " ".join(paper.signer_capacity.split("\n")),
        paper.state_word,
        sha256,
        f"{item.dossier.pk}: {item.dossier.title}",
        note,
    ]


def csv_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A list as Excel opens it: Vietnamese readable, no cell taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([headings, *([_cell(text) for text in row] for row in rows)])
    # Without the mark in front Excel reads Vietnamese as gibberish.
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
