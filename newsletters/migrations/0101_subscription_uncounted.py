from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletters", "0100_issue_release")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="uncounted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(
                condition=models.Q(uncounted=True),
                fields=["newsletter"],
                name="subscription_uncounted",
            ),
        ),
    ]
