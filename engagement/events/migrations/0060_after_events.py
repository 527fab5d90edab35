
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0050_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_settled_at_a_moment',
        ),
        migrations.AddField(
            model_name='commitment',
            name='asked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='commitment',
            name='feedback',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='commitments', to='events.feedback'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='state',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('open', 'Open'), ('done', 'Done'), ('dropped', 'Not done, and why')], default='open', max_length=10, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state__in', ['proposed', 'open'])), models.Q(('settled_at__isnull', False), ('state__in', ['done', 'dropped'])), _connector='OR'), name='commitment_settled_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('feedback', 'side'), name='one_commitment_a_question'),
        ),
    ]
