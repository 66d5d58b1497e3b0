from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE, ProtectRows

# A data officer decides unsure matches and mends rejected rows, and reads no more than that needs: the references of
# people who await a decision.
OFFICERS = f"""
create or replace function kith_is_data_officer() returns boolean language sql stable parallel safe as
$$ select exists (select from access_viewer v where v.id = kith_viewer() and v.role = 'data-officer' and v.is_active) $$;

create policy under_review on subjects_reference for select to {SERVED_ROLE} using (
  (select kith_is_data_officer())
  and exists (select from linkage_referenceunderreview u where u.reference_id = subjects_reference.id));
create policy under_review on linkage_sourcerecord for select to {SERVED_ROLE} using (
  (select kith_is_data_officer())
  and exists (select from linkage_referenceunderreview u where u.reference_id = linkage_sourcerecord.reference_id));
alter table linkage_referenceunderreview enable row level security;
alter table linkage_referenceunderreview force row level security;
create policy officers on linkage_referenceunderreview for select to {SERVED_ROLE}
  using ((select kith_is_data_officer()));
create policy system on linkage_referenceunderreview for all to {SERVED_ROLE}
  using ((select kith_sees_all())) with check ((select kith_sees_all()));
"""
UNDO = """
drop policy officers on linkage_referenceunderreview;
drop policy system on linkage_referenceunderreview;
alter table linkage_referenceunderreview no force row level security;
alter table linkage_referenceunderreview disable row level security;
drop policy under_review on subjects_reference;
drop policy under_review on linkage_sourcerecord;
"""
OFFICER_ONLY = f"""
alter table {{table}} enable row level security;
alter table {{table}} force row level security;
create policy officers on {{table}} for all to {SERVED_ROLE}
  using ((select kith_is_data_officer()) or (select kith_sees_all()))
  with check ((select kith_is_data_officer()) or (select kith_sees_all()));
"""
OFFICER_TABLES = ("linkage_reject", "linkage_match", "linkage_judgement")
UNDO_ONLY = """
drop policy officers on {table};
alter table {table} no force row level security;
alter table {table} disable row level security;
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
READ_TABLES = ("linkage_move", "linkage_carried", "linkage_underreview")

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
ASKED_UNDO = """
drop policy own on linkage_partingrequest;
drop policy asked on linkage_partingrequest;
drop policy officers on linkage_partingrequest;
drop policy decided on linkage_partingrequest;
drop policy system on linkage_partingrequest;
alter table linkage_partingrequest no force row level security;
alter table linkage_partingrequest disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0001_initial")]
    operations = [
        ProtectRows("linkage_sourcerecord"),
        migrations.RunSQL(OFFICERS, UNDO),
        *[migrations.RunSQL(OFFICER_ONLY.format(table=t), UNDO_ONLY.format(table=t)) for t in OFFICER_TABLES],
        *[migrations.RunSQL(READ_BY_OFFICERS.format(table=t), UNDO_READ.format(table=t)) for t in READ_TABLES],
        migrations.RunSQL(ASKED, ASKED_UNDO),
    ]
