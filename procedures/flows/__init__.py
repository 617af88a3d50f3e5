"""One page per procedure. Importing the package registers them all."""

from .establish_team import EstablishTeamFlow

__all__ = ["EstablishTeamFlow"]
