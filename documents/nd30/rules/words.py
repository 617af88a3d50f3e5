"""Words a document may no longer use since local government has two tiers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from documents.nd30.findings import Finding
from documents.nd30.paper import Paper

ARTICLE = "khoản 1 Điều 1 Luật Tổ chức chính quyền địa phương số 72/2025/QH15"
SINCE = datetime.date(2025, 7, 1)
_DISTRICT = re.compile(r"\b(?:quận|huyện|thị xã|thị trấn)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_CITED = re.compile(r"ngày (\d{1,2})(?: tháng |/)(\d{1,2})(?: năm |/)(\d{4})")


def districts(paper: Paper) -> Iterator[Finding]:
    """Đơn vị hành chính được tổ chức thành 02 cấp: no quận, huyện, thị xã, thị trấn in a document
    dated from 01/7/2025, outside quotations and the names of older documents."""
    date = paper.header.date
    if date is None or date < SINCE:
        return
    for text, page in _texts(paper):
        word = _named_today(text)
        if word:
            yield Finding(
                "district",
                ARTICLE,
                "Văn bản từ ngày 01/7/2025 còn ghi cấp huyện.",
                "chỉ có cấp tỉnh và cấp xã",
                text[max(0, word.start() - 30) : word.end() + 30],
                page,
            )
            return


def _texts(paper: Paper) -> Iterator[tuple[str, int]]:
    """The text by paragraph where it runs, by line elsewhere."""
    flow = (*paper.grounds, *paper.paragraphs)
    in_flow = {id(line) for paragraph in flow for line in paragraph.lines}
    yield from ((paragraph.text, paragraph.page) for paragraph in flow)
    for part in paper.parts:
        yield from ((line.text, line.page) for line in part.lines if id(line) not in in_flow)


def _named_today(text: str) -> re.Match[str] | None:
    """The first such word that is not part of the name of an older document."""
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    return next((word for word in _DISTRICT.finditer(plain) if not _cites_older(plain, word)), None)


def _cites_older(text: str, word: re.Match[str]) -> bool:
    """Whether a document of before the reform is cited earlier in the same clause."""
    clause = text[text.rfind(";", 0, word.start()) + 1 : word.start()]
    dates = (tuple(map(int, found)) for found in _CITED.findall(clause))
    return any((year, month, day) < (2025, 7, 1) for day, month, year in dates)


RULES = (districts,)
