from .changes import Change, Seat
from .correcting import Remedy
from .dossiers import Dossier
from .notices import Digest, Notice
from .people import Person
from .places import Commune, Division, Hamlet
from .search import SearchEntry
from .teams import Level, Membership, SeatRole, Team

__all__ = [
    "Change",
    "Commune",
    "Digest",
    "Division",
    "Dossier",
    "Hamlet",
    "Level",
    "Membership",
    "Notice",
    "Person",
    "Remedy",
    "SearchEntry",
    "Seat",
    "SeatRole",
    "Team",
]
