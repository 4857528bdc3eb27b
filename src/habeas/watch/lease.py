"""Only one process watches: two would ask the sites twice as often, and do slots twice.

The lease is a row of the database, so it holds for SQLite on one laptop and for PostgreSQL with
several machines. It is renewed while its holder lives, and checked inside every transaction that
writes to the ledger: a holder that was suspended and lost it writes nothing.
"""

import os
import secrets
import socket
from datetime import timedelta

from django.db import transaction

from habeas.errors import LeaseLost, WatcherRunning
from habeas.fetch import Clock
from habeas.watch.models import Lease

LASTS_S = 120
"""Seconds after which the lease of a process that does not renew it may be taken."""

_NAME = "watcher"


class Holding:
    """The lease, held by this process. Make it with `take`."""

    def __init__(self, holder: str, clock: Clock) -> None:
        self.holder = holder
        self._clock = clock

    def renew(self) -> None:
        """Hold it for another `LASTS_S` seconds from now.

        Raises:
            LeaseLost: another process has taken it.
        """
        with transaction.atomic():
            self.check()
            until = self._clock.now() + timedelta(seconds=LASTS_S)
            Lease.objects.filter(name=_NAME).update(until=until)

    def check(self) -> None:
        """Make sure, inside a transaction, that the lease stays ours until its end.

        Raises:
            LeaseLost: another process has taken it.
        """
        lease = Lease.objects.select_for_update().filter(name=_NAME).first()
        if lease is None or lease.holder != self.holder:
            raise LeaseLost

    def give_back(self) -> None:
        """Let the next one start at once. Nothing happens if the lease was lost."""
        Lease.objects.filter(name=_NAME, holder=self.holder).update(holder="")


def take(clock: Clock) -> Holding:
    """Take the lease.

    Raises:
        WatcherRunning: another process holds it and is alive, as far as can be told.
    """
    holder = f"{socket.gethostname()[:120]}:{os.getpid()}:{secrets.token_hex(8)}"
    now = clock.now()
    with transaction.atomic():
        lease, _made = Lease.objects.select_for_update().get_or_create(
            name=_NAME, defaults={"holder": "", "until": now}
        )
        # A lease that runs for longer than any lease was taken before the clock was set back.
        runs = now < lease.until <= now + timedelta(seconds=2 * LASTS_S)
        if lease.holder and runs and not _is_dead(lease.holder):
            raise WatcherRunning(lease.holder.rpartition(":")[0])
        lease.holder, lease.until = holder, now + timedelta(seconds=LASTS_S)
        lease.save()
    return Holding(holder, clock)


def _is_dead(holder: str) -> bool:
    """Return whether the holder was a process of this computer that is no more."""
    host, _colon, rest = holder.partition(":")
    process = rest.partition(":")[0]
    # On Windows asking about a process in this way would end it.
    if os.name != "posix" or host != socket.gethostname()[:120] or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
