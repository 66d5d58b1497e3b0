from django.db import migrations, models

from kith.subjects.search.functions import find_function, forgetting, policies

FILL = """
set local kith.search = 'on';
insert into subjects_searchday (day, word_id, doc_id)
select x.day, w.id, d.id from subjects_searchdoc d, unnest(d.days) x(day),
    unnest(case when d.firsts || d.lasts = '{}' then '{0}' else d.firsts || d.lasts end) w(id)
on conflict do nothing;
set local kith.search = 'off';
"""


class Migration(migrations.Migration):
    dependencies = [("subjects", "0006_search_policies")]
    operations = [
        migrations.DeleteModel(name="SearchDay"),
        migrations.CreateModel(
            name="SearchDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "word_id", "doc_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("word_id", models.IntegerField()),
                ("doc_id", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(forgetting() + policies() + FILL, migrations.RunSQL.noop),
        migrations.RunSQL(find_function(), migrations.RunSQL.noop),
    ]
