"""What is said where a record should lie and was removed by policy."""

from pathlib import Path

from habeas.errors import RecordRemoved
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.removals import removal_of


def refuse_removed(path: Path) -> None:
    """Say of a path where nothing lies that what lay there was removed, if that is so.

    Raises:
        RecordRemoved: a row signed by the user's own key says so.
        OSError, StoreRefused: the log of the folder cannot be read.
    """
    removal = removal_of(path, KeyRing())
    if removal is not None:
        raise RecordRemoved(str(path), removal.day, removal.why)
