"""Places are assessed as groups are: of a version, what is told of each part of its kind stands together."""

from django.db import migrations, models

PARTS = ("purpose", "said", "strengths", "harms", "places", "guardians", "at_risk", "next_steps")
# Forced row security holds for the table's owner too, who is no viewer, and a version stands: both are lifted meanwhile.
LIFT = """
alter table subjects_assessment no force row level security;
alter table subjects_assessment disable trigger a_group_assessment_stands;
"""
AGAIN = """
alter table subjects_assessment enable trigger a_group_assessment_stands;
alter table subjects_assessment force row level security;
"""
TOGETHER = """
update subjects_assessment set told = coalesce(
  (select jsonb_object_agg(key, words) from (values {}) t (key, words) where words <> ''), '{{}}');
"""
APART = "update subjects_assessment set {};"


class Migration(migrations.Migration):
    dependencies = [("subjects", "0003_search")]

    operations = [
        migrations.RenameModel("GroupAssessment", "Assessment"),
        migrations.RenameModel("GroupReview", "AssessmentReview"),
        migrations.AddField("assessment", "told", models.JSONField(default=dict)),
        *(migrations.AlterField("assessment", name, models.TextField(blank=True, default="")) for name in PARTS),
        migrations.RunSQL(
            LIFT + TOGETHER.format(", ".join(f"('{name}', {name})" for name in PARTS)) + AGAIN,
            LIFT + APART.format(", ".join(f"{name} = coalesce(told->>'{name}', '')" for name in PARTS)) + AGAIN,
        ),
        *(migrations.RemoveField("assessment", name) for name in PARTS),
    ]
