import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kith.foundations.database.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ("linkage", "0003_following"),
        ("linkage", "0004_row_security"),
        ("linkage", "0005_came_again"),
        ("linkage", "0006_under_review"),
        ("linkage", "0007_row_security"),
        ("linkage", "0008_only_indexes_that_are_used"),
        ("linkage", "0009_whom_first"),
        ("linkage", "0010_parting"),
    ]

    initial = True

    dependencies = [
        ("subjects", "0003_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name='LinkRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('started_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('kind', models.CharField(max_length=20)),
                    ('model', models.CharField(blank=True, max_length=60)),
                    ('report', models.JSONField(default=dict)),
                ],
            ),
            migrations.CreateModel(
                name='Match',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('probability', models.FloatField()),
                    ('weight', models.FloatField()),
                    ('outcome', models.CharField(max_length=10)),
                    ('found_at', models.DateTimeField()),
                    ('found_by', models.CharField(max_length=60)),
                    ('left', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                    ('right', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                ],
            ),
            migrations.CreateModel(
                name='ReferenceUnderReview',
                fields=[
                    ('reference', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='subjects.reference')),
                ],
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('feed', models.CharField(max_length=80)),
                    ('file_name', models.CharField(max_length=300)),
                    ('sha256', models.CharField(max_length=64)),
                    ('bytes', models.BigIntegerField()),
                    ('received_at', models.DateTimeField()),
                    ('as_at', models.DateField(null=True)),
                    ('state', models.CharField(max_length=20)),
                    ('rows_read', models.IntegerField(default=0)),
                    ('rows_loaded', models.IntegerField(default=0)),
                    ('rows_unchanged', models.IntegerField(default=0)),
                    ('rows_rejected', models.IntegerField(default=0)),
                    ('rows_ended', models.IntegerField(default=0)),
                    ('values_set_aside', models.IntegerField(default=0)),
                    ('loaded_to_row', models.IntegerField(default=0)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('came_again_at', models.DateTimeField(null=True)),
                    ('problem', models.TextField(blank=True)),
                    ('notes', models.JSONField(default=list)),
                    ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Judgement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verdict', models.CharField(max_length=10)),
                    ('reason', models.TextField(blank=True)),
                    ('evidence', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('withdrawn_because', models.TextField(blank=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('left', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                    ('right', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='UnderReview',
                fields=[
                    ('match', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='linkage.match')),
                    ('comes_of_age', models.DateField(null=True)),
                    ('is_open', models.BooleanField(db_default=False, default=False)),
                ],
            ),
            migrations.CreateModel(
                name='Move',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('from_subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                    ('judgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='linkage.judgement')),
                    ('reference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                    ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='linkage.linkrun')),
                    ('to_subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ],
            ),
            migrations.CreateModel(
                name='PartingRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('chosen', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('verdict', models.CharField(blank=True, max_length=10)),
                    ('note', models.TextField(blank=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Reject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('row', models.IntegerField()),
                    ('reasons', models.JSONField()),
                    ('original', models.JSONField()),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejects', to='linkage.delivery')),
                ],
            ),
            migrations.CreateModel(
                name='SourceRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('feed', models.CharField(max_length=80)),
                    ('row', models.IntegerField()),
                    ('facts', models.JSONField()),
                    ('stated_on', models.DateField(null=True)),
                    ('fingerprint', models.CharField(max_length=32)),
                    ('first_seen', models.DateTimeField()),
                    ('last_seen', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('is_child', models.BooleanField(default=False)),
                    ('linked_as', models.CharField(blank=True, db_default='', default='', max_length=40)),
                    ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='linkage.delivery')),
                    ('reference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='subjects.reference')),
                    ('scope', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Carried',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=20)),
                    ('row', models.BigIntegerField()),
                    ('before', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('returned_at', models.DateTimeField(null=True)),
                    ('carried_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                    ('home', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subjects.subject')),
                ],
                options={
                    'indexes': [models.Index(fields=['what', 'row'], name='linkage_car_what_e1b338_idx')],
                },
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(fields=['feed', '-received_at'], name='linkage_del_feed_34f46e_idx'),
            ),
            migrations.AddConstraint(
                model_name='delivery',
                constraint=models.UniqueConstraint(fields=('feed', 'sha256'), name='a_file_is_loaded_once_for_a_feed'),
            ),
            migrations.AddConstraint(
                model_name='judgement',
                constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('left', 'right'), name='one_standing_judgement_a_pair'),
            ),
            migrations.AddConstraint(
                model_name='judgement',
                constraint=models.CheckConstraint(condition=models.Q(('left__lt', models.F('right'))), name='a_judged_pair_has_one_order'),
            ),
            migrations.AddConstraint(
                model_name='judgement',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='withdrawn_by_somebody_at_some_time'),
            ),
            migrations.AddField(
                model_name='underreview',
                name='left_subject',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject'),
            ),
            migrations.AddField(
                model_name='underreview',
                name='right_subject',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.subject'),
            ),
            migrations.AddIndex(
                model_name='match',
                index=models.Index(fields=['outcome', '-weight'], name='linkage_mat_outcome_f422c9_idx'),
            ),
            migrations.AddConstraint(
                model_name='match',
                constraint=models.UniqueConstraint(fields=('left', 'right'), name='a_pair_once'),
            ),
            migrations.AddConstraint(
                model_name='match',
                constraint=models.CheckConstraint(condition=models.Q(('left__lt', models.F('right'))), name='a_pair_has_one_order'),
            ),
            migrations.AddConstraint(
                model_name='partingrequest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('verdict', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('verdict__in', ['same', 'different'])), _connector='OR'), name='a_parting_is_decided_by_somebody'),
            ),
            migrations.AddIndex(
                model_name='reject',
                index=models.Index(fields=['delivery', 'row'], name='linkage_rej_deliver_5fc269_idx'),
            ),
            migrations.AddConstraint(
                model_name='sourcerecord',
                constraint=models.UniqueConstraint(fields=('feed', 'reference'), name='one_record_a_feed_and_number'),
            ),
            migrations.AddConstraint(
                model_name='underreview',
                constraint=models.UniqueConstraint(fields=('left_subject', 'right_subject'), name='two_people_are_asked_about_once'),
            ),
        ),
    ]
