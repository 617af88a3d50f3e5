from .announcing import Announcement
from .changes import Change, Seat
from .commending import Commendation, Commended, Merit
from .correcting import Remedy
from .deliveries import Delivery
from .dossiers import Dossier
from .indicators import Indicator
from .notices import Digest, Notice
from .people import Person
from .places import Commune, Division, Hamlet
from .presses import Press
from .rounds import Round, RoundPlace
from .search import SearchEntry
from .sending import ReceiptCounter
from .teams import Level, Membership, SeatRole, Team
from .training import Trainee, Training
from .viewings import Viewing

__all__ = [
    "Announcement",
    "Change",
    "Commendation",
    "Commended",
    "Commune",
    "Delivery",
    "Digest",
    "Division",
    "Dossier",
    "Hamlet",
    "Indicator",
    "Level",
    "Membership",
    "Merit",
    "Notice",
    "Person",
    "Press",
    "ReceiptCounter",
    "Remedy",
    "Round",
    "RoundPlace",
    "SearchEntry",
    "Seat",
    "SeatRole",
    "Team",
    "Trainee",
    "Training",
    "Viewing",
]
