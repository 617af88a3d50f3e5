"""Names and phones as people type them, brought to one form; recognising the same person.

A name is compared folded only when one of the two was typed without marks: "Lô Văn Hùng" and
"Lô Văn Hưng" are two people, "lo van hung" may be either.
"""

from __future__ import annotations

import re
import unicodedata

# Mobile networks, and landlines with their area code, as dialled inside the country.
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
# A run of digits in a text, long enough to be one of them.
_RUN = re.compile(r"[+\d][\d\s.()\-]{7,}\d")
_ADDRESS = re.compile(r"^(?:ông \(bà\)|ông|ong|bà)\s+", re.IGNORECASE)
_AFTER_THE_NAME = re.compile(r"[,;(]| [-–] ")
_SEPARATORS = re.compile(r"[\s.()\-]+")
_COUNTRY = re.compile(r"^(\+84|0084|84(?=[2-9][0-9]{8}))0?")


def clean(text: str) -> str:
    """Text in NFC on one line, without control and invisible formatting characters.

    A right-to-left mark or a zero-width space would make two equal names differ, or a printed line
    read otherwise than it was typed.
    """
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(char for char in spaced if unicodedata.category(char) not in ("Cc", "Cf"))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def fold(text: str) -> str:
    """Text without marks and case, for search on any database: "Đỗ Thị Ổi" -> "do thi oi"."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    letters = (c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


def same_name(one: str, other: str) -> bool:
    """Whether two names may be the same person's, however the marks were typed.

    Old and new tone positions ("Hoà", "Hòa") are the same name; different marks are not.
    """
    if fold(one) != fold(other):
        return False
    return _marks(one) == _marks(other) or not any(_marks(one)) or not any(_marks(other))


def _marks(name: str) -> list[str]:
    """The marks of each word, in an order that does not depend on where the tone was set."""
    words = unicodedata.normalize("NFD", name.casefold()).split()
    return ["".join(sorted(c for c in w if unicodedata.combining(c) or c == "đ")) for w in words]


def alone(said: str) -> str:
    """The name in a line about a person: "bà Lang Thị Kiều Oanh, chuyên viên" -> "Lang Thị Kiều
    Oanh"."""
    return _AFTER_THE_NAME.split(_ADDRESS.sub("", clean(said)))[0].strip(" .")


def numbers_in(text: str) -> set[str]:
    """What may be a phone number in a text, each as :func:`normal_phone` gives it."""
    return {normal_phone(run) for run in _RUN.findall(text)}


def normal_phone(text: str) -> str:
    """A Vietnamese number as dialled inside the country: "+84 914.994.001" -> "0914994001".

    Text that is no such number comes back as typed, for the person to correct
    (:func:`is_phone`).
    """
    digits = _COUNTRY.sub("0", _SEPARATORS.sub("", clean(text)))
    return digits if _PHONE.fullmatch(digits) else clean(text)


def is_phone(text: str) -> bool:
    """Whether a text is a mobile number of ten digits or a landline of eleven."""
    return _PHONE.fullmatch(normal_phone(text)) is not None


def masked(phone: str) -> str:
    """Enough to recognise, too little to call: "0914994***"; less of what is no whole number."""
    kept = 7 if len(phone) >= 10 else 4
    return f"{phone[:kept]}***" if phone else ""


def same_person(
    one: tuple[str, str, int | None], other: tuple[str, str, int | None]
) -> bool | None:
    """Whether two entries (name, phone, birth year) are one person; None when it is not certain.

    One phone makes them one person; without it one birth year does. Different years, or different
    phones where the years are not known, tell them apart. The rest is uncertain: nothing to
    compare, or one year under two phones.
    """
    (name, phone, year), (name2, phone2, year2) = one, other
    if not same_name(name, name2):
        return False
    phones, years = _compare(phone, phone2), _compare(year, year2)
    if phones or (years and phones is None):
        return True
    if years is False or (phones is False and years is None):
        return False
    return None


def _compare(one: object, other: object) -> bool | None:
    return one == other if one and other else None
