from .changes import Change, Seat
from .correcting import Remedy
from .deliveries import Delivery
from .dossiers import Dossier
from .indicators import Indicator
from .notices import Digest, Notice
from .people import Person
from .places import Commune, Division, Hamlet
from .presses import Press
from .report_calls import ReportCall, ReportRule
from .reporting_upward import UpwardReport
from .reports import Report, ReportFigure, ReportFile
from .rounds import Round, RoundPlace
from .search import SearchEntry
from .sending import ReceiptCounter
from .teams import Level, Membership, SeatRole, Team
from .viewings import Viewing

__all__ = [
    "Change",
    "Commune",
    "Delivery",
    "Digest",
    "Division",
    "Dossier",
    "Hamlet",
    "Indicator",
    "Level",
    "Membership",
    "Notice",
    "Person",
    "Press",
    "ReceiptCounter",
    "Remedy",
    "Report",
    "ReportCall",
    "ReportFigure",
    "ReportFile",
    "ReportRule",
    "Round",
    "RoundPlace",
    "SearchEntry",
    "Seat",
    "SeatRole",
    "Team",
    "UpwardReport",
    "Viewing",
]
