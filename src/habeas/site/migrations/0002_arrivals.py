from django.db import migrations, models

from habeas.cases.statements.append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("user_name", models.CharField(db_index=True, max_length=150)),
                ("at", models.DateTimeField()),
                ("network", models.CharField(max_length=64)),
                ("browser", models.CharField(max_length=32)),
                ("unseen", models.BooleanField()),
            ],
            options={
                "abstract": False,
            },
        ),
        guard("site_arrival"),
    ]
