import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_elsewhere"),
        ("procedures", "0002_notices_and_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="own_decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
                verbose_name="Quyết định riêng",
            ),
        ),
    ]
