"""A week with a weekend and a holiday: Friday 20 to Wednesday 25 November 2026."""

import datetime
from zoneinfo import ZoneInfo

import time_machine

from procedures.messages import reminding
from procedures.models import Dossier

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY, SATURDAY, MONDAY = (20, 11), (21, 11), (23, 11)


def at(day, month, hour=9):
    """The clock stands still at that hour in Hanoi."""
    moment = datetime.datetime(2026, month, day, hour, tzinfo=HANOI)
    return time_machine.travel(moment, tick=False)


def at_step(dossier, day, month, hour):
    moment = datetime.datetime(2026, month, day, hour, tzinfo=HANOI)
    Dossier.objects.filter(pk=dossier.pk).update(moved=moment)
    return Dossier.objects.get(pk=dossier.pk)


def remind(dossier, by=None):
    return reminding.nudge(dossier, by=by or dossier.author, seen=dossier.revision)
