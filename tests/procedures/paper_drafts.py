"""What a specialist types for each kind of paper, and the pages it makes."""

from __future__ import annotations

import datetime

from django.utils import timezone

from documents import service as documents
from documents.model import Issue
from documents.rendering import pdf
from procedures.issuing import signers, signing
from procedures.roles import Role
from tests.conftest import PASSPHRASE

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
BODY = """Thực hiện nhiệm vụ chuyển đổi số năm 2026, Ủy ban nhân dân xã tổ chức thực hiện như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích: đưa dịch vụ công trực tuyến đến từng hộ gia đình, theo Kế hoạch
số 45/KH-UBND của Ủy ban nhân dân xã.
2. Yêu cầu:
a) Thiết thực, dễ làm;
b) Số liệu trung thực.

II. TỔ CHỨC THỰC HIỆN
- Phòng Văn hóa - Xã hội theo dõi, đôn đốc.
- Trưởng các bản tạo điều kiện về địa điểm. ./."""
TOLD = "TT Đảng ủy, HĐND xã;\n- Trưởng các bản;\n"
_TEXT = {"subject": "Tổ chức hoạt động Tổ công nghệ số cộng đồng năm 2026", "recipients": TOLD}
SAID = {
    "plan": _TEXT | {"body": BODY, "need": "Kế hoạch năm trước đã hết hạn."},
    "notice": _TEXT | {"body": BODY, "subject": "Về việc tổ chức Ngày hội công nghệ số"},
    "official_letter": _TEXT
    | {
        "body": BODY,
        "subject": "Về việc gửi danh sách tổ",
        "addressees": "Trưởng các bản\nPhòng Văn hóa - Xã hội",
        "urgency": "HỎA TỐC",
    },
    "invitation": {
        "subject": "Họp các Tổ công nghệ số cộng đồng",
        "invited": "Tổ trưởng, Tổ phó các Tổ công nghệ số cộng đồng trên địa bàn xã.",
        "event": "họp các Tổ công nghệ số cộng đồng",
        "chair": "ông Trần Quốc Hưng, Phó Chủ tịch Ủy ban nhân dân xã",
        "begins": TOMORROW,
        "begins_at": datetime.time(8),
        "place": "Hội trường Ủy ban nhân dân xã",
        "body": "Đề nghị các đại biểu đến đúng giờ.",
        "recipients": "Chủ tịch, các PCT UBND xã",
        "urgency": "KHẨN",
    },
    "introduction": {
        "person": "Lô Văn Tám",
        "position": "Tổ trưởng Tổ công nghệ số cộng đồng bản Tùng Hương",
        "sent_to": "Sở Khoa học và Công nghệ tỉnh Nghệ An",
        "purpose": "liên hệ nhận tài liệu tập huấn kỹ năng số",
        "until": TOMORROW,
    },
    "minutes": {
        "subject": "Họp các Tổ công nghệ số cộng đồng",
        "begins": YESTERDAY,
        "begins_at": datetime.time(8),
        "place": "Hội trường Ủy ban nhân dân xã",
        "present": "31 Tổ trưởng, Tổ phó",
        "absent": "02 người, có lý do",
        "chair": "",
        "secretary": "bà Lang Thị Kiều Oanh, chuyên viên Phòng Văn hóa - Xã hội",
        "body": "1. Chủ tọa nêu kết quả quý I.\n2. Chủ tọa kết luận.",
        "ends": YESTERDAY,
        "ends_at": datetime.time(11, 30),
        "recipients": "Các Tổ công nghệ số cộng đồng",
    },
}
NAMES = {
    "plan": "Kế hoạch",
    "notice": "Thông báo",
    "official_letter": "Công văn",
    "invitation": "Giấy mời",
    "introduction": "Giấy giới thiệu",
    "minutes": "Biên bản",
}


def said_of(cast, kind):
    """What is typed; the minutes name a person of this commune as the chair."""
    chair = f"ông {cast(Role.DEPUTY_CHAIRMAN).full_name}, Phó Chủ tịch Ủy ban nhân dân xã"
    return SAID[kind] | ({"chair": chair} if kind == "minutes" else {})


def two_of(cast, secretary=None):
    """Minutes that two persons of this commune sign: the deputy chaired, the second specialist, who
    drafts, kept them."""
    chosen = {
        "chair_holding": cast.post(Role.DEPUTY_CHAIRMAN).holder(),
        "secretary_holding": secretary or cast.post(Role.SPECIALIST, 1).holder(),
    }
    return SAID["minutes"] | {"secretary": ""} | chosen


def signed_by_secretary(dossier):
    """The chair's file with the secretary's signature, not stored."""
    key = signers.signer_key(dossier.secretary.user)
    return documents.countersign(dossier.decision, signer_key=key, passphrase=PASSPHRASE)


def drawn(dossier, slot="decision"):
    """The pages as they would be signed now, with a number and a date."""
    symbol = dossier.series(slot).symbol
    issue = Issue(date=timezone.localdate(), number=7, symbol=symbol)
    return pdf.render(signing.drafted(dossier, slot), issue)
