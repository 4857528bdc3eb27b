from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from habeas.cases.statements.append_only import guard

_GUARD = guard("access_noted")


def guard_again(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """On SQLite the table was made anew, and its guards were not."""
    if editor.connection.vendor == "sqlite":
        _GUARD.code(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="noted",
            name="salt",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="noted",
            name="sealed",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
