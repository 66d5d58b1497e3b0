"""Who made or saw a weighing; and a place or a group has planned changes of its own, without a child's weighing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from kith.foundations.access.row_security import ProtectRows
from kith.foundations.database.together import CreateTogether

# What was said stands; only its audience follows when two records become one.
STANDS = """
create function kith_shared_stands() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'scope_id' = to_jsonb(old) - 'scope_id' then return new; end if;
  raise exception 'Who saw a weighing is never changed and never erased: what is otherwise is said beside it.';
end $$;
create trigger a_sharing_stands before update or delete on contexts_shared
  for each row execute function kith_shared_stands();
"""
MAY_CHANGE = """
drop trigger a_sharing_stands on contexts_shared;
drop function kith_shared_stands();
"""
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_row_security"),
        ("contexts", "0001_initial"),
        ("subjects", "0004_places_assessed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTogether(
            migrations.CreateModel(
                name="Shared",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("whom", models.CharField(max_length=20)),
                    ("how", models.CharField(max_length=20)),
                    ("on", models.DateField(null=True)),
                    ("present", models.CharField(blank=True, max_length=200)),
                    ("said", models.TextField(blank=True)),
                    ("at", models.DateTimeField()),
                    ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ("scope", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="access.scope")),
                    ("weighing", models.ForeignKey(on_delete=PROTECT, related_name="shared", to="contexts.weighing")),
                ],
            ),
            migrations.AddConstraint(
                model_name="shared",
                constraint=models.CheckConstraint(
                    condition=(Q(how="not", on=None) & ~Q(said=""))
                    | (~Q(how="not") & Q(on__isnull=False) & ~Q(present="")),
                    name="shared_on_a_day_or_says_why_not",
                ),
            ),
        ),
        ProtectRows("contexts_shared"),
        migrations.RunSQL(STANDS, MAY_CHANGE),
        migrations.AlterField(
            "change",
            "weighing",
            models.ForeignKey(null=True, on_delete=PROTECT, related_name="changes", to="contexts.weighing"),
        ),
        migrations.AddConstraint(
            "change",
            models.CheckConstraint(
                condition=Q(weighing__isnull=False) | Q(linked__isnull=False), name="a_change_is_of_something"
            ),
        ),
    ]
