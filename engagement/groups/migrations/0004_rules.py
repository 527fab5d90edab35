import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0003_fill")]
    operations = [
        migrations.AlterField(
            model_name='decision',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='groups.group'),
        ),
        migrations.AlterField(
            model_name='decision', name='number', field=models.PositiveIntegerField()
        ),
        migrations.AlterField(
            model_name='decision', name='year', field=models.PositiveSmallIntegerField()
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('group', 'year', 'number'), name='a_decision_a_number'),
        ),
    ]
