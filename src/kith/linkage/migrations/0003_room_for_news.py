from django.db import migrations


class Migration(migrations.Migration):
    """Every record of a delivery is written again when it is linked, and when it comes once more: with room beside it
    the new version stays on its page, and no index need be told.
    """

    dependencies = [("linkage", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            "alter table linkage_sourcerecord set (fillfactor = 50)",
            "alter table linkage_sourcerecord reset (fillfactor)",
        ),
    ]
