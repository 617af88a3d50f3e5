"""The papers that put a released decision right (Nghị định 30/2020/NĐ-CP, Điều 18 khoản 3-4).

Wrong content: a decision that amends or replaces (Mẫu 1.2). Wrong form: a công văn đính chính (Mẫu
1.5). What should not exist: a thông báo thu hồi (Mẫu 1.4). Decisions are the Chairman's own; the
other two are the Committee's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from documents.model import Block, Content, Paragraph, SignatureBlock

from ..teams import decided
from . import common
from .amended_places import amended, what_is_amended
from .decision import decision

if TYPE_CHECKING:
    from documents.models import Document

    from ..models import Change, Dossier

DECREE_30 = (
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
)
_EFFECT = "Quyết định này có hiệu lực kể từ ngày ký"
_MANY = 3
# The lines of Nơi nhận that name no recipient.
_NOBODY = ("Như ", "Lưu")


def amendment(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định sửa đổi, bổ sung: only what differs, the rest stays in force."""
    whole, old = decision(dossier, signature), wrong_paper(dossier)
    return replace(
        whole,
        subject=subject(dossier),
        grounds=(common.LAW, DECREE_30, f"Căn cứ {in_full(old)}", whole.grounds[-1]),
        body=(
            *amended(dossier, in_full(old), lead="Điều 1."),
            Paragraph(
                f"{_EFFECT}. Các nội dung khác của {short(old)} vẫn giữ nguyên hiệu lực.",
                lead="Điều 2.",
            ),
            Paragraph(_enforcement(whole), lead="Điều 3."),
        ),
        recipients=("Như Điều 3", *whole.recipients[1:]),
        annexes=(),
    )


def _enforcement(whole: Content) -> str:
    """As in the decision that sets teams up, but nothing is attached here."""
    last = whole.body[-1]
    assert isinstance(last, Paragraph)
    attached = "các đơn vị có liên quan và các ông (bà) có tên trong danh sách kèm theo"
    return last.text.replace(attached, "các đơn vị và ông (bà) có liên quan")


def replacement(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Quyết định thay thế: the decision anew, with its lists, in the place of the old one."""
    whole, old = decision(dossier, signature), wrong_paper(dossier)
    *grounds, asking = whole.grounds
    return replace(
        whole,
        subject=subject(dossier),
        grounds=(*grounds, f"Căn cứ {in_full(old)}", asking),
        body=tuple(_replacing(block, old) for block in whole.body),
    )


def _replacing(block: Block, old: Document) -> Block:
    if not isinstance(block, Paragraph) or not block.text.startswith(_EFFECT):
        return block
    said = f"{_EFFECT} và thay thế {common.cited(old, old.name)} của {issued_by(old)}"
    return replace(block, text=f"{said}{block.text.removeprefix(_EFFECT)}")


def letter(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Công văn đính chính, to everybody who has the decision."""
    old, commune = wrong_paper(dossier), dossier.commune
    committee, holders = common.committee(commune), _holders(dossier)
    others = (each for each in _authorities(dossier) if each not in holders)
    return Content(
        kind="official_letter",
        letterhead=common.commune_letterhead(commune),
        subject=f"V/v đính chính {short(old)}",
        addressees=holders,
        body=(
            Paragraph(
                f"Qua kiểm tra, {in_full(old)} có sai sót về thể thức, kỹ thuật trình bày: "
                f"{dossier.fault}."
            ),
            Paragraph(
                "Căn cứ khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của "
                f"Chính phủ về công tác văn thư, {committee} nay đính chính như sau:"
            ),
            *corrected(dossier),
            Paragraph(
                f"Các nội dung khác của {short(old)} không thay đổi. {committee} thông báo để các "
                "cơ quan, đơn vị, cá nhân biết, thực hiện"
            ),
        ),
        signature=signature,
        recipients=("Như trên", *others, f"Lưu: VT, {dossier.unit.code}"),
    )


def notice(dossier: Dossier, signature: SignatureBlock) -> Content:
    """Thông báo thu hồi: paper copies come back, electronic ones are cancelled (khoản 4)."""
    old, commune = wrong_paper(dossier), dossier.commune
    committee = common.committee(commune)
    return Content(
        kind="notice",
        letterhead=common.commune_letterhead(commune),
        subject=subject(dossier),
        body=(
            Paragraph(f"{committee} thông báo thu hồi {in_full(old)}."),
            Paragraph(f"1. Lý do thu hồi: {dossier.fault}."),
            Paragraph(f"2. {recall_effect(dossier, 'Thông báo này')}"),
            Paragraph(
                "3. Cơ quan, đơn vị, cá nhân đã nhận văn bản giấy gửi lại văn bản đã nhận cho Văn "
                f"thư {committee}. Bên đã nhận văn bản điện tử hủy bỏ văn bản trên Hệ thống quản "
                f"lý tài liệu điện tử, đồng thời thông báo qua Hệ thống để {committee} biết (khoản "
                "4 Điều 18 Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về "
                "công tác văn thư)."
            ),
            Paragraph(
                f"4. Giao {dossier.unit.name} theo dõi việc gửi lại, hủy bỏ văn bản và báo cáo "
                f"{committee}"
            ),
        ),
        signature=signature,
        recipients=(
            *_authorities(dossier), *_holders(dossier), f"Lưu: VT, {dossier.unit.code}",
        ),
    )  # fmt: skip


# What the Đề xuất and the Tờ trình say as well ---------------------------------------------------


def subject(dossier: Dossier) -> str:
    """The trích yếu, without the names of anybody."""
    old, lines = wrong_paper(dossier), dossier.lines()
    if dossier.remedy == "replace":
        return f"{common.subject(dossier)} (thay thế {short(old)})"
    if dossier.remedy == "correct":
        return f"Về việc đính chính {short(old)}"
    if dossier.remedy == "recall":
        return f"Về việc thu hồi {short(old)}"
    one = len(lines) == 1
    team = f" {common.team_in_full(lines[0])}" if one else " các tổ" if dossier.amends_names else ""
    what, where = what_is_amended(dossier)
    return f"Về việc sửa đổi, bổ sung {what}{team} {where} {short(old)}"


def corrected(dossier: Dossier) -> tuple[Block, ...]:
    return (
        Paragraph(f"Đã in: “{dossier.printed}”."),
        Paragraph(f"Nay sửa thành: “{dossier.meant}”."),
    )


def recall_effect(dossier: Dossier, by: str) -> str:
    """What ends with the decision; ``by`` is how the text names the notice."""
    teams = [common.team_in_full(line) for line in dossier.lines()]
    named = ", ".join(teams) if len(teams) <= _MANY else f"{len(teams)} tổ lập theo quyết định này"
    return (
        f"{short(wrong_paper(dossier))} hết hiệu lực kể từ ngày ký {by}; {named} và các "
        "thành viên có tên trong danh sách kèm theo thôi hoạt động từ ngày đó."
    )


def wrong_paper(dossier: Dossier) -> Document:
    """The released document a dossier puts right."""
    assert dossier.corrects is not None
    return dossier.corrects


def short(document: Document) -> str:
    """ "Quyết định số 05/QĐ-UBND": once it was cited in full."""
    return f"{document.name} số {document.reference}"


def in_full(document: Document) -> str:
    """Type, number, date, issuer, trích yếu: the first time a text names it (Phụ lục I.II.6b)."""
    about = document.subject.removeprefix("Về việc ").removeprefix("V/v ")
    about = about[:1].lower() + about[1:]
    about = about if about.startswith("về ") else f"về việc {about}"
    return f"{common.cited(document, document.name)} của {issued_by(document)} {about}"


def issued_by(document: Document) -> str:
    return document.says().issued_by or document.issuer.name


def _holders(dossier: Dossier) -> tuple[str, ...]:
    """Who was sent the wrong paper: those its last articles and recipients name."""
    old = wrong_paper(dossier)
    if old.kind != "decision":
        said = old.says()
        return said.addressees or tuple(r for r in said.recipients if not r.startswith(_NOBODY))
    lines = decided.lines_on(old)
    if not lines:
        return (str(dossier.unit.name), "Các đơn vị, tập thể, cá nhân có tên trong Quyết định")
    hamlets = dict.fromkeys(f"Trưởng {line.hamlet.full_name}" for line in lines if line.hamlet)
    heads = tuple(hamlets) if len(hamlets) <= _MANY else ("Trưởng các thôn, bản, khu phố có tổ",)
    listed = "danh sách kèm theo " if _has_list(dossier, lines) else ""
    members = f"Các ông (bà) có tên trong {listed}Quyết định"
    return (str(dossier.unit.name), *heads, members)


def _has_list(dossier: Dossier, lines: Sequence[Change]) -> bool:
    return not dossier.amends_names and lines[0].kind != "amend"


def _authorities(dossier: Dossier) -> tuple[str, ...]:
    kind = dossier.commune.kind
    return (
        f"TT Đảng ủy, HĐND {kind}",
        f"Chủ tịch, các PCT UBND {kind}",
        f"Ủy ban MTTQ Việt Nam {kind}",
    )
