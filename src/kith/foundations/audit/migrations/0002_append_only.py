from django.db import migrations

from kith.foundations.access.row_security import SERVED_ROLE

TABLES = ("audit_auditevent", "audit_auditseal")
APPEND_ONLY = f"""
create or replace function kith_append_only() returns trigger language plpgsql as
$$ begin raise exception 'The record of who looked is append-only.'; end $$;
""" + "".join(
    f"""
create trigger append_only before update or delete on {table} for each row execute function kith_append_only();
create trigger append_only_all before truncate on {table} for each statement execute function kith_append_only();
revoke update, delete, truncate on {table} from {SERVED_ROLE};
"""
    for table in TABLES
)
UNDO = "".join(f"drop trigger append_only on {t}; drop trigger append_only_all on {t};" for t in TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0002_row_security")]
    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
