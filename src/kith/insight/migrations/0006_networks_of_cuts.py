import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0006_ratings_reviewed"),
    ]

    operations = [
        migrations.AddField(
            model_name="network",
            name="cut",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insight.cut"
            ),
        ),
        migrations.AddField(
            model_name="network",
            name="steps",
            field=models.PositiveSmallIntegerField(default=2),
        ),
    ]
