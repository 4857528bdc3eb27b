"""Failures of places and searches."""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.language import _


class PlaceMissing(HabeasError):
    """A place named by the user is neither a file, nor a folder, nor an address."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("There is no file or folder {place}.").format(place=repr(place)),
            kept=_("Nothing was looked at."),
            advice=_("Check the spelling. An address begins with https:// or http://."),
        )


class SearchInterrupted(HabeasError):
    """A search was stopped before its end; what was looked at is kept."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, done: int, journal: str) -> None:
        super().__init__(
            _("The search was interrupted after {done} places; it is not finished.").format(
                done=done
            ),
            kept=_("What was looked at is kept in {journal}.").format(journal=journal),
            advice=_("Give the same command again to go on where it stopped."),
        )
