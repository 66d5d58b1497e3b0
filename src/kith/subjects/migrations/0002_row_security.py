from django.db import migrations

from kith.foundations.access.row_security import ProtectRows

# A version stands, and so does what somebody found who looked at it again: to say otherwise adds a row.
STANDS = """
create function kith_group_assessment_stands() returns trigger language plpgsql as $$
begin
  raise exception 'The assessment of a group is never changed: write a new version.';
end $$;
create trigger a_group_assessment_stands before update or delete on subjects_groupassessment
  for each row execute function kith_group_assessment_stands();
create trigger a_group_review_stands before update or delete on subjects_groupreview
  for each row execute function kith_group_assessment_stands();
"""
MAY_CHANGE = """
drop trigger a_group_assessment_stands on subjects_groupassessment;
drop trigger a_group_review_stands on subjects_groupreview;
drop function kith_group_assessment_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("subjects", "0001_initial")]
    operations = [
        ProtectRows("subjects_subject"),
        ProtectRows("subjects_person"),
        ProtectRows("subjects_group"),
        ProtectRows("subjects_place"),
        ProtectRows("subjects_headline"),
        ProtectRows("subjects_restrictedpart"),
        ProtectRows("subjects_reference"),
        ProtectRows("subjects_linkevidence"),
        ProtectRows("subjects_involvement"),
        ProtectRows("subjects_groupassessment"),
        ProtectRows("subjects_groupreview"),
        migrations.RunSQL(STANDS, MAY_CHANGE),
    ]
