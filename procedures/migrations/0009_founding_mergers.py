"""Which merger of hamlets founded the place it leads to, and which merged into one there was."""

from django.db import migrations, models
from django.db.models import F, Min


def tell_founding(apps, schema_editor):
    """Of the mergers into a place from the day it began the first entered founded it: the others
    could name it only once it was there."""
    mergers = apps.get_model("procedures", "HamletMerger").objects.order_by()
    firsts = mergers.filter(into__since=F("on")).values("into").annotate(first=Min("pk"))
    mergers.filter(pk__in=[row["first"] for row in firsts]).update(founded=True)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0008_figures_mandates_rewording")]

    operations = [
        migrations.AddField(
            model_name="hamletmerger",
            name="founded",
            field=models.BooleanField(default=False, editable=False, verbose_name="Lập nơi mới"),
        ),
        migrations.RunPython(tell_founding, migrations.RunPython.noop),
    ]
