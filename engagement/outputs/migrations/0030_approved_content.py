from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outputs", "0020_withdrawn_with_a_reason")]

    operations = [
        migrations.AddField(
            model_name="release",
            name="approved_content",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
