from django.db import migrations
from django.db.migrations.state import StateApps


def open_cases(apps: StateApps, _editor: object) -> None:
    """Give everybody who was sought before there were cases a case, and a place on the board."""
    subjects = apps.get_model("statements", "Subject").objects
    standings = apps.get_model("board", "Standing").objects
    for person in apps.get_model("watch", "Person").objects.filter(case=None):
        subject = subjects.create(
            kind="person",
            code=person.code,
            person=person,
            added_by="habeas",
            added_at=person.added_at,
        )
        standings.create(subject=subject, attention_at=person.added_at)


class Migration(migrations.Migration):
    """Rows for the people of earlier versions; nothing is changed."""

    dependencies = [("board", "0001_initial")]

    operations = [migrations.RunPython(open_cases, migrations.RunPython.noop)]
