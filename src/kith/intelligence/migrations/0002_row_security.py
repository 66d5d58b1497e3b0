from django.db import migrations

from kith.foundations.access.row_security import ProtectRows

TABLES = (
    "report",
    "named",
    "source",
    "receipt",
    "receiptline",
    "grading",
    "version",
    "versionnamed",
    "passedon",
    "use",
    "joining",
    "closing",
    "flag",
)

# A grading stands for good; to grade again adds a row. Whoever may write the table may not change or take away one.
STANDS = """
create function kith_grading_stands() returns trigger language plpgsql as $$
begin
  raise exception 'A grading is never changed: grade again.';
end
$$;
create trigger a_grading_stands before update or delete on intelligence_grading
  for each row execute function kith_grading_stands();
"""
STANDS_UNDO = """
drop trigger a_grading_stands on intelligence_grading;
drop function kith_grading_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        *(ProtectRows(f"intelligence_{table}") for table in TABLES),
        migrations.RunSQL(STANDS, STANDS_UNDO),
    ]
