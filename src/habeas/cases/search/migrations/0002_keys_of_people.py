from django.db import migrations
from django.db.migrations.state import StateApps

from habeas.cases.search import keys


def index(apps: StateApps, _editor: object) -> None:
    """Make the keys of everybody who was sought before there was a search."""
    key = apps.get_model("search", "Key")
    for subject in apps.get_model("statements", "Subject").objects.exclude(person=None):
        texts = subject.person.spellings.values_list("text", flat=True)
        found = {one for text in texts for one in keys.sounding(text) | keys.written(text)}
        key.objects.bulk_create(
            [key(subject=subject, key=one) for one in sorted(found)], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    """Keys for the people of earlier versions; derived, and so can be made anew."""

    dependencies = [("search", "0001_initial"), ("board", "0002_cases_of_people")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
