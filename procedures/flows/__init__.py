"""One page per procedure. Importing the package registers them all."""

from .announce_teams import AnnounceTeamsFlow
from .appoint_leader import AppointLeaderFlow
from .assign_targets import AssignTargetsFlow
from .change_members import ChangeMembersFlow
from .commend import CommendFlow
from .commune_report import CommuneReportFlow
from .copy_document import CopyDocumentFlow
from .correct_document import CorrectDocumentFlow
from .delegate_signing import DelegateSigningFlow
from .dissolve_team import DissolveTeamFlow
from .draft_paper import DraftPaperFlow
from .establish_round import EstablishRoundFlow
from .establish_team import EstablishTeamFlow
from .join_team import JoinTeamFlow
from .leave_team import LeaveTeamFlow
from .list_upward import ListUpwardFlow
from .merge_hamlets import MergeHamletsFlow
from .record_teams import RecordTeamsFlow
from .register_training import RegisterTrainingFlow
from .remove_member import RemoveMemberFlow
from .report_upward import ReportUpwardFlow
from .review_team import ReviewTeamFlow
from .village_report import VillageReportFlow

__all__ = [
    "AnnounceTeamsFlow",
    "AppointLeaderFlow",
    "AssignTargetsFlow",
    "ChangeMembersFlow",
    "CommendFlow",
    "CommuneReportFlow",
    "CopyDocumentFlow",
    "CorrectDocumentFlow",
    "DelegateSigningFlow",
    "DissolveTeamFlow",
    "DraftPaperFlow",
    "EstablishRoundFlow",
    "EstablishTeamFlow",
    "JoinTeamFlow",
    "LeaveTeamFlow",
    "ListUpwardFlow",
    "MergeHamletsFlow",
    "RecordTeamsFlow",
    "RegisterTrainingFlow",
    "RemoveMemberFlow",
    "ReportUpwardFlow",
    "ReviewTeamFlow",
    "VillageReportFlow",
]
