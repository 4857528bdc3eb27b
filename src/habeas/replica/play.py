"""Decides which page a request gets: the portal, the day, and the faults that were ordered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Protocol, cast

from habeas.replica.clock import ReplicaClock
from habeas.replica.exchange import Ask, Reply, Stage
from habeas.replica.faults import OF_PAGE, Fault, FaultKind, Orders
from habeas.replica.listing import ELSEWHERE
from habeas.replica.portals import (
    belarus,
    channel,
    files,
    kyrgyz,
    locator,
    magistrate,
    ministry,
    moscow,
    news,
    newworld,
    sudrf,
    supreme,
    tables,
    weekly,
)
from habeas.replica.script import Script


class Portal(Protocol):
    """What each module of `portals` offers."""

    @property
    def SOURCE(self) -> str:  # noqa: N802 - a constant of the module
        """Id of the source that reads it."""

    @property
    def HOSTS(self) -> tuple[str, ...]:  # noqa: N802 - as above
        """Its hosts; a leading dot stands for all below."""

    def answer(self, ask: Ask, stage: Stage) -> Reply | None:
        """Return the page of an address, None where the portal has none."""

    def captcha(self, ask: Ask) -> Reply:
        """Return the page that asks for a person."""

    def challenge(self, ask: Ask) -> Reply:
        """Return the shield against robots."""

    def maintenance(self, ask: Ask) -> Reply:
        """Return the announcement that nothing works, at HTTP 200."""

    def malformed(self, ask: Ask, stage: Stage) -> Reply:
        """Return what a query gets that was not understood, in the words of "nothing found"."""


def _portal(module: ModuleType) -> Portal:
    return cast("Portal", module)


_OF_KINDS: tuple[Portal, ...] = (
    tables.court, tables.jail, news.lenta, news.karta, channel.telegram, files.pdf, newworld.jail,
)  # fmt: skip
PORTALS: tuple[Portal, ...] = (
    *(
        _portal(module)
        for module in (
            moscow, sudrf, magistrate, ministry, weekly, belarus, kyrgyz, supreme, locator,
        )
    ),
    *_OF_KINDS,
)  # fmt: skip

_NOT_FOUND = (
    "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>"
    "</body></html>"
)
# A list of another site: whoever is read from it was read from the wrong place.
_ELSEWHERE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Elsewhere</title></head>
<body>
<div class="resultsearch_text">По вашему запросу найдено записей: 1</div>
<div class="wrapper-search-tables"><table><thead><tr><th>№ дела</th><th>Стороны</th></tr></thead>
<tbody><tr class="linked-row"><td>1</td><td><p>Ответчик</p>Подложный П.П.</td></tr></tbody></table>
</div></body></html>"""


def portal_at(host: str) -> Portal | None:
    """Return the portal that a host belongs to."""
    for portal in PORTALS:
        if any(
            f".{host}".endswith(known) if known.startswith(".") else host == known
            for known in portal.HOSTS
        ):
            return portal
    return None


def source_at(host: str) -> str:
    """Return the id of the source that a host belongs to, empty for none."""
    portal = portal_at(host)
    if portal is None:
        return ""
    return sudrf.source_at(host) if portal.SOURCE == sudrf.SOURCE else portal.SOURCE


def all_hosts() -> tuple[str, ...]:
    """Return every host that the replica answers for; a leading dot stands for all below."""
    return (*(host for portal in PORTALS for host in portal.HOSTS), ELSEWHERE)


@dataclass(frozen=True)
class Played:
    """A page, and what is to go wrong on its way.

    Attributes:
        reply: the page.
        faults: faults of the line, left for the server.
        day: the day on which it was played.
    """

    reply: Reply
    faults: tuple[Fault, ...]
    day: int


class Play:
    """Plays a script.

    Args:
        script: the calendar.
        clock: on which day of it.
        orders: the faults in force.
    """

    def __init__(self, script: Script, clock: ReplicaClock, orders: Orders) -> None:
        self.script = script
        self.clock = clock
        self.orders = orders

    def reply(self, ask: Ask) -> Played:
        """Return what a request gets."""
        day = self.clock.day
        if ask.host == ELSEWHERE:
            return Played(Reply(_ELSEWHERE), (), day)
        portal = portal_at(ask.host)
        if portal is None or ask.path == "/robots.txt":
            faults = self._met(ask, day) if portal is not None else ()
            return Played(Reply(_NOT_FOUND, status=404), faults, day)
        met = self._met(ask, day)
        stage = Stage(self.script, day, tuple(one for one in met if one.kind in OF_PAGE))
        line = tuple(one for one in met if one.kind not in OF_PAGE)
        page = _page(portal, ask, stage) or Reply(_NOT_FOUND, status=404)
        return Played(page, line, day)

    def _met(self, ask: Ask, day: int) -> tuple[Fault, ...]:
        return self.orders.meet(
            source=source_at(ask.host), host=ask.host, target=ask.target, day=day
        )


def _page(portal: Portal, ask: Ask, stage: Stage) -> Reply | None:
    """Return the portal's page, or the one that a fault puts in its place."""
    instead = _INSTEAD.keys() & {fault.kind for fault in stage.faults}
    if instead:
        return _INSTEAD[min(instead)](portal, ask, stage)
    return portal.answer(ask, stage)


def _mojibake(portal: Portal, ask: Ask, charset: str) -> Reply:
    """Return the announcement with its letters encoded twice, as some servers send it."""
    page = portal.maintenance(ask)
    text = page.text.encode("utf-8").decode(charset, "replace")
    return replace(page, text=text, charset="utf-8")


_INSTEAD: Mapping[FaultKind, Callable[[Portal, Ask, Stage], Reply | None]] = {
    FaultKind.CAPTCHA: lambda portal, ask, _stage: portal.captcha(ask),
    FaultKind.CHALLENGE: lambda portal, ask, _stage: portal.challenge(ask),
    FaultKind.MAINTENANCE: lambda portal, ask, _stage: portal.maintenance(ask),
    FaultKind.MAINTENANCE_MOJIBAKE: lambda portal, ask, _stage: _mojibake(
        portal, ask, "windows-1251"
    ),
    FaultKind.MAINTENANCE_TWICE: lambda portal, ask, _stage: _mojibake(portal, ask, "latin-1"),
    FaultKind.EMPTY: lambda portal, ask, stage: portal.answer(ask, stage.emptied()),
    FaultKind.EMPTY_MALFORMED: lambda portal, ask, stage: portal.malformed(ask, stage),
}


def known_hosts(at: str) -> Mapping[str, str]:
    """Return the map of all hosts to one place, as `fetch.Replicas` wants it."""
    return dict.fromkeys(all_hosts(), at)
