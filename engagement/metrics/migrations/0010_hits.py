"""Agents once each, and clients as numbers made with a salt that is destroyed."""

import django.db.models.deletion
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """What was known stays: a client's first 60 bits tell it apart as well as all did."""
    hit, agent = apps.get_model("metrics", "Hit"), apps.get_model("metrics", "Agent")
    ids = {}
    for row in hit.objects.order_by("pk").iterator(chunk_size=2000):
        text = row.user_agent
        if text not in ids:
            ids[text] = agent.objects.create(text=text).pk
        row.agent_id, row.client = ids[text], int(row.old_client[:15] or "0", 16)
        row.save(update_fields=["agent_id", "client"])


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Agent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Salt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("value", models.BinaryField()),
            ],
        ),
        migrations.RenameField("hit", "client", "old_client"),
        migrations.AddField("hit", "client", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("hit", "letter", models.BigIntegerField(null=True)),
        migrations.AddField("hit", "language", models.CharField(blank=True, max_length=4, default=""), preserve_default=False),
        migrations.AddField("hit", "sector", models.CharField(blank=True, max_length=20, default=""), preserve_default=False),
        migrations.AddField("hit", "agent", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="metrics.agent")),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
