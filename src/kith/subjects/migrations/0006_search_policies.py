from django.db import migrations

from kith.subjects.search.functions import find_function, forgetting, policies


class Migration(migrations.Migration):
    dependencies = [("subjects", "0005_search_tuning")]
    operations = [
        migrations.RunSQL(forgetting() + policies(), migrations.RunSQL.noop),
        migrations.RunSQL(find_function(), migrations.RunSQL.noop),
    ]
