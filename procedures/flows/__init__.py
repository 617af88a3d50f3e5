"""One page per procedure. Importing the package registers them all."""

from .announce_teams import AnnounceTeamsFlow
from .correct_document import CorrectDocumentFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .record_teams import RecordTeamsFlow

__all__ = [
    "AnnounceTeamsFlow",
    "CorrectDocumentFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "RecordTeamsFlow",
]
