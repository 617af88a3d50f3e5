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
    ``form`` is the decree's form, empty for a paper that is not
    among its types. ``retention`` is in years; ``PERMANENT`` means for ever.
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
    retention: int | None = PERMANENT

    def symbol(self, author: str) -> str:
        """``"QĐ-UBND"`` for the abbreviation of the issuer or division (Phụ lục I.II.3)."""
        return f"{self.abbreviation}-{author}" if self.abbreviation else author


_CATALOGUE = (
    Kind(
        key="decision",
        title="QUYẾT ĐỊNH",
        name="Quyết định",
        label=_("Quyết định"),
        abbreviation="QĐ",
        form="Mẫu 1.2",
        template="documents/official/decision.html",
        # No BY_ORDER: an office lists the types signed "TL." in its own regulation, and a
        # decision that binds others is not among them.
        signature_forms=frozenset(
            {
                SignatureForm.OWN,
                SignatureForm.COLLECTIVE,
                SignatureForm.DEPUTY,
                SignatureForm.AUTHORISED,
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
    # These are papers of the Committee as a body: its Chairman signs for it (TM., Điều 13 khoản 2).
    Kind(
        key="official_letter",
        title="",
        name="Công văn",
        label=_("Công văn"),
        form="Mẫu 1.5",
        template="documents/official/official_letter.html",
        # By order where the office's own regulation gives it (Điều 13 khoản 4).
        signature_forms=frozenset(
            {
                SignatureForm.COLLECTIVE,
                SignatureForm.DEPUTY,
                SignatureForm.ACTING,
                SignatureForm.BY_ORDER,
            }
        ),
    ),
    Kind(
        key="notice",
        title="THÔNG BÁO",
        name="Thông báo",
        label=_("Thông báo"),
        abbreviation="TB",
        form="Mẫu 1.4",
        template="documents/official/notice.html",
        signature_forms=frozenset(
            {
                SignatureForm.COLLECTIVE,
                SignatureForm.DEPUTY,
                SignatureForm.ACTING,
                SignatureForm.BY_ORDER,
            }
        ),
    ),
    Kind(
        key="report",
        title="BÁO CÁO",
        name="Báo cáo",
        label=_("Báo cáo"),
        abbreviation="BC",
        form="Mẫu 1.4",
        template="documents/official/report.html",
        signature_forms=frozenset(
            {SignatureForm.COLLECTIVE, SignatureForm.DEPUTY, SignatureForm.ACTING}
        ),
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
