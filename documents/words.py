"""The fixed phrases of an official document: dates, numbers, citations, closing marks.

Plain strings, the same for the PDF, the editable draft and the texts of the procedures. They are
Vietnamese whatever the language of the screen, so none passes through gettext.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

BLANK = " " * 6
END_MARK = "./."
VIETNAM = datetime.timezone(datetime.timedelta(hours=7))

_CLOSING = re.compile(r"[\s.;,:/]+$")


def day_words(date: datetime.date) -> str:
    """``"ngày 05 tháng 3 năm 2026"``.

    Days below 10 and months 1 and 2 take a leading zero: Decree 30, Phụ lục I.II.4b.
    """
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def blank_day_words(year: int | None = None) -> str:
    """The date left open: for drafts, and for paper that is dated after the signature."""
    return f"ngày{BLANK}tháng{BLANK}năm {year}" if year else f"ngày{BLANK}tháng{BLANK}năm{BLANK}"


def date_line(place: str, date: datetime.date | None, *, year: int | None = None) -> str:
    """Box 4: ``"Tam Quang, ngày 05 tháng 3 năm 2026"``; blanks without a date."""
    return f"{place}, {day_words(date) if date else blank_day_words(year).rstrip()}"


def number_words(number: int | None, symbol: str) -> str:
    """``"05/QĐ-UBND"``: below 10 with a leading zero, no space at the slash (Phụ lục I.II.3c)."""
    return f"{BLANK if number is None else f'{number:02d}'}/{symbol}"


def number_line(number: int | None, symbol: str) -> str:
    """Box 3: ``"Số: 05/QĐ-UBND"``; the number blank while there is none."""
    return f"Số: {number_words(number, symbol)}"


def cite(name: str, number: int, symbol: str, date: datetime.date, issuer: str = "") -> str:
    """How one document names another: ``"Tờ trình số 12/TTr-VHXH ngày 02 tháng 3 năm 2026"``.

    With an issuer, " của …" follows (Phụ lục I.II.6a).
    """
    text = f"{name} số {number_words(number, symbol)} {day_words(date)}"
    return f"{text} của {issuer}" if issuer else text


def annex_line(
    name: str,
    symbol: str,
    issuer: str,
    number: int | None = None,
    date: datetime.date | None = None,
) -> str:
    """``"(Kèm theo Quyết định số 05/QĐ-UBND ngày … của …)"``.

    Without number and date their places stay blank, as an electronic document keeps them; the
    issuer is always named (Phụ lục I.III.1c; Mẫu 2.2, notes 3 and 4).
    """
    day = day_words(date) if date else blank_day_words()
    source = f"{name} số {number_words(number, symbol)} {day}"
    return f"(Kèm theo {source} của {issuer})" if issuer else f"(Kèm theo {source.rstrip()})"


def ended(text: str) -> str:
    """The last sentence of a body, closed with ``./.`` exactly once."""
    return _CLOSING.sub("", text) + END_MARK


def listed(lines: Sequence[str]) -> list[str]:
    """Lines each closed with ``;`` and the last with ``.``, whatever they ended with."""
    bare = [_CLOSING.sub("", line) for line in lines]
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]


def moment_words(moment: datetime.datetime) -> str:
    """``"05/03/2026; 14:05:09 +07:00"``: when an agency signed, on Vietnam's clock whatever the
    zone it is given in (Phụ lục I.III.1d)."""
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y; %H:%M:%S +07:00")


def annex_heading(position: int, total: int) -> str:
    """``"Phụ lục"`` for the only annex, ``"Phụ lục II"`` for the second of several."""
    return f"Phụ lục {roman(position)}" if total > 1 else "Phụ lục"


def roman(number: int) -> str:
    """Roman numeral of a number from 1 to 399."""
    text = ""
    for value, digits in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, number = divmod(number, value)
        text += digits * count
    return text
