"""One page per procedure. Importing the package registers them all."""

from .appoint_leader import AppointLeaderFlow
from .correct_document import CorrectDocumentFlow
from .dissolve_team import DissolveTeamFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .merge_hamlets import MergeHamletsFlow
from .record_teams import RecordTeamsFlow
from .review_team import ReviewTeamFlow

__all__ = [
    "AppointLeaderFlow",
    "CorrectDocumentFlow",
    "DissolveTeamFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "MergeHamletsFlow",
    "RecordTeamsFlow",
    "ReviewTeamFlow",
]
