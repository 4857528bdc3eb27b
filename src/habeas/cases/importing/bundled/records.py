"""The records of a row: which are new here, which came before, which the sender left out since."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from habeas.cases.importing.bundled import persons
from habeas.cases.importing.bundled.persons import Record
from habeas.cases.importing.models import Bundle, Received, Row

_TOLD = (persons.STATEMENT, persons.LOOKUP)


@dataclass(frozen=True, slots=True)
class News:
    """What a row brings beside what came before.

    Attributes:
        fresh: records that are new here; a record that says something else than before is new.
        changed: how many of them have an id that came before.
        here: how many came before.
        gone: what came before from this sender for this person, and is in this bundle no more.
    """

    fresh: tuple[Record, ...] = ()
    changed: int = 0
    here: int = 0
    gone: tuple[Received, ...] = ()

    def of(self, *kinds: str) -> tuple[Record, ...]:
        """Return the new records of some kinds."""
        return tuple(one for one in self.fresh if one.kind in kinds)


@dataclass(frozen=True, slots=True)
class Before:
    """What came before from one sender: records by kind and id, with the digests of each."""

    digests: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def news(self, records: Iterable[Record]) -> News:
        """Return what is new; what is gone is not looked for."""
        fresh, changed, here = [], 0, 0
        for one in records:
            known = self.digests.get((one.kind, one.theirs), frozenset())
            if one.digest in known:
                here += 1
            else:
                changed += bool(known)
                fresh.append(one)
        return News(tuple(fresh), changed, here)


def records_of(cells: Iterable[Collection[str]]) -> list[Record]:
    """Return the records that the cells of a row hold."""
    found = []
    for cell in cells:
        kind, text, *more = cell
        found.append(Record(kind, more[-1] if more else "", json.loads(text)))
    return found


def cells_of(records: Iterable[Record]) -> Iterator[list[str]]:
    """Return records as the cells of a row; see `readers.rows.Cell`."""
    order = {kind: at for at, kind in enumerate(persons.KINDS)}
    for one in sorted(records, key=lambda one: order[one.kind]):
        yield [one.kind, json.dumps(one.told, ensure_ascii=False), "", "", one.theirs]


def before(fingerprint: str, circle: str, records: Iterable[Record] | None = None) -> Before:
    """Return what came before from a sender for a circle; of some records, or of all.

    What was taken back here did not come before. Every case counts, also those that the one who
    asks may not see: nothing is taken over twice.
    """
    rows = Received._base_manager.filter(  # noqa: SLF001 - whoever asks
        fingerprint=fingerprint, circle=circle, result__undone=None
    )
    if records is not None:
        rows = rows.filter(theirs__in={one.theirs for one in records})
    digests: dict[tuple[str, str], set[str]] = {}
    for kind, theirs, digest in rows.values_list("kind", "theirs", "digest").iterator():
        digests.setdefault((kind, theirs), set()).add(digest)
    return Before({key: frozenset(every) for key, every in digests.items()})


def news_of(row: Row) -> News:
    """Return what a row brings now."""
    bundle, records = bundle_of(row), records_of(row.cells)
    found = before(bundle.fingerprint, bundle.circle, records).news(records)
    return News(found.fresh, found.changed, found.here, gone(bundle, row.place, records))


def gone(bundle: Bundle, person: str, records: Iterable[Record]) -> tuple[Received, ...]:
    """Return what was said of a person and came before, stands here, and is not sent any more.

    The sender may have corrected them, taken them back, or lost the consent for them. Nothing here
    changes by it.
    """
    sent = {one.theirs for one in records if one.kind in _TOLD}
    rows = Received.objects.filter(
        kind__in=_TOLD,
        fingerprint=bundle.fingerprint,
        circle=bundle.circle,
        result__undone=None,
        result__row__place=person,
        statement__retracted_by=None,
        lookup__taken_back=None,
    ).exclude(result__row__imported=bundle.imported_id)
    earlier = rows.filter(result__row__imported__lt=bundle.imported_id)
    found = earlier.select_related("statement", "lookup", "result__row").order_by("pk")
    return tuple(one for one in found if one.theirs not in sent)


def bundle_of(row: Row) -> Bundle:
    """Return the bundle of a row."""
    bundle: Bundle = row.imported.bundle
    return bundle
