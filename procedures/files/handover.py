"""The package an office hands on: to its own document system, and to the archive.

One ZIP of a closed case: every released document as PDF and as edXML, the list of the documents in
the columns of Decree 30/2020 (Phụ lục VI, mục lục văn bản), how long the case is kept, and a note
that says what was not tried.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents import service as documents
from documents.errors import DocumentRefused
from documents.kinds import KINDS
from documents.models import Document, Medium, State
from workflows.errors import Refusal

from ..issuing import deliveries
from ..models import Dossier
from . import bundles

UNTRIED = "chưa kiểm định với trục liên thông"
NO_CODE = "chưa khai (trang quản trị, mục Cơ quan ban hành)"
# Days a report is about at most, and its years: a month, up to nine months; a year's for ever.
_REPORTS = ((35, 10), (300, 20))
_HEADINGS = (
    "STT",
    "Số, ký hiệu văn bản",
    "Ngày tháng năm văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Tác giả văn bản",
    "Tờ số/Trang số",
    "Ghi chú",
)


@dataclass(frozen=True)
class Kept:
    """A released document with its file and those of its annexes apart; ``pages`` are all of
    them, ``first`` is its first page in the case."""

    document: Document
    files: dict[str, documents.Download]
    pages: int
    first: int


def package(dossier: Dossier, items: Sequence[bundles.Item]) -> bytes:
    """The ZIP of a released case, with its papers and what was copied of them.

    Raises :class:`Refusal` while nothing of it is released, or where a file is damaged.
    """
    released = [item.paper for item in items if _ours(item.paper)]
    if not released:
        raise Refusal(_("Hồ sơ chưa có văn bản nào phát hành nên chưa bàn giao được."))
    kept = list(_read(released))
    places = [place.name for place in deliveries.recipients(dossier)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in kept:
            for name, file in item.files.items():
                archive.writestr(name, file.data)
            receivers = places if item.document == dossier.decision else _of_a_copy(item.document)
            file, *annexes = item.files.values()
            envelope = documents.Envelope(item.document, file, receivers, item.pages, annexes)
            archive.writestr(f"{bundles.stem(item.document)}.edxml", documents.edxml(envelope))
        archive.writestr("muc-luc-van-ban.csv", _listed(kept))
        archive.writestr("DOC-TRUOC.txt", _note(dossier, kept))
    return out.getvalue()


def _of_a_copy(paper: Document) -> list[str]:
    """Whom a copy is for: what its Nơi nhận names before the line of the file."""
    return list(paper.says().recipients[:-1]) if KINDS[paper.kind].copy else []


def _ours(paper: Document) -> bool:
    return bool(paper.state == State.RELEASED and paper.medium != Medium.ELSEWHERE)


def _read(papers: Sequence[Document]) -> list[Kept]:
    kept, page = [], 1
    for paper in papers:
        try:
            files = _files(paper)
        except DocumentRefused as refused:
            raise Refusal(refused.sentence) from refused
        pages = sum(_pages(file.data) for file in files.values())
        kept.append(Kept(paper, files, pages, page))
        page += pages
    return kept


def _files(paper: Document) -> dict[str, documents.Download]:
    """The file of a document and those of its annexes apart, by their names in the package."""
    found = {}
    for annex in (None, *documents.annexes_apart(paper)):
        file = bundles.file_of(paper, annex)
        found[f"{bundles.stem(paper, annex)}.{file.name.rpartition('.')[2]}"] = file
    return found


def _pages(data: bytes) -> int:
    try:
        return documents.page_count(data)
    except RuntimeError:
        return 1  # a scan nobody's program can open is handed over as it was handed in


def _listed(kept: Sequence[Kept]) -> bytes:
    return bundles.csv_of(_HEADINGS, [_row(n, item) for n, item in enumerate(kept, start=1)])


def _row(number: int, item: Kept) -> tuple[str, ...]:
    paper, last = item.document, item.first + item.pages - 1
    return (
        f"{number}",
        paper.reference,
        f"{paper.date:%d/%m/%Y}",
        f"{KINDS[paper.kind].name}. {paper.subject}",
        paper.issuer.name,
        f"{item.first}-{last}" if item.pages > 1 else f"{item.first}",
        _remark(item),
    )


def _remark(item: Kept) -> str:
    paper, annexes, remarks = item.document, list(item.files)[1:], []
    if paper.original:
        remarks.append(_("sao từ văn bản số %(number)s") % {"number": paper.original.reference})
    if paper.medium == Medium.PAPER:
        remarks.append(_("bản gốc giấy lưu tại Văn thư"))
    elif annexes:
        remarks.append(_("phụ lục ở tệp riêng: %(files)s") % {"files": ", ".join(annexes)})
    return "; ".join(remarks)


def retention(dossier: Dossier) -> int | None:
    """For how many years the case is kept, None for ever: as long as the document it ended in."""
    kind = dossier.kind_of("decision")
    if kind == "report":
        return _years_of_report(dossier)
    return KINDS[kind].retention


def _years_of_report(dossier: Dossier) -> int | None:
    calls = dossier.upward.ordered_calls()
    days = (max(c.until for c in calls) - min(c.since for c in calls)).days if calls else 0
    return next((years for longest, years in _REPORTS if days <= longest), None)


def _note(dossier: Dossier, kept: Sequence[Kept]) -> bytes:
    years = retention(dossier)
    term = f"{years} năm" if years else "Vĩnh viễn"
    code = kept[0].document.issuer.organ_id
    lines = [
        f"GÓI BÀN GIAO HỒ SƠ {dossier.receipt or dossier.pk}: {dossier.title}",
        "",
        f"Số văn bản: {len(kept)}. Số trang: {sum(item.pages for item in kept)}.",
        f"Thời hạn bảo quản đề nghị: {term} (theo bảng dùng trước Luật Lưu trữ 33/2024/QH15, chưa "
        "đối chiếu với bảng mới; lưu trữ của xã quyết định).",
        f"Mã định danh cơ quan: {code or NO_CODE}.",
        "",
        f"Tệp .edxml theo QCVN 102:2016/BTTTT: {UNTRIED}. Tệp PDF là bản chính điện tử, hoặc bản "
        "để tham khảo của bản gốc giấy; chữ ký số kiểm tra được tại địa chỉ trong mã QR.",
    ]
    return "\r\n".join(lines).encode()
