import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kith.foundations.database.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ("subjects", "0003_search_tables"),
        ("subjects", "0004_search_function"),
        ("subjects", "0005_search_tuning"),
        ("subjects", "0006_search_policies"),
        ("subjects", "0007_search_days_by_name"),
        ("subjects", "0008_search_weights"),
        ("subjects", "0009_search_short_numbers"),
        ("subjects", "0010_search_names_unbounded"),
        ("subjects", "0011_only_indexes_that_are_used"),
        ("subjects", "0012_search_public_places"),
        ("subjects", "0013_search_rare_words_alone"),
        ("subjects", "0014_group_assessments"),
    ]

    initial = True

    dependencies = [
        ("access", "0002_row_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name='Subject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('person', 'person'), ('group', 'group'), ('place', 'place')], max_length=10)),
                    ('name', models.CharField(max_length=300)),
                    ('created_at', models.DateTimeField()),
                    ('what_matters_now', models.TextField(blank=True)),
                    ('what_matters_at', models.DateTimeField(null=True)),
                    ('joined_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined_from', to='subjects.subject')),
                    ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='subject', to='access.scope')),
                    ('what_matters_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SearchDay',
                fields=[
                    ('pk', models.CompositePrimaryKey('day', 'word_id', 'doc_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('day', models.DateField()),
                    ('word_id', models.IntegerField()),
                    ('doc_id', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='SearchNumber',
                fields=[
                    ('pk', models.CompositePrimaryKey('number', 'doc_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('number', models.TextField(db_collation='C')),
                    ('doc_id', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='SearchPosting',
                fields=[
                    ('pk', models.CompositePrimaryKey('word_id', 'beside', 'doc_id', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('word_id', models.IntegerField()),
                    ('beside', models.IntegerField()),
                    ('doc_id', models.BigIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='GroupAssessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField()),
                    ('purpose', models.TextField()),
                    ('said', models.TextField(blank=True)),
                    ('strengths', models.TextField()),
                    ('harms', models.TextField()),
                    ('places', models.TextField(blank=True)),
                    ('guardians', models.TextField(blank=True)),
                    ('at_risk', models.TextField()),
                    ('next_steps', models.TextField(blank=True)),
                    ('why_now', models.CharField(blank=True, max_length=300)),
                    ('review_on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='GroupReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('outcome', models.CharField(max_length=20)),
                    ('found', models.TextField()),
                    ('review_on', models.DateField(null=True)),
                    ('at', models.DateTimeField()),
                    ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='subjects.groupassessment')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Professional',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('system', models.CharField(max_length=120)),
                    ('key', models.CharField(max_length=200)),
                    ('name', models.CharField(max_length=200)),
                    ('email', models.CharField(blank=True, max_length=200)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('team', models.CharField(blank=True, max_length=200)),
                    ('job_title', models.CharField(blank=True, max_length=200)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ],
            ),
            migrations.CreateModel(
                name='Reference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('system', models.CharField(max_length=120)),
                    ('key', models.CharField(max_length=200)),
                    ('kind', models.CharField(default='person', max_length=10)),
                    ('first_seen', models.DateTimeField()),
                    ('scope', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='references', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='LinkEvidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('feed', models.CharField(blank=True, max_length=80)),
                    ('delivery', models.BigIntegerField(null=True)),
                    ('row', models.IntegerField(null=True)),
                    ('feed_key', models.CharField(blank=True, max_length=200)),
                    ('stated_on', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('kind', models.CharField(choices=[('parent-of', 'Parent'), ('sibling', 'Brother or sister'), ('family-of', 'Family'), ('carer-of', 'Carer'), ('partner-of', 'Partner'), ('household', 'Household'), ('lives-at', 'Lives at'), ('attends', 'Attends'), ('works-at', 'Works at'), ('seen-with', 'Seen with'), ('seen-at', 'Seen at'), ('friend-of', 'Friend'), ('associate-of', 'Spends time with'), ('part-of', 'In this group'), ('contacted-by', 'Contacted by'), ('exploited-by', 'Believed to be exploited by'), ('gathers-at', 'Spends time at')], max_length=40)),
                    ('outward', models.BooleanField(default=True)),
                    ('other_name', models.CharField(max_length=300)),
                    ('text', models.TextField()),
                    ('grade', models.CharField(choices=[('recorded', "On an agency's record"), ('told', 'The person told us'), ('seen', 'A professional saw it'), ('reported', 'Somebody reported it'), ('suspected', 'Suspected')], max_length=20)),
                    ('first_seen', models.DateField(null=True)),
                    ('last_seen', models.DateField(null=True)),
                    ('review_on', models.DateField(null=True)),
                    ('expires_on', models.DateField(null=True)),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject')),
                    ('scope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='subjects.subject')),
                    ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('other_reference', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                    ('reference', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                ],
            ),
            migrations.CreateModel(
                name='Involvement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('feed', models.CharField(blank=True, max_length=80)),
                    ('delivery', models.BigIntegerField(null=True)),
                    ('row', models.IntegerField(null=True)),
                    ('feed_key', models.CharField(blank=True, max_length=200)),
                    ('stated_on', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('team', models.CharField(blank=True, max_length=200)),
                    ('worker', models.CharField(blank=True, max_length=200)),
                    ('worker_key', models.CharField(blank=True, max_length=200)),
                    ('worker_system', models.CharField(blank=True, max_length=120)),
                    ('role', models.CharField(max_length=120)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('email', models.CharField(blank=True, max_length=200)),
                    ('since', models.DateField(null=True)),
                    ('until', models.DateField(null=True)),
                    ('is_lead', models.BooleanField(default=False)),
                    ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                    ('scope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='subjects.subject')),
                    ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reference', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                ],
            ),
            migrations.CreateModel(
                name='RestrictedPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('audience', models.CharField(max_length=80)),
                    ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='restricted_part', to='access.scope')),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='restricted_parts', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='SearchDoc',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=10)),
                    ('in_circle', models.BooleanField()),
                    ('is_child', models.BooleanField()),
                    ('label', models.TextField()),
                    ('words', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                    ('firsts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                    ('lasts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                    ('days', django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), size=None)),
                    ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                    ('scope', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='SearchName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first_names', models.TextField(blank=True)),
                    ('last_names', models.TextField(blank=True)),
                    ('known_as', models.TextField(blank=True)),
                    ('date_of_birth', models.DateField(null=True)),
                    ('postcode', models.TextField(blank=True)),
                    ('address', models.TextField(blank=True)),
                    ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                    ('scope', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='SearchWord',
                fields=[
                    ('id', models.AutoField(primary_key=True, serialize=False)),
                    ('word', models.TextField(db_collation='C')),
                    ('docs', models.IntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('word',), name='a_search_word_once')],
                },
            ),
            migrations.CreateModel(
                name='SearchKey',
                fields=[
                    ('pk', models.CompositePrimaryKey('key', 'word', 'dropped', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('key', models.TextField(db_collation='C')),
                    ('dropped', models.SmallIntegerField()),
                    ('word', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.searchword')),
                ],
            ),
            migrations.CreateModel(
                name='Group',
                fields=[
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='group', serialize=False, to='subjects.subject')),
                    ('about', models.TextField(blank=True)),
                    ('review_on', models.DateField(null=True)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Headline',
                fields=[
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='headline', serialize=False, to='subjects.subject')),
                    ('kind', models.CharField(max_length=10)),
                    ('name', models.CharField(max_length=300)),
                    ('date_of_birth', models.DateField(null=True)),
                    ('ring', models.JSONField(default=list)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='person', serialize=False, to='subjects.subject')),
                    ('is_child', models.BooleanField(default=False)),
                    ('first_name', models.CharField(blank=True, max_length=120)),
                    ('middle_names', models.CharField(blank=True, max_length=200)),
                    ('last_name', models.CharField(blank=True, max_length=120)),
                    ('known_as', models.CharField(blank=True, max_length=120)),
                    ('date_of_birth', models.DateField(null=True)),
                    ('died_on', models.DateField(null=True)),
                    ('sex', models.CharField(blank=True, max_length=1)),
                    ('pronouns', models.CharField(blank=True, max_length=60)),
                    ('language', models.CharField(blank=True, max_length=80)),
                    ('interpreter', models.CharField(blank=True, max_length=120)),
                    ('communication_needs', models.CharField(blank=True, max_length=300)),
                    ('ethnicity', models.CharField(blank=True, max_length=20)),
                    ('postcode', models.CharField(blank=True, max_length=10)),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('nhs_number', models.CharField(blank=True, max_length=10)),
                    ('upn', models.CharField(blank=True, max_length=13)),
                    ('in_care_since', models.DateField(null=True)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='place', serialize=False, to='subjects.subject')),
                    ('kind', models.CharField(max_length=60)),
                    ('address', models.CharField(blank=True, max_length=300)),
                    ('postcode', models.CharField(blank=True, max_length=10)),
                    ('latitude', models.FloatField(null=True)),
                    ('longitude', models.FloatField(null=True)),
                    ('online', models.CharField(blank=True, max_length=300)),
                    ('ward', models.CharField(blank=True, max_length=100)),
                    ('guardians', models.TextField(blank=True)),
                    ('unsafe_hours', models.CharField(blank=True, max_length=200)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.AddConstraint(
                model_name='groupassessment',
                constraint=models.UniqueConstraint(fields=('subject', 'version'), name='a_version_of_a_groups_assessment_once'),
            ),
            migrations.AddConstraint(
                model_name='groupassessment',
                constraint=models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('why_now', ''), _negated=True), _connector='OR'), name='a_later_version_says_why'),
            ),
            migrations.AddIndex(
                model_name='groupreview',
                index=models.Index(fields=['assessment', 'at'], name='subjects_gr_assessm_94eedf_idx'),
            ),
            migrations.AddConstraint(
                model_name='professional',
                constraint=models.UniqueConstraint(fields=('system', 'key'), name='a_professional_once_in_a_system'),
            ),
            migrations.AddConstraint(
                model_name='reference',
                constraint=models.UniqueConstraint(fields=('system', 'key'), name='a_number_once_in_a_system'),
            ),
            migrations.AddIndex(
                model_name='linkevidence',
                index=models.Index(fields=['subject', 'kind'], name='subjects_li_subject_e4c0c2_idx'),
            ),
            migrations.AddIndex(
                model_name='linkevidence',
                index=models.Index(fields=['feed', 'feed_key'], name='subjects_li_feed_3ad76a_idx'),
            ),
            migrations.AddConstraint(
                model_name='linkevidence',
                constraint=models.CheckConstraint(condition=models.Q(('subject', models.F('other')), _negated=True), name='nobody_is_linked_to_themselves'),
            ),
            migrations.AddConstraint(
                model_name='linkevidence',
                constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='no_evidence_no_link'),
            ),
            migrations.AddIndex(
                model_name='involvement',
                index=models.Index(fields=['worker_key'], name='subjects_in_worker__170f28_idx'),
            ),
            migrations.AddIndex(
                model_name='involvement',
                index=models.Index(fields=['feed', 'feed_key'], name='subjects_in_feed_0983e7_idx'),
            ),
            migrations.AddConstraint(
                model_name='restrictedpart',
                constraint=models.UniqueConstraint(fields=('subject', 'audience'), name='one_restricted_part_an_audience'),
            ),
            migrations.AddConstraint(
                model_name='searchdoc',
                constraint=models.UniqueConstraint(fields=('subject', 'scope'), name='one_search_doc_an_audience'),
            ),
            migrations.AddIndex(
                model_name='person',
                index=models.Index(fields=['date_of_birth'], name='subjects_pe_date_of_41e310_idx'),
            ),
            migrations.AddIndex(
                model_name='place',
                index=models.Index(fields=['postcode'], name='subjects_pl_postcod_bba145_idx'),
            ),
        ),
    ]
