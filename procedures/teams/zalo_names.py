"""The names of Zalo groups by the pattern of the source that governs, and the check of a typed one.

Lào Cai 2022 (mục 2.4): CNS_TenThon_TenXa_TenHuyen without marks, as in CNS_BanBay_GiaPhu_BaoThang.
Ninh Thuận 2022 (mục II.5.a): CNCĐ_<Thôn>_<Xã>_<Huyện>. There are no districts since 01/7/2025, so
a third name is only accepted of a group from before ("legacy").
"""

from __future__ import annotations

import re
import unicodedata

CNS, CNCD = "CNS", "CNCĐ"
_UNITS = re.compile(
    r"^(xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|quận|tỉnh)\s+", re.IGNORECASE
)
_SLUG = r"[A-Z][A-Za-z0-9]*"
_NAME = r"[^\W_](?:[^_]*[^\W_])?"
_SHAPES = {
    CNS: re.compile(rf"CNS(_{_SLUG}){{1,3}}"),
    CNCD: re.compile(rf"CNCĐ(_{_NAME}){{1,3}}"),
}


def suggested(pattern: str, hamlet: str, commune: str, district: str = "") -> str:
    """The name of a group: of a hamlet's team, or of the commune where ``hamlet`` is empty.

    ``hamlet`` and ``commune`` are own names without their kind ("Bản Bay" of thôn Bản Bay);
    ``district`` only for a group from before 01/7/2025. Empty where no source sets a pattern.
    """
    parts = [part for part in (hamlet, commune, _UNITS.sub("", district)) if part]
    if pattern == CNS:
        return "_".join([CNS, *map(slug, parts)])
    if pattern == CNCD:
        return "_".join([CNCD, *(unicodedata.normalize("NFC", part) for part in parts)])
    return ""


def slug(name: str) -> str:
    """ "Bản Bay" -> "BanBay": no marks, each word capital, nothing between them."""
    plain = name.replace("đ", "d").replace("Đ", "D")
    letters = (c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    words = re.findall(r"[A-Za-z0-9]+", "".join(letters))
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    # A number alone is no name: khu phố 1 is "Kp1".
    return f"Kp{joined}" if joined[:1].isdigit() else joined


def fits(pattern: str, name: str, *, of_commune: bool, legacy: bool = False) -> bool:
    """Whether a name follows the pattern; a district in it only where the group is a legacy."""
    shape = _SHAPES.get(pattern)
    if shape is None:
        return bool(name)
    if not shape.fullmatch(unicodedata.normalize("NFC", name)):
        return False
    places = 1 if of_commune else 2
    return name.count("_") in ((places, places + 1) if legacy else (places,))
