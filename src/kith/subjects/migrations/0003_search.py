from django.db import migrations

from kith.subjects.search.functions import UNDO_PROTECTION, find_function, protection

# Every word's row is counted again and again: room is left beside it.
ROOM = "alter table subjects_searchword set (fillfactor = 50)"


class Migration(migrations.Migration):
    replaces = [
        ("subjects", "0003_search_tables"),
        ("subjects", "0004_search_function"),
        ("subjects", "0005_search_tuning"),
        ("subjects", "0006_search_policies"),
        ("subjects", "0007_search_days_by_name"),
        ("subjects", "0008_search_weights"),
        ("subjects", "0009_search_short_numbers"),
        ("subjects", "0010_search_names_unbounded"),
        ("subjects", "0011_only_indexes_that_are_used"),
        ("subjects", "0012_search_public_places"),
        ("subjects", "0013_search_rare_words_alone"),
        ("subjects", "0014_group_assessments"),
    ]

    dependencies = [("subjects", "0002_row_security")]
    operations = [
        migrations.RunSQL(protection(), UNDO_PROTECTION),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
        migrations.RunSQL(find_function(), "drop function kith_find"),
    ]
