from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE

# Beside the two records of an unsure match, a data officer reads the others already joined to either of them.
TOGETHER = f"""
create policy under_review_together on subjects_reference for select to {SERVED_ROLE} using (
  (select kith_is_data_officer())
  and exists (select from linkage_underreview u
    where subjects_reference.subject_id in (u.left_subject_id, u.right_subject_id)));
create policy under_review_together on linkage_sourcerecord for select to {SERVED_ROLE} using (
  (select kith_is_data_officer())
  and exists (select from linkage_underreview u join subjects_reference r on r.subject_id in (u.left_subject_id, u.right_subject_id)
              where r.id = linkage_sourcerecord.reference_id));
"""
UNDO_TOGETHER = """
drop policy under_review_together on linkage_sourcerecord;
drop policy under_review_together on subjects_reference;
"""
READ_BY_OFFICERS = f"""
alter table {{table}} enable row level security;
alter table {{table}} force row level security;
create policy officers on {{table}} for select to {SERVED_ROLE} using ((select kith_is_data_officer()));
create policy system on {{table}} for all to {SERVED_ROLE}
  using ((select kith_sees_all())) with check ((select kith_sees_all()));
"""
UNDO_READ = """
drop policy officers on {table};
drop policy system on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""
TABLES = ("linkage_move", "linkage_carried", "linkage_underreview")


class Migration(migrations.Migration):
    dependencies = [("linkage", "0003_following")]
    operations = [
        *[migrations.RunSQL(READ_BY_OFFICERS.format(table=t), UNDO_READ.format(table=t)) for t in TABLES],
        migrations.RunSQL(TOGETHER, UNDO_TOGETHER),
    ]
