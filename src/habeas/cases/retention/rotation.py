"""Which backups still hold what was purged, and until when they must be destroyed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from habeas.cases.retention import periods
from habeas.cases.retention.models import Purge
from habeas.cases.retention.words import BACKUPS
from habeas.vault import register
from habeas.vault.register import Made, There

USUAL_DAYS = 30
"""Days after a purge by which older backups are to be gone, where no period says otherwise."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A backup that may still be somewhere.

    Attributes:
        seen: what was seen at its place just now.
        until: the last day (UTC) on which it may be kept; None where nobody was purged after it.
        overdue: whether that day is over.
    """

    made: Made
    seen: There
    until: date | None
    overdue: bool


def standing(now: datetime) -> list[Standing]:
    """Return the backups that may still be somewhere, the oldest first.

    Raises:
        BackupRefused, HomeLocked, PassphraseWrong, VaultBroken: as `register.known`.
    """
    purges = list(Purge.objects.order_by("at").values_list("at", flat=True))
    return [
        _one(made, register.looked(made), purges, now)
        for made in register.known(Path(settings.HABEAS_HOME))
        if not made.destroyed_at
    ]


def holding(done: Purge, now: datetime) -> list[Standing]:
    """Return the backups that may still hold what one purge removed."""
    return [one for one in standing(now) if one.made.moment <= done.at]


def _one(made: Made, seen: There, purges: list[datetime], now: datetime) -> Standing:
    first = next((at for at in purges if at >= made.moment), None)
    if first is None:
        return Standing(made, seen, None, overdue=False)
    days = periods.days_of(BACKUPS) or USUAL_DAYS
    until = first.date() + timedelta(days=days)
    return Standing(made, seen, until, overdue=until < now.date() and seen is not There.GONE)
