
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0060_after_events'),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name='evidenceofuse',
            name='commitment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uses', to='events.commitment'),
        ),
    ]
