"""What the rules of version 2 look at, and how far files of hits were read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metrics", "0011_hits_as_they_are_now")]

    operations = [
        migrations.AddField("hit", "scripted", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Taken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("offset", models.BigIntegerField(default=0)),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("gone", models.BooleanField(default=False)),
            ],
        ),
    ]
