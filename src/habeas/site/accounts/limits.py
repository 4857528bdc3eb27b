"""How fast may be guessed: pauses that grow with every failure, kept in the database.

Nobody is ever shut out for good: the longest pause is short, and a one-time link from the machine
asks nothing of this.
"""

import hmac
import ipaddress
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F

from habeas.site import arrivals
from habeas.site.models import Arrival, Failing

FORGOTTEN = timedelta(hours=1)
"""After so long without a failure a count begins anew."""
KNOWN = timedelta(days=90)
"""For so long a network from which somebody signed in is a known one."""
_PRUNED = 500


@dataclass(frozen=True, slots=True)
class Limit:
    """Of what failures are counted, how many are free, and how long a pause becomes.

    Attributes:
        of: a digest of what is counted.
        free: failures without a pause; then it is 2 s, 4 s, 8 s ...
        longest_s: the longest pause (seconds).
        clears: whether a success makes the count forget the failures before.
    """

    of: str
    free: int
    longest_s: int
    clears: bool = False

    def waits_s(self, times: int, since: timedelta) -> int:
        """Return how many seconds are left to wait after so many failures."""
        if times <= self.free or since >= FORGOTTEN:
            return 0
        pause = min(2 ** min(times - self.free, 20), self.longest_s)
        left = pause - since.total_seconds()
        return min(max(int(-(-left // 1)), 0), self.longest_s)


def of_sign_in(name: str, address: str, at: datetime) -> list[Limit]:
    """Return the limits of a try to sign in; they do not depend on whether the name exists.

    One is of the address, one of the name asked from its network, one of the name from anywhere.
    The last does not hold for networks from which anybody signed in of late: whoever guesses from
    elsewhere cannot keep members out who sit where they always sit.
    """
    network = arrivals.network(address)
    named = unicodedata.normalize("NFKC", name).casefold()
    limits = [Limit(_of("name", named, network), 5, 60, clears=True)]
    known = Arrival.objects.filter(network=network, at__gt=at - KNOWN).exists()
    if not known or not network:
        limits.append(Limit(_of("name", named), 20, 60))
    if (counted := _counted(address)) != "":
        limits.append(Limit(_of("address", counted), 10, 300))
    return limits


def of_own_page(name: str) -> list[Limit]:
    """Return the limit of somebody signed in who types the present passphrase for a change."""
    return [Limit(_of("own", name), 5, 60, clears=True)]


def begin(limits: Sequence[Limit], at: datetime) -> int:
    """Count a try as a failure before it is looked at; return how many seconds it has to wait.

    0 for one that may be looked at. So of many tries at the same moment no more are looked at than
    of tries one after another. A try that has to wait is not counted: it makes no pause longer.
    """
    ordered = sorted(limits, key=lambda one: one.of)
    if wait := _wait_s(
        ordered, at, {one.of: one for one in Failing.objects.filter(of__in=_keys(ordered))}
    ):
        return wait
    _prune(at)
    with transaction.atomic():
        for one in ordered:
            Failing.objects.get_or_create(of=one.of, defaults={"times": 0, "at": at})
        rows = {
            one.of: one
            for one in Failing.objects.select_for_update()
            .filter(of__in=_keys(ordered))
            .order_by("of")
        }
        if wait := _wait_s(ordered, at, rows):
            return wait
        for row in rows.values():
            row.times = 1 if at - row.at >= FORGOTTEN else row.times + 1
            row.at = at
            row.save()
    return 0


def succeeded(limits: Sequence[Limit]) -> None:
    """Take back what `begin` counted: the try was no failure."""
    for one in limits:
        rows = Failing.objects.filter(of=one.of)
        if one.clears:
            rows.delete()
        else:
            rows.filter(times__gt=0).update(times=F("times") - 1)


def _wait_s(limits: Sequence[Limit], at: datetime, rows: dict[str, Failing]) -> int:
    waits = [
        one.waits_s(rows[one.of].times, at - rows[one.of].at) for one in limits if one.of in rows
    ]
    return max(waits, default=0)


def _prune(at: datetime) -> None:
    """Remove counts that begin anew anyway; one that another request holds is left to it."""
    with transaction.atomic():
        old = Failing.objects.select_for_update(skip_locked=True).filter(at__lt=at - FORGOTTEN)
        Failing.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_PRUNED])).delete()


def _keys(limits: Sequence[Limit]) -> list[str]:
    return [one.of for one in limits]


def _counted(address: str) -> str:
    """Return what of an address is counted together: IPv4 alone, IPv6 as /64; empty for none.

    Loopback is no address of anybody: behind a proxy that is not named it is everybody's.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found.packed, 64), strict=False))


def _of(*parts: str) -> str:
    words = "\0".join(("habeas limit", *parts)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, sha256).hexdigest()
