import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsletters", "0006_named"),
        ("outputs", "0012_editions_are_published"),
    ]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="release",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="issues",
                to="outputs.release",
            ),
        ),
    ]
