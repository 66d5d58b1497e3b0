from django.db import migrations

from kith.foundations.access.row_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("subjects", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        ProtectRows("subjects_subject"),
        ProtectRows("subjects_person"),
        ProtectRows("subjects_group"),
        ProtectRows("subjects_place"),
        ProtectRows("subjects_headline"),
        ProtectRows("subjects_restrictedpart"),
        ProtectRows("subjects_reference"),
        ProtectRows("subjects_linkevidence"),
        ProtectRows("subjects_involvement"),
    ]
