"""Lists before they become HTML, and the faults that spoil a list without breaking the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from habeas.replica.faults import Fault, FaultKind
from habeas.replica.script import Entry

ELSEWHERE = "elsewhere.example"
"""The other host to which a spoilt page points; the replica answers for it, with a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an entry with its cells as HTML, in the order of the columns.

    Attributes:
        number: its place as the site counts; a fault may take the row and leave the number.
        section: the heading under which it stands, empty where the list has none.
    """

    entry: Entry
    cells: tuple[str, ...]
    number: int
    section: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of entries.

    Attributes:
        columns: headings, or labels, as printed.
        lines: the rows of this page.
        counter: the site's own count, of the whole list.
        following: address of the next page, empty where there is none.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    counter: int = 0
    following: str = ""


def printed_names(entry: Entry, faults: Iterable[Fault]) -> Entry:
    """Return an entry with its names as a spoilt page prints them."""
    kinds = {fault.kind for fault in faults}
    people = entry.people
    text, title = entry.text, entry.title
    if FaultKind.WITHOUT_YO in kinds:
        people = tuple((role, _without_yo(name)) for role, name in people)
        text, title = _without_yo(text), _without_yo(title)
    if FaultKind.UPPER_CASE in kinds:
        people = tuple((role, name.upper()) for role, name in people)
        title = title.upper()
    return replace(entry, people=people, text=text, title=title)


def _without_yo(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


def spoilt(listing: Listing, faults: Sequence[Fault]) -> Listing:
    """Return a list with the ordered faults in it."""
    for fault in faults:
        listing = _one(listing, fault)
    return listing


def _one(listing: Listing, fault: Fault) -> Listing:
    spoil = _SPOILS.get(fault.kind)
    return spoil(listing, fault) if spoil is not None else listing


def _counter(listing: Listing, _fault: Fault) -> Listing:
    return replace(listing, counter=listing.counter + 3)


def _renamed(listing: Listing, fault: Fault) -> Listing:
    at = len(listing.columns) // 2
    before, after = listing.columns[:at], listing.columns[at + 1 :]
    named = (*before, fault.to or "Новая графа", *after)
    return replace(listing, columns=named) if listing.columns else listing


def _reordered(listing: Listing, _fault: Fault) -> Listing:
    if len(listing.columns) < 4:
        return listing
    lines = tuple(replace(line, cells=_swapped(line.cells)) for line in listing.lines)
    return replace(listing, columns=_swapped(listing.columns), lines=lines)


def _removed(listing: Listing, _fault: Fault) -> Listing:
    return replace(listing, lines=_without_one(listing.lines))


def _moved(listing: Listing, _fault: Fault) -> Listing:
    lines = listing.lines
    return replace(listing, lines=(*lines[1:2], *lines[:1], *lines[2:]))


def _led_elsewhere(listing: Listing, fault: Fault) -> Listing:
    return replace(listing, following=fault.to or f"https://{ELSEWHERE}/list?page=2")


_SPOILS = {
    FaultKind.COUNTER_LARGER: _counter,
    FaultKind.RENAMED_COLUMN: _renamed,
    FaultKind.REORDERED_COLUMNS: _reordered,
    FaultKind.REMOVED_ROW: _removed,
    FaultKind.MOVED_ROW: _moved,
    FaultKind.NEXT_ELSEWHERE: _led_elsewhere,
}


def _swapped(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Swap the second and the last but one: never the first, which often is a number."""
    first, second, *between, last_but_one, last = cells
    return (first, last_but_one, *between, second, last)


def _without_one(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Take a row out that has a neighbour after it in its section, so that numbers tell."""
    for at, line in enumerate(lines[:-1]):
        if lines[at + 1].section == line.section:
            return (*lines[:at], *lines[at + 1 :])
    return lines[1:]


def numbered(sections: Sequence[tuple[str, Sequence[Entry]]]) -> list[tuple[str, int, Entry]]:
    """Return entries with section and number; numbers begin anew under each section."""
    return [
        (section, number, entry)
        for section, entries in sections
        for number, entry in enumerate(entries, 1)
    ]


def text(value: str) -> str:
    """Return a value as HTML text."""
    return escape(value, quote=True)
