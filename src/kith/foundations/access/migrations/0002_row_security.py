from django.db import migrations

from kith.foundations.access.row_security import ROLE_AND_FUNCTIONS, SERVED_ROLE

# Why somebody broke the glass may name a child: it is read by who wrote it, by those who hold the circle, and
# by auditors.
BREAK_GLASS = f"""
create or replace function kith_is_auditor() returns boolean language sql stable parallel safe as
$$ select exists (select from public.access_viewer v
   where v.id = public.kith_viewer() and v.role = 'auditor' and v.is_active) $$;

alter table access_breakglass enable row level security;
alter table access_breakglass force row level security;
create policy own on access_breakglass for select to {SERVED_ROLE} using (viewer_id = (select kith_viewer()));
create policy signed on access_breakglass for insert to {SERVED_ROLE} with check (viewer_id = (select kith_viewer()));
create policy auditors on access_breakglass for select to {SERVED_ROLE} using ((select kith_is_auditor()));
create policy holders on access_breakglass for select to {SERVED_ROLE} using (exists (
  select from access_opening o join access_viewerscope v on v.scope_id = o.scope_id
  where o.id = access_breakglass.opening_id and v.viewer_id = (select kith_viewer())
  and (v.until is null or v.until > now())));
create policy reviewed on access_breakglass for update to {SERVED_ROLE}
  using (viewer_id <> (select kith_viewer()) and ((select kith_is_auditor()) or exists (
    select from access_opening o join access_viewerscope v on v.scope_id = o.scope_id
    where o.id = access_breakglass.opening_id and v.viewer_id = (select kith_viewer())
    and (v.until is null or v.until > now()))))
  with check (reviewed_by_id = (select kith_viewer()));
create policy system on access_breakglass for all to {SERVED_ROLE}
  using ((select kith_sees_all())) with check ((select kith_sees_all()));
revoke create on schema public from public, {SERVED_ROLE};
revoke insert, update, delete, truncate on django_migrations from {SERVED_ROLE};
"""
UNDO = """
drop policy own on access_breakglass;
drop policy signed on access_breakglass;
drop policy auditors on access_breakglass;
drop policy holders on access_breakglass;
drop policy reviewed on access_breakglass;
drop policy system on access_breakglass;
alter table access_breakglass no force row level security;
alter table access_breakglass disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.RunSQL(ROLE_AND_FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(BREAK_GLASS, UNDO),
    ]
