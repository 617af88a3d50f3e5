"""The series in which a commune numbers its own documents.

Each type has one of its own (Nghị định 30/2020/NĐ-CP, Điều 15 khoản 1), but all copies share one
(Phần II Phụ lục I). Where the office numbers
its decisions in another system, it numbers its letters and notices there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents import service as documents
from documents.kinds import KINDS
from documents.models import Mode, Series

if TYPE_CHECKING:
    from documents.models import Issuer
    from workflows.models import Unit

    from ..models import Commune

ISSUED = (
    "decision", "official_letter", "notice", "report", "plan", "invitation", "introduction",
    "minutes",
)  # fmt: skip


def symbol(kind: str, unit: Unit) -> str:
    """ "QĐ-UBND", "TB-UBND"; a công văn names the drafting unit instead of a type
    (Phụ lục I.II.3b): "UBND-VHXH"."""
    abbreviation = KINDS[kind].abbreviation
    return f"{abbreviation}-UBND" if abbreviation else f"UBND-{unit.code}"


def ensure_series(issuer: Issuer, unit: Unit, mode: Mode | str) -> None:
    """The series of the kinds a commune issues, those that are missing in ``mode``."""
    for kind in ISSUED:
        documents.ensure_series(issuer, symbol(kind, unit), mode)


def begin_issued(commune: Commune, unit: Unit) -> None:
    """The same, numbered where the commune's decisions are."""
    decisions = commune.issuer.series.get(symbol=symbol("decision", unit))
    ensure_series(commune.issuer, unit, decisions.mode)


def of_copies(commune: Commune) -> Series:
    """The one series of all copies the office makes, numbered where the decisions are; unsaved
    until :func:`begin_copies`."""
    known = {series.symbol: series for series in commune.issuer.series.all()}
    symbol = documents.joint_symbol("UBND")
    mode = known["QĐ-UBND"].mode
    return known.get(symbol) or Series(issuer=commune.issuer, symbol=symbol, mode=mode)


def begin_copies(commune: Commune) -> None:
    """Begin the series of the copies with the first one."""
    series = of_copies(commune)
    documents.ensure_series(series.issuer, series.symbol, series.mode)
