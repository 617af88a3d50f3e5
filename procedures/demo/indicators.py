"""What the demo communes count: the numbers that the five source documents name."""

from __future__ import annotations

from ..models import Commune, Indicator
from ..models.indicators import Counting

_OWN = "own plan"
_PLANS = {"16933": "Kế hoạch năm 2025 của UBND xã Tam Quang, mục III.5"}
# (name, unit, of, source, counting). Which denominator Lào Cai's 30 % means is ours to say: its
# letter reads both as all households and as those that sell something.
_COUNTED = (
    (
        "Hộ có gian hàng số và có tài khoản thanh toán hoặc ví điện tử",
        "hộ",
        "hộ trong thôn, bản, khu phố",
        "Công văn tháng 5/2022 của Sở Thông tin và Truyền thông tỉnh Lào Cai, mục 2.2 (ít nhất "
        "30% số hộ; tham khảo)",
        Counting.TOTAL,
    ),
    (
        "Sản phẩm OCOP đưa lên sàn thương mại điện tử",
        "sản phẩm",
        "sản phẩm OCOP của thôn, bản, khu phố",
        "Kế hoạch năm 2022 của UBND tỉnh Ninh Thuận, mục II.4.b (100%; tham khảo)",
        Counting.TOTAL,
    ),
    (
        "Hộ được tổ đến hướng dẫn tận nhà",
        "hộ",
        "hộ trong thôn, bản, khu phố",
        _OWN,
        Counting.FLOW,
    ),
    (
        "Buổi hướng dẫn cho nhóm nhỏ",
        "buổi",
        "",
        _OWN,
        Counting.FLOW,
    ),
)


def ensure_indicators(commune: Commune) -> None:
    """The catalogue a commune of the demo begins with."""
    own = _PLANS.get(commune.code, f"UBND {commune.full_name} đặt")
    Indicator.objects.bulk_create(
        Indicator(
            commune=commune,
            name=name,
            unit=unit,
            of=of,
            source=own if source == _OWN else source,
            counting=counting,
        )
        for name, unit, of, source, counting in _COUNTED
    )
