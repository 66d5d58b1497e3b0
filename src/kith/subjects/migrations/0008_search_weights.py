from django.db import migrations

from kith.subjects.search.functions import find_function


class Migration(migrations.Migration):
    dependencies = [("subjects", "0007_search_days_by_name")]
    operations = [migrations.RunSQL(find_function(), migrations.RunSQL.noop)]
