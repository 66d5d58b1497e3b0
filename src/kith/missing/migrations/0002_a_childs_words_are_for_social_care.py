"""What a child said, and what a parent answered, is for those of the child's circle who work in social care."""

from django.db import migrations

from kith.foundations.access.row_security import NarrowRows

WORDS = ("said", "saidbefore", "mentioned", "consent", "sent", "followup")

# As talks_permissions.can_read_said has it: a council's or social care's own people, without those of its homes.
OF_SOCIAL_CARE = """
create function kith_of_social_care() returns boolean language sql stable parallel safe as
$$ select exists (
     select from public.access_viewer v join public.access_agency a on a.id = v.agency_id
     where v.id = public.kith_viewer() and v.is_active and a.kind in ('council', 'social care')
     and not exists (
       select from public.access_viewer_teams of join public.access_team t on t.id = of.team_id
       where of.viewer_id = v.id and t.work in ('homes', 'search'))) $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("missing", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(OF_SOCIAL_CARE, "drop function kith_of_social_care()"),
        *(NarrowRows(f"missing_{table}", "kith_of_social_care") for table in WORDS),
    ]
