"""The engine against the replica of the portals: real adapters, real pages, every fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from examples import known
from tests.watch.conftest import FakeClock
from visits import START

from habeas.replica import (
    Fault,
    FaultKind,
    Happening,
    Kind,
    Planned,
    Replica,
    Script,
    serving,
)
from habeas.replica.crowd import crowd
from habeas.sources.registry import Politeness
from habeas.watch.breaker import Breaker
from habeas.watch.building import Wishes, routes
from habeas.watch.looking import Looking
from habeas.watch.models import Entry, Event, Look, Mention, Watch
from habeas.watch.pulling import Puller

DAY = 3
SOURCES = {
    "ru_mosgorsud": "tverskoj",
    "ru_sudrf": "nebylovo.sudrf.ru",
    "ru_msudrf": "7.nebylovo.msudrf.ru",
    "kg_acts": "",
    "tj_mvd": "",
    "tj_sud": "sino",
    "us_newworld": "dallas_ia",
    "xx_table": "",
    "xx_roster": "",
    "xx_feed": "",
    "xx_sitemap": "",
    "xx_telegram": "",
    "xx_pdf_list": "",
}
# What only takes long is tried by the fault matrix of the adapters.
FAULTS = [kind for kind in FaultKind if kind not in {FaultKind.SLOW, FaultKind.DRIP}]
# The page is another one, and says the same.
HARMLESS = {
    FaultKind.GZIP,
    FaultKind.DATE_SKEW,
    FaultKind.WRONG_CHARSET,
    FaultKind.REORDERED_COLUMNS,
    FaultKind.WITHOUT_YO,
    FaultKind.UPPER_CASE,
    FaultKind.TRUNCATED_CELL,
}
# Whose columns are known by their order; and where capitals make every word look like a name.
STRICT = {
    ("kg_acts", FaultKind.REORDERED_COLUMNS),
    ("tj_sud", FaultKind.REORDERED_COLUMNS),
}
TANGLED = {
    ("tj_mvd", FaultKind.UPPER_CASE),
    ("xx_feed", FaultKind.UPPER_CASE),
    ("xx_sitemap", FaultKind.UPPER_CASE),
    ("xx_telegram", FaultKind.UPPER_CASE),
    # A file that has one line less is another file: that is told as a change of it.
    ("xx_pdf_list", FaultKind.REMOVED_ROW),
}


class Watching:
    """One watch of a source on the replica."""

    def __init__(self, replica: Replica, watch: Watch, wishes: Wishes, clock: FakeClock) -> None:
        self.replica = replica
        self.watch = watch
        self._routes = routes(wishes)
        self._clock = clock

    def look(self) -> Look:
        self._clock.pass_by(1)
        # The breaker of a program started anew: it knows nothing of the last fault.
        puller = Puller(self._routes, Breaker(self._clock.monotonic), self._clock)
        return Looking(puller, self._clock).look(self.watch, self._clock.now())


@contextmanager
def watching(source_id: str, court: str, folder: Path, *planned: Planned) -> Iterator[Watching]:
    clock = FakeClock(datetime.combine(START + timedelta(days=DAY), time(), UTC))
    with serving(Script(START, planned)) as replica:
        replica.clock.advance(DAY)
        wishes = Wishes(folder / "captures", ca=replica.ca, replicas=replica.at, clock=clock)
        watch = Watch.objects.create(
            source=source_id, court=court, every_s=3600, days_back=1, days_ahead=1,
            added_at=clock.now(),
        )  # fmt: skip
        yield Watching(replica, watch, wishes, clock)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the sources' time limits out of the tests."""
    from dataclasses import replace

    def quick(source_id: str) -> object:
        return replace(known(source_id), politeness=Politeness(0.0, 5.0))

    monkeypatch.setattr("habeas.watch.planning.source", quick)


def events_of(look: Look) -> list[str]:
    return [event.kind for event in look.events.order_by("id")]


@pytest.mark.only_sqlite
@pytest.mark.parametrize(("source_id", "court"), SOURCES.items())
def test_no_fault_of_any_portal_makes_an_event(
    source_id: str, court: str, tmp_path: Path, database: Path
) -> None:
    del database
    planned = crowd(source_id, [court], range(DAY - 1, DAY + 2), each=4, seed=1)
    with watching(source_id, court, tmp_path, *planned) as one:
        first = one.look()
        assert first.confirmed, first.explanation
        assert events_of(first).count("appeared") == Entry.objects.count() > 0
        assert events_of(one.look()) == []
        for kind in FAULTS:
            if (source_id, kind) in TANGLED:
                continue
            one.replica.order(Fault(kind, source=source_id))
            spoilt = one.look()
            one.replica.clear()
            assert events_of(spoilt) == [], kind
            assert spoilt.confirmed or spoilt.obstacle, kind
            if kind in HARMLESS and (source_id, kind) not in STRICT:
                assert spoilt.confirmed, (kind, spoilt.explanation)
            good = one.look()
            assert good.confirmed, (kind, good.explanation)
            assert events_of(good) == [], kind
    assert set(Event.objects.values_list("kind", flat=True)) == {"appeared"}


def _case(source_id: str, court: str, *happenings: Happening) -> Planned:
    entry = crowd(source_id, [court], range(DAY, DAY + 1), each=1, seed=7)[0].entry
    return Planned(entry, happenings)


@pytest.mark.parametrize("source_id", ["us_newworld", "xx_table", "xx_roster", "xx_telegram"])
def test_who_is_removed_from_a_described_source_has_vanished(
    source_id: str, tmp_path: Path, database: Path
) -> None:
    del database
    court = SOURCES[source_id]
    gone = _case(source_id, court, Happening(0, Kind.APPEARS), Happening(DAY + 1, Kind.VANISHES))
    beside = crowd(source_id, [court], range(DAY - 1, DAY + 1), each=3, seed=1)
    with watching(source_id, court, tmp_path, gone, *beside) as one:
        assert one.look().confirmed
        one.replica.clock.advance()
        assert events_of(one.look()) == []
        told = one.look()
        assert events_of(told) == ["vanished"], told.explanation
        vanished = Event.objects.get(kind="vanished")
        named = Mention.objects.filter(version__entry=vanished.entry)
        assert set(gone.entry.names) <= set(named.values_list("printed", flat=True))
        if source_id in {"us_newworld", "xx_telegram"}:
            assert vanished.changes["card"] == "gone"
            assert vanished.changes["tombstone"]["sha256"]
        assert events_of(one.look()) == []


def test_a_new_article_of_a_feed_is_read_and_told_once(tmp_path: Path, database: Path) -> None:
    del database
    new = _case("xx_feed", "", Happening(DAY + 1, Kind.APPEARS))
    old = crowd("xx_feed", [""], range(DAY - 2, DAY), each=1, seed=1)
    with watching("xx_feed", "", tmp_path, new, *old) as one:
        assert events_of(one.look()) == ["appeared"] * 2
        one.replica.clock.advance()
        assert events_of(one.look()) == ["appeared"]
        (name,) = new.entry.names
        assert Mention.objects.filter(printed=name).exists()
        assert events_of(one.look()) == []
