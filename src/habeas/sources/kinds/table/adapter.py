"""Reads a page with one table of entries, as its description names the columns."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urljoin

from habeas.language import _
from habeas.sources.contract import (
    Capture,
    Fact,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Part,
    Query,
    Request,
)
from habeas.sources.kinds.settings import Settings, SettingsWrong, dated
from habeas.sources.kinds.table.cells import NAMING, Reading
from habeas.sources.pages import cut_short, failure, legible, never_there, obstacle
from habeas.sources.readers.tables import unread, with_the_rest
from habeas.sources.tables import LayoutChanged, Table, lines_of

_TERM = re.compile(r"[a-z][a-z_]{0,40}")
_DIGITS = re.compile(r"\D{0,20}?(\d[\d\s]{0,9})")


@dataclass(frozen=True)
class TableAdapter:
    """The adapter of one such source.

    Attributes:
        columns: printed heading -> what it holds: one of the words above, or a fact's term.
        day: how `{day}` is written in the addresses; empty where they have none.
        table: CSS of the table; empty for the first one that has all the headings.
        identity: the heading of the column that tells entries apart; empty where there is none.
        counter: the words before the site's own count of entries.
        empty: words of the site that say that there is nothing.
        following: CSS of the link to the next page.
        kind: what a page with entries is.
    """

    source: str
    addresses: tuple[str, ...]
    columns: Mapping[str, str]
    day: str = ""
    table: str = ""
    identity: str = ""
    counter: str = ""
    empty: str = ""
    following: str = ""
    kind: PageKind = PageKind.TABLE

    def recognise(self, capture: Capture) -> bool:
        """Return whether a saved page is this source's: it prints the host and every heading."""
        text = capture.text
        hosts = {address.split("/")[2] for address in self.addresses}
        return any(host in text for host in hosts) and all(one in text for one in self.columns)

    def plan(self, query: Query) -> Iterable[Request]:
        """Yield the lists; those of a day for the days of the query."""
        for address in self.addresses:
            if "{day}" not in address:
                yield Request(address, purpose=_("the list"))
                continue
            for day in query.days:
                purpose = _("the list of {day}").format(day=f"{day:%d.%m.%Y}")
                yield Request(dated(address, day, self.day), purpose=purpose)

    def parse(self, capture: Capture) -> Page:
        """Read a list. Never raises: what is not understood is an obstacle."""
        failed = failure(capture, self.source, entries=f"{self.table or 'table'} td")
        if failed is not None:
            return self._confirmed_empty(capture) or never_there(failed)
        try:
            table = self._found(capture)
            if table is None:
                return self._without(capture)
            page = self._page(capture, *table)
        except LayoutChanged as change:
            return unread(capture, self.source, Obstacle.LAYOUT_CHANGED, str(change))
        changed = page.obstacle is Obstacle.LAYOUT_CHANGED
        return with_the_rest(page, capture) if changed else legible(page)

    # --- the table -------------------------------------------------------------------------------

    def _found(self, capture: Capture) -> tuple[Table, list[str]] | None:
        """Return the table with what is broken in it, None where the page has none.

        Raises:
            LayoutChanged: there is one, without the headings.
        """
        nodes = capture.tree.css(self.table or "table")
        if not nodes:
            return None
        change: LayoutChanged | None = None
        for node in nodes:
            broken: list[str] = []
            try:
                table = Table.of(node, broken=broken)
            except LayoutChanged as why:
                change = change or why
                continue
            if set(self.columns) <= set(table.columns):
                return table, broken
        missing = _("No table of the page has the columns {columns}.")
        raise change or LayoutChanged(missing.format(columns=", ".join(self.columns)))

    def _page(self, capture: Capture, table: Table, broken: list[str]) -> Page:
        reading = Reading(self.columns, self.identity)
        unknown = [name for name in table.columns if name not in self.columns]
        for entry in table.rows:
            reading.take(entry)
        if unknown:
            names = ", ".join(f"“{name}”" for name in unknown)
            broken.append(
                _("There are columns that are not known: {columns}.").format(columns=names)
            )
        if not table.rows and not broken:
            return self._without(capture)
        counter = self._count(capture)
        reason, words = self._verdict(capture, reading, broken, counter)
        facts: dict[str, Fact] = {"columns": list(table.columns)}
        if counter is not None:
            facts["counter"] = counter
        return Page(
            source=self.source,
            kind=self.kind,
            outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
            obstacle=reason,
            explanation=words,
            facts=facts,
            rows=tuple(reading.rows),
            mentions=tuple(reading.mentions),
            part=Part(capture.url or self.source, rows_total=counter) if counter else None,
            withheld=reading.nameless,
            next=tuple(self._next(capture)),
        )

    def _verdict(
        self, capture: Capture, reading: Reading, broken: list[str], counter: int | None
    ) -> tuple[Obstacle | None, str]:
        if cut_short(capture):
            return Obstacle.INCOMPLETE, _("The page ends before its end.")
        if broken:
            return Obstacle.LAYOUT_CHANGED, broken[0]
        if reading.trouble:
            return Obstacle.INCOMPLETE, reading.trouble
        if counter is not None and not self.following and counter != len(reading.rows):
            words = _("The page has {rows} rows and counts {counter}.")
            return Obstacle.INCOMPLETE, words.format(rows=len(reading.rows), counter=counter)
        if reading.rows and reading.nameless == len(reading.rows):
            return Obstacle.WITHHELD, _("The list prints no name.")
        return None, ""

    # --- what stands around it -------------------------------------------------------------------

    def _count(self, capture: Capture) -> int | None:
        """Return the site's own count of entries, None where it prints none."""
        if not self.counter or capture.tree.body is None:
            return None
        for line in lines_of(capture.tree.body):
            at = line.find(self.counter)
            found = _DIGITS.match(line, at + len(self.counter)) if at >= 0 else None
            if found:
                return int("".join(found.group(1).split()))
        raise LayoutChanged(
            _("The page does not count its entries: there is no “{words}”.").format(
                words=self.counter
            )
        )

    def _next(self, capture: Capture) -> Iterator[Request]:
        link = capture.tree.css_first(self.following) if self.following else None
        address = (link.attributes.get("href") or "").strip() if link is not None else ""
        if address and not address.startswith(("#", "javascript:")):
            yield Request(urljoin(capture.url, address), purpose=_("the next page of the list"))

    def _without(self, capture: Capture) -> Page:
        """Return what a page without entries is: empty, as it says itself, or not understood."""
        if cut_short(capture):
            return unread(
                capture, self.source, Obstacle.INCOMPLETE, _("The page ends before its end.")
            )
        confirmed = self._confirmed_empty(capture)
        if confirmed is not None:
            return confirmed
        if self.table and capture.tree.css_first(self.table) is None:
            words = _("The page has no table of entries.")
            return unread(capture, self.source, Obstacle.LAYOUT_CHANGED, words)
        return obstacle(self.source, Obstacle.UNCONFIRMED_EMPTY, _("The list is empty."))

    def _confirmed_empty(self, capture: Capture) -> Page | None:
        """Return the page that says itself that it has nothing; for the asked day, a proof."""
        if not self.empty or cut_short(capture) or capture.tree.body is None:
            return None
        said = [line for line in lines_of(capture.tree.body) if self.empty in line]
        if not said or capture.tree.css_first(f"{self.table or 'table'} td") is not None:
            return None
        day = self._asked_day(capture)
        if day and any(day in line for line in said):
            return Page(
                source=self.source,
                kind=PageKind.DAY_EMPTY,
                outcome=Outcome.NOT_FOUND,
                explanation=said[0],
                facts={"date": day},
            )
        return obstacle(self.source, Obstacle.UNCONFIRMED_EMPTY, said[0])

    def _asked_day(self, capture: Capture) -> str:
        """Return the day of the capture's address as it is written there, empty where none is."""
        for address in self.addresses:
            before, mark, after = address.partition("{day}")
            if mark and capture.url.startswith(before) and capture.url.endswith(after):
                return capture.url[len(before) : len(capture.url) - len(after)]
        return ""


def made(source: str, settings: Settings, serves: Callable[[str], bool]) -> TableAdapter:
    """Return the adapter of a description.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    return with_settings(source, settings, serves, PageKind.TABLE)


def with_settings(
    source: str, settings: Settings, serves: Callable[[str], bool], kind: PageKind
) -> TableAdapter:
    """Return the adapter for pages of a kind. Raises as `made`."""
    addresses = settings.addresses("addresses", serves)
    columns = settings.take("columns", dict)
    identity = settings.text("identity", "")
    _check_columns(columns, identity)
    day = settings.text("day", "")
    if any("{day}" in address for address in addresses) and not _writes_days(day):
        raise SettingsWrong(_("“read.day” has to say how {day} is written, as %d.%m.%Y"))
    return TableAdapter(
        source,
        addresses,
        dict(columns),
        day=day,
        table=settings.selector("table", ""),
        identity=identity,
        counter=settings.text("counter", ""),
        empty=settings.text("empty", ""),
        following=settings.selector("next", ""),
        kind=PageKind.DAY_LIST if day else kind,
    )


def _check_columns(columns: Mapping[str, object], identity: str) -> None:
    for heading, meaning in columns.items():
        if not heading.strip() or not isinstance(meaning, str) or not _TERM.fullmatch(meaning):
            message = _("the column {heading} cannot be {meaning}")
            shown = repr(meaning)[:40]
            raise SettingsWrong(message.format(heading=repr(heading)[:60], meaning=shown))
    if not NAMING & set(columns.values()):
        raise SettingsWrong(_("no column is said to hold names"))
    if identity and identity not in columns:
        raise SettingsWrong(_("“read.identity” is none of the columns"))


def _writes_days(form: str) -> bool:
    """Return whether a form of `strftime` tells one day from every other."""
    first = date(2026, 1, 1)
    try:
        written = {(first + timedelta(days=n)).strftime(form) for n in range(731)}
    except ValueError:
        return False
    return bool(form) and len(written) == 731
