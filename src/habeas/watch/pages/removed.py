"""Whether the record behind what a page tells was removed by policy."""

from pathlib import Path

from django.conf import settings

from habeas.errors import StoreRefused
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.removals import removal_of


def removed_on(path: object) -> str:
    """Return the day (UTC, YYYY-MM-DD) on which a record was removed; empty where it was not.

    Args:
        path: where the record was kept, as a look or a version of an entry says; or nothing.
    """
    if not (isinstance(path, str) and path):
        return ""
    ring = KeyRing(Path(settings.HABEAS_HOME) / "keys")
    try:
        removal = removal_of(Path(path), ring)
    except (OSError, StoreRefused):
        # The page tells of a look; whether the log can be read is told by `habeas seals check`.
        return ""
    return removal.day if removal is not None else ""
