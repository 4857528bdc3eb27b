"""A person's names for a reader: in their script first, the others beneath."""

from collections.abc import Sequence

from django.utils.translation import get_language

from habeas.cases.statements.models import Subject
from habeas.names.letters import Script, script_of
from habeas.watch.models import Spelling

READ_IN = {"ru": Script.CYRILLIC, "tg": Script.CYRILLIC, "uz-cyrl": Script.CYRILLIC}
"""Languages of the interface that are read in another script than Latin."""


def spellings(subject: Subject) -> list[Spelling]:
    """Return the spellings in use, those in the reader's script first, else as they were added."""
    if subject.person is None:
        return []
    wanted = READ_IN.get(get_language() or "", Script.LATIN)
    rows = subject.person.spellings.filter(withdrawn_at=None).order_by("pk")
    return in_reading_order(list(rows), wanted)


def in_reading_order(rows: Sequence[Spelling], wanted: Script) -> list[Spelling]:
    """Return spellings with those in one script first; otherwise the order stays."""
    return sorted(rows, key=lambda one: script_of(one.text) is not wanted)
