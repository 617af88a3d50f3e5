from .announcing import Announcement
from .changes import Change, Seat
from .commending import Commendation, Commended, Merit
from .copying import CopyRequest
from .correcting import Remedy
from .delegating import Grant, Mandate
from .deliveries import Delivery
from .dossiers import Dossier
from .draft_paper import PaperDraft
from .indicators import Indicator
from .listing_upward import ListRequest
from .mandate_rows import MandateRow
from .mergers import HamletMerger
from .notices import Digest, Notice
from .own_regulations import OwnRegulation, OwnValue
from .people import Person
from .places import Commune, Division, Hamlet
from .presses import Press
from .progress import ProgressEntry
from .report_calls import ReportCall, ReportRule
from .report_figures import ReportFigure, ReportFile
from .reporting_upward import UpwardReport
from .reports import Report
from .rounds import Round, RoundPlace
from .schools import SchoolTeam
from .search import SearchEntry
from .sending import ReceiptCounter
from .superior import SuperiorSheet
from .targets import Target, TargetItem, TargetRequest, TargetSet, TargetTeam
from .teams import Level, Membership, SeatRole, Team
from .training import Trainee, Training
from .viewings import Viewing
from .zalo import ZaloGroup

__all__ = [
    "Announcement",
    "Change",
    "Commendation",
    "Commended",
    "Commune",
    "CopyRequest",
    "Delivery",
    "Digest",
    "Division",
    "Dossier",
    "Grant",
    "Hamlet",
    "HamletMerger",
    "Indicator",
    "Level",
    "ListRequest",
    "Mandate",
    "MandateRow",
    "Membership",
    "Merit",
    "Notice",
    "OwnRegulation",
    "OwnValue",
    "PaperDraft",
    "Person",
    "Press",
    "ProgressEntry",
    "ReceiptCounter",
    "Remedy",
    "Report",
    "ReportCall",
    "ReportFigure",
    "ReportFile",
    "ReportRule",
    "Round",
    "RoundPlace",
    "SchoolTeam",
    "SearchEntry",
    "Seat",
    "SeatRole",
    "SuperiorSheet",
    "Target",
    "TargetItem",
    "TargetRequest",
    "TargetSet",
    "TargetTeam",
    "Team",
    "Trainee",
    "Training",
    "UpwardReport",
    "Viewing",
    "ZaloGroup",
]
