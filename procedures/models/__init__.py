from .changes import Change, Seat
from .dossiers import Dossier
from .notices import Digest, Notice
from .people import Person
from .places import Commune, Division, Hamlet
from .receipts import Receipt
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
    "Receipt",
    "SearchEntry",
    "Seat",
    "SeatRole",
    "Team",
]
