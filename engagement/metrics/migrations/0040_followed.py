from django.db import migrations, models
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone


def count(apps, schema_editor):
    """What was counted before there were these rows is counted once, here."""
    Hit = apps.get_model("metrics", "Hit")
    DayFollowed = apps.get_model("metrics", "DayFollowed")
    hits = Hit.objects.filter(letter__isnull=False, study_id__isnull=False)
    days = (
        hits.exclude(target_kind="pixel")
        .order_by()
        .annotate(day=TruncDate("at", tzinfo=timezone.get_default_timezone()))
        .values("day", "study_id")
        .annotate(
            letters_least=Count("letter", distinct=True, filter=Q(hit_class="person")),
            letters_most=Count("letter", distinct=True, filter=~Q(hit_class="machine")),
        )
    )
    DayFollowed.objects.bulk_create(
        (DayFollowed(**row) for row in days), batch_size=1000
    )


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0030_day_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayFollowed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True)),
                ('study_id', models.BigIntegerField()),
                ('letters_least', models.PositiveIntegerField()),
                ('letters_most', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('study_id', 'day'), name='a_day_is_followed_once')],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
