from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows."""

    dependencies = [("consent", "0001_initial")]

    operations = [guard("consent_consent")]
