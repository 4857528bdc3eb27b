"""The pairs of the benchmark: a query, a record, and whether they are one person."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from benchmarks.names.forms import BARE, FORMS, INITIALS, NO_FATHER, full
from benchmarks.names.negatives import TWIN_FORMS, Crowd, relatives
from benchmarks.names.people import Person, people
from benchmarks.names.queries import Query, query_of
from benchmarks.names.tables import dice
from benchmarks.names.telling import told_apart
from rapidfuzz.distance import OSA

CROWD_PER_PERSON = 4
FATHER_QUERY = "father_as_surname"
"""The query is given name and father's name; the record prints surname, given name, patronymic."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair, and where it comes from.

    Attributes:
        form: how the record prints the name.
        group: the sought person's people.
        kind: who the record prints: "same", or the kind of other person.
        query: one or more names, separated by " | ".
        record: the name as printed.
        listed: whether the product's tables hold given name and father's name.
        case: the same for all forms of the same two people.
    """

    form: str
    group: str
    kind: str
    query: str
    record: str
    listed: bool
    case: str

    @property
    def same(self) -> bool:
        """Whether both sides are one person."""
        return self.kind == "same"


def make_pairs(count: int, seed: int) -> list[Pair]:
    """Return the pairs of `count` sought people, the same for the same seed."""
    everybody = list(people(count * (1 + CROWD_PER_PERSON), seed))
    sought, rest = everybody[:count], everybody[count:]
    crowd = Crowd(rest, [full(person).line() for person in rest])
    throw = dice(f"pairs {seed}")
    found: list[Pair] = []
    for number, person in enumerate(sought):
        query = query_of(person, throw)
        near = crowd.nearest(person, full(person).line(), throw)
        others = [*relatives(person, throw), *near]
        for form in FORMS:
            for other, pair in _of_form(form, _Sought(person, query), others, throw):
                found.append(replace(pair, case=f"{number}:{other}"))
    return found


class _Sought(NamedTuple):
    person: Person
    query: Query


def _of_form(
    form: str, sought: _Sought, others: Sequence[tuple[str, Person]], throw: random.Random
) -> Iterator[tuple[int, Pair]]:
    """Yield the pairs of one form with the place of the other person; -1 for the same."""
    person, query = sought
    printed = FORMS[form](person, throw)
    if printed is None or not _decidable(form, query):
        return
    name = FATHER_QUERY if "surname" not in query.known and form not in BARE else form
    same = Pair(
        name, person.group, "same", query.text, printed,
        listed=bool(person.given.table and person.father.table), case="",
    )  # fmt: skip
    yield -1, same
    seen = {printed}
    for place, (kind, other) in enumerate(others):
        record = FORMS[form](other, throw)
        if record is None or record in seen:
            continue
        if _told(form, sought, kind, other) and _counts(form, query, person, record):
            seen.add(record)
            yield place, replace(same, kind=kind, record=record)


def _told(form: str, sought: _Sought, kind: str, other: Person) -> bool:
    if kind == "gender_twin":
        # Two bare words may be a name in the genitive; a surname in -ов or -ова tells.
        return form in TWIN_FORMS and "loose" not in sought.query.known
    return told_apart(sought.query.known, form, sought.person, other)


def _decidable(form: str, query: Query) -> bool:
    """Whether query and record have at least a name in full and one more part in common."""
    if "surname" in query.known:
        return True
    return form in ("full", "upper", "given_first", "genitive", "dative", "latin_icao", "bare")


def _counts(form: str, query: Query, person: Person, record: str) -> bool:
    """Whether a careful reader sees another person in the record."""
    if form != "typo":
        return True
    mine = full(person)
    surname, given, father = (*record.split(" ", 2), "")[:3]
    shown = {
        "surname": (mine.surname, surname), "given": (mine.given, given),
        "father": (mine.father, father),
    }  # fmt: skip
    # One error away from the sought person is what a typing error looks like; two, of two people.
    return any(OSA.distance(*shown[part]) > 2 for part in query.known if part in shown)


def relations(pairs: Iterable[Pair]) -> dict[str, int]:
    """Return how many pairs there are of each kind."""
    found: dict[str, int] = {}
    for pair in pairs:
        found[pair.kind] = found.get(pair.kind, 0) + 1
    return found


__all__ = ["FATHER_QUERY", "INITIALS", "NO_FATHER", "Pair", "make_pairs", "relations"]
