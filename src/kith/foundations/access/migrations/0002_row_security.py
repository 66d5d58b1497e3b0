from django.db import migrations

from kith.foundations.access.row_security import ROLE_AND_FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(ROLE_AND_FUNCTIONS, migrations.RunSQL.noop)]
