"""The Chairman's decision about who signs for him (Mẫu 1.2).

A decision and not a notice: what it gives is his own (Nghị định 30/2020/NĐ-CP, Điều 13), so it
is signed without "TM.".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Block, Content, Paragraph, SignatureBlock
from documents.words import day_words, listed

from ..issuing.signers import names_of
from ..models.delegating import Grant
from ..roles import FIELDS
from . import common
from .decision import at_request
from .drafted import Asked, papers_of

if TYPE_CHECKING:
    import datetime

    from workflows.models import Post

    from ..models import Dossier, Mandate

_DECREE = (
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
)
_NEEDS = {
    Grant.FIELDS: "Để các Phó Chủ tịch giúp Chủ tịch theo từng lĩnh vực và ký thay Chủ tịch văn "
    "bản thuộc lĩnh vực đó (khoản 1 Điều 13 Nghị định số 30/2020/NĐ-CP), cần có quyết định phân "
    "công.",
    Grant.CHARGE: "Để công việc của cơ quan không gián đoạn khi Chủ tịch không trực tiếp điều "
    "hành, cần giao một Phó Chủ tịch phụ trách, điều hành (khoản 1 Điều 13 Nghị định số "
    "30/2020/NĐ-CP).",
    Grant.AUTHORISE: "Việc giao ký thừa ủy quyền phải bằng văn bản, giới hạn thời gian và nội "
    "dung (khoản 3 Điều 13 Nghị định số 30/2020/NĐ-CP).",
    Grant.END: "Phân công, ủy quyền dưới đây không còn cần thiết, cần chấm dứt bằng văn bản.",
}


def deciding(dossier: Dossier, signature: SignatureBlock) -> Content:
    """The Quyết định: what is given to whom, from when until when."""
    commune = dossier.commune
    chairman = f"Chủ tịch {common.committee(commune)}"
    return Content(
        kind="decision",
        letterhead=common.commune_letterhead(commune),
        subject=_subject(dossier),
        authority=chairman.upper(),
        grounds=(common.LAW, _DECREE, at_request(dossier)),
        body=_articles(dossier),
        signature=signature,
        recipients=(
            f"Như Điều {_last(dossier.matter)}",
            f"TT Đảng ủy, HĐND {commune.kind}",
            f"Chủ tịch, các PCT UBND {commune.kind}",
            "Các phòng, đơn vị thuộc UBND",
            f"Lưu: VT, {dossier.unit.code}",
        ),
        issued_by=chairman,
    )


def _asked(dossier: Dossier) -> Asked:
    said: Mandate = dossier.matter
    effect = _effect(said).replace("Quyết định này", "Quyết định")
    return Asked(
        subject=_subject(dossier),
        need=_NEEDS[said.gives],
        blocks=(*(Paragraph(line) for line in _lines(said)), Paragraph(f"{effect}.")),
        grounds=(common.LAW, _DECREE),
    )


def _subject(dossier: Dossier) -> str:
    committee = common.committee(dossier.commune)
    return {
        Grant.FIELDS: f"Về việc phân công lĩnh vực công tác của Phó Chủ tịch {committee}",
        Grant.CHARGE: f"Về việc giao Phó Chủ tịch phụ trách, điều hành {committee}",
        Grant.AUTHORISE: f"Về việc ủy quyền ký văn bản của Chủ tịch {committee}",
        Grant.END: f"Về việc chấm dứt phân công, ủy quyền ký văn bản của Chủ tịch {committee}",
    }[dossier.matter.gives]


def _articles(dossier: Dossier) -> tuple[Block, ...]:
    said: Mandate = dossier.matter
    opening, *rows = (_opening(dossier), *_lines(said))
    after = [*_limits(said), f"{_effect(said)}.", _enforcement(dossier)]
    articles = (Paragraph(text, lead=f"Điều {n}.") for n, text in enumerate(after, 2))
    return (Paragraph(opening, lead="Điều 1."), *(Paragraph(row) for row in rows), *articles)


def _last(said: Mandate) -> int:
    return 3 + len(_limits(said))


def _opening(dossier: Dossier) -> str:
    committee = common.committee(dossier.commune)
    return {
        Grant.FIELDS: f"Phân công Phó Chủ tịch {committee} giúp Chủ tịch phụ trách, chỉ đạo các "
        "lĩnh vực sau:",
        Grant.CHARGE: f"Giao Phó Chủ tịch phụ trách, điều hành {committee}:",
        Grant.AUTHORISE: f"Ủy quyền ký văn bản của Chủ tịch {committee}:",
        Grant.END: "Chấm dứt phân công, ủy quyền sau:",
    }[dossier.matter.gives]


def _lines(said: Mandate) -> list[str]:
    """ "1. Ông (bà) Lê Văn B, Phó Chủ tịch: văn hóa, xã hội;" one for each post, or for each
    delegation that is ended."""
    if said.gives is Grant.END:
        rows = [
            f"{_who(said, row.receiver)}: {_word(row.covers)}, theo {row.delegation.cited}"
            for row in said.listed
        ]
    else:
        covered: dict[Post, list[str]] = {}
        for row in said.listed:
            covered.setdefault(row.receiver, []).append(_word(row.field))
        rows = [f"{_who(said, post)}: {'; '.join(fields)}" for post, fields in covered.items()]
    return listed([f"{n}. {row}" for n, row in enumerate(rows, 1)])


def _who(said: Mandate, post: Post) -> str:
    name = said.holders.get(post.pk)
    return f"Ông (bà) {name}, {post.title}" if name else str(post.title)


def _word(field: str) -> str:
    """The field as inside a sentence."""
    if not field:
        return "mọi lĩnh vực công tác"
    word = str(FIELDS[field])
    return word[:1].lower() + word[1:]


def _limits(said: Mandate) -> list[str]:
    """What is signed, and how far it goes (Điều 13 khoản 1 and 3)."""
    if said.gives is Grant.END:
        return []
    if said.gives is Grant.AUTHORISE:
        return [
            "Người được ủy quyền chỉ ký thừa ủy quyền (TUQ.) các loại văn bản: "
            f"{_kinds(said)}; nội dung: {said.content.rstrip('.') or '…'}; không ủy quyền lại cho "
            "người khác ký, không ký Quyết định. Văn bản ký thừa ủy quyền theo thể thức và đóng "
            "dấu hoặc ký số của Ủy ban nhân dân."
        ]
    return [
        "Người có tên tại Điều 1 ký thay Chủ tịch (KT.) các văn bản thuộc phạm vi được giao và "
        "chịu trách nhiệm trước Chủ tịch, trước pháp luật về văn bản mình ký thay."
    ]


def _kinds(said: Mandate) -> str:
    """ "giấy mời, thông báo": inside a sentence; dots while nothing is chosen."""
    return names_of(said.kinds).lower() or "…"


def _effect(said: Mandate) -> str:
    if said.gives is Grant.END:
        last = f"hết {day_words(said.until)}" if said.until else "hết ngày ký Quyết định này"
        return f"Phân công, ủy quyền nêu trên có hiệu lực đến {last}"
    return f"Quyết định này có hiệu lực kể từ {_from(said.since)}{_until(said.until)}"


def _from(day: datetime.date | None) -> str:
    return day_words(day) if day else "ngày ký"


def _until(day: datetime.date | None) -> str:
    return f" đến hết {day_words(day)}" if day else ""


def _enforcement(dossier: Dossier) -> str:
    return (
        f"Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {dossier.commune.kind}, các phòng, "
        "đơn vị có liên quan và các ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành Quyết "
        "định này"
    )


PAPERS = papers_of(_asked, deciding)
