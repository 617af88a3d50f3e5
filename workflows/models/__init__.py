from .calendar import CalendarDay
from .cases import OPEN, Case, CaseTask
from .ledger import Chain, Event
from .organisation import Agency, Delegation, Holding, Period, Post, Unit, in_force

__all__ = [
    "OPEN",
    "Agency",
    "CalendarDay",
    "Case",
    "CaseTask",
    "Chain",
    "Delegation",
    "Event",
    "Holding",
    "Period",
    "Post",
    "Unit",
    "in_force",
]
