from django.db import migrations, models

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    """Which role of the database a member runs as: written once, never changed."""

    dependencies = [("access", "0003_sealed_cases")]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("user", models.CharField(max_length=150, unique=True)),
            ],
            options={"abstract": False},
        ),
        guard("access_seat"),
    ]
