"""Documents written out by hand for the checker, and one small fault at a time.

The pages are literal HTML with sizes and places read from the decree, not from the templates of
the product: the checker must find our documents and anybody else's equally right or wrong.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DECREE = "Nghị định 30/2020/NĐ-CP"
FONTS = Path(__file__).resolve().parents[2] / "documents" / "fonts"

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm;
        @top-center { content: counter(page); font: 14pt Letters; } }
@page :first { @top-center { content: none; } }
html { font: 14pt/1.2 Letters; color: #000; }
body, p { margin: 0; }
.head { display: flex; line-height: 1.15; text-align: center; }
.left { width: 66mm; font-size: 13pt; }
.right { width: 99mm; }
.strong { font-weight: bold; }
.national { font-weight: bold; font-size: 13pt; text-align: center; }
.motto, .agency, .subject { display: table; margin: 0 auto; font-weight: bold; }
.motto { font-size: 14pt; }
.motto::after, .agency::after, .subject::after {
    content: ""; display: block; height: 0.6pt; background: #000; width: 40%; margin: 2pt auto 0; }
.motto::after { width: 100%; margin: 0; }
.number { font-size: 13pt; }
.date { font-size: 13pt; font-style: italic; }
.letter { font-size: 12pt; margin-top: 6pt; }
.row { margin-top: 8pt; align-items: baseline; }
.title { font-weight: bold; text-align: center; margin-top: 14pt; }
.centre { font-weight: bold; text-align: center; margin: 10pt 0; }
.to { margin: 12pt 0 6pt 32mm; }
.dash { margin-left: 47.5mm; }
.ground { font-style: italic; }
.ground, .text { text-align: justify; text-indent: 10mm; margin-top: 6pt; }
.last { break-before: page; }
.tail { display: flex; margin-top: 12pt; break-inside: avoid; }
.sent { width: 80mm; font-size: 11pt; line-height: 1.2; }
.nn { font-size: 12pt; font-weight: bold; font-style: italic; line-height: 16.8pt; }
.signed { width: 85mm; text-align: center; font-weight: bold; }
.name { margin-top: 25mm; }
.count { position: absolute; top: -12mm; left: 0; right: 0; text-align: center; }
.note { text-align: center; font-style: italic; font-size: 13pt; }
.corner { position: absolute; top: -12mm; right: 0; font-size: 10pt; }
.scanned { top: 6mm; right: 6mm; }
img { display: block; width: 210mm; height: 297mm; }
.across { height: 0.6pt; background: #000; margin: 10pt 0 6pt; }
.form { font-size: 14pt; text-align: center; }
.urgent { box-sizing: border-box; width: 20mm; height: 8mm; margin: 6pt 0 0 20mm;
          border: 0.6pt solid #f00; color: #f00; font: bold 13pt/7.4mm Letters;
          text-align: center; }
table { border-collapse: collapse; width: 100%; font-size: 13pt; margin-top: 10pt; }
td { border: 0.5pt solid #000; padding: 2pt 4pt; }
"""

HEAD = """
<div class="head"><div class="left"><p class="parent">ỦY BAN NHÂN DÂN</p>
<p class="agency">XÃ NHÔN MAI</p></div>
<div class="right"><p class="national">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p class="motto">Độc lập - Tự do - Hạnh phúc</p></div></div>
<div class="head row"><div class="left"><p class="number">Số: 05/QĐ-UBND</p></div>
<div class="right"><p class="date">Nhôn Mai, ngày 05 tháng 3 năm 2026</p></div></div>
"""

TAIL = """
<div class="tail"><div class="sent"><p class="nn">Nơi nhận:</p>
<p class="item">- Như Điều 3;</p><p class="item">- Sở Khoa học và Công nghệ (b/c);</p>
<p class="item">- TT Đảng ủy, HĐND xã;</p><p class="item">- Lưu: VT, VHXH.</p></div>
<div class="signed"><p class="post">CHỦ TỊCH</p><p class="name">Vừ Bá Lềnh</p></div></div>
"""

DECISION = (
    HEAD.replace('"parent"', '"parent strong"')
    + """
<p class="title">QUYẾT ĐỊNH</p>
<p class="subject">Về việc thành lập Tổ công nghệ số cộng đồng bản Huồi Cọ</p>
<p class="centre who">CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ NHÔN MAI</p>
<p class="ground">Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;</p>
<p class="ground">Căn cứ Quyết định số 411/QĐ-TTg ngày 31 tháng 3 năm 2022 của Thủ tướng Chính phủ
phê duyệt Chiến lược quốc gia phát triển kinh tế số và xã hội số đến năm 2025, định hướng đến năm
2030;</p>
<p class="ground">Theo đề nghị của Trưởng phòng Văn hóa - Xã hội xã Nhôn Mai.</p>
<p class="centre enact">QUYẾT ĐỊNH:</p>
<p class="text"><b>Điều 1.</b> Thành lập Tổ công nghệ số cộng đồng bản Huồi Cọ, xã Nhôn Mai gồm các
ông (bà) có tên trong danh sách kèm theo Quyết định này.</p>
<p class="text"><b>Điều 2.</b> Tổ công nghệ số cộng đồng có các nhiệm vụ sau đây:</p>
<p class="text">1. Hướng dẫn người dân trên địa bàn bản sử dụng dịch vụ công trực tuyến, mua sắm
trực tuyến và sử dụng phương thức thanh toán không dùng tiền mặt; tự bảo vệ mình trên không gian
mạng:</p>
<p class="text">a) Đối với người cao tuổi, hộ gia đình ở xa trung tâm xã, hộ nghèo và người khuyết
tật: hướng dẫn tại nhà, ít nhất mỗi quý một lần, có ghi lại những việc người dân còn vướng mắc;</p>
<p class="text">b) Đối với hộ sản xuất, kinh doanh: hướng dẫn đưa sản phẩm của bản lên sàn thương
mại điện tử, cách chụp ảnh, mô tả sản phẩm và nhận thanh toán qua tài khoản ngân hàng.</p>
<p class="text">2. Tổng hợp khó khăn, vướng mắc của người dân trong quá trình sử dụng các nền tảng
số, báo cáo Tổ công nghệ số cộng đồng xã theo định kỳ hằng tháng hoặc đột xuất khi có yêu cầu.</p>
<p class="text">3. Lập nhóm trao đổi của tổ với các hộ gia đình trong bản; cập nhật danh sách thành
viên khi có thay đổi.</p>
<p class="text last"><b>Điều 3.</b> Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Hội
đồng nhân dân và Ủy ban nhân dân xã, Trưởng phòng Văn hóa - Xã hội, Trưởng bản Huồi Cọ, các đơn vị
có liên quan và các ông (bà) có tên trong danh sách kèm theo chịu trách nhiệm thi hành Quyết định
này./.</p>
"""
    + TAIL
)

ANNEX = """
<p class="centre annex">Phụ lục</p>
<p class="centre list">DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG BẢN HUỒI CỌ</p>
<p class="note">(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 3 năm 2026<br>
của Chủ tịch Ủy ban nhân dân xã Nhôn Mai)</p>
<table><tr><td>1<td>Lầu Y Pà<td>Trưởng bản Huồi Cọ<td>Tổ trưởng</tr>
<tr><td>2<td>Và Nhìa Sùa<td>Bí thư Chi đoàn bản<td>Tổ phó</tr>
<tr><td>3<td>Hờ Thị Mỷ<td>Chi hội trưởng Phụ nữ<td>Thành viên</tr></table>
<p class="text">Danh sách này có 03 thành viên./.</p>
"""

LETTER = (
    HEAD.replace('"parent"', '"parent strong"').replace(
        "Số: 05/QĐ-UBND</p>",
        'Số: 112/UBND-VX</p><p class="letter">V/v đăng ký nhu cầu tập huấn<br>'
        "Tổ công nghệ số cộng đồng</p>",
    )
    + """
<p class="to">Kính gửi: Sở Khoa học và Công nghệ.</p>
<p class="text">Ủy ban nhân dân xã Nhôn Mai nhận được công văn của Sở Khoa học và Công nghệ về việc
đăng ký nhu cầu tập huấn cho Tổ trưởng, Tổ phó các tổ công nghệ số cộng đồng trên địa bàn tỉnh năm
2026. Sau khi rà soát, Ủy ban nhân dân xã đăng ký 14 người tham gia, chia làm hai đợt.</p>
<p class="text">Kính đề nghị Sở Khoa học và Công nghệ xem xét, tổng hợp./.</p>
"""
    + TAIL.replace("Như Điều 3", "Như trên")
)

SUBMISSION = (
    HEAD.replace("ỦY BAN NHÂN DÂN</p>", "UBND XÃ NHÔN MAI</p>")
    .replace("XÃ NHÔN MAI</p></div>", "PHÒNG VĂN HÓA - XÃ HỘI</p></div>")
    .replace("05/QĐ-UBND", "12/TTr-VHXH")
    + """
<p class="title">TỜ TRÌNH</p>
<p class="subject">Về việc thành lập Tổ công nghệ số cộng đồng bản Huồi Cọ</p>
<p class="to">Kính gửi: Chủ tịch Ủy ban nhân dân xã Nhôn Mai</p>
<p class="text"><b>I. SỰ CẦN THIẾT</b></p>
<p class="text">Bản Huồi Cọ hiện có 96 hộ, chưa có Tổ công nghệ số cộng đồng. Trên cơ sở đề xuất của
Trưởng bản, Phòng Văn hóa - Xã hội đã kiểm tra danh sách, lấy ý kiến các đoàn thể và kính trình Chủ
tịch Ủy ban nhân dân xã xem xét, quyết định./.</p>
"""
    + TAIL.replace("Như Điều 3", "Như trên").replace("CHỦ TỊCH</p>", "TRƯỞNG PHÒNG</p>")
)

NOTICE = (
    HEAD.replace('"parent"', '"parent strong"').replace("05/QĐ-UBND", "09/TB-UBND")
    + """
<p class="title">THÔNG BÁO</p>
<p class="subject">Về việc thu hồi Quyết định số 31/QĐ-UBND ngày 02 tháng 3 năm 2026</p>
<p class="text">Ủy ban nhân dân xã Nhôn Mai thông báo thu hồi Quyết định số 31/QĐ-UBND ngày 02 tháng
3 năm 2026 của Chủ tịch Ủy ban nhân dân xã Nhôn Mai về việc thành lập Tổ công nghệ số cộng đồng bản
Huồi Cọ.</p>
<p class="text">1. Lý do thu hồi: bản Huồi Cọ đã có tổ.</p>
<p class="text">2. Cơ quan, đơn vị, cá nhân đã nhận văn bản giấy gửi lại văn bản đã nhận cho Văn
thư; đã nhận văn bản điện tử thì hủy bỏ trên Hệ thống và thông báo lại./.</p>
"""
    + TAIL.replace("- Như Điều 3;", "- Trưởng bản Huồi Cọ;").replace(
        "CHỦ TỊCH</p>", "TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</p>"
    )
)

REQUEST = """
<p class="national">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
<p class="motto">Độc lập - Tự do - Hạnh phúc</p>
<p class="title">ĐƠN XIN THAM GIA</p>
<p class="centre">Tổ công nghệ số cộng đồng bản Huồi Cọ</p>
<p class="text">Tôi là Hờ Thị Mỷ, ở bản Huồi Cọ, xã Nhôn Mai. Tôi xin tham gia Tổ công nghệ số cộng
đồng của bản và hứa làm tốt nhiệm vụ được giao.</p>
<p class="signed" style="margin-left: 80mm">NGƯỜI LÀM ĐƠN</p>
"""


def _face(name: str, weight: str, slope: str) -> str:
    address = (FONTS / f"TrinhKySerif-{name}.ttf").as_uri()
    return (
        f"@font-face {{ font-family: Letters; font-weight: {weight}; font-style: {slope};"
        f" src: url({address}); }}\n"
    )


@cache
def wide_font() -> str:
    """A ``data:`` address of our regular font with letters a tenth wider: not Times any more."""
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / "TrinhKySerif-Regular.ttf")
    font["hmtx"].metrics = {
        name: (round(1.1 * width), bearing)
        for name, (width, bearing) in font["hmtx"].metrics.items()
    }
    file = io.BytesIO()
    font.save(file)
    return "data:font/ttf;base64," + base64.b64encode(file.getvalue()).decode()


@cache
def _fonts() -> tuple[Any, Any]:
    """The font configuration and the style sheet of our faces, loaded once for all pages."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    faces = (
        ("Regular", "normal", "normal"),
        ("Bold", "bold", "normal"),
        ("Italic", "normal", "italic"),
        ("BoldItalic", "bold", "italic"),
    )
    wide = f"@font-face {{ font-family: Wide; src: url({wide_font()}); }}\n"
    configuration = FontConfiguration()
    sheet = CSS(string=wide + "".join(_face(*f) for f in faces), font_config=configuration)
    return configuration, sheet


def printed(*parts: str, style: str = STYLE) -> bytes:
    """The PDF of one or more parts, each with its own page count."""
    from weasyprint import CSS, HTML

    fonts, faces = _fonts()
    sheets = [faces, CSS(string=style)]
    pages = [HTML(string=part).render(stylesheets=sheets, font_config=fonts) for part in parts]
    data: bytes = pages[0].copy([page for part in pages for page in part.pages]).write_pdf()
    return data


@dataclass(frozen=True)
class Fault:
    """One change of a right page, and what must be reported for it: ``rule`` "nothing" for a
    change that is lawful, with "…" at its end when other findings cannot but follow from it."""

    page: str
    change: str
    rule: str
    article: str

    def printed(self) -> bytes:
        """The page with the change in it. A change that changes nothing is an error."""
        from tests.documents.broken_kinds import PAGES

        parts = PAGES[self.page]
        if self.change.startswith("+ "):
            return printed(*parts, style=STYLE + self.change[2:])
        old, new = self.change.split(" =>", 1)
        changed = [part.replace(old, new.removeprefix(" ")) for part in parts]
        if changed == list(parts):
            raise ValueError(f"not on the page: {old}")
        return printed(*changed)


def faults() -> Iterator[Fault]:
    """Those written down in ``faults.txt``."""
    rule = article = ""
    for line in (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            page, change = line.strip().split(": ", 1)
            yield Fault(page, change, rule, article)
        elif line and not line.startswith("#"):
            rule, article = line.split(" = ")
            article += "" if "Luật" in article else f" {DECREE}"
