"""Who may read and write which rows of insight: a draft is there, in the database itself, for those alone who may write
it."""

from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE, NarrowRows, ProtectOwnRows, ProtectRows

# Who is who in a cut: named jobs alone read it, on behalf of somebody whose purpose is kept.
JOBS_ONLY = f"""
alter table insight_pseudonym enable row level security;
alter table insight_pseudonym force row level security;
create policy system on insight_pseudonym for all to {SERVED_ROLE}
  using ((select kith_sees_all())) with check ((select kith_sees_all()));
"""
JOBS_ONLY_UNDO = """
drop policy system on insight_pseudonym;
alter table insight_pseudonym no force row level security;
alter table insight_pseudonym disable row level security;
"""

# As report_permissions has it: analysts and managers write reports, analysts alone problem profiles.
WRITERS = """
create function kith_writes_reports(of_subject boolean) returns boolean language sql stable parallel safe as
$$ select exists (
     select from public.access_viewer v join public.access_agency a on a.id = v.agency_id
     where v.id = public.kith_viewer() and v.is_active and a.in_partnership
     and (v.role = 'analyst' or (v.role = 'manager' and not of_subject))) $$;
"""
HELD = """exists (select from access_viewerscope v where v.viewer_id = (select kith_viewer())
  and v.scope_id = {table}.scope_id and (v.until is null or v.until > now()))"""
WRITES = """case when {report}.subject = '' then (select public.kith_writes_reports(false))
  else (select public.kith_writes_reports(true)) end"""
IS_THERE = "exists (select from insight_report r where r.id = {table}.report_id)"
MAY_WRITE = "exists (select from insight_report r where r.id = {table}.report_id and " + WRITES.format(report="r") + ")"
SIGNED = "exists (select from insight_reportsigned s where s.report_id = insight_report.id)"
ANY_WRITER = "(select public.kith_writes_reports(false))"


def held(table: str, using: str, check: str) -> str:
    """Of those who hold the scope, who sees a row, and who may write one."""
    seen, written = (one.format(table=table) for one in (f"{HELD} and ({using})", f"{HELD} and ({check})"))
    return (
        f"drop policy held on {table};\n"
        f"create policy held on {table} for all to {SERVED_ROLE} using ({seen}) with check ({written});\n"
    )


OF_REPORTS = WRITES.format(report="insight_report")
DRAFTS = (
    WRITERS
    + held("insight_report", f"{SIGNED} or {OF_REPORTS}", OF_REPORTS)
    + held("insight_reportwords", IS_THERE, MAY_WRITE)
    + held("insight_reportstep", IS_THERE, MAY_WRITE)
    + held("insight_reportsigned", "true", ANY_WRITER)
)

# To whom reports go, and went, is for those who write them.
RECIPIENTS = """
create function kith_makes_reports() returns boolean language sql stable parallel safe as
$$ select public.kith_writes_reports(false) $$;
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

    dependencies = [("insight", "0001_initial")]
    operations = [
        migrations.RunSQL(JOBS_ONLY, JOBS_ONLY_UNDO),
        ProtectRows("insight_cut"),
        ProtectRows("insight_reidentified"),
        ProtectOwnRows("insight_network"),
        ProtectOwnRows("insight_snapshot"),
        ProtectRows("insight_suggestiondecided"),
        ProtectRows("insight_report"),
        ProtectRows("insight_reportwords"),
        ProtectRows("insight_reportstep"),
        ProtectRows("insight_reportsigned"),
        migrations.RunSQL(DRAFTS),
        ProtectRows("insight_ratingsreview"),
        ProtectRows("insight_rating"),
        ProtectRows("insight_ratinganswer"),
        migrations.RunSQL(RECIPIENTS, "drop function kith_makes_reports()"),
        ProtectRows("insight_reportrecipient"),
        ProtectRows("insight_reportsent"),
        NarrowRows("insight_reportrecipient", "kith_makes_reports"),
        NarrowRows("insight_reportsent", "kith_makes_reports"),
        ProtectRows("insight_sharedplace"),
    ]
