"""One page per procedure. Importing the package registers them all."""

from .commune_report import CommuneReportFlow
from .correct_document import CorrectDocumentFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .record_teams import RecordTeamsFlow
from .report_upward import ReportUpwardFlow
from .village_report import VillageReportFlow

__all__ = [
    "CommuneReportFlow",
    "CorrectDocumentFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "RecordTeamsFlow",
    "ReportUpwardFlow",
    "VillageReportFlow",
]
