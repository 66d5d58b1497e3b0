from django.db import migrations

from kith.subjects.search.functions import UNDO_PROTECTION, find_function, protection


class Migration(migrations.Migration):
    dependencies = [("subjects", "0003_search_tables"), ("access", "0002_row_security")]
    operations = [
        migrations.RunSQL(protection(), UNDO_PROTECTION),
        migrations.RunSQL(find_function(), "drop function kith_find"),
    ]
