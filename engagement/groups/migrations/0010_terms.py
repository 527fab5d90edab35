import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0004_rules")]
    operations = [
        # Of terms from before, nobody knows when they were entered.
        migrations.AddField(
            model_name="membership",
            name="entered_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="membership",
            name="entered_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, null=True
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="end_entered_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="ceased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
