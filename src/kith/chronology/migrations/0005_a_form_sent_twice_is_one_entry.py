from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronology", "0004_only_indexes_that_are_used")]
    operations = [
        migrations.AddField(model_name="entry", name="sent_as", field=models.UUIDField(null=True)),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sent_as__isnull", False)),
                fields=("written_by", "sent_as"),
                name="a_form_sent_twice_is_one_entry",
            ),
        ),
    ]
