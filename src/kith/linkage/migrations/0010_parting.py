import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kith.foundations.access.row_security import SERVED_ROLE

# What a worker asks to part is read by who asked and by data officers, who decide it.
ASKED = f"""
alter table linkage_partingrequest enable row level security;
alter table linkage_partingrequest force row level security;
create policy own on linkage_partingrequest for select to {SERVED_ROLE} using (by_id = (select kith_viewer()));
create policy asked on linkage_partingrequest for insert to {SERVED_ROLE}
  with check (by_id = (select kith_viewer()) and decided_at is null);
create policy officers on linkage_partingrequest for select to {SERVED_ROLE} using ((select kith_is_data_officer()));
create policy decided on linkage_partingrequest for update to {SERVED_ROLE}
  using ((select kith_is_data_officer()) and decided_at is null)
  with check (decided_by_id = (select kith_viewer()));
create policy system on linkage_partingrequest for all to {SERVED_ROLE}
  using ((select kith_sees_all())) with check ((select kith_sees_all()));
"""
UNDO = """
drop policy own on linkage_partingrequest;
drop policy asked on linkage_partingrequest;
drop policy officers on linkage_partingrequest;
drop policy decided on linkage_partingrequest;
drop policy system on linkage_partingrequest;
alter table linkage_partingrequest no force row level security;
alter table linkage_partingrequest disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("linkage", "0009_whom_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chosen", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("verdict", models.CharField(blank=True, max_length=10)),
                ("note", models.TextField(blank=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided_at", None), ("decided_by", None), ("verdict", ""))
                        | models.Q(
                            ("decided_at__isnull", False),
                            ("decided_by__isnull", False),
                            ("verdict__in", ["same", "different"]),
                        ),
                        name="a_parting_is_decided_by_somebody",
                    )
                ],
            },
        ),
        migrations.RunSQL(ASKED, UNDO),
    ]
