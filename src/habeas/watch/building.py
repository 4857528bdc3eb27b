"""Puts a watcher together: asker, routes, breaker, lease and outbox."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.conf import settings
from django.db import connection

from habeas.evidence import Store
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.seals.recovering import chain_of, usual_sealer
from habeas.fetch import (
    Asker,
    Clock,
    Manners,
    Replicas,
    SystemClock,
    Trust,
    Turns,
    Visits,
    parse_proxy,
)
from habeas.sources.registry import sources
from habeas.watch.breaker import Breaker
from habeas.watch.keeping import Keeper
from habeas.watch.lease import take
from habeas.watch.looking import Looking
from habeas.watch.models import Watch
from habeas.watch.outbox import deliver
from habeas.watch.pulling import Puller
from habeas.watch.routes import DIRECT, Routes, read_routes
from habeas.watch.service import Service


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a watcher is to work.

    Attributes:
        captures: folder in which every answer is recorded.
        ca: a PEM file of root certificates to trust beside the usual ones.
        replicas: host -> "127.0.0.1:port", for demos and tests; see `fetch.Replicas`.
        workers: how many sources are asked at once; 0 for one after the other in one thread.
        clock: time of day and waiting.
        sealer: who seals; the user's own keys and settings if not given.
    """

    captures: Path
    ca: Path | None = None
    replicas: Mapping[str, str] = field(default_factory=dict)
    workers: int = 4
    clock: Clock = field(default_factory=SystemClock)
    sealer: Sealer | None = None

    def store(self) -> Store:
        """Return the store of the captures; its seals tell the time of `clock`."""
        return Store(self.captures, self.sealer or usual_sealer(self.clock.now))


def routes(wishes: Wishes, store: Store | None = None) -> Routes:
    """Return the routes that are set up on this computer: the direct one, and named proxies.

    Raises:
        RouteUnclear: `routes.json` cannot be understood.
    """
    direct = Manners(
        names_may_leave=_by_name(), replicas=Replicas(wishes.replicas), visits=Visits()
    )
    proxies = {name: parse_proxy(address) for name, address in read_routes().items()}
    store, turns = store or wishes.store(), Turns(wishes.clock)
    trust = Trust([wishes.ca] if wishes.ca is not None else [])
    manners = {DIRECT: direct}
    # A visit mostly holds for one network address: by another way it would look stolen.
    manners |= {name: replace(direct, proxy=one, visits=None) for name, one in proxies.items()}
    return Routes(
        {
            name: Asker(store, manners=one, trust=trust, clock=wishes.clock, turns=turns)
            for name, one in manners.items()
        }
    )


def looking(
    wishes: Wishes, guard: Callable[[], None] = lambda: None, store: Store | None = None
) -> Looking:
    """Return what performs slots, without lease or loop; for tests and single looks."""
    clock = wishes.clock
    puller = Puller(routes(wishes, store), Breaker(clock.monotonic), clock)
    return Looking(puller, clock, guard)


@contextmanager
def watcher(wishes: Wishes) -> Iterator[Service]:
    """Take the lease and yield the service; the lease is given back at the end.

    Raises:
        WatcherRunning: another watcher is at work.
        RouteUnclear, CertificateUnusable, ReplicaRefused: the routes, `ca` or `replicas` cannot
            be used.
        KeyLost, KeyLocked, KeyRefused: nothing could be sealed.
    """
    holding = take(wishes.clock)
    store = wishes.store()
    try:
        store.ready()
        yield Service(
            looking(wishes, holding.check, store),
            wishes.clock,
            holding,
            captures=wishes.captures,
            workers=wishes.workers,
            deliver=lambda: deliver(wishes.clock),
            keep=_keepers(wishes, store),
        )
    finally:
        if connection.connection is None or connection.is_usable():
            holding.give_back()


def _keepers(wishes: Wishes, store: Store) -> Callable[[], None]:
    """Return what keeps captures and the documents of the case files in order."""
    documents = chain_of(Path(settings.HABEAS_HOME) / "documents", store.chain.sealer)
    keepers = [Keeper(store.chain, wishes.clock), Keeper(documents, wishes.clock)]

    def keep() -> None:
        for keeper in keepers:
            keeper()

    return keep


def _by_name() -> frozenset[str]:
    """Return the sources that may be asked by name: switched on by the user, and able to."""
    able = {one.id for one in sources() if one.by_name}
    wanted = Watch.objects.filter(by_name=True, stopped_at=None).values_list("source", flat=True)
    return frozenset(able & set(wanted))
