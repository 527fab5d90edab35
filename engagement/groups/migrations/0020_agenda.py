from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0010_terms")]
    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="carries",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("carries", True)),
                fields=("meeting",),
                name="matters_arise_once_a_meeting",
            ),
        ),
    ]
