from django.db import migrations

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """The database itself refuses to change or delete these rows."""

    dependencies = [("counts", "0001_initial")]

    operations = [
        guard(
            "counts_descent", "counts_namelist", "counts_entry", "counts_check", "counts_pairanswer"
        )
    ]
