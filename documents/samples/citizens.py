"""Đơn: what a citizen writes, no type of the decree (Điều 7)."""

from __future__ import annotations

from documents.model import Content, Issue, Letterhead, Paragraph, SignatureBlock
from documents.samples.common import DATE, OFFICE, Sample

_TEAM = "Tổ công nghệ số cộng đồng bản Tùng Hương"
APPLICATION = Content(
    kind="application",
    title="ĐƠN XIN THAM GIA",
    letterhead=Letterhead(lines=(), place="Tam Quang"),
    subject=_TEAM,
    addressees=(f"Chủ tịch {OFFICE}", f"Tổ trưởng {_TEAM}"),
    body=(
        Paragraph("Tôi là: Kha Minh Châu, sinh năm 2011."),
        Paragraph("Nơi ở: bản Tùng Hương, xã Tam Quang."),
        Paragraph("Nghề nghiệp, đơn vị: học sinh Trường Phổ thông Dân tộc bán trú Tam Quang."),
        Paragraph(
            f"Tôi tự nguyện xin tham gia {_TEAM}, chấp hành quy chế của Tổ và thực hiện nhiệm vụ "
            "Tổ trưởng phân công."
        ),
    ),
    signature=SignatureBlock(("NGƯỜI LÀM ĐƠN",), "Kha Minh Châu"),
    beside=SignatureBlock(("CHA, MẸ HOẶC NGƯỜI GIÁM HỘ",), "Kha Văn Biển"),
    opinions=("Ý KIẾN CỦA TỔ TRƯỞNG", "Ý KIẾN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ"),
)

SAMPLES = {"don-xin-tham-gia": Sample(APPLICATION, Issue(date=DATE))}
