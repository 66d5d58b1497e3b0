"""Problem profiles become reports of a subject, with all that was written in them; and a draft is there, in the database
itself, for those alone who may write it."""

from django.db import migrations, models
from django.db.models import Q

from kith.foundations.access.row_security import SERVED_ROLE

OLD = ("problemprofile", "profilewords", "profilesigned")
NEW = ("report", "reportwords", "reportsigned")

# Forced row security holds for the tables' owner too, who is no viewer: it is lifted while rows are moved.
LIFT = "".join(f"alter table insight_{name} no force row level security;\n" for name in (*OLD, *NEW))
FORCE = "".join(f"alter table insight_{name} force row level security;\n" for name in NEW)
MOVE = """
insert into insight_report
  (scope_id, kind, cut_id, period, comparator, subject, called, purpose, was_profile, made_by_id, made_at)
  select scope_id, 'problem-profile', cut_id, period, comparator, kind || ':' || key, title, purpose, id, made_by_id,
         made_at from insight_problemprofile order by id;
insert into insight_reportwords (report_id, scope_id, section, words, beside, by_id, at)
  select r.id, w.scope_id, w.section, w.words, '{}', w.by_id, w.at
  from insight_profilewords w join insight_report r on r.was_profile = w.profile_id order by w.id;
insert into insight_reportsigned (report_id, scope_id, content, checksum, checked, by_id, at)
  select r.id, s.scope_id, s.content, s.checksum, s.checked, s.by_id, s.at
  from insight_profilesigned s join insight_report r on r.was_profile = s.profile_id order by s.id;
"""
AT_ONCE = "set constraints all immediate;\n"  # no check of a moved row waits while its table is changed
LATER = "set constraints all deferred;\n"

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


class Migration(migrations.Migration):

    dependencies = [("insight", "0004_problem_profiles")]

    operations = [
        migrations.AddField("report", "subject", models.CharField(blank=True, default="", max_length=130)),
        migrations.AddField("report", "called", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("report", "purpose", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("report", "was_profile", models.BigIntegerField(null=True, unique=True)),
        migrations.AddConstraint(
            "report",
            models.CheckConstraint(
                condition=Q(subject="", called="") | (~Q(subject="") & ~Q(called="") & ~Q(purpose="")),
                name="a_profile_has_a_subject_and_a_purpose",
            ),
        ),
        migrations.RunSQL(LIFT + MOVE + AT_ONCE + FORCE + LATER),
        migrations.DeleteModel("ProfileSigned"),
        migrations.DeleteModel("ProfileWords"),
        migrations.DeleteModel("ProblemProfile"),
        migrations.RunSQL("drop function kith_problem_profile_stands()"),
        migrations.RunSQL(DRAFTS),
    ]
