

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_teams_of_the_missing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='viewer',
            name='role',
            field=models.CharField(choices=[('practitioner', 'Practitioner'), ('manager', 'Manager'), ('front-door', 'Front door worker'), ('intelligence', 'Intelligence officer'), ('data-officer', 'Data officer'), ('analyst', 'Partnership analyst'), ('leader', 'Leader'), ('auditor', 'Auditor'), ('administrator', 'Administrator'), ('system', 'System job')], max_length=40),
        ),
    ]
