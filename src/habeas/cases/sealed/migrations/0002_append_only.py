from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows; a key is no record."""

    dependencies = [("sealed", "0001_initial")]

    operations = [guard("sealed_sealednote", "sealed_notereader")]
