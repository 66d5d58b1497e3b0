import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kith.foundations.database.together import CreateTogether


class Migration(migrations.Migration):

    replaces = [
        ("access", "0003_break_glass_rows"),
        ("access", "0004_teams_share_work"),
        ("access", "0005_teams_of_the_missing"),
        ("access", "0006_analysts_and_leaders"),
        ("access", "0007_figures_for_the_partnership"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name='Agency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=80, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('kind', models.CharField(max_length=40)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('out_of_hours', models.CharField(blank=True, max_length=80)),
                    ('in_partnership', models.BooleanField(default=True)),
                ],
            ),
            migrations.CreateModel(
                name='Viewer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('name', models.CharField(max_length=200)),
                    ('role', models.CharField(choices=[('practitioner', 'Practitioner'), ('manager', 'Manager'), ('front-door', 'Front door worker'), ('intelligence', 'Intelligence officer'), ('data-officer', 'Data officer'), ('analyst', 'Partnership analyst'), ('leader', 'Leader'), ('auditor', 'Auditor'), ('administrator', 'Administrator'), ('system', 'System job')], max_length=40)),
                    ('reach', models.CharField(choices=[('scoped', 'scoped'), ('all', 'all')], default='scoped', max_length=10)),
                    ('job_title', models.CharField(blank=True, max_length=200)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('is_active', models.BooleanField(default=True)),
                    ('joined_at', models.DateTimeField(auto_now_add=True)),
                    ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='viewers', to='access.agency')),
                ],
            ),
            migrations.CreateModel(
                name='Scope',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('circle', 'circle'), ('restricted', 'restricted'), ('team', 'team'), ('partnership', 'partnership'), ('figures', 'figures')], max_length=20)),
                    ('title', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('kind__in', ['figures', 'partnership'])), fields=('kind',), name='one_scope_of_a_role')],
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('work', models.CharField(blank=True, choices=[('front-door', 'Takes contacts at the front door'), ('checks', "Answers the front door's checks for its agency"), ('intelligence', 'Grades and passes on intelligence'), ('sources', 'Knows who gave intelligence'), ('early-help', 'Gives early help'), ('assessment', 'Assesses and works with children and families'), ('contexts', 'Works with peer groups and places'), ('missing', 'Follows missing children, and offers each a conversation on return'), ('search', 'Searches for missing children'), ('homes', 'Looks after children in a home'), ('response', 'Answers critical moments, day and night')], max_length=20)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='access.agency')),
                    ('audience', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='team', to='access.scope')),
                ],
            ),
            migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('because', models.CharField(max_length=300)),
                    ('reason_kind', models.CharField(max_length=40)),
                    ('reference', models.CharField(blank=True, max_length=120)),
                    ('opened_at', models.DateTimeField()),
                    ('until', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ended_because', models.CharField(blank=True, max_length=300)),
                    ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('viewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='openings', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='access.scope')),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='access.team')),
                ],
            ),
            migrations.AddField(
                model_name='viewer',
                name='teams',
                field=models.ManyToManyField(blank=True, related_name='viewers', to='access.team'),
            ),
            migrations.CreateModel(
                name='ViewerScope',
                fields=[
                    ('pk', models.CompositePrimaryKey('viewer', 'scope', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('until', models.DateTimeField(null=True)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.scope')),
                    ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='BreakGlass',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject_id', models.BigIntegerField()),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('review_due', models.DateTimeField()),
                    ('reviewed_at', models.DateTimeField(null=True)),
                    ('outcome', models.CharField(blank=True, max_length=40)),
                    ('review_note', models.TextField(blank=True)),
                    ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('viewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('opening', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='break_glass', to='access.opening')),
                ],
                options={
                    'indexes': [models.Index(fields=['subject_id'], name='access_brea_subject_203c2d_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_by', None)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='reviewed_by_somebody_at_some_time')],
                },
            ),
            migrations.AddConstraint(
                model_name='team',
                constraint=models.UniqueConstraint(fields=('agency', 'name'), name='team_name_once_in_an_agency'),
            ),
            migrations.AddIndex(
                model_name='opening',
                index=models.Index(fields=['scope', 'ended_at'], name='access_open_scope_i_352b08_idx'),
            ),
            migrations.AddIndex(
                model_name='opening',
                index=models.Index(fields=['reference'], name='access_open_referen_f5e680_idx'),
            ),
            migrations.AddConstraint(
                model_name='opening',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('team__isnull', False), ('viewer', None)), models.Q(('team', None), ('viewer__isnull', False)), _connector='OR'), name='opened_to_one_person_or_one_team'),
            ),
            migrations.AddConstraint(
                model_name='opening',
                constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('opened_at')), _connector='OR'), name='opens_before_it_ends'),
            ),
            migrations.AddConstraint(
                model_name='viewer',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('agency', None), ('role', 'system')), ('reach', 'scoped'), _connector='OR'), name='only_the_system_reaches_everything'),
            ),
            migrations.AddIndex(
                model_name='viewerscope',
                index=models.Index(fields=['scope'], name='access_view_scope_i_ec5f25_idx'),
            ),
        ),
    ]
