"""A year to play: invented cases that appear, change, move, vanish and return, and what goes wrong.

Everything follows from a seed. A case lives within the days in which its list is looked at, and no
state of it is shorter than the days that a watcher needs: spoilt and dark days are kept so far
apart that every planted happening can be seen. What was planted is therefore what must be reported,
once each, and nothing else.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from habeas.replica.crowd import Person, crowd, invented, people
from habeas.replica.faults import Fault, FaultKind
from habeas.replica.script import Entry, Happening, Kind, Planned, Script

WINDOW = 7
"""Days before and after its own day in which a list is looked at."""
BLOCK = 5
"""Days in which at most one is spoilt or dark; no state of a case is shorter."""


@dataclass(frozen=True, slots=True)
class Court:
    """One list by day that is watched."""

    source: str
    court: str


COURTS = (
    Court("ru_mosgorsud", "tverskoj"),
    Court("ru_sudrf", "nebylovo.sudrf.ru"),
    Court("ru_sudrf", "oblsud.nebylovo.sudrf.ru"),
    Court("kg_acts", ""),
    Court("ru_msudrf", "7.nebylovo.msudrf.ru"),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a watcher has to report, once.

    Attributes:
        entry: as it stands when it happens; its identifiers tell which case it is.
        kind: what it has to be called in the list of `day`.
        day: the day of the list.
        happens: the day on which it happens; it can be seen from then on.
        fields: names of the fields of `Entry` that change.
        backdated: whether it claims to have been published before it can have been.
    """

    entry: Entry
    kind: Kind
    day: int
    happens: int
    fields: frozenset[str] = frozenset()
    backdated: bool = False


@dataclass(frozen=True)
class Year:
    """A year.

    Attributes:
        script: all cases.
        courts: what is to be watched.
        faults: one order for each spoilt day of a court.
        dark: days on which nobody watches.
        sought: people whose names stand in some of the planted cases.
        expected: everything to be reported.
        planted: the cases to which something happens.
    """

    script: Script
    courts: tuple[Court, ...]
    faults: tuple[Fault, ...]
    dark: frozenset[int]
    sought: tuple[Person, ...]
    expected: tuple[Expected, ...]
    planted: tuple[Planned, ...]


def plan_year(
    seed: int,
    days: int = 365,
    *,
    start: date = date(2027, 1, 1),
    courts: Sequence[Court] = COURTS,
    each: int = 3,
) -> Year:
    """Return a year of `days` days.

    Args:
        seed: another one makes another year.
        days: how many days are played.
        start: the date of day 0.
        courts: what is watched.
        each: people in the crowd of each list.
    """
    chance = random.Random(seed)  # noqa: S311 - a year to play, no secret
    persons = people(chance)
    sought = tuple(next(persons) for _number in range(12))
    planted, expected = _planted(chance, courts, days, (sought, persons))
    everybody = list(planted)
    lists = range(-WINDOW - 1, days + WINDOW + 2)
    for court in courts:
        everybody += crowd(court.source, [court.court], lists, each=each, seed=seed)
    dark = frozenset(_dark(chance, days))
    return Year(
        script=Script(start, tuple(everybody)),
        courts=tuple(courts),
        faults=tuple(_faults(chance, courts, days, dark)),
        dark=dark,
        sought=sought,
        expected=tuple(expected),
        planted=tuple(planted),
    )


# --- what is planted -------------------------------------------------------------------------


def _planted(
    chance: random.Random,
    courts: Sequence[Court],
    days: int,
    who: tuple[tuple[Person, ...], Iterator[Person]],
) -> tuple[list[Planned], list[Expected]]:
    planted: list[Planned] = []
    expected: list[Expected] = []
    sought, others = who
    for court in courts:
        for day in range(WINDOW, days - WINDOW, 2):
            person = chance.choice(sought) if chance.random() < 0.4 else next(others)
            key = f"planted {court.source} {court.court} {day}"
            entry = invented(key, court.source, person, chance, court=court.court, day=day)
            made = chance.choice(_TALES)(entry, chance)
            planted.append(made)
            expected += _expected(made)
    return planted, expected


def _stays(entry: Entry, chance: random.Random) -> Planned:
    """It appears some days before its day."""
    return Planned(entry, (Happening(entry.day - chance.randrange(2, 6), Kind.APPEARS),))


def _late(entry: Entry, chance: random.Random) -> Planned:
    """It appears after its day, and the site says that it was there before."""
    appears = entry.day + chance.randrange(0, 2)
    dated = replace(entry, published=entry.day - 3)
    return Planned(dated, (Happening(appears, Kind.APPEARS),))


def _changes(entry: Entry, chance: random.Random) -> Planned:
    """Its judge, its hour, its article, its number or its result changes."""
    possible = _CHANGES.get(entry.source, _ANYWHERE)
    if entry.section == "civil" and entry.source == "ru_sudrf":
        # Of a civil case its lists print the sides, not the matter.
        possible = tuple(one for one in possible if one is not _ARTICLE)
    to: Mapping[str, object] = chance.choice(possible)
    if "number" in to:
        to = {"number": f"{entry.number[:-5]}0/2026"}
    return Planned(
        entry,
        (Happening(entry.day - 6, Kind.APPEARS), Happening(entry.day - 1, Kind.CHANGES, to)),
    )


_ANYWHERE: tuple[Mapping[str, object], ...] = (
    {"judge": "Заменённый З.З."},
    {"time": "08:30"},
    {"judge": "Подменённый П.П.", "time": "08:30"},
    {"number": ""},
)
_ARTICLE: Mapping[str, object] = {"article": "ст. 20.2 ч. 5 КоАП РФ"}
_RESULT: Mapping[str, object] = {"result": "Отложено"}
_CHANGES: Mapping[str, tuple[Mapping[str, object], ...]] = {
    "kg_acts": ({"judge": "Заменённый З.З."},),
    "ru_mosgorsud": (*_ANYWHERE, _RESULT),
    "ru_sudrf": (*_ANYWHERE, _ARTICLE, _RESULT),
    "ru_msudrf": (*_ANYWHERE, _ARTICLE),
}
"""What a source prints, and therefore can be seen to change."""


def _vanishes(entry: Entry, chance: random.Random) -> Planned:
    """It is taken out."""
    del chance
    return Planned(
        entry, (Happening(entry.day - 6, Kind.APPEARS), Happening(entry.day - 1, Kind.VANISHES))
    )


def _returns(entry: Entry, chance: random.Random) -> Planned:
    """It is taken out and put back."""
    del chance
    return Planned(
        entry,
        (
            Happening(entry.day - 20, Kind.APPEARS),
            Happening(entry.day - 3, Kind.VANISHES),
            Happening(entry.day + 2, Kind.RETURNS),
        ),
    )


def _rescheduled(entry: Entry, chance: random.Random) -> Planned:
    """It moves to the list of another day, under its identifier."""
    to = {"day": entry.day + chance.randrange(1, 3)}
    return Planned(
        entry, (Happening(entry.day - 6, Kind.APPEARS), Happening(entry.day - 1, Kind.MOVES, to))
    )


_TALES = (_stays, _stays, _late, _changes, _vanishes, _vanishes, _returns, _rescheduled)


def _expected(planned: Planned) -> Iterator[Expected]:
    """Yield what has to be reported of a case, list by list."""
    before = planned.entry
    for happening in planned.happenings:
        after = planned.at(happening.day) or before
        appears = happening.kind is Kind.APPEARS
        backdated = appears and after.published is not None and after.published < happening.day
        if after.day != before.day:
            yield Expected(after, Kind.APPEARS, after.day, happening.day)
            yield Expected(before, Kind.MOVES, before.day, happening.day)
        else:
            yield Expected(
                after,
                happening.kind,
                after.day,
                happening.day,
                fields=frozenset(
                    name for name in happening.to if getattr(before, name) != getattr(after, name)
                ),
                backdated=backdated,
            )
        before = after


# --- what goes wrong -------------------------------------------------------------------------

_HARMLESS = (
    FaultKind.GZIP, FaultKind.DATE_SKEW, FaultKind.WRONG_CHARSET, FaultKind.UPPER_CASE,
    FaultKind.WITHOUT_YO, FaultKind.MOVED_ROW, FaultKind.REORDERED_COLUMNS,
    FaultKind.TRUNCATED_CELL, FaultKind.NEXT_ELSEWHERE,
)  # fmt: skip
_HARMFUL = (
    FaultKind.UNAVAILABLE, FaultKind.CUT, FaultKind.CUT_QUIETLY, FaultKind.RESET,
    FaultKind.TWICE_ENCODED, FaultKind.REDIRECT_LOOP, FaultKind.REDIRECT_HOST,
    FaultKind.REDIRECT_PRIVATE, FaultKind.EXPIRED_CERTIFICATE, FaultKind.SELF_SIGNED,
    FaultKind.WRONG_HOST, FaultKind.CAPTCHA, FaultKind.CHALLENGE, FaultKind.MAINTENANCE,
    FaultKind.MAINTENANCE_MOJIBAKE, FaultKind.MAINTENANCE_TWICE, FaultKind.EMPTY,
    FaultKind.EMPTY_MALFORMED, FaultKind.COUNTER_LARGER, FaultKind.RENAMED_COLUMN,
    FaultKind.REMOVED_ROW, FaultKind.TRUNCATED_LOST,
)  # fmt: skip


def host_of(court: Court) -> str:
    """Return the host that is asked about a court."""
    return {"ru_mosgorsud": "mos-gorsud.ru", "kg_acts": "act.sot.kg"}.get(
        court.source, court.court.partition("#")[0]
    )


def _dark(chance: random.Random, days: int) -> Iterator[int]:
    """Yield days on which nobody watches: one in every fourth block."""
    for first in range(BLOCK, days, 4 * BLOCK):
        yield first + chance.randrange(1, BLOCK - 1)


def _faults(
    chance: random.Random, courts: Sequence[Court], days: int, dark: frozenset[int]
) -> Iterator[Fault]:
    """Yield what is spoilt: never two days of a court within a block, nor beside a dark one."""
    for court in courts:
        host = host_of(court)
        for first in range(0, days, BLOCK):
            day = first + chance.randrange(1, BLOCK - 1)
            if dark & set(range(first, first + BLOCK)) or chance.random() < 0.2:
                continue
            kind = chance.choice(_HARMFUL if chance.random() < 0.7 else _HARMLESS)
            # Now and then only some of the day's requests are spoilt.
            times = chance.choice((None, None, 1, 3))
            yield Fault(kind, source=court.source, host=host, from_day=day, to_day=day, times=times)
