"""The scripted calendar of a replica: invented people's entries, and what happens to them, by day.

Days are counted from the script's first day, 0. An entry stands in the list of its own day (of the
hearing, of the act, of the notice) from the day on which it appears there until it vanishes. The
identifiers that the sources print (case uid, card uuid, register number) follow from the entry's
key, so they survive a change, a new number and a move, as they do on the portals.
"""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias

from habeas.errors import ScriptRefused
from habeas.language import _

Party: TypeAlias = tuple[str, str]
"""A role as printed (may be empty) and a name as printed."""


class Kind(StrEnum):
    """What can happen to an entry."""

    APPEARS = "appears"
    CHANGES = "changes"
    MOVES = "moves"
    """It gets a new number, another court or another day; its identifier stays."""
    VANISHES = "vanishes"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list as it stands on one day.

    Attributes:
        key: unique in the script; all identifiers follow from it.
        source: id in the catalogue.
        court: as `sources.contract.Query.courts` names it.
        number: the display number.
        people: roles and names as printed there.
        section: "administrative", "civil" or "criminal"; portals print them apart.
        day: the day in whose list it stands (hearing, act, notice).
        former: the number it had before.
        published: the day on which the site says that it published it.
        title, text: of a notice.
    """

    key: str
    source: str
    court: str = ""
    number: str = ""
    people: tuple[Party, ...] = ()
    section: str = "administrative"
    article: str = ""
    judge: str = ""
    day: int = 0
    time: str = "10:00"
    room: str = "412"
    result: str = ""
    former: str = ""
    published: int | None = None
    title: str = ""
    text: str = ""

    @property
    def uuid(self) -> str:
        """The identifier of its card."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"habeas replica {self.key}"))

    @property
    def serial(self) -> int:
        """A number of eight digits that the source counts its entries by."""
        digest = hashlib.sha256(self.key.encode()).digest()
        return 10_000_000 + int.from_bytes(digest[:6], "big") % 90_000_000

    def uid(self, year: int) -> str:
        """Return the unique identifier of the case ("99RS0009-01-2026-000411-77")."""
        digits = str(self.serial)
        return f"99RS0009-01-{year}-{digits[:6]}-{digits[6:]}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names printed in it."""
        return tuple(name for _role, name in self.people)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to an entry at the beginning of a day.

    Attributes:
        to: fields of `Entry` with their new values; none for vanishing.
    """

    day: int
    kind: Kind
    to: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """An entry as it will first appear, and everything that happens to it, in order of days.

    Raises:
        ScriptRefused: what happens cannot happen in this order, or on the same day.
    """

    entry: Entry
    happenings: tuple[Happening, ...]

    def __post_init__(self) -> None:
        here = False
        for number, happening in enumerate(self.happenings):
            comes = happening.kind in {Kind.APPEARS, Kind.RETURNS}
            if comes is here or (happening.kind is Kind.APPEARS) is not (number == 0):
                raise ScriptRefused(self._cause(happening))
            here = happening.kind is not Kind.VANISHES
        for before, after in pairwise(self.happenings):
            if after.day <= before.day:
                raise ScriptRefused(self._cause(after))

    def _cause(self, happening: Happening) -> str:
        return _("entry {key} cannot have “{kind}” on day {day}").format(
            key=self.entry.key, kind=happening.kind, day=happening.day
        )

    def ever(self, name: str) -> set[Any]:
        """Return all values that a field has at some time."""
        return {getattr(self.entry, name)} | {
            happening.to[name] for happening in self.happenings if name in happening.to
        }

    def at(self, day: int) -> Entry | None:
        """Return the entry as it stands on a day, None while it is not there."""
        entry, here = self.entry, False
        for happening in self.happenings:
            if happening.day > day:
                break
            here = happening.kind is not Kind.VANISHES
            if happening.to:
                entry = _changed(entry, happening.to)
        if not here:
            return None
        first = self.happenings[0].day
        return entry if entry.published is not None else replace(entry, published=first)


def _changed(entry: Entry, to: Mapping[str, object]) -> Entry:
    number = to.get("number")
    former = {"former": entry.number} if number and number != entry.number else {}
    return replace(entry, **{**former, **to})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Script:
    """A calendar.

    Attributes:
        start: the date of day 0.
        planned: all entries.
    """

    start: date
    planned: tuple[Planned, ...] = ()

    def __post_init__(self) -> None:
        keys = [one.entry.key for one in self.planned]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ScriptRefused(_("the key {key} is given twice").format(key=twice))

    @cached_property
    def _index(self) -> Mapping[tuple[str, str | None, int | None], Sequence[Planned]]:
        """The planned by source, by court that they are ever at, and by day they ever stand in.

        A national day has 230,000 entries; a list of one court must not look through them all.
        """
        found: dict[tuple[str, str | None, int | None], list[Planned]] = {}
        for one in self.planned:
            for court in {None, *one.ever("court")}:
                for day in {None, *one.ever("day")}:
                    found.setdefault((one.entry.source, court, day), []).append(one)
        return found

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return self.start + timedelta(days=day)

    def day_of(self, printed: date) -> int:
        """Return the day of a date."""
        return (printed - self.start).days

    def visible(
        self, source: str, day: int, court: str | None = None, on: int | None = None
    ) -> Iterator[Entry]:
        """Yield what a source shows on a day, in the order of the script.

        Args:
            source: id in the catalogue.
            day: the day on which it is asked.
            court: one court only.
            on: only what stands in the list of this day.
        """
        for one in self._index.get((source, court, on), ()):
            entry = one.at(day)
            if entry is not None and court in {None, entry.court} and on in {None, entry.day}:
                yield entry

    def expected(self, until: int) -> Iterator[tuple[Happening, Planned]]:
        """Yield what happens up to and including a day, in order of days."""
        found = [
            (happening, one)
            for one in self.planned
            for happening in one.happenings
            if happening.day <= until
        ]
        yield from sorted(found, key=lambda pair: (pair[0].day, pair[1].entry.key))

    def joined(self, other: "Script") -> "Script":
        """Return this script with the entries of another."""
        return Script(self.start, (*self.planned, *other.planned))
