from django.db import migrations

from habeas.cases.statements.append_only import guard

TABLES = ("subject", "document", "filed", "derivation", "statement", "line", "chosen")


class Migration(migrations.Migration):
    """The database itself refuses to change or delete what was said."""

    dependencies = [("statements", "0001_initial")]

    operations = [guard(*(f"statements_{name}" for name in TABLES))]
