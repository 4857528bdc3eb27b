"""Keeps the evidence of a watch in order for months: stamps, confirms, re-checks, renews.

Called again and again beside the asking; does each duty when its time has come. What cannot be done
now is logged and done later: it never stops the watch.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from habeas.errors import HabeasError
from habeas.evidence.checks import Check, Result, worst
from habeas.evidence.seals.chain import Chain, read_identity
from habeas.evidence.seals.checking import Against, check_store
from habeas.evidence.seals.items import read_moment
from habeas.evidence.seals.log import log_files
from habeas.evidence.seals.renewing import aging, renew
from habeas.evidence.seals.stampcheck import Trusted
from habeas.evidence.seals.telling import last_reported, report
from habeas.evidence.stamps.authorities import Authorities, read_authorities
from habeas.fetch import Clock
from habeas.fetch.stamping import Sender, stamp, upgrade

STAMP_EVERY_S = 3600.0
"""New seals are gathered once an hour, so that authorities are asked 24 times a day, not 10,000."""
CONFIRM_EVERY_S = 6 * 3600.0
"""A block confirms a calendar's promise within some hours."""
CHECK_EVERY = timedelta(days=7)
"""Everything is read and checked once a week, and what grows old is renewed."""
RETRY_CHECK_S = 3600.0
WEEKLY = "weekly"

_log = logging.getLogger(__name__)


@dataclass
class Keeper:
    """Does what is due for one store.

    Attributes:
        chain: the store's.
        clock: monotonic time.
        settings: whom the user allows; read anew each time.
    """

    chain: Chain
    clock: Clock
    settings: Callable[[], Authorities] = read_authorities
    _done_at: dict[str, float] = field(default_factory=dict)
    _checked_at: datetime | None = None

    def __call__(self) -> None:
        """Do what is due now. Never raises what the user is to be told; that is logged."""
        if not log_files(self.chain.log.folder):
            return
        self._do("stamp", STAMP_EVERY_S, self.stamp)
        self._do("confirm", CONFIRM_EVERY_S, self.confirm)
        if self._check_is_due():
            self._do("check", RETRY_CHECK_S, self.check)

    def _do(self, name: str, every_s: float, duty: Callable[[], None]) -> None:
        now = self.clock.monotonic()
        if now - self._done_at.get(name, now - every_s) < every_s:
            return
        self._done_at[name] = now
        try:
            duty()
        except HabeasError as error:
            _log.warning("%s: %s", name, error)

    def _check_is_due(self) -> bool:
        """The log itself says when the last check was: a watch from cron starts anew each time."""
        if self._checked_at is None:
            folder, seals = self.chain.folder, self.chain.seals
            created = read_moment(read_identity(seals).get("created"))
            self._checked_at = last_reported(folder, "verified", WEEKLY) or created
        checked = self._checked_at
        return checked is None or self.chain.sealer.now() - checked >= CHECK_EVERY

    def stamp(self) -> None:
        """Gather new seals and ask for timestamps."""
        outcome = stamp(self.chain, self.settings(), Sender(self.clock))
        for who, reason in outcome.failed:
            _log.warning("no timestamp of %s (%s); it is asked again", who, reason)

    def confirm(self) -> None:
        """Ask calendars about their promises."""
        upgrade(self.chain, self.settings(), Sender(self.clock))

    def check(self) -> None:
        """Check the whole store, note that in its log, and renew what grows old."""
        chosen = self.settings()
        # openssl was asked when each stamp came; here it would be started thousands of times.
        trusted = Trusted(chosen.roots(), openssl=False)
        checks = check_store(self.chain.folder, Against(self._signers(), trusted))
        self._note(checks)
        due = aging(self.chain.seals, trusted)
        if due:
            _log.info("timestamps to be renewed: %d", len(due))
            renew(self.chain, due)
            self.stamp()

    def _signers(self) -> set[str]:
        return {key.fingerprint for key in self.chain.sealer.keys.known()}

    def _note(self, checks: list[Check]) -> None:
        result = worst(check.result for check in checks)
        wrong = [check for check in checks if check.result is Result.BROKEN]
        for check in wrong:
            _log.error("the evidence does not hold: %s: %s", check.name, check.meaning)
        detail = {"result": result.value, "checks": [check.name for check in wrong]}
        report(self.chain, "verified", why=WEEKLY, detail=detail)
        self._checked_at = self.chain.sealer.now()
