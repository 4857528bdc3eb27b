"""Sign-ins that happened: when, from which network, with which family of browser."""

import ipaddress
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from habeas.site.models import Arrival, SignInNote
from habeas.watch.scope import of_the_site

if TYPE_CHECKING:
    from habeas.cases.access.gate import Asked

SHOWN = 200
"""How many of the newest sign-ins the page shows."""
# The first mark that is found counts: most families also carry the marks of those below them.
_FAMILIES = {
    "YaBrowser/": "Yandex",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}


def network(address: str) -> str:
    """Return the network of an address, /24 or /48; empty for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((found.packed, 24 if found.version == 4 else 48), strict=False))


def browser(agent: str) -> str:
    """Return the family of a browser by what it calls itself; empty for one that is not known.

    Tor Browser calls itself Firefox, and is told as such.
    """
    return next((name for mark, name in _FAMILIES.items() if mark in agent), "")


def note(request: HttpRequest, user: str, at: datetime, way: str) -> None:
    """Write down that somebody signed in, and in which way, one of `Arrival`'s."""
    where = network(request.META.get("REMOTE_ADDR", ""))
    family = browser(request.headers.get("User-Agent", ""))
    earlier = Arrival.objects.filter(user_name=user)
    known = earlier.filter(network=where).exists() and earlier.filter(browser=family).exists()
    Arrival.objects.create(
        user_name=user, at=at, network=where, browser=family, unseen=not known, way=way
    )


@of_the_site
@require_GET
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show everybody their own sign-ins; an owner of a team also those of the team."""
    who = cast("Asked", request).standing
    mine = Arrival.objects.filter(user_name=who.user).order_by("-pk")[:SHOWN]
    others = Arrival.objects.exclude(user_name=who.user).order_by("-pk")[:SHOWN]
    sees_team = who.team and who.is_owner
    context = {
        "mine": mine,
        "others": others if sees_team else [],
        "sees_team": sees_team,
        "my_notes": SignInNote.objects.filter(user_name=who.user).order_by("-pk")[:SHOWN],
        "other_notes": _notes_of_others(who.user) if sees_team else [],
    }
    return render(request, "site/sign_ins.html", context)


def _notes_of_others(user: str) -> QuerySet[SignInNote]:
    return SignInNote.objects.exclude(user_name=user).order_by("-pk")[:SHOWN]
