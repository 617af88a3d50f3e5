"""Catalogue of the kinds of document the house prints.

A kind says what Decree 30/2020/NĐ-CP fixes for it: name, abbreviation (Phụ lục III.I), form
(Phụ lục III.II), forms of signature it admits (Điều 13). Layout lives in its template, wording
in the procedures. A new kind is a new row here and a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SignatureForm(StrEnum):
    """On whose behalf a document is signed: Decree 30, Điều 13 and Phụ lục I.II.7."""

    OWN = "own"  # in the signer's own authority: "CHỦ TỊCH", "TRƯỞNG PHÒNG"
    COLLECTIVE = "TM."  # thay mặt the People's Committee as a body
    DEPUTY = "KT."  # ký thay: the deputy for the head
    BY_ORDER = "TL."  # thừa lệnh
    AUTHORISED = "TUQ."  # thừa ủy quyền
    ACTING = "Q."  # quyền: given acting powers of the head


PERMANENT: Final = None


@dataclass(frozen=True)
class Kind:
    """One kind of document.

    ``title`` is printed as box 5a, empty for a công văn, whose subject stands in box 5b; ``name``
    is how another text cites it ("Quyết định số …"); ``label`` is what screens show.
    ``form`` is the decree's form, empty for a paper that is not among its types. ``copy`` is the
    form of copy ("SAO Y"). ``dated`` says whether box 4 stands in the head, ``electronic`` whether
    persons can sign the kind electronically, ``secretary`` whether two must: who chaired a meeting
    and its secretary. ``retention`` is in years; ``PERMANENT`` means for ever.
    """

    key: str
    title: str
    name: str
    label: Promise
    template: str
    signature_forms: frozenset[SignatureForm]
    abbreviation: str = ""
    form: str = ""
    numbered: bool = True
    sealed: bool = True
    dated: bool = True
    electronic: bool = True
    secretary: bool = False
    copy: str = ""
    retention: int | None = PERMANENT

    def symbol(self, author: str) -> str:
        """``"QĐ-UBND"`` for the abbreviation of the issuer or division (Phụ lục I.II.3)."""
        return f"{self.abbreviation}-{author}" if self.abbreviation else author


# A paper of the Committee as a body: its Chairman signs for it (TM., Điều 13 khoản 2), a Deputy for
# him under the same line.
_FOR_THE_BODY = frozenset({SignatureForm.COLLECTIVE, SignatureForm.DEPUTY, SignatureForm.ACTING})
# What an office's own regulation usually lets its chief of office sign "TL. CHỦ TỊCH" (khoản 4),
# and what its Chairman gives in writing to be signed "TUQ. CHỦ TỊCH" (khoản 3).
_ROUTINE = _FOR_THE_BODY | {SignatureForm.BY_ORDER, SignatureForm.AUTHORISED}

_CATALOGUE = (
    Kind(
        key="decision",
        title="QUYẾT ĐỊNH",
        name="Quyết định",
        label=_("Quyết định"),
        abbreviation="QĐ",
        form="Mẫu 1.2",
        template="documents/official/decision.html",
        # No BY_ORDER, no AUTHORISED: a decision binds others, and it is the Chairman's own, or his
        # Deputy's for him (project/decisions/0026).
        signature_forms=frozenset(
            {
                SignatureForm.OWN,
                SignatureForm.COLLECTIVE,
                SignatureForm.DEPUTY,
                SignatureForm.ACTING,
            }
        ),
    ),
    Kind(
        key="submission",
        title="TỜ TRÌNH",
        name="Tờ trình",
        label=_("Tờ trình"),
        abbreviation="TTr",
        form="Mẫu 1.4",
        template="documents/official/submission.html",
        # A division's paper to its own Chairman: its head signs, and it has no seal.
        signature_forms=frozenset({SignatureForm.OWN, SignatureForm.DEPUTY, SignatureForm.ACTING}),
        sealed=False,
    ),
    Kind(
        key="official_letter",
        title="",
        name="Công văn",
        label=_("Công văn"),
        form="Mẫu 1.5",
        template="documents/official/official_letter.html",
        # By order where the office's own regulation gives it (Điều 13 khoản 4).
        signature_forms=_ROUTINE,
        retention=10,
    ),
    Kind(
        key="notice",
        title="THÔNG BÁO",
        name="Thông báo",
        label=_("Thông báo"),
        abbreviation="TB",
        form="Mẫu 1.4",
        template="documents/official/notice.html",
        signature_forms=_ROUTINE,
        retention=50,
    ),
    Kind(
        key="report",
        title="BÁO CÁO",
        name="Báo cáo",
        label=_("Báo cáo"),
        abbreviation="BC",
        form="Mẫu 1.4",
        template="documents/official/report.html",
        signature_forms=_FOR_THE_BODY,
    ),
    Kind(
        key="plan",
        title="KẾ HOẠCH",
        name="Kế hoạch",
        label=_("Kế hoạch"),
        abbreviation="KH",
        form="Mẫu 1.4",
        template="documents/official/plan.html",
        signature_forms=_FOR_THE_BODY,
    ),
    Kind(
        key="invitation",
        title="GIẤY MỜI",
        name="Giấy mời",
        label=_("Giấy mời"),
        abbreviation="GM",
        form="Mẫu 1.7",
        template="documents/official/notice.html",
        signature_forms=_ROUTINE,
        retention=10,
    ),
    Kind(
        key="introduction",
        title="GIẤY GIỚI THIỆU",
        name="Giấy giới thiệu",
        label=_("Giấy giới thiệu"),
        abbreviation="GGT",
        form="Mẫu 1.8",
        template="documents/official/introduction.html",
        signature_forms=_ROUTINE,
        retention=10,
    ),
    Kind(
        key="minutes",
        title="BIÊN BẢN",
        name="Biên bản",
        label=_("Biên bản"),
        abbreviation="BB",
        form="Mẫu 1.9",
        template="documents/official/minutes.html",
        # The chair of the meeting, whoever that is, and its secretary: two persons, one paper.
        signature_forms=frozenset({SignatureForm.OWN}),
        dated=False,
        secretary=True,
    ),
    *(
        Kind(
            key=key,
            title="",
            name=name,
            label=label,
            abbreviation=abbreviation,
            form="Mẫu 3.1",
            template="documents/official/scanned_copy.html",
            signature_forms=_ROUTINE | {SignatureForm.OWN},
            electronic=False,
            copy=form,
        )
        for key, name, label, abbreviation, form in (
            ("true_copy", "Bản sao y", _("Bản sao y"), "SY", "SAO Y"),
            ("recopy", "Bản sao lục", _("Bản sao lục"), "SL", "SAO LỤC"),
            ("extract", "Bản trích sao", _("Bản trích sao"), "TrS", "TRÍCH SAO"),
        )
    ),
    # What a citizen writes (not a type of Điều 7): no number, no agency above it, no seal.
    Kind(
        key="application",
        title="ĐƠN",
        name="Đơn",
        label=_("Đơn"),
        template="documents/official/application.html",
        signature_forms=frozenset({SignatureForm.OWN}),
        numbered=False,
        sealed=False,
        electronic=False,
    ),
    Kind(
        key="proposal",
        title="ĐỀ XUẤT",
        name="Đề xuất",
        label=_("Đề xuất"),
        template="documents/official/proposal.html",
        signature_forms=frozenset({SignatureForm.OWN, SignatureForm.ACTING}),
        numbered=False,
        sealed=False,
    ),
    # A team has no seal and no series: its report is none of the decree's types.
    Kind(
        key="team_report",
        title="BÁO CÁO",
        name="Báo cáo",
        label=_("Báo cáo của tổ"),
        template="documents/official/proposal.html",
        signature_forms=frozenset({SignatureForm.OWN}),
        numbered=False,
        sealed=False,
    ),
    Kind(
        key="slip",
        title="PHIẾU TRÌNH",
        name="Phiếu trình",
        label=_("Phiếu trình"),
        template="documents/official/proposal.html",
        signature_forms=frozenset({SignatureForm.OWN, SignatureForm.DEPUTY, SignatureForm.ACTING}),
        numbered=False,
        sealed=False,
    ),
)

KINDS: Final[dict[str, Kind]] = {kind.key: kind for kind in _CATALOGUE}
COPIES: Final = tuple(kind.key for kind in _CATALOGUE if kind.copy)
