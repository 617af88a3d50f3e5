"""Công văn (Mẫu 1.5), Giấy mời (1.7), Giấy giới thiệu (1.8)."""

from __future__ import annotations

from documents.model import Content, Paragraph
from documents.samples.common import BY_ORDER, COMMITTEE, FOR_THE_BODY, OFFICE, Sample, issued

LETTER = Content(
    kind="official_letter",
    letterhead=COMMITTEE,
    subject="V/v gửi danh sách Tổ công nghệ số cộng đồng năm 2026",
    urgency="KHẨN",
    addressees=("Phòng Văn hóa - Xã hội", "Trưởng các bản"),
    body=(
        Paragraph(
            "Thực hiện Công văn số 98/SKHCN-CĐS ngày 02 tháng 3 năm 2026 của Sở Khoa học và Công "
            "nghệ về việc rà soát Tổ công nghệ số cộng đồng, Ủy ban nhân dân xã yêu cầu:"
        ),
        Paragraph(
            "1. Trưởng các bản rà soát danh sách thành viên tổ, gửi Phòng Văn hóa - Xã hội trước "
            "ngày 10 tháng 3 năm 2026."
        ),
        Paragraph(
            "2. Phòng Văn hóa - Xã hội tổng hợp, tham mưu Ủy ban nhân dân xã báo cáo Sở Khoa học "
            "và Công nghệ trước ngày 15 tháng 3 năm 2026."
        ),
        Paragraph(f"{OFFICE} đề nghị các đơn vị khẩn trương thực hiện."),
    ),
    signature=FOR_THE_BODY,
    recipients=("Như trên", "TT Đảng ủy, HĐND xã", "Lưu: VT, VHXH"),
)

INVITATION = Content(
    kind="invitation",
    letterhead=COMMITTEE,
    subject="Họp các Tổ công nghệ số cộng đồng quý I năm 2026",
    body=(
        Paragraph(
            f"{OFFICE} trân trọng kính mời: Tổ trưởng, Tổ phó các Tổ công nghệ số cộng đồng trên "
            "địa bàn xã."
        ),
        Paragraph("Tới dự họp các Tổ công nghệ số cộng đồng quý I năm 2026."),
        Paragraph("Chủ trì: ông Trần Quốc Hưng, Phó Chủ tịch Ủy ban nhân dân xã."),
        Paragraph("Thời gian: 08 giờ 00 phút, thứ Sáu, ngày 13 tháng 3 năm 2026."),
        Paragraph("Địa điểm: Hội trường Ủy ban nhân dân xã Tam Quang.", free=True),
        Paragraph(
            "Đề nghị các đại biểu mang theo sổ ghi chép của tổ, đến dự đúng giờ, đúng thành phần.",
            free=True,
        ),
    ),
    signature=BY_ORDER,
    recipients=("Như thành phần mời", "Chủ tịch, các PCT UBND xã", "Lưu: VT, VHXH"),
    free_recipients=True,
)

INTRODUCTION = Content(
    kind="introduction",
    letterhead=COMMITTEE,
    subject="Giới thiệu ông Lô Văn Tám đến liên hệ công tác",
    body=(
        Paragraph(f"{OFFICE} trân trọng giới thiệu:"),
        Paragraph("Ông: Lô Văn Tám."),
        Paragraph("Chức vụ: Tổ trưởng Tổ công nghệ số cộng đồng bản Tùng Hương."),
        Paragraph("Được cử đến: Sở Khoa học và Công nghệ tỉnh Nghệ An."),
        Paragraph("Về việc: liên hệ nhận tài liệu tập huấn kỹ năng số."),
        Paragraph(
            "Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ."
        ),
        Paragraph("Giấy này có giá trị đến hết ngày 20 tháng 3 năm 2026."),
    ),
    signature=BY_ORDER,
    recipients=("Như trên", "Lưu: VT"),
)

SAMPLES = {
    "cong-van-khan": Sample(LETTER, issued(7, "UBND-VHXH")),
    "giay-moi": Sample(INVITATION, issued(4, "GM-UBND")),
    "giay-gioi-thieu": Sample(INTRODUCTION, issued(3, "GGT-UBND")),
}
