from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE

# What a data officer may read, in one place and one look-up: the references of people who await a decision.
ONE_LOOK = f"""
drop policy under_review on subjects_reference;
drop policy under_review on linkage_sourcerecord;
drop policy under_review_together on subjects_reference;
drop policy under_review_together on linkage_sourcerecord;
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
BEFORE = f"""
drop policy officers on linkage_referenceunderreview;
drop policy system on linkage_referenceunderreview;
alter table linkage_referenceunderreview no force row level security;
alter table linkage_referenceunderreview disable row level security;
drop policy under_review on subjects_reference;
drop policy under_review on linkage_sourcerecord;
create policy under_review on linkage_sourcerecord for select to {SERVED_ROLE} using (
  (select kith_is_data_officer()) and (
    exists (select from linkage_match m where m.left_id = reference_id and m.outcome = 'unsure')
    or exists (select from linkage_match m where m.right_id = reference_id and m.outcome = 'unsure')));
create policy under_review on subjects_reference for select to {SERVED_ROLE} using (
  (select kith_is_data_officer()) and (
    exists (select from linkage_match m where m.left_id = subjects_reference.id and m.outcome = 'unsure')
    or exists (select from linkage_match m where m.right_id = subjects_reference.id and m.outcome = 'unsure')));
create policy under_review_together on subjects_reference for select to {SERVED_ROLE} using (
  (select kith_is_data_officer())
  and exists (select from linkage_underreview u
    where subjects_reference.subject_id in (u.left_subject_id, u.right_subject_id)));
create policy under_review_together on linkage_sourcerecord for select to {SERVED_ROLE} using (
  (select kith_is_data_officer())
  and exists (select from linkage_underreview u
              join subjects_reference r on r.subject_id in (u.left_subject_id, u.right_subject_id)
              where r.id = linkage_sourcerecord.reference_id));
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0006_under_review")]
    operations = [migrations.RunSQL(ONE_LOOK, BEFORE)]
