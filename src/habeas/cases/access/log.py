"""The log of who read and changed what: each line holds the digest of the one before."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from habeas.cases.access.models import Head, Noted
from habeas.evidence.seals.canonical import canonical

_ONLY = 1
PURGE = "purge"
"""The route of the lines that tell of a purge; see `retention.erasing`."""
_EMPTIED = re.compile(r"emptied (\d+)$")


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be noted; the fields are those of `models.Noted`."""

    at: datetime
    user: str
    verb: str
    route: str
    cases: tuple[str, ...] = ()
    told: str = ""
    status: int = 200
    sign_in: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log found.

    Attributes:
        lines: how many lines were read.
        broken_at: the number of the first line that does not fit; None where all fit.
        why: CHANGED (its content is not what was noted), MISSING (there are lines no more), CUT
            (the end is not the one that was sealed); empty where all fit.
    """

    CHANGED, MISSING, CUT = "changed", "missing", "cut"

    lines: int
    broken_at: int | None = None
    why: str = ""


def hold() -> Head:
    """Return the end of the log, held until the transaction ends: others wait for their turn.

    On SQLite the transaction itself began with the right to write (see the settings).
    """
    return Head.objects.select_for_update().get(pk=_ONLY)


def add(line: Line) -> Noted:
    """Note one line at the end of the log; two at a time stand one after the other."""
    with transaction.atomic():
        head = hold()
        row = Noted(
            number=head.number + 1,
            at=line.at,
            user=line.user[:150],
            verb=line.verb,
            route=line.route[:60],
            cases=f" {' '.join(line.cases)} "[:2000],
            told=line.told[:400],
            status=line.status,
            sign_in=line.sign_in,
            prev=head.digest,
            salt=secrets.token_hex(16),
        )
        row.sealed = _sealed(row)
        row.digest = _digest(row)
        row.save()
        seal = _seal(row.number, row.digest)
        Head.objects.filter(pk=_ONLY).update(number=row.number, digest=row.digest, seal=seal)
    return row


def check(rows: Iterable[Noted] | None = None) -> Verdict:
    """Read the whole log and say whether it is as it was written, or where it breaks first.

    Whoever can write to the database *and* read this installation's key can forge it all; whoever
    put back an old copy of the whole database is not found out by it either. A copy of the
    end of the log, kept elsewhere, finds that.
    """
    number, digest = 0, ""
    emptied = _Emptied()
    for row in rows if rows is not None else Noted.objects.order_by("number").iterator(2000):
        if row.number != number + 1:
            return Verdict(number, number + 1, Verdict.MISSING)
        if row.prev != digest or row.digest != _digest(row) or not emptied.fits(row):
            return Verdict(number, row.number, Verdict.CHANGED)
        number, digest = row.number, row.digest
    if emptied.found != emptied.told:
        return Verdict(number, emptied.first or number, Verdict.CHANGED)
    head = Head.objects.filter(pk=_ONLY).first()
    if head is None:
        return Verdict(number, number + 1, Verdict.CUT)
    sealed = hmac.compare_digest(head.seal, _seal(head.number, head.digest) if head.number else "")
    if not sealed or (head.number, head.digest) != (number, digest):
        return Verdict(number, number + 1, Verdict.CUT)
    return Verdict(number)


@dataclass(slots=True)
class _Emptied:
    """Lines whose cases were taken out: as many as purges say in lines of their own, no more."""

    found: int = 0
    told: int = 0
    first: int = 0

    def fits(self, row: Noted) -> bool:
        """Whether the cases of a line are those that it was sealed with, or were taken out."""
        if row.route == PURGE and (said := _EMPTIED.search(row.told)):
            self.told += int(said[1])
        if row.sealed and not (row.cases or row.salt):
            self.found += 1
            self.first = self.first or row.number
            return True
        return not row.sealed or row.sealed == _sealed(row)


def _sealed(row: Noted) -> str:
    return hashlib.sha256(f"{row.salt}{row.cases}".encode()).hexdigest()


def _digest(row: Noted) -> str:
    told = {
        "number": row.number,
        "at": row.at.isoformat(timespec="microseconds"),
        "user": row.user,
        "verb": row.verb,
        "route": row.route,
        "cases": row.sealed or row.cases,
        "told": row.told,
        "status": row.status,
        "sign_in": row.sign_in,
        "prev": row.prev,
    }
    return hashlib.sha256(canonical(told)).hexdigest()


def _seal(number: int, digest: str) -> str:
    words = f"habeas log {number} {digest}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()
