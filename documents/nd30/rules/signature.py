"""Boxes 7a and 7b: in what capacity, and who signs (Điều 13; Mục II, khoản 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from documents.nd30.findings import DECREE, Finding, form, part_one
from documents.nd30.paper import Paper
from documents.nd30.reading import MM, Line
from documents.nd30.types import TWO_SIGNERS
from documents.nd30.typography import Style, millimetres, styled

CAPACITY = part_one("II", 7, "b")
NAME = part_one("II", 7, "c")
PRINTED = part_one("II", 7, "đ")
LEVEL = part_one("II", 9, "d")
POSITION_STYLE = Style(13, 14, bold=True, caps=True)
NAME_STYLE = Style(13, 14, bold=True, caps=False)
CENTRING = 4 * MM
SAME_LEVEL = 4.0
CHAIR = ("CHỦ TỌA", "CHỦ TOẠ")
# However an office shortens the five capacities: "T/M", "T.M.", "KT ", "K/T", "TUQ".
_LOOSE = re.compile(r"^(T\W?M|K\W?T|T\W?L|T\W?U\W?Q|Q)(?=[\s./])[\s./]*(.*)$")
_EXACT = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\. \S")
_COLLECTIVE = ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
_POSITION = re.compile(r"^(?:PHÓ |Q\. )?(?:CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TRƯỞNG |CHÁNH )")
_DEGREES = re.compile(
    r"^(?:GS|PGS|TS|TSKH|ThS|Th\.S|Ths|TH\.S|BS|BSCK\w*|CK[I12]+|KS|CN|LS|DS|NGND|NGƯT|NSND|NSƯT"
    r"|Tiến sĩ|Thạc sĩ|Giáo sư|Phó Giáo sư|Bác sĩ|Kỹ sư|Cử nhân|Luật sư)\b\.?\s*"
)


def _single_block(paper: Paper) -> bool:
    return not paper.is_a(*TWO_SIGNERS)


def present(paper: Paper) -> Iterator[Finding]:
    """Box 7 stands in the right half: the position, then the name."""
    if not _single_block(paper):
        return
    parts = {"chức vụ": paper.tail.positions, "họ tên": paper.tail.name}
    missing = [name for name, lines in parts.items() if not lines]
    if missing:
        yield Finding(
            "signature-text",
            PRINTED,
            "Không đủ quyền hạn, chức vụ và họ tên người ký ở nửa bên phải.",
            "chức vụ (in hoa) và họ tên (in thường)",
            f"không có {', '.join(missing)}",
            paper.main.sheets[-1].number,
        )


def style(paper: Paper) -> Iterator[Finding]:
    """Chức vụ: in hoa, cỡ 13 - 14, đứng, đậm. Họ tên: in thường, cỡ 13 - 14, đứng, đậm."""
    if not _single_block(paper):
        return
    tail = paper.tail
    names = [line for line in tail.name if not line.text.startswith("(")]
    yield from styled(
        tail.positions,
        POSITION_STYLE,
        rule="signature-style",
        article=PRINTED,
        name="Quyền hạn, chức vụ của người ký",
    )
    yield from styled(
        names, NAME_STYLE, rule="signer-name-style", article=PRINTED, name="Họ tên người ký"
    )


def name_place(paper: Paper) -> Iterator[Finding]:
    """Họ tên được đặt canh giữa quyền hạn, chức vụ của người ký."""
    tail = paper.tail
    if tail.positions and tail.name and _single_block(paper):
        above, line = tail.positions[0], tail.name[-1]
        if abs(above.centre - line.centre) > CENTRING:
            yield Finding(
                "signer-name-place",
                PRINTED,
                "Họ tên người ký không canh giữa dưới chức vụ.",
                f"tâm dòng cách mép trái {millimetres(above.centre)}",
                millimetres(line.centre),
                line.page,
            )


def level(paper: Paper) -> Iterator[Finding]:
    """“Nơi nhận” ngang hàng với dòng chữ “quyền hạn, chức vụ của người ký”."""
    heading, positions = paper.tail.heading, paper.tail.positions
    if heading and positions and _single_block(paper):
        apart = abs(heading.baseline - positions[0].baseline)
        if apart > SAME_LEVEL:
            yield Finding(
                "signature-level",
                LEVEL,
                "Dòng đầu của chức vụ không ngang hàng với “Nơi nhận:”.",
                "cùng một dòng",
                f"lệch {millimetres(apart)}",
                heading.page,
            )


def capacity_mark(paper: Paper) -> Iterator[Finding]:
    """Ghi chữ viết tắt “TM.”, “Q.”, “KT.”, “TL.”, “TUQ.”: with its stop, no stroke inside."""
    for line in paper.tail.positions:
        written = _LOOSE.match(line.text)
        if written and not _EXACT.match(line.text):
            letters = re.sub(r"\W", "", written[1])
            yield Finding(
                "signature-mark",
                CAPACITY,
                "Chữ viết tắt quyền hạn của người ký không đúng.",
                f"{letters}. {written[2]}",
                line.text,
                line.page,
            )
            return


def _capacity(line: Line) -> str:
    """``"TM"``, ``"KT"`` … of a line, however written; empty for none."""
    written = _LOOSE.match(line.text)
    return re.sub(r"\W", "", written[1]) if written else ""


def collective(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.2, note 6: a Chairman's own decision is signed without TM., one of the People's
    Committee with it."""
    positions = paper.tail.positions
    if not paper.is_a("Quyết định") or not paper.authority or not positions:
        return
    together = paper.authority[0].text.startswith(_COLLECTIVE)
    signed = any(_capacity(line) == "TM" for line in positions)
    if together != signed:
        expected = "TM. ỦY BAN NHÂN DÂN" if together else "không có TM."
        yield Finding(
            "signature-capacity",
            form("1.2"),
            "Quyền hạn ký không khớp với dòng thẩm quyền ban hành.",
            f"{expected} (thẩm quyền: {paper.authority[0].text})",
            positions[0].text,
            positions[0].page,
        )


def body_as_a_whole(paper: Paper) -> Iterator[Finding]:
    """TM. stands before the name of the body signed for, never before a position; below it the
    head signs, or a deputy for the head (Điều 13 khoản 2)."""
    positions = paper.tail.positions
    below = dict(pairwise(positions))
    for line in positions:
        if _capacity(line) != "TM":
            continue
        if _POSITION.match(_LOOSE.sub(r"\2", line.text)):
            message = "“TM.” ghi trước tên tập thể lãnh đạo hoặc tên cơ quan, không trước chức vụ."
            expected = "TM. ỦY BAN NHÂN DÂN"
            yield Finding("signature-body", CAPACITY, message, expected, line.text, line.page)
        elif line not in below:
            article = f"khoản 2 Điều 13 {DECREE}"
            message = "Dưới dòng “TM.” không có chức vụ của người ký."
            expected = "CHỦ TỊCH hoặc KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"
            yield Finding("signature-head", article, message, expected, "không có", line.page)


def position_follows(paper: Paper) -> Iterator[Finding]:
    """Điều 13: KT. is signed by a deputy; TL. and TUQ. by whoever holds the position below."""
    positions = paper.tail.positions
    below = dict(pairwise(positions))
    for line in positions:
        capacity = _capacity(line)
        after = below.get(line)
        deputy = after is not None and after.text.startswith(("PHÓ ", "THỨ TRƯỞNG"))
        if (capacity == "KT" and not deputy) or (capacity in ("TL", "TUQ") and after is None):
            clause = {"KT": 1, "TUQ": 3, "TL": 4}[capacity]
            yield Finding(
                "signature-deputy",
                f"khoản {clause} Điều 13 {DECREE}",
                f"Dưới dòng “{capacity}.” không có chức vụ của người trực tiếp ký.",
                "PHÓ …" if capacity == "KT" else "chức vụ của người ký",
                after.text if after else "không có",
                line.page,
            )
            return


def no_degree(paper: Paper) -> Iterator[Finding]:
    """Trước họ tên của người ký, không ghi học hàm, học vị và các danh hiệu danh dự khác."""
    for line in paper.tail.name[-1:]:
        degree = _DEGREES.match(line.text)
        if degree:
            yield Finding(
                "signer-name-title",
                NAME,
                "Trước họ tên người ký có học hàm, học vị hoặc danh hiệu.",
                line.text[degree.end() :],
                line.text,
                line.page,
            )


def minutes(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.9: THƯ KÝ signs on the left, CHỦ TỌA on the right."""
    if not paper.is_a("Biên bản"):
        return
    middle = paper.sheet.width / 2
    left = any(line.text == "THƯ KÝ" and line.centre < middle for line in paper.signers)
    right = any(line.text in CHAIR and line.centre > middle for line in paper.signers)
    if not (left and right):
        yield Finding(
            "minutes-signers",
            form("1.9"),
            "Biên bản không có THƯ KÝ ký bên trái và CHỦ TỌA ký bên phải.",
            "THƯ KÝ bên trái, CHỦ TỌA bên phải",
            " ".join(line.text for line in paper.signers if line.caps) or "không có",
            paper.main.sheets[-1].number,
        )


def minutes_style(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.9: both sign in bold capitals over their names in bold."""
    posts = [line for line in paper.signers if line.caps]
    names = [line for line in paper.signers if not line.caps and not line.text.startswith("(")]
    article, who = form("1.9"), "Người ký biên bản"
    rule = "minutes-signer-style"
    yield from styled(posts, POSITION_STYLE, rule=rule, article=article, name=who)
    yield from styled(names, NAME_STYLE, rule=rule, article=article, name=who)
    if posts and len(names) < 2:
        message, expected = "Biên bản không đủ họ tên thư ký và chủ tọa.", "hai họ tên"
        found = ", ".join(line.text for line in names) or "không có"
        yield Finding("minutes-names", article, message, expected, found, posts[0].page)


RULES = (
    minutes,
    minutes_style,
    present,
    style,
    name_place,
    level,
    capacity_mark,
    collective,
    body_as_a_whole,
    position_follows,
    no_degree,
)
