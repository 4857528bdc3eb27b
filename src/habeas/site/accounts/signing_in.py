"""A try to sign in: one answer for everything that does not fit, and the same work behind it.

Name, passphrase and code are sent together. So nobody learns which of them was wrong: not whether
the name exists, and not whether the passphrase was right.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.translation import ngettext

from habeas.cases.access import roles
from habeas.site import arrivals
from habeas.site.accounts import codes, limits, passphrases
from habeas.site.models import Account, Arrival, SignInNote
from habeas.watch.pages.moment import now

EPOCH = "epoch"
"""Where a session keeps the epoch of the account under which it began."""
_DJANGO = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed to sign in."""

    name: str
    passphrase: str
    code: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a try.

    Attributes:
        user: who it is; None where something does not fit, or it was not looked at.
        way: how they came, one of `Arrival`'s.
        waits_s: seconds after which a further try is looked at; 0 where this one was.
    """

    user: User | None = None
    way: str = ""
    waits_s: int = 0


def attempt(request: HttpRequest, typed: Typed, at: datetime) -> Answer:
    """Look at a try to sign in, and note it where it failed. Nobody is signed in by it yet."""
    name = typed.name.strip()
    counted = limits.of_sign_in(name, request.META.get("REMOTE_ADDR", ""), at)
    if wait := limits.begin(counted, at):
        return Answer(waits_s=wait)
    user = User.objects.filter(username=name).first()
    who = roles.standing_of_anybody(name, now())
    account = Account.objects.filter(user_name=name).first()
    way = proved(user, account, typed, at, may=bool(who and who.role))
    if not way:
        exists = user is not None or (who is not None and who.team)
        note(request, name if exists else "", SignInNote.REFUSED, at)
        return Answer()
    limits.succeeded(counted)
    return Answer(user, way)


def proved(
    user: User | None, account: Account | None, typed: Typed, at: datetime, *, may: bool = True
) -> str:
    """Return by which way it is proved who somebody is, and spend the code; empty where it is not.

    All of it is looked at in any case; a code is spent only if all else fits.
    """
    code = codes.plain(typed.code)
    secret = codes.unwrapped(account.secret if account else "", typed.name.strip())
    step = codes.step_of(secret or bytes(20), code, at)
    recovery = 0 if codes.is_of_the_hour(code) else codes.recovery_code(account, code)
    fits = passphrases.fits(user, typed.passphrase)
    if not (fits and may and user and user.is_active and account and account.secret):
        return ""
    if recovery:
        return Arrival.RECOVERY if codes.spend_recovery_code(recovery, at) else ""
    spent = secret is not None and step is not None and codes.spend_step(account, step)
    return Arrival.CODE if spent else ""


def too_many(waits_s: int) -> str:
    """Return the words for somebody who has to wait."""
    return ngettext(
        "Too many wrong tries. Wait %(seconds)s second, then try again.",
        "Too many wrong tries. Wait %(seconds)s seconds, then try again.",
        waits_s,
    ) % {"seconds": waits_s}


def come_in(request: HttpRequest, user: User, way: str, at: datetime) -> None:
    """Begin a session that owes nothing to the one before, and note it among the sign-ins."""
    request.session.flush()
    login(request, user, _DJANGO)
    request.session[EPOCH] = epoch_of(user.get_username())
    arrivals.note(request, user.get_username(), at, way)
    # Pages with the form give everybody a session; nobody else throws away those that are over.
    Session.objects.filter(expire_date__lt=at).delete()


def epoch_of(user_name: str) -> int:
    """Return the epoch in which sessions of somebody hold."""
    found = Account.objects.filter(user_name=user_name).values_list("epoch", flat=True).first()
    return found or 0


def note(request: HttpRequest, user_name: str, what: str, at: datetime) -> None:
    """Note something of somebody's way in that was no sign-in."""
    SignInNote.objects.create(
        user_name=user_name,
        at=at,
        what=what,
        network=arrivals.network(request.META.get("REMOTE_ADDR", "")),
        browser=arrivals.browser(request.headers.get("User-Agent", "")),
    )
