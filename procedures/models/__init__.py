from .changes import Change, Seat
from .dossiers import Dossier
from .notices import Digest, Notice
from .people import Person
from .places import Commune, Division, Hamlet
from .rounds import Round, RoundPlace
from .search import SearchEntry
from .sending import ReceiptCounter
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
    "ReceiptCounter",
    "Round",
    "RoundPlace",
    "SearchEntry",
    "Seat",
    "SeatRole",
    "Team",
]
