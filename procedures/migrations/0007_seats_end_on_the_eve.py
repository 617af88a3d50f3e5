"""A seat and a team end on the day before the decision that ends them, no longer on its day."""

import datetime

from django.db import migrations

A_DAY = datetime.timedelta(days=1)


def earlier(apps, schema_editor):
    _shift(apps, -A_DAY)


def later(apps, schema_editor):
    _shift(apps, A_DAY)


def _shift(apps, by):
    for name in ("Team", "Membership"):
        rows = apps.get_model("procedures", name).objects.filter(until__isnull=False)
        days = set(rows.values_list("until", flat=True))
        # In this order no row is moved twice.
        for day in sorted(days, reverse=by > datetime.timedelta(0)):
            rows.filter(until=day).update(until=day + by)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_a_year_of_a_commune")]

    operations = [migrations.RunPython(earlier, later)]
