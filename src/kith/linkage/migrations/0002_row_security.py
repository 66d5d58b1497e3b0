from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE, ProtectRows

# A data officer decides unsure matches and mends rejected rows, and reads no more than that needs.
OFFICERS = f"""
create or replace function kith_is_data_officer() returns boolean language sql stable parallel safe as
$$ select exists (select from access_viewer v where v.id = kith_viewer() and v.role = 'data-officer' and v.is_active) $$;

create policy under_review on linkage_sourcerecord for select to {SERVED_ROLE} using (
  (select kith_is_data_officer()) and (
    exists (select from linkage_match m where m.left_id = reference_id and m.outcome = 'unsure')
    or exists (select from linkage_match m where m.right_id = reference_id and m.outcome = 'unsure')));
create policy under_review on subjects_reference for select to {SERVED_ROLE} using (
  (select kith_is_data_officer()) and (
    exists (select from linkage_match m where m.left_id = subjects_reference.id and m.outcome = 'unsure')
    or exists (select from linkage_match m where m.right_id = subjects_reference.id and m.outcome = 'unsure')));
"""
OFFICER_ONLY = f"""
alter table {{table}} enable row level security;
alter table {{table}} force row level security;
create policy officers on {{table}} for all to {SERVED_ROLE}
  using ((select kith_is_data_officer()) or (select kith_sees_all()))
  with check ((select kith_is_data_officer()) or (select kith_sees_all()));
"""
OFFICER_TABLES = ("linkage_reject", "linkage_match", "linkage_judgement")
UNDO = """
drop policy under_review on linkage_sourcerecord;
drop policy under_review on subjects_reference;
"""
UNDO_ONLY = """
drop policy officers on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0001_initial"), ("subjects", "0002_row_security")]
    operations = [
        ProtectRows("linkage_sourcerecord"),
        migrations.RunSQL(OFFICERS, UNDO),
        *[migrations.RunSQL(OFFICER_ONLY.format(table=table), UNDO_ONLY.format(table=table)) for table in OFFICER_TABLES],
    ]
