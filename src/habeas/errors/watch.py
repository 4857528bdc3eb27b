"""Failures of watching: watchers, lists, decisions and alerts."""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.language import _


class WatcherRunning(HabeasError):
    """Another process watches with this database."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, holder: str) -> None:
        super().__init__(
            _("Another watcher is at work ({holder}).").format(holder=holder),
            kept=_("This one asked nothing and changed nothing."),
            advice=_("Let the other one work, or stop it first."),
        )


class LeaseLost(HabeasError):
    """Another process took over the watching while this one was suspended or cut off."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self) -> None:
        super().__init__(
            _("Another watcher has taken over."),
            kept=_("What this one had not finished is left to the other; nothing is done twice."),
            advice=_("Run one watcher for each database."),
        )


class ListRefused(HabeasError):
    """A file of people or of sources holds a line that cannot be used."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(
            _("{file}, line {line}: {reason}.").format(file=file, line=line, reason=reason),
            kept=_("Nothing of this file was taken over."),
            advice=_("Correct the line; docs/how-to/watch-for-months.md shows the form."),
        )


class DecisionRefused(HabeasError):
    """An answer to a match that is none of the three, or has no author."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The decision was not taken down: {reason}.").format(reason=reason),
            kept=_("The match stays as it was."),
            advice=_("Answer same, not_same or open, and say who decides."),
        )


class QuietHoursUnclear(HabeasError):
    """Quiet hours that are not of the form "22:00-07:00 Asia/Dushanbe"."""

    def __init__(self, quiet: str) -> None:
        super().__init__(
            _("The quiet hours {quiet} are not understood.").format(quiet=repr(quiet[:60])),
            kept=_("Nothing was changed."),
            advice=_("Write them as 22:00-07:00 Asia/Dushanbe."),
        )


class ChannelUnclear(HabeasError):
    """An address to which no alert can be sent."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("Alerts cannot be sent there: {cause}.").format(cause=cause),
            kept=_("Nothing was changed."),
            advice=_("The guide docs/how-to/get-alerts.md lists the addresses that work."),
        )
