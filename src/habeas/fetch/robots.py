"""What sites ask of programs (robots.txt, RFC 9309), read once a day for each origin.

Asked for links that the program follows by itself. Not asked where a person gives one address by
hand: then the program acts for a reader, as a browser does, and keeps the page as a proof.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from protego import Protego

from habeas.evidence import Exchange, Failure, FailureCode, Truncation
from habeas.fetch.addresses import Address
from habeas.fetch.sending import ROBOTS_NAME

# RFC 9309, 2.4: not longer than 24 hours. 2.5: at least 500 KiB must be read.
_FRESH = timedelta(hours=24)
_READ = 512 * 1024
# A failure is remembered for a shorter time, so that a short outage does not cost the day.
_FRESH_FAILURE = timedelta(minutes=5)


class Leave(Enum):
    """What a site's rules say about one address."""

    GIVEN = auto()
    REFUSED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin.

    Attributes:
        read_at: when they were read (aware, UTC).
        parsed: the rules; None where they could not be read.
        failure: why they could not be read. Where the site could not be reached at all, this is
            that failure itself, so that a refused certificate is told as what it is.
    """

    read_at: datetime
    parsed: Protego | None
    failure: Failure | None = None

    def fresh(self, now: datetime) -> bool:
        """Return whether they may still be relied on."""
        return now - self.read_at < (_FRESH if self.parsed is not None else _FRESH_FAILURE)

    def leave(self, address: Address) -> Leave:
        """Return whether we may ask for an address."""
        if self.parsed is None:
            return Leave.UNKNOWN
        given = self.parsed.can_fetch(address.url, ROBOTS_NAME)
        return Leave.GIVEN if given else Leave.REFUSED

    @property
    def delay_s(self) -> float:
        """Seconds between two requests that the site asks for (Crawl-delay), 0 where it does not.

        At most a minute is taken over: some sites write days.
        """
        asked = self.parsed.crawl_delay(ROBOTS_NAME) if self.parsed is not None else None
        return min(asked or 0.0, 60.0)


def robots_address(address: Address) -> Address:
    """Return where the rules for an address are found (RFC 9309, 2.3)."""
    return Address(address.scheme, address.host, address.port, "/robots.txt")


def rules_of_answer(exchange: Exchange, body: bytes, *, now: datetime) -> Rules:
    """Return the rules that an answer stands for (RFC 9309, 2.3.1).

    A missing file (4xx) gives leave for everything; a broken server (5xx, no answer) gives none.

    Args:
        exchange: the answer to the request for robots.txt.
        body: its body, unpacked.
        now: when it was read (aware).
    """
    if exchange.failure is not None:
        return Rules(now, None, exchange.failure)
    status = exchange.status or 0
    if 400 <= status < 500:
        return Rules(now, Protego.parse(""))
    whole = exchange.truncated in {None, Truncation.LENGTH}
    if 200 <= status < 300 and whole:
        return Rules(now, Protego.parse(body[:_READ].decode("utf-8-sig", "replace")))
    detail = f"HTTP {status}" if whole else f"HTTP {status}, {exchange.truncated}"
    return Rules(now, None, Failure(FailureCode.ROBOTS_UNKNOWN, detail))
