"""Failures of retention: a purge that was not shown, that has changed, or that may not be."""

from habeas.errors.base import HabeasError, Retry
from habeas.language import _


class PurgeRefused(HabeasError):
    """Nothing may be purged so."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("Nothing was purged: {reason}.").format(reason=reason),
            kept=_("Everything is as it was."),
            advice=_("Put that right first; on PostgreSQL, use the account that made the tables."),
        )


class PurgeChanged(HabeasError):
    """What would be purged is not what was confirmed."""

    retry = Retry.LATER

    def __init__(self) -> None:
        super().__init__(
            _("What would be purged has changed since it was shown."),
            kept=_("Nothing was purged; everything is as it was."),
            advice=_("Look at it again, then confirm the number that is shown now."),
        )


class ReportUnreadable(HabeasError):
    """A file that is no report of a purge of this installation."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            _("{place} is no report of a purge that can be used: {reason}.").format(
                place=place, reason=reason
            ),
            kept=_("Nothing was purged; everything is as it was."),
            advice=_("Take the JSON report that was written after the purge."),
        )


class PeriodRefused(HabeasError):
    """A period, a day or a hold that cannot be taken down."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("It was not taken down: {reason}.").format(reason=reason),
            kept=_("Everything is kept as long as before."),
            advice=_("Say how long, and why."),
        )
