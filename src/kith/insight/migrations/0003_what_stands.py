"""What was cut, drawn, written, rated and sent stands: the database refuses to change it."""

from django.db import migrations

CUTS = """
create function kith_insight_stands() returns trigger language plpgsql as $$
begin
  raise exception 'A cut, and who asked whom it is about, never change.';
end
$$;
create trigger a_cut_stands before update on insight_cut for each row execute function kith_insight_stands();
create trigger who_asked_stands before update or delete on insight_reidentified
  for each row execute function kith_insight_stands();
"""
CUTS_UNDO = """
drop trigger a_cut_stands on insight_cut;
drop trigger who_asked_stands on insight_reidentified;
drop function kith_insight_stands();
"""

# A link without evidence is refused; and a snapshot stands as it was taken.
EVERY_LINK_HAS_EVIDENCE = """
alter table insight_snapshot add constraint no_evidence_no_link_drawn check (
  jsonb_typeof(links) = 'array'
  and not jsonb_path_exists(links, '$[*] ? (!exists(@.evidence[0]))')
);
create function kith_network_stands() returns trigger language plpgsql as $$
begin
  raise exception 'A snapshot of a network never changes.';
end
$$;
create trigger a_snapshot_stands before update on insight_snapshot for each row execute function kith_network_stands();
"""
EVERY_LINK_UNDO = """
drop trigger a_snapshot_stands on insight_snapshot;
drop function kith_network_stands();
alter table insight_snapshot drop constraint no_evidence_no_link_drawn;
"""

# What was written, and what was signed off, stands: a change is a new version, or a new report.
REPORTS = """
create function kith_report_stands() returns trigger language plpgsql as $$
begin
  raise exception 'A report, what was written in it and what was signed off never change.';
end
$$;
create trigger a_report_stands before update or delete on insight_report
  for each row execute function kith_report_stands();
create trigger words_stand before update or delete on insight_reportwords
  for each row execute function kith_report_stands();
create trigger a_step_stands before update or delete on insight_reportstep
  for each row execute function kith_report_stands();
create trigger a_signature_stands before update or delete on insight_reportsigned
  for each row execute function kith_report_stands();
"""
REPORTS_UNDO = """
drop trigger a_report_stands on insight_report;
drop trigger words_stand on insight_reportwords;
drop trigger a_step_stands on insight_reportstep;
drop trigger a_signature_stands on insight_reportsigned;
drop function kith_report_stands();
"""
SENT = """
create trigger a_recipient_stands before update or delete on insight_reportrecipient
  for each row execute function kith_report_stands();
create trigger a_sending_stands before update or delete on insight_reportsent
  for each row execute function kith_report_stands();
"""
SENT_UNDO = """
drop trigger a_recipient_stands on insight_reportrecipient;
drop trigger a_sending_stands on insight_reportsent;
"""

# What a meeting said, and what was answered, stands: a change is a new version.
RATINGS = """
create function kith_ratings_stand() returns trigger language plpgsql as $$
begin
  raise exception 'A review of ratings, what was said in it and what was answered never change.';
end
$$;
create trigger a_review_stands before update or delete on insight_ratingsreview
  for each row execute function kith_ratings_stand();
create trigger a_rating_stands before update or delete on insight_rating
  for each row execute function kith_ratings_stand();
create trigger an_answer_stands before update or delete on insight_ratinganswer
  for each row execute function kith_ratings_stand();
"""
RATINGS_UNDO = """
drop trigger a_review_stands on insight_ratingsreview;
drop trigger a_rating_stands on insight_rating;
drop trigger an_answer_stands on insight_ratinganswer;
drop function kith_ratings_stand();
"""


class Migration(migrations.Migration):
    replaces = [
        ("insight", "0001_cuts"),
        ("insight", "0002_networks"),
        ("insight", "0003_reports"),
        ("insight", "0004_problem_profiles"),
        ("insight", "0005_one_table_of_reports"),
        ("insight", "0006_networks_of_cuts"),
        ("insight", "0006_ratings_reviewed"),
        ("insight", "0007_reports_sent"),
        ("insight", "0008_shared_places"),
    ]

    dependencies = [("insight", "0002_row_security")]
    operations = [
        migrations.RunSQL(CUTS, CUTS_UNDO),
        migrations.RunSQL(EVERY_LINK_HAS_EVIDENCE, EVERY_LINK_UNDO),
        migrations.RunSQL(REPORTS, REPORTS_UNDO),
        migrations.RunSQL(SENT, SENT_UNDO),
        migrations.RunSQL(RATINGS, RATINGS_UNDO),
    ]
