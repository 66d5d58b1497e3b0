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


class Migration(migrations.Migration):
    dependencies = [("chronology", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        ProtectRows("chronology_entrysubject"),
        ProtectRows("chronology_dispute"),
        migrations.RunSQL(ENTRIES, UNDO),
    ]
