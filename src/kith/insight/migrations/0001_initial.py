import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kith.foundations.database.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ("insight", "0001_cuts"),
        ("insight", "0002_networks"),
        ("insight", "0003_reports"),
        ("insight", "0004_problem_profiles"),
        ("insight", "0005_one_table_of_reports"),
        ("insight", "0006_networks_of_cuts"),
        ("insight", "0006_ratings_reviewed"),
        ("insight", "0007_reports_sent"),
        ("insight", "0008_shared_places"),
    ]

    initial = True

    dependencies = [
        ("subjects", "0003_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name='Pseudonym',
                fields=[
                    ('subject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='subjects.subject')),
                    ('code', models.CharField(max_length=12, unique=True)),
                ],
            ),
            migrations.CreateModel(
                name='Cut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40, unique=True)),
                    ('as_at', models.DateField()),
                    ('made_at', models.DateTimeField()),
                    ('purpose', models.CharField(max_length=300)),
                    ('sha256', models.CharField(max_length=64)),
                    ('rows', models.JSONField(default=dict)),
                    ('seconds', models.FloatField(default=0)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Network',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mode', models.CharField(max_length=20)),
                    ('purpose', models.CharField(max_length=300)),
                    ('bases', models.JSONField(default=list)),
                    ('seeds', models.JSONField(default=list)),
                    ('steps', models.PositiveSmallIntegerField(default=2)),
                    ('since', models.DateField(null=True)),
                    ('upto', models.DateField(null=True)),
                    ('made_at', models.DateTimeField()),
                    ('ends_on', models.DateField()),
                    ('cut', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insight.cut')),
                    ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Rating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('measure', models.CharField(max_length=60)),
                    ('colour', models.CharField(max_length=10)),
                    ('seen', models.CharField(max_length=200)),
                    ('commentary', models.TextField()),
                    ('action', models.CharField(max_length=500)),
                    ('due', models.DateField()),
                    ('escalated', models.BooleanField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='RatingAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('of_executive', models.BooleanField()),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='insight.rating')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='RatingsReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('dashboard', models.CharField(max_length=40)),
                    ('group', models.CharField(max_length=120)),
                    ('met_on', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cut', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='insight.cut')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.AddField(
                model_name='rating',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='insight.ratingsreview'),
            ),
            migrations.CreateModel(
                name='Reidentified',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('purpose', models.CharField(max_length=300)),
                    ('about', models.CharField(max_length=300)),
                    ('people', models.IntegerField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cut', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reidentified', to='insight.cut')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('period', models.CharField(max_length=60)),
                    ('comparator', models.CharField(max_length=20)),
                    ('subject', models.CharField(blank=True, default='', max_length=130)),
                    ('called', models.CharField(blank=True, default='', max_length=300)),
                    ('purpose', models.CharField(blank=True, default='', max_length=300)),
                    ('was_profile', models.BigIntegerField(null=True, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('cut', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='insight.cut')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='ReportRecipient',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('agency', models.CharField(max_length=120)),
                    ('name', models.CharField(max_length=120)),
                    ('email', models.EmailField(max_length=254)),
                    ('taken_out', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='ReportSent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('checksum', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insight.reportrecipient')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='insight.report')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='ReportSigned',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content', models.JSONField()),
                    ('checksum', models.CharField(max_length=64)),
                    ('checked', models.CharField(max_length=500)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='insight.report')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='ReportStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('section', models.CharField(max_length=40)),
                    ('number', models.IntegerField()),
                    ('what', models.CharField(max_length=500)),
                    ('owner', models.CharField(max_length=200)),
                    ('due', models.DateField(null=True)),
                    ('state', models.CharField(max_length=20)),
                    ('progress', models.TextField(blank=True)),
                    ('taken_out', models.BooleanField(default=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('carried_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insight.reportstep')),
                    ('from_rating', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='insight.rating')),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='insight.report')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='ReportWords',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('section', models.CharField(max_length=40)),
                    ('words', models.TextField(blank=True)),
                    ('beside', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='insight.report')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='SharedPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reasons', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('set_aside_at', models.DateTimeField(null=True)),
                    ('because', models.CharField(blank=True, max_length=300)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('set_aside_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='Snapshot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('taken_at', models.DateTimeField()),
                    ('as_at', models.DateField()),
                    ('narrative', models.TextField()),
                    ('nodes', models.JSONField()),
                    ('links', models.JSONField()),
                    ('missing', models.JSONField(default=list)),
                    ('expires_on', models.DateField()),
                    ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='insight.network')),
                    ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='SuggestionDecided',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('accepted', models.BooleanField()),
                    ('because', models.CharField(blank=True, max_length=300)),
                    ('told', models.JSONField(default=list)),
                    ('at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject')),
                ],
            ),
            migrations.AddIndex(
                model_name='cut',
                index=models.Index(fields=['-made_at'], name='insight_cut_made_at_3e5e1c_idx'),
            ),
            migrations.AddConstraint(
                model_name='cut',
                constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='a_cut_has_a_purpose'),
            ),
            migrations.AddIndex(
                model_name='network',
                index=models.Index(fields=['viewer', '-made_at'], name='insight_net_viewer__b74132_idx'),
            ),
            migrations.AddConstraint(
                model_name='network',
                constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='a_network_has_a_purpose'),
            ),
            migrations.AddConstraint(
                model_name='network',
                constraint=models.CheckConstraint(condition=models.Q(('bases', []), _negated=True), name='a_network_has_a_lawful_basis'),
            ),
            migrations.AddConstraint(
                model_name='network',
                constraint=models.CheckConstraint(condition=models.Q(('seeds', []), _negated=True), name='a_network_begins_from_somebody'),
            ),
            migrations.AddConstraint(
                model_name='ratinganswer',
                constraint=models.UniqueConstraint(fields=('rating', 'of_executive'), name='a_rating_is_answered_once_by_each'),
            ),
            migrations.AddConstraint(
                model_name='ratinganswer',
                constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='an_answer_has_words'),
            ),
            migrations.AddIndex(
                model_name='ratingsreview',
                index=models.Index(fields=['-met_on', '-id'], name='insight_rat_met_on_5aa828_idx'),
            ),
            migrations.AddConstraint(
                model_name='ratingsreview',
                constraint=models.CheckConstraint(condition=models.Q(('group', ''), _negated=True), name='a_review_says_who_met'),
            ),
            migrations.AddIndex(
                model_name='rating',
                index=models.Index(fields=['review', 'measure', '-id'], name='insight_rat_review__3a8429_idx'),
            ),
            migrations.AddIndex(
                model_name='rating',
                index=models.Index(fields=['measure', '-id'], name='insight_rat_measure_f61257_idx'),
            ),
            migrations.AddConstraint(
                model_name='rating',
                constraint=models.CheckConstraint(condition=models.Q(('commentary', ''), _negated=True), name='a_rating_has_a_commentary'),
            ),
            migrations.AddConstraint(
                model_name='rating',
                constraint=models.CheckConstraint(condition=models.Q(('action', ''), _negated=True), name='a_rating_has_an_action'),
            ),
            migrations.AddConstraint(
                model_name='reidentified',
                constraint=models.CheckConstraint(condition=models.Q(('purpose', ''), _negated=True), name='whom_it_is_about_has_a_purpose'),
            ),
            migrations.AddIndex(
                model_name='report',
                index=models.Index(fields=['-made_at'], name='insight_rep_made_at_43dc1d_idx'),
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('called', ''), ('subject', '')), models.Q(models.Q(('subject', ''), _negated=True), models.Q(('called', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), _connector='OR'), name='a_profile_has_a_subject_and_a_purpose'),
            ),
            migrations.AddIndex(
                model_name='reportrecipient',
                index=models.Index(fields=['kind', 'email', '-id'], name='insight_rep_kind_2c3be8_idx'),
            ),
            migrations.AddConstraint(
                model_name='reportrecipient',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='a_recipient_is_somebody'),
            ),
            migrations.AddConstraint(
                model_name='reportsent',
                constraint=models.UniqueConstraint(fields=('report', 'recipient'), name='a_report_is_sent_once_to_each'),
            ),
            migrations.AddConstraint(
                model_name='reportsigned',
                constraint=models.CheckConstraint(condition=models.Q(('checked', ''), _negated=True), name='a_signature_says_what_was_checked'),
            ),
            migrations.AddIndex(
                model_name='reportstep',
                index=models.Index(fields=['report', 'number', '-at'], name='insight_rep_report__099afd_idx'),
            ),
            migrations.AddConstraint(
                model_name='reportstep',
                constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='an_action_says_what'),
            ),
            migrations.AddConstraint(
                model_name='reportstep',
                constraint=models.CheckConstraint(condition=models.Q(('owner', ''), _negated=True), name='an_action_has_an_owner'),
            ),
            migrations.AddIndex(
                model_name='reportwords',
                index=models.Index(fields=['report', 'section', '-at'], name='insight_rep_report__11a566_idx'),
            ),
            migrations.AddIndex(
                model_name='sharedplace',
                index=models.Index(fields=['subject', '-at'], name='insight_sha_subject_84ca81_idx'),
            ),
            migrations.AddConstraint(
                model_name='sharedplace',
                constraint=models.UniqueConstraint(condition=models.Q(('set_aside_at', None)), fields=('subject',), name='a_place_is_pointed_out_once'),
            ),
            migrations.AddConstraint(
                model_name='sharedplace',
                constraint=models.CheckConstraint(condition=models.Q(('set_aside_at', None), models.Q(('because', ''), _negated=True), _connector='OR'), name='a_place_set_aside_has_its_reason'),
            ),
            migrations.AddIndex(
                model_name='snapshot',
                index=models.Index(fields=['network', '-taken_at'], name='insight_sna_network_aec2ea_idx'),
            ),
            migrations.AddConstraint(
                model_name='snapshot',
                constraint=models.CheckConstraint(condition=models.Q(('narrative', ''), _negated=True), name='a_snapshot_has_its_narrative'),
            ),
            migrations.AddIndex(
                model_name='suggestiondecided',
                index=models.Index(fields=['subject', 'other'], name='insight_sug_subject_f57408_idx'),
            ),
            migrations.AddConstraint(
                model_name='suggestiondecided',
                constraint=models.CheckConstraint(condition=models.Q(('accepted', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='declined_has_its_reason'),
            ),
        ),
    ]
