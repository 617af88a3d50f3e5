"""Two communes with fictitious people, so that the whole road can be tried and shown.

Refused in production. The words below open nothing but the trial's own accounts and keys.
"""

from .cast import Cast, scan, seats
from .data import COMMUNES, CommuneData

PASSWORD = "trinhky-demo"  # noqa: S105  (printed by the command itself)
PASSPHRASE = "demo"  # noqa: S105
SYSTEM = "he-thong"

__all__ = ["COMMUNES", "PASSPHRASE", "PASSWORD", "SYSTEM", "Cast", "CommuneData", "scan", "seats"]
