"""Compares every new printed name with every open person. Nothing is written here.

Judges, clerks and organisations are not compared.
"""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from habeas.errors import NameTooLong, NothingToCompare
from habeas.names import Comparison, Matcher, Screen, Sought
from habeas.sources.contract import Capacity
from habeas.watch.bulk import rows
from habeas.watch.identity import Seen
from habeas.watch.models import Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

SKIPPED = frozenset({str(Capacity.OFFICIAL), str(Capacity.ORGANISATION)})
"""Capacities that are not compared."""
# Asked twice in every slot, so it is one question, and each part of it is answered by an index.
_GARBAGE = (50_000, 20, 50)
"""See `gc.set_threshold`: new objects, and how many collections of the younger generation."""
_MARK = """
    SELECT
        (SELECT MAX(id) FROM watch_person),
        (SELECT COUNT(*) FROM watch_person WHERE closed_at IS NOT NULL),
        (SELECT MAX(closed_at) FROM watch_person WHERE closed_at IS NOT NULL),
        (SELECT MAX(id) FROM watch_spelling),
        (SELECT COUNT(*) FROM watch_spelling WHERE withdrawn_at IS NOT NULL),
        (SELECT MAX(withdrawn_at) FROM watch_spelling WHERE withdrawn_at IS NOT NULL)
"""
# Up to so many words a mention is one name; a longer one in running text is read as a text.
_WORDS_OF_A_NAME = 4


@dataclass(frozen=True, slots=True)
class Sighting:
    """A printed name that may be a person's: place of the name, and of the person."""

    text: int
    person: int
    comparison: Comparison


@dataclass(frozen=True)
class People:
    """The open persons at one moment, indexed for screening.

    Attributes:
        mark: changes whenever a person or a spelling is added, withdrawn or closed.
        ids: primary keys, `codes` what alerts call them, `spellings` how many each ever had.
    """

    mark: tuple[object, ...]
    ids: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    spellings: tuple[int, ...] = ()
    screen: Screen | None = None

    def sightings(self, texts: Sequence[tuple[str, str]]) -> Iterator[Sighting]:
        """Yield who may be printed in texts, each a name as printed and its capacity.

        The one door to comparing many people: whatever is faster is put in here.
        """
        if self.screen is None:
            return
        names = [printed if _is_name(printed, capacity) else "" for printed, capacity in texts]
        for hit in self.screen.rows(names):
            yield Sighting(hit.row_index, hit.person_index, hit.comparison)
        for place, (printed, _capacity) in enumerate(texts):
            if not names[place]:
                yield from self._in_text(place, printed)

    def _in_text(self, place: int, printed: str) -> Iterator[Sighting]:
        assert self.screen is not None
        best: dict[int, Comparison] = {}
        for hit in self.screen.text(printed):
            known = best.get(hit.person_index)
            if known is None or hit.comparison.bits > known.bits:
                best[hit.person_index] = hit.comparison
        for person, comparison in best.items():
            yield Sighting(place, person, comparison)


class Screened:
    """The names of one slot, each compared once: first to choose cards, then for good.

    Args:
        who: whom they are compared with.
    """

    def __init__(self, who: People) -> None:
        self.who = who
        self._known: dict[tuple[str, str], tuple[tuple[int, Comparison], ...]] = {}

    def sightings(self, texts: Sequence[tuple[str, str]]) -> Iterator[Sighting]:
        """Yield who may be printed in texts, as `People.sightings`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        found: dict[int, list[tuple[int, Comparison]]] = {}
        for sighting in self.who.sightings(new):
            found.setdefault(sighting.text, []).append((sighting.person, sighting.comparison))
        self._known.update((text, tuple(found.get(at, ()))) for at, text in enumerate(new))
        for at, text in enumerate(texts):
            for person, comparison in self._known[text]:
                yield Sighting(at, person, comparison)


def _is_name(printed: str, capacity: str) -> bool:
    return capacity != Capacity.NAMED or len(printed.split()) <= _WORDS_OF_A_NAME


def mark_of_people() -> tuple[object, ...]:
    """Return a value that changes whenever somebody has to be screened differently."""
    return rows(_MARK, [])[0]


def people(known: People | None = None) -> People:
    """Return the open persons; `known` itself where nothing changed since."""
    mark = mark_of_people()
    if known is not None and known.mark == mark:
        return known
    found = indexed(mark, Person.objects.filter(closed_at=None))
    _keep_tables()
    return found


@cache
def _keep_tables() -> None:
    """Tell Python, once, that what is loaded now stays as long as the process.

    The tables of names are millions of objects; to walk them at every collection of garbage would
    take a tenth of the time. And a list makes tens of thousands of objects, nearly none of them in
    cycles: garbage is looked for after that many, not after 700.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def indexed(mark: tuple[object, ...], persons: "QuerySet[Person]") -> People:
    """Return persons, indexed for screening; `mark` says for which state of the database."""
    chosen: list[tuple[Person, Sought, int]] = []
    for person in persons.order_by("id").prefetch_related("spellings"):
        every = list(person.spellings.all())
        usable = tuple(s.text for s in every if s.withdrawn_at is None and _is_comparable(s.text))
        if usable:
            chosen.append((person, Sought(usable, person.code, person.birth_year), len(every)))
    if not chosen:
        return People(mark)
    return People(
        mark,
        tuple(person.pk for person, _sought, _count in chosen),
        tuple(person.code for person, _sought, _count in chosen),
        tuple(count for _person, _sought, count in chosen),
        Screen([sought for _person, sought, _count in chosen]),
    )


def _is_comparable(text: str) -> bool:
    try:
        Matcher(Sought((text,)))
    except (NothingToCompare, NameTooLong):
        return False
    return True


def likely(entries: Sequence[Seen], screened: Screened) -> list[Seen]:
    """Return the entries in which somebody who is sought may be named; nothing is written."""
    pairs = [
        (entry, mention)
        for entry in entries
        for mention in entry.mentions
        if mention.capacity not in SKIPPED
    ]
    texts = [(mention.printed, str(mention.capacity)) for _entry, mention in pairs]
    places = {sighting.text for sighting in screened.sightings(texts)}
    return list({pairs[place][0].identity: pairs[place][0] for place in sorted(places)}.values())
