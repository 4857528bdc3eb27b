"""Two lists of an event: raw, as pasted, open to relatives first; and checked, name by name.

A name that is known to somebody is on the raw list at once, since a relative who looks for it needs
it today; only what a person checked counts as a floor. No two entries are one person unless the
comparison of names is sure or a person says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from habeas.cases.counts.models import Check, Entry, NameList, PairAnswer
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import StatementRefused
from habeas.language import _
from habeas.reading import overlap
from habeas.reading.lists import Pasted, Row, read_list
from habeas.reading.overlap import Deduplicated, Overlap

LONGEST = 200_000
"""Characters of a list that are taken at once."""
MOST_COMPARED = 5_000
"""Lines that are compared while somebody waits for a page: a few seconds."""
_NOT_KEPT = frozenset({"line", "start", "end", "raw", "name"})


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with how it stands."""

    entry: Entry
    check: Check | None

    @property
    def confirmed(self) -> bool:
        """Whether somebody checked it and found it true."""
        return self.check is not None and self.check.answer == Check.CONFIRMED

    @property
    def refused(self) -> bool:
        """Whether somebody checked it and found it untrue."""
        return self.check is not None and self.check.answer == Check.REFUSED

    @property
    def urgent(self) -> tuple[bool, bool, bool]:
        """What it is sorted by: minors first, then who has no lawyer, the released last."""
        facts = self.entry.facts
        return (
            bool(facts.get("released")),
            not facts.get("minor"),
            not facts.get("no_lawyer"),
        )


@dataclass(frozen=True, slots=True)
class Station:
    """Those at one police station; the name is empty for those of whom nobody knows where."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The lists of an event.

    Attributes:
        raw: every entry that nobody refused, by station.
        checked: every entry that somebody confirmed, by station.
        at_least: distinct people of the checked list, if every doubtful pair is one person.
        minors: entries of minors, none released, without those whom a check refused.
        no_lawyer: the same for those without a lawyer.
        unread: entries in which no name was found; they stand in the raw list too.
    """

    raw: tuple[Station, ...]
    checked: tuple[Station, ...]
    at_least: int
    minors: int
    no_lawyer: int
    unread: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A list as somebody pasted it, and what they say of it; the fields are those of `NameList`."""

    text: str
    title: str
    as_of: str = ""
    document: Document | None = None


def keep(event: Subject, sent: Sent, hand: Hand) -> NameList:
    """Keep a list and its lines, all of it or nothing.

    Raises:
        StatementRefused: no line of it may be a name.
    """
    read = read_list(sent.text)
    if not read.rows:
        raise StatementRefused(_("no line of the list may be a name"))
    with transaction.atomic():
        kept = NameList.objects.create(
            event=event, document=sent.document, title=sent.title, as_of=sent.as_of,
            text=sent.text, by=hand.by, at=hand.at,
        )  # fmt: skip
        Entry.objects.bulk_create(
            Entry(list=kept, line=row.line, raw=row.raw, name=row.name[:300], facts=facts_of(row))
            for row in read.rows
        )
        if sent.document is not None:
            recording.file(event, sent.document, hand)
        recording.tell(event, hand.at)
    return kept


def facts_of(row: Row) -> dict[str, object]:
    """Return what was understood of a line besides its name, without what is not there."""
    return {key: value for key, value in asdict(row).items() if value and key not in _NOT_KEPT}


def check(entry: Entry, answer: str, hand: Hand, *, ground: str = "") -> Check:
    """Take down what somebody found out about an entry.

    Raises:
        StatementRefused: it is confirmed without saying how anybody knows.
    """
    if answer == Check.CONFIRMED and not ground.strip():
        raise StatementRefused(_("it does not say how anybody knows"))
    return Check.objects.create(
        entry=entry, answer=answer, ground=ground.strip()[:500], by=hand.by, at=hand.at
    )


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries with their newest check."""
    rows = list(entries)
    newest = {
        one.entry_id: one
        for one in Check.objects.filter(entry__list__in={row.list_id for row in rows}).order_by(
            "pk"
        )
    }
    return [Line(row, newest.get(row.pk)) for row in rows]


def names_of(event: Subject) -> Names:
    """Return the two lists of an event."""
    entries = Entry.objects.filter(list__event=event).select_related("list").order_by("pk")
    rows = lines(entries)
    raw = [one for one in rows if not one.refused]
    checked = [one for one in rows if one.confirmed]
    inside = [one.entry.facts for one in raw if not one.entry.facts.get("released")]
    return Names(
        raw=stations(raw),
        checked=stations(checked),
        at_least=distinct([one.entry for one in checked]).at_least,
        minors=sum(bool(facts.get("minor")) for facts in inside),
        no_lawyer=sum(bool(facts.get("no_lawyer")) for facts in inside),
        unread=sum(not one.entry.name for one in raw),
    )


def stations(rows: Iterable[Line]) -> tuple[Station, ...]:
    """Return entries by station, the most urgent first; who is nowhere stands last."""
    found: dict[str, list[Line]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in rows:
        name = " ".join(str(one.entry.facts.get("station", "")).split())
        key = name.casefold().removeprefix("в ")
        names.setdefault(key, name)
        found[key].append(one)
    grouped = [
        Station(names[key], tuple(sorted(own, key=lambda one: (one.urgent, one.entry.pk))))
        for key, own in found.items()
    ]
    return tuple(sorted(grouped, key=lambda one: (not one.name, one.lines[0].urgent, one.name)))


def distinct(entries: Sequence[Entry]) -> Deduplicated:
    """Return entries grouped by person, with what people answered about pairs."""
    place = {entry.pk: number for number, entry in enumerate(entries)}
    answers = PairAnswer.objects.filter(one__list__in={one.list_id for one in entries})
    newest = {(one.one_id, one.other_id): one.answer for one in answers.order_by("pk")}
    decided = {
        (place[one], place[other]): answer == PairAnswer.SAME
        for (one, other), answer in newest.items()
        if answer != PairAnswer.OPEN and one in place and other in place
    }
    return overlap.deduplicate([entry_of(one) for one in entries], decided)


def entry_of(entry: Entry) -> overlap.Entry:
    """Return an entry as the comparison wants it: its list, its name, its year of birth."""
    year = entry.facts.get("birth_year")
    name = entry.name or entry.raw[:300]
    return overlap.Entry(str(entry.list_id), name, int(year) if year else None)


@dataclass(frozen=True, slots=True)
class Overlapping:
    """How the lists of an event overlap.

    Attributes:
        left_out: lines beyond `MOST_COMPARED`, which were not compared.
    """

    lists: tuple[NameList, ...]
    entries: tuple[Entry, ...]
    deduplicated: Deduplicated
    table: Overlap
    left_out: int

    def rows(self) -> list[tuple[tuple[NameList, ...], int]]:
        """Return how many people stand in exactly which lists, the most lists first."""
        by_key = {str(one.pk): one for one in self.lists}
        found = [
            (tuple(by_key[key] for key in self.table.lists if key in lists), people)
            for lists, people in self.table.people.items()
        ]
        return sorted(found, key=lambda row: (-len(row[0]), [one.pk for one in row[0]]))


def overlapping(event: Subject) -> Overlapping:
    """Return how the lists of an event overlap; entries that a check refused are left out."""
    rows = lines(
        Entry.objects.filter(list__event=event)
        .exclude(name="")
        .select_related("list")
        .order_by("pk")
    )
    named = tuple(one.entry for one in rows if not one.refused)
    entries = named[:MOST_COMPARED]
    deduplicated = distinct(entries)
    lists = tuple({one.list_id: one.list for one in entries}.values())
    table = overlap.overlap([entry_of(one) for one in entries], deduplicated)
    return Overlapping(lists, entries, deduplicated, table, len(named) - len(entries))


def preview(pasted: str) -> Pasted:
    """Return what would be kept of a pasted list."""
    return read_list(pasted)
