"""Data migrations, forwards and back."""

import datetime
from importlib import import_module

from django.apps import apps

from procedures.models import Membership

from . import members as on

eve = import_module("procedures.migrations.0007_seats_end_on_the_eve")
DAY = datetime.date(2026, 3, 1)


def test_ended_seats_move_to_the_eve_and_back(tam_quang):
    team = on.team(tam_quang)
    seats = list(Membership.objects.filter(team=team).order_by("pk"))
    ends = [DAY, DAY, DAY - eve.A_DAY, DAY + eve.A_DAY, None, None]
    for seat, until in zip(seats, ends, strict=True):
        Membership.objects.filter(pk=seat.pk).update(until=until)
    kept = Membership.objects.filter(team=team).order_by("pk")
    eve.earlier(apps, None)
    moved = [until and until - eve.A_DAY for until in ends]
    assert list(kept.values_list("until", flat=True)) == moved
    eve.later(apps, None)
    assert list(kept.values_list("until", flat=True)) == ends
