"""The only door through which a view obtains a record or a file. Denies by default.

Another commune's object and one that does not exist look the same: 404. Within the commune the
office sees every dossier; whoever holds another post sees the dossiers of that post, those he
drew up himself, and what was decided about the place he heads.
"""

from ..roles import OFFICE
from .assignments import assignment_for, assignment_of_office, post_for
from .copies import copies_of, copies_taken_of, copy_for, original_for
from .dossiers import (
    PAPERS,
    document_for,
    dossier_for,
    dossiers_of,
    may_see_phones,
    round_for,
    round_place_for,
    rounds_of,
    scan_digest,
    scan_for,
)
from .office import offices, watched
from .registers import Register, register_for, registers_of
from .reports import (
    call_for,
    calls_of,
    indicator_for,
    report_file_for,
    report_for,
    reports_of,
    request_scan_for,
)
from .targets import target_for, target_request_for, target_set_for, target_sets_of, target_team_for
from .teams import may_open_phones, may_put_forward, merit_for, team_for, teams_of

__all__ = [
    "OFFICE",
    "PAPERS",
    "Register",
    "assignment_for",
    "assignment_of_office",
    "call_for",
    "calls_of",
    "copies_of",
    "copies_taken_of",
    "copy_for",
    "document_for",
    "dossier_for",
    "dossiers_of",
    "indicator_for",
    "may_open_phones",
    "may_put_forward",
    "may_see_phones",
    "merit_for",
    "offices",
    "original_for",
    "post_for",
    "register_for",
    "registers_of",
    "report_file_for",
    "report_for",
    "reports_of",
    "request_scan_for",
    "round_for",
    "round_place_for",
    "rounds_of",
    "scan_digest",
    "scan_for",
    "target_for",
    "target_request_for",
    "target_set_for",
    "target_sets_of",
    "target_team_for",
    "team_for",
    "teams_of",
    "watched",
]
