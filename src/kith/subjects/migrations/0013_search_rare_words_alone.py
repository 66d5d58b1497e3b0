from django.db import migrations

from kith.subjects.search.functions import find_function


class Migration(migrations.Migration):
    dependencies = [("subjects", "0012_search_public_places")]
    operations = [migrations.RunSQL(find_function(), migrations.RunSQL.noop)]
