"""More right pages written out by hand: one of each form the decree draws, beyond those of
:mod:`tests.documents.broken`.
"""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Final

from tests.documents.broken import (
    ANNEX,
    DECISION,
    HEAD,
    LETTER,
    NOTICE,
    REQUEST,
    SUBMISSION,
    TAIL,
)

OWN = HEAD.replace('"parent"', '"parent strong"')


def numbered(symbol: str) -> str:
    return OWN.replace("05/QĐ-UBND", f"05/{symbol}")


MINUTES = (
    numbered("BB-UBND").replace("Nhôn Mai, ngày 05 tháng 3 năm 2026", "")
    + """
<p class="title">BIÊN BẢN</p>
<p class="subject">Họp các Tổ công nghệ số cộng đồng quý I năm 2026</p>
<p class="text">Thời gian bắt đầu: 8 giờ 00 ngày 05 tháng 3 năm 2026.</p>
<p class="text">Địa điểm: nhà văn hóa bản Huồi Cọ.</p>
<p class="text">Thành phần tham dự: Tổ trưởng, Tổ phó các tổ.</p>
<p class="text">Chủ trì (chủ tọa): ông Vừ Bá Lềnh.</p>
<p class="text">Thư ký (người ghi biên bản): ông Lầu Y Pà.</p>
<p class="text">Nội dung (theo diễn biến cuộc họp): các tổ báo cáo việc đã làm.</p>
<p class="text">Cuộc họp kết thúc vào 11 giờ 30, ngày 05 tháng 3 năm 2026./.</p>
<div class="tail"><div class="signed"><p class="post">THƯ KÝ</p><p class="name">Lầu Y Pà</p></div>
<div class="signed"><p class="post">CHỦ TỌA</p><p class="name">Vừ Bá Lềnh</p></div></div>
<div class="sent"><p class="nn">Nơi nhận:</p><p>- Các tổ;</p><p>- Lưu: VT, Hồ sơ.</p></div>
"""
)

INVITATION = (
    numbered("GM-UBND")
    + """
<p class="title">GIẤY MỜI</p>
<p class="subject">Tổng kết hoạt động Tổ công nghệ số cộng đồng năm 2026</p>
<p class="text">Ủy ban nhân dân xã Nhôn Mai trân trọng kính mời: Trưởng các bản.</p>
<p class="text">Tới dự hội nghị tổng kết hoạt động Tổ công nghệ số cộng đồng năm 2026.</p>
<p class="text">Chủ trì: ông Vừ Bá Lềnh, Chủ tịch Ủy ban nhân dân xã.</p>
<p class="text">Thời gian: 8 giờ 00, ngày 12 tháng 3 năm 2026.</p>
<p class="text">Địa điểm: Hội trường Ủy ban nhân dân xã./.</p>
"""
    + TAIL.replace("Như Điều 3", "Như thành phần mời")
)

INTRODUCTION = (
    numbered("GGT-UBND")
    + """
<p class="title">GIẤY GIỚI THIỆU</p>
<p class="text">Ủy ban nhân dân xã Nhôn Mai trân trọng giới thiệu:</p>
<p class="text">Ông (bà) Lầu Y Pà.</p>
<p class="text">Chức vụ: Trưởng bản Huồi Cọ.</p>
<p class="text">Được cử đến: Sở Khoa học và Công nghệ.</p>
<p class="text">Về việc: nhận tài liệu tập huấn.</p>
<p class="text">Đề nghị Quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.</p>
<p class="text">Giấy này có giá trị đến hết ngày 20 tháng 3 năm 2026./.</p>
"""
    + TAIL.replace("Như Điều 3", "Như trên")
)

PLAN = (
    numbered("KH-UBND")
    + """
<p class="title">KẾ HOẠCH</p>
<p class="subject">Tổ chức hoạt động Tổ công nghệ số cộng đồng năm 2026</p>
<p class="text"><b>I. MỤC ĐÍCH, YÊU CẦU</b></p>
<p class="text">Mỗi bản có một tổ, hoạt động thiết thực, người dân được hướng dẫn tại chỗ.</p>
<p class="text"><b>II. TỔ CHỨC THỰC HIỆN</b></p>
<p class="text">Phòng Văn hóa - Xã hội chủ trì, theo dõi, đôn đốc việc thực hiện Kế hoạch này./.</p>
"""
    + TAIL.replace("- Như Điều 3;", "- Trưởng các bản;").replace(
        "CHỦ TỊCH</p>", "TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</p>"
    )
)

REPORT = (
    numbered("BC-UBND")
    + """
<p class="title">BÁO CÁO</p>
<p class="subject">Kết quả hoạt động Tổ công nghệ số cộng đồng quý I năm 2026</p>
<p class="to">Kính gửi: Sở Khoa học và Công nghệ</p>
<p class="text"><b>I. KẾT QUẢ THỰC HIỆN</b></p>
<p class="text">Toàn xã có 12 tổ với 70 thành viên.</p>
<p class="text">Trên đây là báo cáo kết quả hoạt động quý I năm 2026./.</p>
"""
    + TAIL.replace("Như Điều 3", "Như trên").replace(
        "CHỦ TỊCH</p>", "TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</p>"
    )
)

PROMULGATING = DECISION.replace(
    "Thành lập Tổ công nghệ số cộng đồng bản Huồi Cọ, xã Nhôn Mai gồm các\nông (bà) có tên trong "
    "danh sách kèm theo Quyết định này.",
    "Ban hành kèm theo Quyết định này Quy chế hoạt động của Tổ công nghệ số cộng đồng.",
)
REGULATION = """
<div class="head"><div class="left"><p class="strong">ỦY BAN NHÂN DÂN</p>
<p class="agency">XÃ NHÔN MAI</p></div>
<div class="right"><p class="national">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p class="motto own">Độc lập - Tự do - Hạnh phúc</p></div></div>
<p class="title">QUY CHẾ</p>
<p class="centre about">Hoạt động của Tổ công nghệ số cộng đồng xã Nhôn Mai</p>
<p class="note">(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 3 năm 2026<br>
của Chủ tịch Ủy ban nhân dân xã Nhôn Mai)</p>
<p class="text"><b>Điều 1. Phạm vi điều chỉnh</b></p>
<p class="text">Quy chế này quy định chế độ làm việc của các tổ trên địa bàn xã Nhôn Mai./.</p>
"""

APART = ANNEX.replace(
    "số 05/QĐ-UBND ngày 05 tháng 3 năm 2026<br>",
    "số &nbsp; &nbsp; /QĐ-UBND ngày &nbsp; tháng &nbsp; năm &nbsp;<br>",
).replace(
    '<p class="centre annex">',
    '<p class="corner">Số: 05/QĐ-UBND; 05/03/2026; 14:05:09 +07:00</p><p class="centre annex">',
)

COPY = """
<div class="copy"><div class="across"></div>
<div class="head"><div class="left"><p class="strong">ỦY BAN NHÂN DÂN</p>
<p class="agency">XÃ NHÔN MAI</p></div>
<div class="right"><p class="strong form">SAO Y</p></div></div>
<div class="head row"><div class="left"><p class="number">Số: 02/SY-UBND</p></div>
<div class="right"><p class="date">Nhôn Mai, ngày 06 tháng 3 năm 2026</p></div></div>
<div class="tail"><div class="sent"><p class="nn">Nơi nhận:</p>
<p class="item">- Bản Huồi Cọ;</p><p class="item">- Lưu: VT.</p></div>
<div class="signed"><p class="post">TL. CHỦ TỊCH<br>CHÁNH VĂN PHÒNG</p>
<p class="name">Hạ Bá Tồng</p></div></div></div>
"""

URGENT = LETTER.replace('<p class="to">', '<p class="urgent">KHẨN</p><p class="to">')


def page_of_a_scanner(width: int = 1654, height: int = 2339) -> str:
    """A pale page in colour, as a ``data:`` address."""
    rows = (b"\x00" + b"\xfb\xf8\xf2" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + data).decode()


EXTRACT = (
    '<p class="corner">TRÍCH SAO; Ủy ban nhân dân xã Nhôn Mai; 06/03/2026; 08:15:00 +07:00</p>'
    + DECISION
)

SCANNED = f"""<style>@page {{ margin: 0; @top-center {{ content: none; }} }}</style>
<p class="corner scanned">SAO Y; Ủy ban nhân dân xã Nhôn Mai; 06/03/2026; 08:15:00 +07:00</p>
<img alt="" src="{page_of_a_scanner()}">"""

PAGES: Final = {
    "decision": (DECISION,),
    "annex": (DECISION, ANNEX),
    "letter": (LETTER,),
    "submission": (SUBMISSION,),
    "notice": (NOTICE,),
    "minutes": (MINUTES,),
    "request": (REQUEST,),
    "invitation": (INVITATION,),
    "introduction": (INTRODUCTION,),
    "plan": (PLAN,),
    "report": (REPORT,),
    "regulation": (PROMULGATING, REGULATION),
    "apart": (APART,),
    "apart on paper": (ANNEX,),
    "copy": (NOTICE + COPY,),
    "scanned": (SCANNED,),
    "extract": (EXTRACT,),
    "urgent": (URGENT,),
}
