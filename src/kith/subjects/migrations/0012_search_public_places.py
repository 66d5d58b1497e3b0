from django.db import migrations

from kith.subjects.search.functions import find_function


class Migration(migrations.Migration):
    dependencies = [("subjects", "0011_only_indexes_that_are_used")]
    operations = [migrations.RunSQL(find_function(), migrations.RunSQL.noop)]
