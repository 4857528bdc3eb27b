"""Puts a watcher together: asker, routes, breaker, lease and outbox."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from habeas.evidence import Store
from habeas.fetch import Asker, Clock, Manners, Replicas, SystemClock, Trust, Turns
from habeas.sources.registry import sources
from habeas.watch.breaker import Breaker
from habeas.watch.lease import take
from habeas.watch.looking import Looking
from habeas.watch.models import Watch
from habeas.watch.outbox import deliver
from habeas.watch.pulling import Puller
from habeas.watch.routes import DIRECT, Routes
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
    """

    captures: Path
    ca: Path | None = None
    replicas: Mapping[str, str] = field(default_factory=dict)
    workers: int = 4
    clock: Clock = field(default_factory=SystemClock)


def routes(wishes: Wishes) -> Routes:
    """Return the routes that are set up: only the direct one, until fetch can use a proxy."""
    manners = Manners(names_may_leave=_by_name(), replicas=Replicas(wishes.replicas))
    asker = Asker(
        Store(wishes.captures),
        manners=manners,
        trust=Trust([wishes.ca] if wishes.ca is not None else []),
        clock=wishes.clock,
        turns=Turns(wishes.clock),
    )
    return Routes({DIRECT: asker})


def looking(wishes: Wishes, guard: Callable[[], None] = lambda: None) -> Looking:
    """Return what performs slots, without lease or loop; for tests and single looks."""
    clock = wishes.clock
    puller = Puller(routes(wishes), Breaker(clock.monotonic), clock)
    return Looking(puller, clock, guard)


@contextmanager
def watcher(wishes: Wishes) -> Iterator[Service]:
    """Take the lease and yield the service; the lease is given back at the end.

    Raises:
        WatcherRunning: another watcher is at work.
        CertificateUnusable, ReplicaRefused: `ca` or `replicas` cannot be used.
    """
    holding = take(wishes.clock)
    try:
        yield Service(
            looking(wishes, holding.check),
            wishes.clock,
            holding,
            captures=wishes.captures,
            workers=wishes.workers,
            deliver=lambda: deliver(wishes.clock),
        )
    finally:
        if connection.connection is None or connection.is_usable():
            holding.give_back()


def _by_name() -> frozenset[str]:
    """Return the sources that may be asked by name: switched on by the user, and able to."""
    able = {one.id for one in sources() if one.by_name}
    wanted = Watch.objects.filter(by_name=True, stopped_at=None).values_list("source", flat=True)
    return frozenset(able & set(wanted))
