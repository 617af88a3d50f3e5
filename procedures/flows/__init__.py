"""One page per procedure. Importing the package registers them all."""

from .assign_targets import AssignTargetsFlow
from .correct_document import CorrectDocumentFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .record_teams import RecordTeamsFlow

__all__ = [
    "AssignTargetsFlow",
    "CorrectDocumentFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "RecordTeamsFlow",
]
