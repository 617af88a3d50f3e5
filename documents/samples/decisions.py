"""Quyết định: of the Chairman and of the Committee (Mẫu 1.2), promulgating (Mẫu 1.3), annexes."""

from __future__ import annotations

import dataclasses

from documents.model import Annex, Attached, Chapter, Column, Content, Paragraph, Table
from documents.samples.common import (
    ASKED,
    CHAIRMAN,
    COLUMNS,
    COMMITTEE,
    DEPUTY,
    FOR_THE_BODY_CHAIRMAN,
    LAW,
    MEMBERS,
    MOMENT,
    OFFICE,
    PLAN,
    Sample,
    issued,
)

_CARRIED_OUT = (
    "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, Trưởng phòng Văn hóa - Xã hội, các "
    "đơn vị có liên quan"
)
TOLD = ("Như Điều 3", "TT Đảng ủy, HĐND xã", "Chủ tịch, các PCT UBND xã", "Lưu: VT, VHXH")

OF_THE_CHAIRMAN = Content(
    kind="decision",
    letterhead=COMMITTEE,
    subject="Về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG",
    grounds=(LAW, f"Căn cứ {PLAN}", ASKED),
    body=(
        Paragraph(
            "Thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang gồm 05 thành viên "
            "(có danh sách tại Phụ lục kèm theo).",
            lead="Điều 1.",
        ),
        Paragraph("Tổ công nghệ số cộng đồng có các nhiệm vụ sau:", lead="Điều 2."),
        Paragraph(
            "1. Tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến, nền tảng số và "
            "phương thức thanh toán không dùng tiền mặt.",
            free=True,
        ),
        Paragraph("2. Hướng dẫn người dân tự bảo vệ mình trên không gian mạng.", free=True),
        Paragraph(
            "3. Báo cáo kết quả hoạt động với Tổ công nghệ số cộng đồng xã theo định kỳ.", free=True
        ),
        Paragraph(
            f"{_CARRIED_OUT} và các ông (bà) có tên trong danh sách kèm theo chịu trách nhiệm thi "
            "hành Quyết định này.",
            lead="Điều 3.",
        ),
    ),
    signature=DEPUTY,
    recipients=TOLD,
    annexes=(
        Annex(
            "Danh sách thành viên Tổ công nghệ số cộng đồng bản Tùng Hương",
            (Table(COLUMNS, MEMBERS),),
        ),
    ),
    issued_by="Chủ tịch Ủy ban nhân dân xã Tam Quang",
    free_recipients=True,
)

_TARGETS = (
    Column("TT", 8, "center"),
    Column("Chỉ tiêu", 62),
    Column("Năm 2026", 30, "center"),
)
OF_THE_COMMITTEE = Content(
    kind="decision",
    letterhead=COMMITTEE,
    subject="Về việc giao chỉ tiêu năm 2026 cho các Tổ công nghệ số cộng đồng trên địa bàn xã",
    authority="ỦY BAN NHÂN DÂN XÃ TAM QUANG",
    grounds=(LAW, f"Căn cứ {PLAN}", "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội"),
    body=(
        Paragraph(
            "Giao chỉ tiêu năm 2026 cho các Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang "
            "theo Phụ lục I, Phụ lục II ban hành kèm theo Quyết định này.",
            lead="Điều 1.",
        ),
        Paragraph(
            "Quyết định này có hiệu lực kể từ ngày ký. Phòng Văn hóa - Xã hội theo dõi, tổng hợp "
            "kết quả thực hiện, báo cáo Ủy ban nhân dân xã hằng quý.",
            lead="Điều 2.",
        ),
        Paragraph(
            f"{_CARRIED_OUT} và các Tổ công nghệ số cộng đồng chịu trách nhiệm thi hành Quyết định "
            "này.",
            lead="Điều 3.",
        ),
    ),
    signature=FOR_THE_BODY_CHAIRMAN,
    recipients=TOLD,
    annexes=(
        Annex(
            "Chỉ tiêu giao các tổ cấp bản",
            (
                Table(
                    _TARGETS,
                    (
                        ("1", "Hộ gia đình có người dùng dịch vụ công trực tuyến", "60%"),
                        ("2", "Hộ kinh doanh nhận thanh toán không dùng tiền mặt", "80%"),
                    ),
                ),
            ),
            apart=True,
        ),
        Annex(
            "Chỉ tiêu giao tổ cấp xã",
            (Table(_TARGETS, (("1", "Buổi hướng dẫn tại nhà văn hóa các bản", "24 buổi"),)),),
            apart=True,
        ),
    ),
    issued_by=OFFICE,
)

PROMULGATING = Content(
    kind="decision",
    letterhead=COMMITTEE,
    subject="Ban hành Quy chế hoạt động của Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG",
    grounds=(LAW, f"Căn cứ {PLAN}", ASKED),
    body=(
        Paragraph(
            "Ban hành kèm theo Quyết định này Quy chế hoạt động của Tổ công nghệ số cộng đồng trên "
            "địa bàn xã Tam Quang.",
            lead="Điều 1.",
        ),
        Paragraph("Quyết định này có hiệu lực kể từ ngày ký.", lead="Điều 2."),
        Paragraph(
            f"{_CARRIED_OUT} và các Tổ công nghệ số cộng đồng chịu trách nhiệm thi hành Quyết định "
            "này.",
            lead="Điều 3.",
        ),
    ),
    signature=CHAIRMAN,
    recipients=TOLD,
    attached=Attached(
        title="QUY CHẾ",
        subject="Hoạt động của Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang",
        blocks=(
            Chapter("Chương I", "QUY ĐỊNH CHUNG"),
            Paragraph("", lead="Điều 1. Phạm vi điều chỉnh, đối tượng áp dụng"),
            Paragraph(
                "1. Quy chế này quy định nguyên tắc, chế độ làm việc của các Tổ công nghệ số cộng "
                "đồng trên địa bàn xã Tam Quang (sau đây gọi là Tổ)."
            ),
            Paragraph("2. Quy chế này áp dụng đối với Tổ, thành viên Tổ và cộng tác viên."),
            Paragraph("", lead="Điều 2. Nguyên tắc hoạt động"),
            Paragraph(
                "1. Tổ hoạt động tự nguyện, gần dân, đi từng nhà, hướng dẫn từng người theo phương "
                "châm cầm tay chỉ việc."
            ),
            Paragraph(
                "2. Thành viên Tổ không hỏi, không giữ mật khẩu, mã xác thực của người dân; không "
                "thu tiền của người dân dưới bất kỳ hình thức nào."
            ),
            Chapter("Chương II", "CHẾ ĐỘ LÀM VIỆC"),
            Paragraph("", lead="Điều 3. Họp Tổ"),
            Paragraph(
                "Tổ họp thường kỳ mỗi tháng một lần; họp đột xuất khi Tổ trưởng triệu tập hoặc "
                "theo yêu cầu của Ủy ban nhân dân xã."
            ),
            Paragraph("", lead="Điều 4. Báo cáo"),
            Paragraph(
                "Tổ trưởng báo cáo kết quả hoạt động của tháng trước ngày 25 hằng tháng; trường "
                "hợp không phát sinh thì báo cáo không phát sinh."
            ),
        ),
    ),
    issued_by="Chủ tịch Ủy ban nhân dân xã Tam Quang",
)

_COMMITTEE_ISSUE = dataclasses.replace(issued(32, "QĐ-UBND"), moment=MOMENT)
SAMPLES = {
    "quyet-dinh-chu-tich": Sample(OF_THE_CHAIRMAN, issued(31, "QĐ-UBND")),
    "quyet-dinh-chu-tich-ban-giay": Sample(OF_THE_CHAIRMAN, issued(31, "QĐ-UBND", "paper")),
    "quyet-dinh-uy-ban": Sample(OF_THE_COMMITTEE, _COMMITTEE_ISSUE),
    "quyet-dinh-ban-hanh-quy-che": Sample(PROMULGATING, issued(33, "QĐ-UBND")),
    "phu-luc-khac-tep": Sample(OF_THE_COMMITTEE, _COMMITTEE_ISSUE, annex=0),
    "phu-luc-rieng-ban-giay": Sample(OF_THE_COMMITTEE, issued(32, "QĐ-UBND", "paper"), annex=1),
}
