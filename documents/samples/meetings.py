"""Biên bản (Mẫu 1.9): a number, no place and date, the secretary left and the chair right."""

from __future__ import annotations

from documents.model import Content, Paragraph, SignatureBlock
from documents.samples.common import COMMITTEE, Sample, issued

MINUTES = Content(
    kind="minutes",
    letterhead=COMMITTEE,
    subject="Họp các Tổ công nghệ số cộng đồng quý I năm 2026",
    body=(
        Paragraph("Thời gian bắt đầu: 08 giờ 00 phút, ngày 05 tháng 3 năm 2026."),
        Paragraph("Địa điểm: Hội trường Ủy ban nhân dân xã Tam Quang."),
        Paragraph(
            "Thành phần tham dự: 31 Tổ trưởng, Tổ phó các Tổ công nghệ số cộng đồng; vắng 02 "
            "người, có lý do."
        ),
        Paragraph("Chủ trì (chủ tọa): ông Trần Quốc Hưng, Phó Chủ tịch Ủy ban nhân dân xã."),
        Paragraph(
            "Thư ký (người ghi biên bản): bà Lang Thị Kiều Oanh, chuyên viên Phòng Văn hóa - Xã "
            "hội."
        ),
        Paragraph("Nội dung (theo diễn biến cuộc họp):"),
        Paragraph(
            "1. Chủ tọa nêu kết quả quý I: 18 tổ đã hướng dẫn 1.260 lượt người dân.", free=True
        ),
        Paragraph(
            "2. Các tổ nêu vướng mắc: ba bản chưa có sóng di động ổn định; một số người cao tuổi "
            "chưa có điện thoại thông minh.",
            free=True,
        ),
        Paragraph(
            "3. Chủ tọa kết luận: Phòng Văn hóa - Xã hội tổng hợp vướng mắc, tham mưu Ủy ban nhân "
            "dân xã đề nghị doanh nghiệp viễn thông bổ sung trạm phát sóng.",
            free=True,
        ),
        Paragraph("Cuộc họp kết thúc vào 11 giờ 30, ngày 05 tháng 3 năm 2026."),
    ),
    signature=SignatureBlock(("CHỦ TỌA", "PHÓ CHỦ TỊCH"), "Trần Quốc Hưng"),
    beside=SignatureBlock(("THƯ KÝ",), "Lang Thị Kiều Oanh"),
    recipients=("Các tổ công nghệ số cộng đồng", "Lưu: VT, Hồ sơ"),
)

SAMPLES = {"bien-ban": Sample(MINUTES, issued(2, "BB-UBND"))}
