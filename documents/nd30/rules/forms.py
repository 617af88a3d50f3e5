"""The fixed words of Giấy mời, Giấy giới thiệu and Biên bản (Mẫu 1.7, 1.8, 1.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.nd30.findings import Finding, form
from documents.nd30.paper import Paper

# {type: (form, rule, ((words as the form prints them, pattern of a paragraph that has them), …))}
_WORDS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "Giấy mời": (
        "1.7",
        "invitation-words",
        (
            ("… trân trọng kính mời: …", r"trân trọng kính mời:"),
            ("Tới dự …", r"^Tới dự\b"),
            ("Chủ trì: …", r"^Chủ trì:"),
            ("Thời gian: …", r"^Thời gian:"),
            ("Địa điểm: …", r"^Địa điểm:"),
        ),
    ),
    "Giấy giới thiệu": (
        "1.8",
        "introduction-words",
        (
            ("… trân trọng giới thiệu:", r"trân trọng giới thiệu:"),
            ("Ông (bà) …", r"^(?:Ông \(bà\)|Ông|Bà)\b"),
            ("Chức vụ: …", r"^Chức vụ:"),
            ("Được cử đến: …", r"^Được cử đến:"),
            ("Về việc: …", r"^Về việc:"),
            ("Đề nghị Quý cơ quan tạo điều kiện …", r"^Đề nghị Quý cơ quan\b.*tạo điều kiện"),
            ("Giấy này có giá trị đến hết ngày …", r"^Giấy này có giá trị đến hết ngày"),
        ),
    ),
    "Biên bản": (
        "1.9",
        "minutes-words",
        (
            ("Thời gian bắt đầu: …", r"^Thời gian bắt đầu:"),
            ("Địa điểm: …", r"^Địa điểm:"),
            ("Thành phần tham dự: …", r"^Thành phần tham dự:"),
            ("Chủ trì (chủ tọa): …", r"^Chủ trì \(chủ to[ạa]\):|^Chủ trì \(chủ tọa\):"),
            ("Thư ký (người ghi biên bản): …", r"^Thư ký \(người ghi biên bản\):"),
            ("Nội dung (theo diễn biến …):", r"^Nội dung \(theo diễn biến .+\):"),
            ("… kết thúc vào … giờ …, ngày …", r"kết thúc vào .+ giờ .*ngày \d"),
        ),
    ),
}
_MINUTES_FILE = re.compile(r"^- Lưu: VT, Hồ sơ\.$", re.IGNORECASE)


def fixed_words(paper: Paper) -> Iterator[Finding]:
    """The lines a model form prints, each at the head of its paragraph, in their order."""
    if paper.type is None or paper.type.name not in _WORDS:
        return
    number, rule, wanted = _WORDS[paper.type.name]
    texts = [paragraph.text for paragraph in paper.paragraphs]
    at = 0
    for words, pattern in wanted:
        place = next((i for i in range(at, len(texts)) if re.search(pattern, texts[i])), None)
        if place is None:
            elsewhere = any(re.search(pattern, text) for text in texts)
            found = "không đúng thứ tự" if elsewhere else "không có"
            message = f"{paper.type.name} không có dòng theo mẫu."
            yield Finding(rule, form(number), message, words, found, 1)
            return
        at = place


def minutes_file(paper: Paper) -> Iterator[Finding]:
    """Mẫu 1.9: minutes are kept by the clerk and in the file of the matter."""
    if not paper.is_a("Biên bản") or not paper.tail.recipients:
        return
    last = paper.tail.recipients[-1]
    if not _MINUTES_FILE.match(last.text) and last.text.startswith("- Lưu: VT"):
        message, page = "Dòng cuối nơi nhận của biên bản không đúng mẫu.", last.lines[0].page
        yield Finding("minutes-file", form("1.9"), message, "- Lưu: VT, Hồ sơ.", last.text, page)


RULES = (fixed_words, minutes_file)
