import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0060_after_events'),
        ('evidence', '0002_commitment'),
        ('outputs', '0012_editions_are_published'),
        ('people', '0040_named_members'),
        ('studies', '0050_review_clock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OverlapGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='synthetic')),
                ('slug', models.SlugField(unique=True)),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('name_cy', models.CharField(max_length=200, verbose_name='name in Welsh')),
            ],
            options={
                'ordering': ['name_en'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='on')),
                ('text', models.TextField(verbose_name='note')),
                ('state', models.CharField(blank=True, choices=[('open', 'Open'), ('accepted', 'Accepted'), ('under_way', 'Under way'), ('done', 'Done'), ('declined', 'Declined')], max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('is_synthetic', models.BooleanField(default=False, verbose_name='synthetic')),
                ('kind', models.CharField(choices=[('account', "Somebody's own account"), ('second', 'A second person who knows of it'), ('document', 'A document'), ('outside', 'Somebody from outside who checked it')], max_length=10, verbose_name='who says so')),
                ('title_en', models.CharField(max_length=200, verbose_name='what it is, in English')),
                ('title_cy', models.CharField(max_length=200, verbose_name='what it is, in Welsh')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('upload', models.FileField(blank=True, max_length=300, upload_to='evidence/%Y/')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='by what')),
                ('target', models.BigIntegerField(blank=True, null=True)),
                ('label_en', models.CharField(blank=True, max_length=200, verbose_name='name in English')),
                ('label_cy', models.CharField(blank=True, max_length=200, verbose_name='name in Welsh')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_kind', models.CharField(max_length=20)),
                ('page_id', models.BigIntegerField()),
                ('text', models.TextField(verbose_name='what you did with it')),
                ('body', models.CharField(max_length=200, verbose_name='body')),
                ('sector', models.CharField(choices=[('welsh_government', 'Welsh Government'), ('sponsored_body', 'Welsh Government sponsored body'), ('local_authority', 'Local authority'), ('other_public', 'Other public body'), ('voluntary', 'Voluntary sector'), ('private', 'Private sector'), ('academic', 'Academic'), ('elected', 'Elected member'), ('public', 'Member of the public')], max_length=20, verbose_name='sector')),
                ('decision', models.TextField(blank=True, verbose_name='decision')),
                ('may_publish', models.BooleanField(verbose_name='may be published')),
                ('language', models.CharField(max_length=2)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('state', models.CharField(choices=[('submitted', 'Submitted'), ('taken_up', 'Put on record'), ('declined', 'Declined')], default='submitted', max_length=10, verbose_name='state')),
                ('reason', models.TextField(blank=True, verbose_name='why it was declined')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'use that was told',
                'verbose_name_plural': 'uses that were told',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.RenameField(
            model_name='evidenceofuse',
            old_name='confidence_note_cy',
            new_name='judged_note_cy',
        ),
        migrations.RenameField(
            model_name='evidenceofuse',
            old_name='confidence_note_en',
            new_name='judged_note_en',
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='also_type',
            field=models.CharField(blank=True, choices=[('instrumental', 'Instrumental'), ('conceptual', 'Conceptual'), ('capacity', 'Capacity building'), ('process', 'Process'), ('legitimising', 'Legitimising'), ('tactical', 'Political or tactical')], max_length=20),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='beside_cy',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='beside_en',
            field=models.TextField(blank=True, verbose_name='other evidence used beside it'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='budget_basis',
            field=models.CharField(blank=True, choices=[('reported', "Somebody's own figure"), ('published', 'Published accounts or budgets'), ('estimated', 'Our estimate')], max_length=10),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='budget_period',
            field=models.CharField(blank=True, choices=[('year', 'Each year'), ('once', 'Once'), ('programme', 'Over the whole programme'), ('unstated', 'Period not stated')], max_length=10),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='consent',
            field=models.CharField(choices=[('not_asked', 'Not asked yet'), ('given', 'Given'), ('refused', 'Refused'), ('in_print', 'Published already')], default='not_asked', max_length=10, verbose_name='consent to publish'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='consent_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='counterfactual_cy',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='counterfactual_en',
            field=models.TextField(blank=True, verbose_name='without it'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='degree',
            field=models.CharField(blank=True, choices=[('sole', 'The only evidence used'), ('crucial', 'Crucial'), ('one_of_several', 'One of several pieces of evidence'), ('background', 'Background')], max_length=20),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='editions',
            field=models.ManyToManyField(blank=True, related_name='uses', to='outputs.edition'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='function',
            field=models.CharField(blank=True, choices=[('research', 'Research'), ('policy', 'Policy'), ('operational', 'Operational'), ('strategic', 'Strategic or senior management'), ('other', 'Other')], max_length=20, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='happened_on',
            field=models.DateField(blank=True, null=True, verbose_name='when it happened'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='happened_precision',
            field=models.CharField(choices=[('day', 'To the day'), ('month', 'To the month'), ('year', 'To the year'), ('unknown', 'Not known')], default='unknown', max_length=10, verbose_name='how exactly that is known'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='helped',
            field=models.ManyToManyField(blank=True, related_name='helped', to='evidence.finding'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='hindered',
            field=models.ManyToManyField(blank=True, related_name='hindered', to='evidence.finding'),
        ),
        migrations.RenameField(
            model_name='evidenceofuse',
            old_name='confidence',
            new_name='judged',
        ),
        migrations.AlterField(
            model_name='evidenceofuse',
            name='judged',
            field=models.CharField(blank=True, choices=[('high', 'High'), ('medium', 'Medium'), ('low', 'Low'), ('self_report', 'Self-reported'), ('intended', 'Intended only'), ('potential', 'Potential only')], max_length=20),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='confidence',
            field=models.CharField(choices=[('none', 'No source yet'), ('reported', 'Reported'), ('corroborated', 'Corroborated by a second person'), ('documented', 'Documented'), ('verified', 'Verified from outside')], default='none', max_length=12),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='kind',
            field=models.CharField(choices=[('use', 'Use'), ('non_use', 'Not used'), ('failed', 'Did not reach those it was for'), ('misuse', 'Misuse')], default='use', max_length=10, verbose_name='kind of entry'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='misuse',
            field=models.CharField(blank=True, choices=[('aggregated', 'Ranks added up to larger areas'), ('compared', 'Editions compared that cannot be compared'), ('threshold', 'Arbitrary threshold'), ('reliance', 'Too much reliance on one source'), ('out_of_date', 'An edition that was out of date')], max_length=12),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='misuse_done_cy',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='misuse_done_en',
            field=models.TextField(blank=True, verbose_name='what was done about it'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='published_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='recorded_at',
            field=models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='put on record'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='stage',
            field=models.CharField(blank=True, choices=[('awareness', 'Awareness'), ('informed', 'Informed thinking'), ('option_appraisal', 'Option appraisal'), ('decision', 'Decision'), ('implementation', 'Implementation'), ('practice', 'Practice'), ('potential', 'Potential')], max_length=20),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='recommendations', to=settings.AUTH_USER_MODEL, verbose_name='who sees to it'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='owner_words_cy',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='owner_words_en',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('under_way', 'Under way'), ('done', 'Done'), ('declined', 'Declined')], default='open', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='state_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='in this state since'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='state_is_synthetic',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='evidenceofuse',
            name='description_cy',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='evidenceofuse',
            name='description_en',
            field=models.TextField(blank=True, verbose_name='what was done with it'),
        ),
        migrations.AlterField(
            model_name='evidenceofuse',
            name='use_type',
            field=models.CharField(blank=True, choices=[('instrumental', 'Instrumental'), ('conceptual', 'Conceptual'), ('capacity', 'Capacity building'), ('process', 'Process'), ('legitimising', 'Legitimising'), ('tactical', 'Political or tactical')], max_length=20),
        ),
        migrations.AlterField(
            model_name='evidenceofuse',
            name='user_cy',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='evidenceofuse',
            name='user_en',
            field=models.CharField(blank=True, max_length=200, verbose_name='used by'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='kind',
            field=models.CharField(choices=[('factor', 'What helped'), ('barrier', 'What stood in the way'), ('misuse', 'Risk of misuse')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner_words_cy', ''), ('owner_words_en', '')), models.Q(models.Q(('owner_words_en', ''), _negated=True), models.Q(('owner_words_cy', ''), _negated=True)), _connector='OR'), name='recommendation_owner_in_both_languages'),
        ),
        migrations.AddField(
            model_name='evidenceofuse',
            name='overlap',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='evidence.overlapgroup'),
        ),
        migrations.AddConstraint(
            model_name='evidenceofuse',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('consent__in', ['given', 'in_print']), models.Q(('description_en', ''), _negated=True), models.Q(('description_cy', ''), _negated=True), models.Q(('user_en', ''), _negated=True), models.Q(('user_cy', ''), _negated=True)), _connector='OR'), name='use_public_with_consent_and_in_both_languages'),
        ),
        migrations.AddConstraint(
            model_name='evidenceofuse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('description_en', ''), _negated=True), models.Q(('description_cy', ''), _negated=True), _connector='OR'), name='use_says_something'),
        ),
        migrations.AddConstraint(
            model_name='evidenceofuse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('happened_on', None), ('happened_precision', 'unknown')), models.Q(('happened_on__isnull', False), models.Q(('happened_precision', 'unknown'), _negated=True)), _connector='OR'), name='use_day_is_known_or_not'),
        ),
        migrations.AddField(
            model_name='recommendationnote',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='evidence.recommendation'),
        ),
        migrations.AddField(
            model_name='source',
            name='use',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='evidence.evidenceofuse'),
        ),
        migrations.AddField(
            model_name='step',
            name='use',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='path', to='evidence.evidenceofuse'),
        ),
        migrations.AddField(
            model_name='submission',
            name='study',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='studies.study'),
        ),
        migrations.AddField(
            model_name='submission',
            name='use',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submission', to='evidence.evidenceofuse'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['account', 'second']), models.Q(('url', ''), _negated=True), models.Q(('upload', ''), _negated=True), models.Q(('source', ''), _negated=True), _connector='OR'), name='a_document_can_be_looked_up'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('use', 'kind', 'target'), name='a_step_once_a_use'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('target__isnull', False), models.Q(models.Q(('label_en', ''), _negated=True), models.Q(('label_cy', ''), _negated=True)), _connector='OR'), name='a_step_is_a_thing_or_words'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='submission_declined_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'submitted')), models.Q(models.Q(('state', 'submitted'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='submission_settled_at_a_moment'),
        ),
    ]
