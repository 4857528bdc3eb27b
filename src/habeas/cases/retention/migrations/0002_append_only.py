from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete how long things are kept, and what went."""

    dependencies = [("retention", "0001_initial")]

    operations = [
        guard("retention_period", "retention_expiry", "retention_hold", "retention_purge"),
    ]
