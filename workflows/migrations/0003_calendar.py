from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflows', '0002_triggers_and_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='Ngày')),
                ('working', models.BooleanField(default=False, verbose_name='Là ngày làm việc')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='Ghi chú')),
                ('source', models.CharField(max_length=200, verbose_name='Văn bản thông báo')),
            ],
            options={
                'verbose_name': 'ngày nghỉ, ngày làm bù',
                'verbose_name_plural': 'ngày nghỉ, ngày làm bù',
                'ordering': ['day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='calendar_day_has_a_source')],
            },
        ),
    ]
