"""Compares what a watcher reported in a simulated year with what was planted."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.watch import messages
from benchmarks.watch.hooks import Caught
from benchmarks.watch.messages import IDENTIFIER, Found

from habeas.replica.script import Kind
from habeas.replica.year import Expected, Year

_EVENTS = {
    Kind.APPEARS: "appeared",
    Kind.CHANGES: "changed",
    Kind.MOVES: "moved",
    Kind.VANISHES: "vanished",
    Kind.RETURNS: "returned",
}
_SHOWN = 40


@dataclass
class Verdict(Found):
    """What the comparison came to."""

    def told(self) -> str:
        """Return figures and differences as text."""
        width = max(map(len, self.figures))
        lines = [f"{name:{width}}  {value}" for name, value in self.figures.items()]
        lines += ["", f"{len(self.wrong)} differences"]
        lines += [f"  {sentence}" for sentence in self.wrong[:_SHOWN]]
        return "\n".join(lines)

    def page(self, seed: int) -> str:
        """Return figures and differences as a page of the reference."""
        lines = [
            "# A simulated year",
            "",
            "The watcher against the [replica](../how-to/run-the-replica.md): time is simulated;",
            "requests, TLS, records, database and kill -9 are real. Cases are invented. Written",
            f"by `benchmarks/watch/simulate_year.py --seed {seed}`.",
            "",
            "| counted | number |",
            "|---|---|",
        ]
        lines += [f"| {name} | {value} |" for name, value in self.figures.items()]
        lines += ["", f"{len(self.wrong)} differences from what was planted."]
        lines += [f"- {sentence}" for sentence in self.wrong[:_SHOWN]]
        return "\n".join(lines) + "\n"


def compare(year: Year, days: int, caught: Caught) -> Verdict:
    """Return what the ledger and the outbox say, held against the plan."""
    found = Verdict()
    _compare_events(year, found)
    _compare_slots(year, days, found)
    messages.compare(year, caught, found)
    return found


@dataclass(frozen=True)
class _Reported:
    kind: str
    fields: frozenset[str]
    at: date


# How the sources call the fields in which a planted case changes.
_CALLED = {
    "judge": {"judge"},
    "time": {"time", "when"},
    "number": {"case_number"},
    "article": {"article", "article_of_law", "category", "info", "matter"},
    "result": {"result"},
}
# What follows from another field: the judge is one of the names, a new number has a former one.
_FOLLOWS = {"judge": {"names"}, "number": {"former_numbers"}}
_BACKDATED = "published_before_seen"
# Of those that are watched, only this one prints in its list when an entry was published.
_PRINTS_PUBLICATION = frozenset({"kg_acts"})


def _compare_events(year: Year, found: Verdict) -> None:
    reported, strangers = _reported(year, found)
    found.wrong += strangers
    planted = {one.entry.key for one in year.planted}
    expected: dict[tuple[str, date], list[Expected]] = defaultdict(list)
    for one in year.expected:
        expected[one.entry.key, year.script.date_of(one.day)].append(one)
    counts: Counter[str] = Counter()
    delays: list[int] = []
    for place, ones in expected.items():
        got = reported.pop(place, [])
        wanted = [_EVENTS[one.kind] for one in ones]
        if [one.kind for one in got] != wanted:
            found.wrong.append(f"{place[0]} in the list of {place[1]}: {_kinds(got)}, not {wanted}")
            continue
        for one, event in zip(ones, got, strict=True):
            counts[f"{event.kind}: planted and reported once"] += 1
            found.wrong += _fields(place, one, event)
            counts["appeared with an earlier date of publication, and marked"] += (
                _BACKDATED in event.fields
            )
            delays.append((event.at - year.script.date_of(max(one.happens, one.day - 7))).days)
    crowd = Counter(_kinds(got) for (key, _day), got in reported.items() if key not in planted)
    wrong = [
        f"{key} in the list of {day}: {_kinds(got)}"
        for (key, day), got in reported.items()
        if key in planted or _kinds(got) != "appeared"
    ]
    found.wrong += wrong
    found.figures |= {"cases planted": len(planted), "happenings planted": len(year.expected)}
    found.figures |= dict(sorted(counts.items()))
    found.figures["crowd: appeared once, nothing else"] = crowd["appeared"]
    found.figures["false or repeated reports"] = len(wrong) + len(strangers)
    delays.sort()
    if delays:
        found.figures["days from happening to report, median"] = delays[len(delays) // 2]
        found.figures["days from happening to report, most"] = delays[-1]


def _fields(place: tuple[str, date], one: Expected, event: _Reported) -> Iterator[str]:
    """Yield what is wrong with the fields of which a report says that they changed."""
    allowed: set[str] = set()
    for name in one.fields:
        allowed |= _CALLED[name] | _FOLLOWS.get(name, set())
        if not event.fields & _CALLED[name]:
            yield f"{place[0]} in the list of {place[1]}: the change of {name} was not told"
    if one.backdated and one.entry.source in _PRINTS_PUBLICATION:
        allowed.add(_BACKDATED)
        if _BACKDATED not in event.fields:
            yield f"{place[0]} in the list of {place[1]}: the earlier publication was not told"
    if event.kind in {"appeared", "changed"} and event.fields - allowed:
        yield f"{place[0]} in the list of {place[1]}: {sorted(event.fields - allowed)} told too"


def _kinds(events: list[_Reported]) -> str:
    return " ".join(event.kind for event in events)


def _reported(
    year: Year, found: Verdict
) -> tuple[dict[tuple[str, date], list[_Reported]], list[str]]:
    """Return the ledger's events by case and day of the list, and events of nobody."""
    from habeas.watch.models import Event

    known = {}
    for one in year.script.planned:
        known[one.entry.uuid] = known[str(one.entry.serial)] = one.entry.key
    reported: dict[tuple[str, date], list[_Reported]] = defaultdict(list)
    strangers = []
    unread = 0
    rows = Event.objects.exclude(entry__scope__startswith="card ").order_by("id")
    for event in rows.select_related("entry"):
        identifier = IDENTIFIER.search(event.entry.identity)
        key = known.get(identifier.group()) if identifier else None
        if event.entry.scope.startswith("unread ") and event.kind == "appeared":
            # A sought name on a page that could not be read: told, and no case of its own.
            unread += 1
            continue
        if key is None:
            strangers.append(f"an event of nobody: {event.kind} {event.entry.identity}")
            continue
        day = date.fromisoformat(event.entry.scope.partition(" ")[0])
        reported[key, day].append(_Reported(event.kind, frozenset(event.changes), event.at.date()))
    found.figures["sought names on pages that could not be read"] = unread
    return reported, strangers


def _compare_slots(year: Year, days: int, found: Verdict) -> None:
    """Every watch has one row for every day: looked at, or missed."""
    from habeas.watch.models import Look, Watch

    outcomes: Counter[str] = Counter()
    for watch in Watch.objects.all():
        covered: Counter[date] = Counter()
        for look in Look.objects.filter(watch=watch):
            outcomes[look.obstacle or look.outcome] += 1
            for number in range(look.slots):
                covered[(look.slot + number * timedelta(seconds=watch.every_s)).date()] += 1
        # The first slot begins with the watch; the grid's own may follow on the same day.
        twice = [day for day, times in covered.items() if times > 1 and day > year.script.start]
        wanted = {year.script.date_of(day) for day in range(1, days - 1)}
        found.wrong += [f"{watch}: no row for {day}" for day in sorted(wanted - covered.keys())]
        found.wrong += [f"{watch}: {covered[day]} rows for {day}" for day in twice]
    found.figures["slots"] = sum(outcomes.values())
    found.figures |= {f"slots: {name}": times for name, times in outcomes.most_common()}
