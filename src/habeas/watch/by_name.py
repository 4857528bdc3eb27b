"""Asking by name: which sources the user lets learn the names, and which names that are.

Nothing is asked by name unless it was switched on for that very watch, after the names that would
be sent were shown.
"""

from habeas.sources.registry import source
from habeas.watch.models import Spelling, Watch


def names_sent() -> tuple[str, ...]:
    """Return the names that a source which is asked by name learns: every spelling in use."""
    return tuple(
        Spelling.objects.filter(withdrawn_at=None, person__closed_at=None)
        .order_by("id")
        .values_list("text", flat=True)
    )


def asked() -> list[Watch]:
    """Return the watches that ask by name, of sources that can be asked so."""
    watches = Watch.objects.filter(by_name=True, stopped_at=None).order_by("source", "court")
    return [watch for watch in watches if source(watch.source).by_name]


def switch(watch: Watch, *, on: bool) -> None:
    """Let a watch ask by name, or stop it. Watching notices within a minute."""
    Watch.objects.filter(pk=watch.pk).update(by_name=on)
    watch.by_name = on
