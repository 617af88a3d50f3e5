"""One page per procedure. Importing the package registers them all."""

from .correct_document import CorrectDocumentFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .list_upward import ListUpwardFlow
from .record_teams import RecordTeamsFlow

__all__ = [
    "CorrectDocumentFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "ListUpwardFlow",
    "RecordTeamsFlow",
]
