from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from habeas.cases.statements.append_only import guard


def begin_log(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write the one row that whoever adds a line holds."""
    apps.get_model("access", "Head").objects.create(pk=1)


class Migration(migrations.Migration):
    """The database itself refuses to change or delete who belonged to the team, and the log."""

    dependencies = [("access", "0001_initial")]

    operations = [
        guard("access_membership", "access_grant", "access_noted"),
        migrations.RunPython(begin_log, migrations.RunPython.noop),
    ]
