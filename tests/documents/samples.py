"""Documents used throughout the tests: fictitious people of a real commune.

Each is a plain :class:`documents.model.Content`; ``ISSUED`` is an issue fit for the numbered ones.
"""

import dataclasses
import datetime

from documents.model import (
    Annex,
    Column,
    Content,
    Heading,
    Issue,
    Letterhead,
    Paragraph,
    SignatureBlock,
    Table,
)

COMMITTEE = Letterhead(lines=("ỦY BAN NHÂN DÂN", "XÃ TAM QUANG"), place="Tam Quang")
DIVISION = Letterhead(
    parent="UBND XÃ TAM QUANG", lines=("PHÒNG VĂN HÓA - XÃ HỘI",), place="Tam Quang"
)
VILLAGE = Letterhead(parent="UBND XÃ TAM QUANG", lines=("BẢN TÙNG HƯƠNG",), place="Tam Quang")

DATE = datetime.date(2026, 3, 5)
VERIFY_URL = "https://vanban.tamquang.example/k/Zr8mQ2uVb1Xw7TnKc0LhPA"
ISSUED = Issue(date=DATE, number=31, symbol="QĐ-UBND", verify_url=VERIFY_URL)
SUBMITTED = Issue(date=datetime.date(2026, 3, 2), number=5, symbol="TTr-VHXH")
SENT = Issue(date=datetime.date(2026, 2, 26))

COLUMNS = (
    Column("TT", 6, "center"),
    Column("Họ và tên", 28),
    Column("Chức vụ, nơi công tác", 42),
    Column("Chức vụ trong tổ", 24, "center"),
)
MEMBERS = (
    ("1", "Lô Văn Tám", "Trưởng bản Tùng Hương", "Tổ trưởng"),
    ("2", "Vi Thị Hoài", "Bí thư Chi đoàn bản Tùng Hương", "Tổ phó"),
    ("3", "Lương Khánh Duy", "Trưởng Ban công tác Mặt trận bản", "Thành viên"),
    ("4", "Kha Thị Nguyệt", "Chi hội trưởng Chi hội Phụ nữ bản", "Thành viên"),
    ("5", "Lô Quốc Đạt", "Công an viên", "Thành viên"),
    ("6", "Nguyễn Thị Quỳnh Trang", "Giáo viên Trường Tiểu học Tam Quang 2", "Thành viên"),
    ("7", "Vi Văn Thưởng", "Nhân viên y tế thôn bản", "Thành viên"),
)

GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "Căn cứ Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025 của Ủy ban nhân dân xã Tam Quang tổ "
    "chức hoạt động Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang",
    "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 05/TTr-VHXH ngày 02 tháng 3 "
    "năm 2026",
)
TASKS = (
    "1. Tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến, nền tảng số và phương "
    "thức thanh toán không dùng tiền mặt.",
    "2. Hướng dẫn người dân tự bảo vệ mình trên không gian mạng.",
    "3. Báo cáo kết quả hoạt động với Tổ công nghệ số cộng đồng xã theo định kỳ.",
)
ENFORCEMENT = Paragraph(
    "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, Trưởng phòng Văn hóa - Xã hội, "
    "Trưởng bản Tùng Hương, các đơn vị có liên quan và các ông (bà) có tên trong danh sách kèm "
    "theo chịu trách nhiệm thi hành Quyết định này.",
    lead="Điều 3.",
)

DECISION = Content(
    kind="decision",
    letterhead=COMMITTEE,
    subject="Về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG",
    grounds=GROUNDS,
    body=(
        Paragraph(
            "Thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang gồm 07 thành viên "
            "(có danh sách tại Phụ lục kèm theo).",
            lead="Điều 1.",
        ),
        Paragraph("Tổ công nghệ số cộng đồng có các nhiệm vụ sau:", lead="Điều 2."),
        *(Paragraph(task) for task in TASKS),
        ENFORCEMENT,
    ),
    signature=SignatureBlock(lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Trần Quốc Hưng"),
    recipients=(
        "Như Điều 3",
        "TT Đảng ủy, HĐND xã",
        "Chủ tịch, các PCT UBND xã",
        "Lưu: VT, VHXH",
    ),
    annexes=(
        Annex(
            title="Danh sách thành viên Tổ công nghệ số cộng đồng bản Tùng Hương",
            blocks=(Table(COLUMNS, MEMBERS),),
        ),
    ),
    issued_by="Chủ tịch Ủy ban nhân dân xã Tam Quang",
)

SUBMISSION = Content(
    kind="submission",
    letterhead=DIVISION,
    subject="Về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang",
    addressees=("Chủ tịch Ủy ban nhân dân xã Tam Quang",),
    body=(
        Paragraph(
            "Thực hiện Kế hoạch số 45/KH-UBND ngày 20 tháng 8 năm 2025 của Ủy ban nhân dân xã Tam "
            "Quang tổ chức hoạt động Tổ công nghệ số cộng đồng trên địa bàn xã Tam Quang, trên cơ "
            "sở đề xuất của Trưởng bản Tùng Hương, Phòng Văn hóa - Xã hội kính trình Chủ tịch Ủy "
            "ban nhân dân xã như sau:"
        ),
        Heading("I. SỰ CẦN THIẾT"),
        Paragraph("Bản Tùng Hương có 142 hộ dân, hiện chưa có Tổ công nghệ số cộng đồng."),
        Heading("II. NỘI DUNG ĐỀ XUẤT"),
        Paragraph("Thành lập Tổ công nghệ số cộng đồng bản Tùng Hương gồm 07 thành viên:"),
        Table(COLUMNS, MEMBERS),
        Heading("III. ĐỀ NGHỊ"),
        Paragraph("Kính đề nghị Chủ tịch Ủy ban nhân dân xã Tam Quang xem xét, quyết định."),
    ),
    signature=SignatureBlock(lines=("TRƯỞNG PHÒNG",), name="Ngân Thị Bích Thảo"),
    recipients=("Như trên", "Lưu: VT, VHXH"),
)

PROPOSAL = Content(
    kind="proposal",
    letterhead=VILLAGE,
    subject="Về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương",
    addressees=("Chủ tịch Ủy ban nhân dân xã Tam Quang", "Phòng Văn hóa - Xã hội"),
    body=(
        Paragraph(
            "Qua trao đổi với các đoàn thể và người dân trong bản, tôi đề xuất thành lập Tổ công "
            "nghệ số cộng đồng bản Tùng Hương gồm các ông (bà) có tên sau:"
        ),
        Table(COLUMNS, MEMBERS),
        Paragraph("Kính đề nghị Ủy ban nhân dân xã xem xét, thành lập."),
    ),
    signature=SignatureBlock(lines=("TRƯỞNG BẢN",), name="Lô Văn Tám"),
    note="Đã gửi qua hệ thống lúc 19:42 ngày 26 tháng 02 năm 2026.",
)

_DUTIES = tuple(
    Paragraph(f"{position}. {text}")
    for position, text in enumerate(
        (
            "Tuyên truyền, phổ biến chủ trương của Đảng, chính sách của Nhà nước về chuyển đổi số "
            "đến từng hộ gia đình trong bản.",
            "Hướng dẫn người dân sử dụng dịch vụ công trực tuyến, nộp hồ sơ và theo dõi kết quả "
            "giải quyết thủ tục hành chính.",
            "Hướng dẫn người dân mua sắm trực tuyến, đưa sản phẩm của địa phương lên sàn thương "
            "mại điện tử.",
            "Hỗ trợ người dân, hộ kinh doanh sử dụng phương thức thanh toán không dùng tiền mặt.",
            "Hướng dẫn người dân tự bảo vệ mình trên không gian mạng.",
            "Lập nhóm trao đổi của tổ với các hộ gia đình; cập nhật danh sách thành viên khi có "
            "thay đổi; báo cáo kết quả hoạt động theo định kỳ và đột xuất khi được yêu cầu.",
        ),
        start=1,
    )
)

TWO_PAGES = Content(
    kind="decision",
    letterhead=COMMITTEE,
    subject="Về việc kiện toàn Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang",
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TAM QUANG",
    grounds=(*GROUNDS[:2], "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội"),
    body=(
        Paragraph(
            "Kiện toàn Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang gồm các ông (bà) có "
            "tên sau:",
            lead="Điều 1.",
        ),
        Table(COLUMNS, MEMBERS),
        Paragraph("Tổ công nghệ số cộng đồng có các nhiệm vụ sau:", lead="Điều 2."),
        *_DUTIES,
        Paragraph(
            "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 118/QĐ-UBND ngày "
            "14 tháng 10 năm 2025 của Chủ tịch Ủy ban nhân dân xã Tam Quang.",
            lead="Điều 3.",
        ),
        Paragraph(
            "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã, Trưởng phòng Văn hóa - Xã "
            "hội, các đơn vị có liên quan và các ông (bà) có tên tại Điều 1 chịu trách nhiệm thi "
            "hành Quyết định này.",
            lead="Điều 4.",
        ),
    ),
    signature=SignatureBlock(lines=("CHỦ TỊCH",), name="Lê Thị Thanh Vân"),
    recipients=("Như Điều 4", "TT Đảng ủy, HĐND xã", "Lưu: VT, VHXH"),
)

FOR_THE_COMMITTEE = SignatureBlock(
    lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Trần Quốc Hưng"
)
WHOLE = (
    "Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026 của Chủ tịch Ủy ban nhân dân xã Tam Quang "
    "về việc thành lập Tổ công nghệ số cộng đồng bản Tùng Hương, xã Tam Quang"
)
LETTER_ISSUED = Issue(date=DATE, number=7, symbol="UBND-VHXH", verify_url=VERIFY_URL)
LETTER = Content(
    kind="official_letter",
    letterhead=COMMITTEE,
    subject="V/v đính chính Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026",
    addressees=("Phòng Văn hóa - Xã hội", "Trưởng bản Tùng Hương"),
    body=(
        Paragraph(f"Qua kiểm tra, thể thức của {WHOLE} có sai sót. Nay đính chính như sau:"),
        Paragraph("Đã in: “Tam Quang, ngày 5 tháng 03 năm 2026”."),
        Paragraph("Sửa thành: “Tam Quang, ngày 05 tháng 3 năm 2026”."),
    ),
    signature=FOR_THE_COMMITTEE,
    recipients=("Như trên", "TT Đảng ủy, HĐND xã", "Lưu: VT, VHXH"),
)
LETTER_TO_ONE = dataclasses.replace(
    LETTER,
    addressees=("Phòng Văn hóa - Xã hội",),
    signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lê Thị Vân"),
)

NOTICE_ISSUED = Issue(date=DATE, number=12, symbol="TB-UBND", verify_url=VERIFY_URL)
NOTICE = Content(
    kind="notice",
    letterhead=COMMITTEE,
    subject="Về việc thu hồi Quyết định số 31/QĐ-UBND ngày 05 tháng 3 năm 2026",
    body=(
        Paragraph(f"Ủy ban nhân dân xã Tam Quang thông báo thu hồi {WHOLE}."),
        Paragraph("1. Lý do thu hồi: bản Tùng Hương đã có tổ theo quyết định khác."),
        Paragraph("2. Cơ quan, đơn vị đã nhận văn bản giấy gửi lại văn bản cho Văn thư."),
    ),
    signature=FOR_THE_COMMITTEE,
    recipients=("Trưởng bản Tùng Hương", "Lưu: VT, VHXH"),
)
