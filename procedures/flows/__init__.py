"""One page per procedure. Importing the package registers them all."""

from .announce_teams import AnnounceTeamsFlow
from .commend import CommendFlow
from .correct_document import CorrectDocumentFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .record_teams import RecordTeamsFlow
from .register_training import RegisterTrainingFlow

__all__ = [
    "AnnounceTeamsFlow",
    "CommendFlow",
    "CorrectDocumentFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "RecordTeamsFlow",
    "RegisterTrainingFlow",
]
