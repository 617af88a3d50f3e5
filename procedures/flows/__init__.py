"""One page per procedure. Importing the package registers them all."""

from .announce_teams import AnnounceTeamsFlow as AnnounceTeamsFlow
from .appoint_leader import AppointLeaderFlow as AppointLeaderFlow
from .assign_targets import AssignTargetsFlow as AssignTargetsFlow
from .change_members import ChangeMembersFlow as ChangeMembersFlow
from .commend import CommendFlow as CommendFlow
from .commune_report import CommuneReportFlow as CommuneReportFlow
from .copy_document import CopyDocumentFlow as CopyDocumentFlow
from .correct_document import CorrectDocumentFlow as CorrectDocumentFlow
from .delegate_signing import DelegateSigningFlow as DelegateSigningFlow
from .dissolve_team import DissolveTeamFlow as DissolveTeamFlow
from .draft_paper import DraftPaperFlow as DraftPaperFlow
from .establish_round import EstablishRoundFlow as EstablishRoundFlow
from .establish_team import EstablishTeamFlow as EstablishTeamFlow
from .join_team import JoinTeamFlow as JoinTeamFlow
from .leave_team import LeaveTeamFlow as LeaveTeamFlow
from .list_upward import ListUpwardFlow as ListUpwardFlow
from .merge_hamlets import MergeHamletsFlow as MergeHamletsFlow
from .record_teams import RecordTeamsFlow as RecordTeamsFlow
from .register_training import RegisterTrainingFlow as RegisterTrainingFlow
from .remove_member import RemoveMemberFlow as RemoveMemberFlow
from .report_upward import ReportUpwardFlow as ReportUpwardFlow
from .review_team import ReviewTeamFlow as ReviewTeamFlow
from .village_report import VillageReportFlow as VillageReportFlow
