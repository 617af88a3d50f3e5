"""One page per procedure. Importing the package registers them all."""

from .change_members import ChangeMembersFlow
from .correct_document import CorrectDocumentFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .join_team import JoinTeamFlow
from .leave_team import LeaveTeamFlow
from .list_upward import ListUpwardFlow
from .record_teams import RecordTeamsFlow
from .remove_member import RemoveMemberFlow

__all__ = [
    "ChangeMembersFlow",
    "CorrectDocumentFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "JoinTeamFlow",
    "LeaveTeamFlow",
    "ListUpwardFlow",
    "RecordTeamsFlow",
    "RemoveMemberFlow",
]
