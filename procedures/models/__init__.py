from .changes import Change, Seat
from .dossiers import Dossier
from .people import Person
from .places import Commune, Division, Hamlet
from .teams import Level, Membership, SeatRole, Team

__all__ = [
    "Change",
    "Commune",
    "Division",
    "Dossier",
    "Hamlet",
    "Level",
    "Membership",
    "Person",
    "Seat",
    "SeatRole",
    "Team",
]
