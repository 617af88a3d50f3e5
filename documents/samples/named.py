"""Named types of Mẫu 1.4: Tờ trình, Kế hoạch, Báo cáo, Thông báo; and the village's Đề xuất."""

from __future__ import annotations

from documents.model import Content, Heading, Issue, Paragraph, SignatureBlock, Table
from documents.samples.common import (
    COLUMNS,
    COMMITTEE,
    DATE,
    DIVISION,
    FOR_THE_BODY,
    HEAD,
    MEMBERS,
    OFFICE,
    PLAN,
    VILLAGE,
    Sample,
    issued,
)

SUBMISSION = Content(
    kind="submission",
    letterhead=DIVISION,
    subject="Về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang",
    addressees=(f"Chủ tịch {OFFICE}",),
    body=(
        Paragraph(
            f"Thực hiện {PLAN}, trên cơ sở đề xuất của Trưởng bản Tùng Hương, Phòng Văn hóa - Xã "
            f"hội kính trình Chủ tịch {OFFICE} như sau:"
        ),
        Heading("I. SỰ CẦN THIẾT"),
        Paragraph(
            "Bản Tùng Hương có 142 hộ dân, hiện chưa có Tổ công nghệ số cộng đồng.", free=True
        ),
        Heading("II. NỘI DUNG ĐỀ XUẤT"),
        Paragraph("Thành lập Tổ công nghệ số cộng đồng bản Tùng Hương gồm 05 thành viên:"),
        Table(COLUMNS, MEMBERS),
        Heading("III. ĐỀ NGHỊ"),
        Paragraph(f"Kính đề nghị Chủ tịch {OFFICE} xem xét, quyết định."),
    ),
    signature=HEAD,
    recipients=("Như trên", "Lưu: VT, VHXH"),
)

PLAN_OF_THE_YEAR = Content(
    kind="plan",
    letterhead=COMMITTEE,
    subject="Tổ chức hoạt động Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang năm 2026",
    body=(
        Paragraph(
            "Thực hiện nhiệm vụ chuyển đổi số năm 2026, Ủy ban nhân dân xã Tam Quang ban hành Kế "
            "hoạch tổ chức hoạt động Tổ công nghệ số cộng đồng trên địa bàn xã như sau:"
        ),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Paragraph(
            "1. Mục đích: đưa nền tảng số, dịch vụ công trực tuyến, kỹ năng số đến từng hộ gia "
            "đình; người dân được hướng dẫn tại chỗ, khi cần có người giúp.",
            free=True,
        ),
        Paragraph(
            "2. Yêu cầu: mỗi bản có một tổ; việc của tổ thiết thực, dễ làm, không gây phiền hà cho "
            "người dân; số liệu báo cáo trung thực.",
            free=True,
        ),
        Heading("II. NỘI DUNG"),
        Paragraph(
            "1. Rà soát, kiện toàn các tổ đã có; lập tổ mới ở bản chưa có tổ trước ngày 30 tháng 4 "
            "năm 2026."
        ),
        Paragraph(
            "2. Tập huấn cho Tổ trưởng, Tổ phó mỗi năm hai đợt: đợt một trong tháng 5, đợt hai "
            "trong tháng 10 năm 2026."
        ),
        Paragraph(
            "3. Hướng dẫn người dân nộp hồ sơ trực tuyến, thanh toán không dùng tiền mặt, tự bảo "
            "vệ mình trên không gian mạng."
        ),
        Heading("III. TỔ CHỨC THỰC HIỆN"),
        Paragraph(
            "1. Phòng Văn hóa - Xã hội chủ trì, theo dõi, đôn đốc, tổng hợp báo cáo Ủy ban nhân "
            "dân xã hằng quý."
        ),
        Paragraph(
            "2. Trưởng các bản giới thiệu người tham gia, tạo điều kiện về địa điểm sinh hoạt cho "
            "tổ."
        ),
        Paragraph(
            "Trên đây là Kế hoạch tổ chức hoạt động Tổ công nghệ số cộng đồng trên địa bàn xã Tam "
            "Quang năm 2026; quá trình thực hiện có vướng mắc, các đơn vị phản ánh về Phòng Văn "
            "hóa - Xã hội để tổng hợp, báo cáo Ủy ban nhân dân xã."
        ),
    ),
    signature=FOR_THE_BODY,
    recipients=(
        "Sở Khoa học và Công nghệ (b/c)",
        "TT Đảng ủy, HĐND xã",
        "Chủ tịch, các PCT UBND xã",
        "Trưởng các bản",
        "Lưu: VT, VHXH",
    ),
    free_recipients=True,
)

REPORT = Content(
    kind="report",
    letterhead=COMMITTEE,
    subject="Kết quả hoạt động Tổ công nghệ số cộng đồng quý I năm 2026",
    addressees=("Sở Khoa học và Công nghệ tỉnh Nghệ An",),
    body=(
        Paragraph(
            "Thực hiện Công văn số 112/SKHCN-CĐS ngày 10 tháng 02 năm 2026 của Sở Khoa học và Công "
            "nghệ về việc báo cáo hoạt động Tổ công nghệ số cộng đồng, Ủy ban nhân dân xã Tam "
            "Quang báo cáo kết quả như sau:"
        ),
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Paragraph("Toàn xã có 18 tổ với 104 thành viên; đã hướng dẫn 1.260 lượt người dân."),
        Heading("II. KHÓ KHĂN, VƯỚNG MẮC"),
        Paragraph("Ba bản chưa có sóng di động ổn định.", free=True),
        Heading("III. NHIỆM VỤ THỜI GIAN TỚI"),
        Paragraph("Kiện toàn các tổ còn thiếu Tổ phó; tập huấn đợt một trong tháng 5 năm 2026."),
        Paragraph(
            "Trên đây là báo cáo kết quả hoạt động Tổ công nghệ số cộng đồng quý I năm 2026 của Ủy "
            "ban nhân dân xã Tam Quang."
        ),
    ),
    signature=FOR_THE_BODY,
    recipients=("Như trên", "TT Đảng ủy, HĐND xã", "Lưu: VT, VHXH"),
)

NOTICE = Content(
    kind="notice",
    letterhead=COMMITTEE,
    subject="Về các Tổ công nghệ số cộng đồng và nơi người dân được hướng dẫn",
    body=(
        Paragraph(
            "Ủy ban nhân dân xã Tam Quang thông báo đến người dân về các Tổ công nghệ số cộng đồng "
            "trên địa bàn xã như sau:"
        ),
        Paragraph("1. Mỗi bản có một tổ; danh sách niêm yết tại nhà văn hóa bản."),
        Paragraph(
            "2. Người dân cần hướng dẫn dịch vụ công trực tuyến gặp Tổ trưởng, hoặc đến Trung tâm "
            "Phục vụ hành chính công xã vào giờ làm việc."
        ),
    ),
    signature=FOR_THE_BODY,
    recipients=("Trưởng các bản", "Đài truyền thanh xã", "Lưu: VT, VHXH"),
)

PROPOSAL = Content(
    kind="proposal",
    letterhead=VILLAGE,
    subject="Về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương",
    addressees=(f"Chủ tịch {OFFICE}", "Phòng Văn hóa - Xã hội"),
    body=(
        Paragraph(
            "Qua trao đổi với các đoàn thể và người dân trong bản, tôi đề xuất thành lập Tổ công "
            "nghệ số cộng đồng bản Tùng Hương gồm các ông (bà) có tên sau:"
        ),
        Table(COLUMNS, MEMBERS),
        Paragraph("Kính đề nghị Ủy ban nhân dân xã xem xét, thành lập."),
    ),
    signature=SignatureBlock(("TRƯỞNG BẢN",), "Lô Văn Tám"),
    note="Đã gửi qua hệ thống lúc 19:42 ngày 26 tháng 02 năm 2026.",
)

SAMPLES = {
    "to-trinh": Sample(SUBMISSION, issued(5, "TTr-VHXH")),
    "ke-hoach": Sample(PLAN_OF_THE_YEAR, issued(9, "KH-UBND")),
    "bao-cao": Sample(REPORT, issued(21, "BC-UBND")),
    "thong-bao": Sample(NOTICE, issued(12, "TB-UBND")),
    "de-xuat": Sample(PROPOSAL, Issue(date=DATE)),
}
