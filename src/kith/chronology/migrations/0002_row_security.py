from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE, ProtectRows

# An entry is read through the subjects it is about; whoever writes one must sign it.
ENTRIES = f"""
alter table chronology_entry enable row level security;
alter table chronology_entry force row level security;
create policy about_somebody_seen on chronology_entry for select to {SERVED_ROLE}
  using (exists (select from chronology_entrysubject s where s.entry_id = chronology_entry.id));
create policy own on chronology_entry for select to {SERVED_ROLE} using (written_by_id = (select kith_viewer()));
create policy signed on chronology_entry for insert to {SERVED_ROLE} with check (written_by_id = (select kith_viewer()));
create policy superseded on chronology_entry for update to {SERVED_ROLE}
  using (exists (select from chronology_entrysubject s where s.entry_id = chronology_entry.id));
create policy system on chronology_entry for all to {SERVED_ROLE}
  using ((select kith_sees_all())) with check ((select kith_sees_all()));
"""
UNDO = """
drop policy about_somebody_seen on chronology_entry;
drop policy own on chronology_entry;
drop policy signed on chronology_entry;
drop policy superseded on chronology_entry;
drop policy system on chronology_entry;
alter table chronology_entry no force row level security;
alter table chronology_entry disable row level security;
"""

# A dispute stands beside its entry wherever that shows, so whoever may read the entry may read the dispute.
BESIDE = f"""
create policy beside_its_entry on chronology_dispute for select to {SERVED_ROLE}
  using (exists (select from chronology_entrysubject s where s.entry_id = chronology_dispute.entry_id));
"""
BESIDE_UNDO = "drop policy beside_its_entry on chronology_dispute;"

# How many others an entry is about, without saying who: only for entries the viewer may read, only others whose circle
# the viewer does not hold, and never anything restricted. The function's owner reads through policies of its own, which
# hold only while the function runs; the served role is not the owner and cannot use them.
COUNTED_TABLES = ("chronology_entrysubject", "subjects_subject", "subjects_person")
COUNTED = (
    "do $$ begin\n"
    + "\n".join(
        f"execute format('create policy counting on {table} for select to %I"
        " using (current_setting(''kith.counting'', true) = ''on'')', current_user);"
        for table in COUNTED_TABLES
    )
    + """
end $$;

create function kith_others_about(entries bigint[])
returns table (entry_id bigint, kind text, others bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- Not a SET clause of the function: an owner who is no superuser may not give a function a setting of our own.
  perform set_config('kith.counting', 'on', true);
  return query
    with held as (
      select v.scope_id from access_viewerscope v
      where v.viewer_id = kith_viewer() and (v.until is null or v.until > now())
    ), readable as (
      select distinct s.entry_id from chronology_entrysubject s
      where s.entry_id = any(entries) and s.scope_id in (select h.scope_id from held h)
    )
    select s.entry_id, (case when p.is_child then 'child' else b.kind end)::text, count(distinct s.subject_id)
    from chronology_entrysubject s
    join readable r on r.entry_id = s.entry_id
    join access_scope a on a.id = s.scope_id and a.kind = 'circle'
    join subjects_subject b on b.id = s.subject_id
    left join subjects_person p on p.subject_id = b.id
    where s.scope_id not in (select h.scope_id from held h)
    group by 1, 2;
  perform set_config('kith.counting', '', true);
end
$$;
"""
)
COUNTED_UNDO = "drop function kith_others_about(bigint[]);" + "".join(
    f"drop policy counting on {table};" for table in COUNTED_TABLES
)


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial")]
    operations = [
        ProtectRows("chronology_entrysubject"),
        ProtectRows("chronology_dispute"),
        migrations.RunSQL(ENTRIES, UNDO),
        migrations.RunSQL(BESIDE, BESIDE_UNDO),
        migrations.RunSQL(COUNTED, COUNTED_UNDO),
    ]
