import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('procedures', '0001_initial'),
        ('workflows', '0003_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='Ngày')),
                ('sent', models.DateTimeField(blank=True, null=True, verbose_name='Gửi lúc')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'thư tổng hợp',
                'verbose_name_plural': 'thư tổng hợp',
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='one_digest_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('back', 'Trả lại'), ('rejected', 'Không chấp thuận'), ('released', 'Đã có quyết định'), ('withdrawn', 'Đã rút hồ sơ'), ('nudge', 'Nhắc')], max_length=10, verbose_name='Loại')),
                ('record_type', models.CharField(max_length=60)),
                ('record_id', models.PositiveBigIntegerField()),
                ('title', models.TextField(verbose_name='Hồ sơ')),
                ('sender_name', models.CharField(max_length=120, verbose_name='Người làm')),
                ('sender_capacity', models.TextField(verbose_name='Tư cách')),
                ('words', models.TextField(blank=True, verbose_name='Lý do')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Lúc')),
                ('read', models.DateTimeField(blank=True, null=True, verbose_name='Đã xem lúc')),
                ('mailed', models.DateTimeField(blank=True, null=True, verbose_name='Đã gửi thư lúc')),
                ('event', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.event')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='Người nhận')),
            ],
            options={
                'verbose_name': 'thông báo',
                'verbose_name_plural': 'thông báo',
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('read', None)), fields=['recipient'], name='notice_unread'), models.Index(fields=['record_type', 'record_id', 'kind'], name='notice_of_record')],
                'constraints': [models.UniqueConstraint(fields=('event', 'recipient'), name='notice_once'), models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', True), ('kind', 'nudge')), models.Q(models.Q(('kind', 'nudge'), _negated=True), ('event__isnull', False)), _connector='OR'), name='notice_tells_of_an_act')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('case', 'Hồ sơ'), ('paper', 'Văn bản')], max_length=10)),
                ('object_id', models.PositiveBigIntegerField()),
                ('title', models.TextField()),
                ('folded', models.TextField()),
                ('when', models.DateTimeField()),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='procedures.dossier')),
            ],
            options={
                'verbose_name': 'mục tìm kiếm',
                'verbose_name_plural': 'mục tìm kiếm',
                'ordering': ['-when', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('dossier', 'kind', 'object_id'), name='search_entry_once')],
            },
        ),
    ]
