import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kith.foundations.database.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ("chronology", "0003_beside_and_counted"),
        ("chronology", "0004_only_indexes_that_are_used"),
        ("chronology", "0005_a_form_sent_twice_is_one_entry"),
    ]

    initial = True

    dependencies = [
        ("subjects", "0003_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('feed', models.CharField(blank=True, max_length=80)),
                    ('delivery', models.BigIntegerField(null=True)),
                    ('row', models.IntegerField(null=True)),
                    ('feed_key', models.CharField(blank=True, max_length=200)),
                    ('stated_on', models.DateField(null=True)),
                    ('recorded_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('kind', models.CharField(max_length=60)),
                    ('on', models.DateField()),
                    ('at', models.DateTimeField(null=True)),
                    ('until', models.DateTimeField(null=True)),
                    ('until_day', models.DateField(null=True)),
                    ('summary', models.TextField()),
                    ('details', models.JSONField(default=dict)),
                    ('significant', models.BooleanField(default=False)),
                    ('sent_as', models.UUIDField(null=True)),
                    ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                    ('superseded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='chronology.entry')),
                    ('written_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Dispute',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('said_by', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('recorded_by', models.BigIntegerField()),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disputes', to='chronology.entry')),
                ],
            ),
            migrations.CreateModel(
                name='EntrySubject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('part', models.CharField(blank=True, max_length=40)),
                    ('private_text', models.TextField(blank=True)),
                    ('on', models.DateField()),
                    ('significant', models.BooleanField(default=False)),
                    ('marked_significant_by', models.BigIntegerField(null=True)),
                    ('impact', models.TextField(blank=True)),
                    ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='about', to='chronology.entry')),
                    ('reference', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subjects.reference')),
                    ('scope', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.scope')),
                    ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='subjects.subject')),
                ],
            ),
            migrations.AddIndex(
                model_name='entry',
                index=models.Index(fields=['feed', 'feed_key'], name='chronology__feed_cec328_idx'),
            ),
            migrations.AddConstraint(
                model_name='entry',
                constraint=models.CheckConstraint(condition=models.Q(('superseded_by', models.F('id')), _negated=True), name='an_entry_cannot_replace_itself'),
            ),
            migrations.AddConstraint(
                model_name='entry',
                constraint=models.UniqueConstraint(condition=models.Q(('sent_as__isnull', False)), fields=('written_by', 'sent_as'), name='a_form_sent_twice_is_one_entry'),
            ),
            migrations.AddIndex(
                model_name='entrysubject',
                index=models.Index(fields=['subject', '-on', '-id'], name='chronology__subject_494746_idx'),
            ),
            migrations.AddIndex(
                model_name='entrysubject',
                index=models.Index(fields=['scope', '-on'], name='chronology__scope_i_7f393e_idx'),
            ),
            migrations.AddIndex(
                model_name='entrysubject',
                index=models.Index(condition=models.Q(('significant', True)), fields=['subject', '-on', '-id'], name='significant_on_a_record'),
            ),
            migrations.AddConstraint(
                model_name='entrysubject',
                constraint=models.UniqueConstraint(fields=('entry', 'subject', 'part', 'reference'), name='an_entry_once_on_a_record', nulls_distinct=False),
            ),
        ),
    ]
