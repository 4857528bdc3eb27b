from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows."""

    dependencies = [("sharing", "0003_files")]

    operations = [guard("sharing_leftfile")]
