from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE

# Three small questions that the database answers itself, because who asks may not see the rows they are about:
# - who looked at a record is read by those who hold its circle, through the record's own row;
# - auditors read a subject's number, kind and initials, never a name;
# - who may see a headline may ask which circle stands behind it, so that breaking the glass can open it.
# Inside, the functions look as a system job: where the tables' owner is bound by row security too, that is needed.
WHO_MAY_KNOW = f"""
create policy holders on audit_auditevent for select to {SERVED_ROLE} using (
  subjects <> '{{}}' and exists (select from subjects_subject s where s.id = any(audit_auditevent.subjects)));

insert into access_viewer (email, name, role, reach, password, is_active, joined_at, job_title, phone)
values ('governance@system.invalid', 'Kith governance', 'system', 'all', '!', true, now(), '', '')
on conflict do nothing;

create or replace function kith_look_as_system() returns text language plpgsql security invoker as $$
declare before text := coalesce(current_setting('kith.viewer', true), '');
begin
  perform set_config('kith.viewer', coalesce((select v.id::text from public.access_viewer v
    where v.role = 'system' and v.reach = 'all' and v.is_active order by v.id limit 1), ''), true);
  return before;
end $$;
revoke execute on function kith_look_as_system() from public;

create or replace function kith_subject_labels(ids bigint[])
returns table (subject_id bigint, kind text, initials text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare before text;
begin
  if not public.kith_is_auditor() then return; end if;
  before := public.kith_look_as_system();
  return query select s.id, s.kind::text, case when s.kind <> 'person' then '' else (
      select string_agg(upper(left(word, 1)) || '.', '' order by place)
      from regexp_split_to_table(trim(s.name), '[[:space:]-]+') with ordinality as w(word, place)) end
    from public.subjects_subject s where s.id = any(ids);
  perform set_config('kith.viewer', before, true);
end $$;

create or replace function kith_circle_behind_headline(subject bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare before text; circle bigint;
begin
  if not exists (select from public.subjects_headline h join public.access_viewerscope v on v.scope_id = h.scope_id
    where h.subject_id = subject and v.viewer_id = public.kith_viewer() and (v.until is null or v.until > now()))
  then return null; end if;
  before := public.kith_look_as_system();
  select s.scope_id into circle from public.subjects_subject s where s.id = subject;
  perform set_config('kith.viewer', before, true);
  return circle;
end $$;
"""
UNDO = """
drop policy holders on audit_auditevent;
drop function kith_circle_behind_headline(bigint);
drop function kith_subject_labels(bigint[]);
drop function kith_look_as_system();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_row_security"),
        ("audit", "0003_sealing"),
        ("subjects", "0003_search"),
    ]
    operations = [migrations.RunSQL(WHO_MAY_KNOW, UNDO)]
