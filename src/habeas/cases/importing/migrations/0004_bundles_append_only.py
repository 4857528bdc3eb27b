from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows."""

    dependencies = [("importing", "0003_bundles")]

    operations = [guard("importing_bundle", "importing_compared", "importing_received")]
