"""Documents issued outside the system: without a series of ours, and without a signature here.

The way back refuses to run while such documents are on record.
"""

from django.db import migrations, models
from django.db.models import Q

ELSEWHERE = Q(medium="elsewhere")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_medium"),
        migrations.RemoveConstraint(model_name="document", name="document_numbered"),
        migrations.RemoveConstraint(model_name="document", name="released_was_issued"),
        migrations.AlterField(
            model_name="document",
            name="medium",
            field=models.CharField(
                choices=[
                    ("electronic", "Văn bản điện tử"),
                    ("paper", "Văn bản giấy"),
                    ("elsewhere", "Văn bản ban hành ngoài hệ thống"),
                ],
                default="electronic",
                max_length=10,
                verbose_name="Hình thức",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=["issuer", "symbol", "year", "number"],
                condition=ELSEWHERE,
                name="elsewhere_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=Q(medium__in=["electronic", "paper", "elsewhere"]),
                name="document_medium",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=Q(state="recorded", number__isnull=True, series__isnull=True)
                | (
                    ~Q(state="recorded")
                    & Q(number__isnull=False, number__gte=1)
                    & Q(date__isnull=False, year__isnull=False)
                    & (
                        (~Q(medium="elsewhere") & Q(series__isnull=False))
                        | Q(medium="elsewhere", series__isnull=True)
                    )
                ),
                name="document_numbered",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=~Q(state="released")
                | (Q(released__isnull=False) & (Q(issued__isnull=False) | Q(medium="elsewhere"))),
                name="released_was_issued",
            ),
        ),
    ]
