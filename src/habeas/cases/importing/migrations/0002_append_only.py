from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows."""

    dependencies = [("importing", "0001_initial")]

    operations = [
        guard(
            "importing_import",
            "importing_mapping",
            "importing_row",
            "importing_decision",
            "importing_result",
            "importing_made",
            "importing_undone",
        )
    ]
