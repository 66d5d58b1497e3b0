from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("linkage", "0004_row_security")]
    operations = [
        migrations.AddField(
            model_name="delivery", name="came_again_at", field=models.DateTimeField(null=True)
        ),
    ]
