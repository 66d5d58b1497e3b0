import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from kith.foundations.access.row_security import SERVED_ROLE

# Anybody may add a line in their own name, read their own lines, and nothing else. Auditors read all. The
# owner of the
# tables, who runs the worker that seals, is not bound by this (row security here is not forced).
WHO_READS = f"""
alter table audit_auditevent alter column transaction set default pg_current_xact_id()::text::bigint;

alter table audit_auditevent enable row level security;
create policy added_in_ones_own_name on audit_auditevent for insert to {SERVED_ROLE}
  with check (viewer_id is null or viewer_id = (select kith_viewer()) or (select kith_sees_all()));
create policy own on audit_auditevent for select to {SERVED_ROLE} using (viewer_id = (select kith_viewer()));
create policy auditors on audit_auditevent for select to {SERVED_ROLE} using ((select kith_is_auditor()));
create policy system on audit_auditevent for select to {SERVED_ROLE} using ((select kith_sees_all()));

alter table audit_auditseal enable row level security;
create policy auditors on audit_auditseal for select to {SERVED_ROLE} using ((select kith_is_auditor()));
revoke insert, update, delete, truncate on audit_auditseal from {SERVED_ROLE};
"""
UNDO = """
drop policy added_in_ones_own_name on audit_auditevent;
drop policy own on audit_auditevent;
drop policy auditors on audit_auditevent;
drop policy system on audit_auditevent;
drop policy auditors on audit_auditseal;
alter table audit_auditevent disable row level security;
alter table audit_auditseal disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("access", "0002_row_security")]
    operations = [
        migrations.AddField(
            "auditevent", "transaction", models.BigIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            "auditseal",
            "row_hashes",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=64), size=None, default=list
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "auditseal", "sealed_below", models.BigIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            "auditseal", "cluster", models.CharField(max_length=40, default=""), preserve_default=False
        ),
        migrations.AddField("auditseal", "from_event", models.BigIntegerField(default=0)),
        migrations.AddIndex(
            "auditevent", models.Index(fields=["transaction"], name="audit_audit_transac_01adf2_idx")
        ),
        migrations.AddIndex(
            "auditevent",
            django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="audit_event_subjects"),
        ),
        migrations.RunSQL(WHO_READS, UNDO),
    ]
