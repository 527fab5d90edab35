"""Apart from the move of the rows: PostgreSQL does not change a table that it has just
written to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metrics", "0010_hits")]

    operations = [
        migrations.AlterField("hit", "agent", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="metrics.agent")),
        migrations.RemoveField("hit", "old_client"),
        migrations.RemoveField("hit", "user_agent"),
    ]
