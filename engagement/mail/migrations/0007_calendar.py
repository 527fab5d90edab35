from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("mail", "0006_failing_since"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="calendar",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="message",
            name="calendar_method",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
