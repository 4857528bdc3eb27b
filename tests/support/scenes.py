"""Scenes for the fault matrix: one for each kind of page of each adapter, and how to walk through.

A scene knows who stands on its pages. Walking follows what the adapter says comes next, as the
watcher does, and stops at the first obstacle.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import quote

from examples import known
from visits import START, Visit

from habeas.finding.capturing import page_of
from habeas.replica import Fault, FaultKind, Planned
from habeas.replica.crowd import crowd
from habeas.sources.contract import (
    Capacity,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Query,
    Request,
    Row,
)

DAY = 3
_DATE = START + timedelta(days=DAY)
_MOST_PAGES = 20
FALSE_NAME = "подложный"
"""Stands on the page of the other host: nobody may ever read it."""


@dataclass(frozen=True)
class Scene:
    """One kind of page.

    Attributes:
        planned: the entries.
        request: what is asked first.
        shown: keys of the entries that its pages show; all by default.
        numbers: True where counter or row numbers tell that a row is missing.
        pages: how many pages have rows; a fault of rows spoils each of them.
        entries: how many rows the pages have, if not one for each entry.
    """

    title: str
    source: str
    planned: tuple[Planned, ...]
    request: Request
    shown: tuple[str, ...] = ()
    numbers: bool = True
    pages: int = 1
    entries: int = 0

    @property
    def names(self) -> frozenset[str]:
        """Who stands on the pages, folded, without the offices that sue people."""
        return frozenset(
            folded(name)
            for one in self.planned
            if not self.shown or one.entry.key in self.shown
            for name in one.entry.names
        )

    @property
    def rows(self) -> int:
        """How many entries the pages show."""
        return self.entries or len(self.shown or self.planned)


def folded(name: str) -> str:
    """Return a name as the matrix compares it: case and ё do not count."""
    return name.casefold().replace("ё", "е")


@dataclass
class Walk:
    """What a walk came to.

    Attributes:
        outcome: of the whole.
        obstacle: the first that was met.
        names: everybody who was read, folded.
        rows: entries read, without those of pages that only lead on.
        counter: the site's own count of them, None where it prints none.
        bytes: what came, to see whether a fault changed anything.
    """

    outcome: Outcome = Outcome.FOUND
    obstacle: Obstacle | None = None
    names: set[str] = field(default_factory=set)
    rows: int = 0
    counter: int | None = None
    bytes: list[bytes] = field(default_factory=list)

    @property
    def cell(self) -> str:
        """The outcome in a word."""
        return str(self.obstacle or self.outcome)


def walk(visit: Visit, scene: Scene) -> Walk:
    """Ask, read, and follow what comes next."""
    done = Walk()
    waiting, seen = [scene.request], set[str]()
    while waiting and len(seen) < _MOST_PAGES and done.obstacle is None:
        request = waiting.pop(0)
        if request.url not in seen:
            seen.add(request.url)
            waiting += _step(visit, scene, request, done)
    # A page of a longer list may have any number of rows: only the whole can be counted.
    if done.obstacle is None and done.counter not in {None, done.rows}:
        done.outcome, done.obstacle = Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE
    return done


def _step(visit: Visit, scene: Scene, request: Request, done: Walk) -> tuple[Request, ...]:
    """Ask and read one page; return what comes next."""
    answer = visit.ask(scene.source, request)
    done.bytes.append(answer.exchange.payload)
    page = page_of(answer, known(scene.source))
    done.names |= {
        folded(one.printed) for one in page.mentions if one.capacity is not Capacity.OFFICIAL
    }
    done.rows += len(_entries(page))
    if page.outcome is not Outcome.FOUND:
        done.outcome, done.obstacle = page.outcome, page.obstacle
    if page.part is not None and page.part.rows_total is not None:
        done.counter = page.part.rows_total
    return page.next


def _entries(page: Page) -> list[Row]:
    """Return the rows that are entries; a row of a list of news may only lead to one."""
    if page.kind is not PageKind.NEWS_LIST:
        return list(page.rows)
    led_to = {request.url for request in page.next}
    naming = {mention.row for mention in page.mentions}
    return [row for row in page.rows if row.number in naming and row.link not in led_to]


def fault_of(kind: FaultKind) -> Fault:
    """Return a fault as the matrix orders it: short enough for a test."""
    seconds = {FaultKind.DATE_SKEW: 86_400.0 * 400}.get(kind, 30.0)
    return Fault(kind, seconds=seconds, size=1_500_000)


def _planned(
    source_id: str, court: str, each: int, days: range = range(DAY, DAY + 1)
) -> tuple[Planned, ...]:
    return crowd(source_id, [court], days, each=each)


def _list_of(source_id: str, court: str, title: str, each: int, *, numbers: bool = True) -> Scene:
    query = Query(days=(_DATE,), courts=(court,) if court else ())
    request = next(iter(known(source_id).adapter.plan(query)))
    return Scene(title, source_id, _planned(source_id, court, each), request, numbers=numbers)


def _moscow_card() -> Scene:
    planned = _planned("ru_mosgorsud", "tverskoj", 1)
    path = f"/rs/tverskoj/services/cases/admin/details/{planned[0].entry.uuid}"
    return Scene("Moscow, card", "ru_mosgorsud", planned, Request(f"https://mos-gorsud.ru{path}"))


def _sudrf_card() -> Scene:
    planned = _planned("ru_sudrf", "nebylovo.sudrf.ru", 1)
    entry = planned[0].entry
    url = (
        "https://nebylovo.sudrf.ru/modules.php?name=sud_delo&srv_num=1&name_op=case"
        f"&case_id={entry.serial}&case_uid={entry.uuid}&delo_id=1500001"
    )
    return Scene("sudrf, card", "ru_sudrf", planned, Request(url))


def _cassation() -> Scene:
    planned = crowd("ru_sudrf_cassation", ["2kas.sudrf.ru"], range(DAY, DAY + 1), each=28)
    url = (
        "https://2kas.sudrf.ru/modules.php?name=sud_delo&srv_num=1&name_op=r&delo_id=2550001"
        "&case_type=0&new=0&delo_table=adm33_case&Submit=%CD%E0%E9%F2%E8"
    )
    return Scene("cassation, list of 2 pages", "ru_sudrf_cassation", planned, Request(url))


def _ministry_article() -> Scene:
    planned = _planned("tj_mvd", "", 1)
    url = f"https://www.mvd.tj/tj/ruydodho/{planned[0].entry.serial}-habar.html"
    return Scene("ministry, article", "tj_mvd", planned, Request(url))


def _weekly() -> Scene:
    planned = _planned("tj_sud", "sino", 6)
    request = Request("http://sino.sud.tj/category/press/elonho/")
    return Scene("weekly list", "tj_sud", planned, request)


def _supreme() -> Scene:
    planned = _planned("ru_vsrf", "", 3)
    url = f"https://vsrf.ru/lk/practice/claims?keywords={quote('ч')}"
    shown = tuple(one.entry.key for one in planned)
    return Scene("Supreme Court", "ru_vsrf", planned, Request(url), shown)


def _locator() -> Scene:
    planned = _planned("us_ice_locator", "", 2)
    return Scene(
        "locator", "us_ice_locator", planned, Request("https://locator.ice.gov/odls/results")
    )


def _moscow_cases() -> Scene:
    planned = _planned("ru_mosgorsud", "tverskoj", 17)
    request = next(iter(known("ru_mosgorsud").adapter.plan(Query(courts=("tverskoj",)))))
    return Scene("Moscow, cases on 2 pages", "ru_mosgorsud", planned, request)


def _jail_card() -> Scene:
    host = "inmates.dallascountyiowa.gov"
    planned = crowd("us_newworld", ["dallas_ia"], range(DAY, DAY + 1), each=1)
    path = f"/NewWorld.InmateInquiry/dallas/Inmate/Detail/-{planned[0].entry.serial}"
    return Scene("jail, person", "us_newworld", planned, Request(f"https://{host}{path}"))


def _jail() -> Scene:
    planned = crowd("us_newworld", ["dallas_ia"], range(DAY, DAY + 1), each=12)
    request = next(iter(known("us_newworld").adapter.plan(Query(courts=("dallas_ia",)))))
    return Scene("jail, roster of 2 pages", "us_newworld", planned, request, numbers=False, pages=2)


def _of_kinds() -> Iterator[Scene]:
    """Yield the kinds that a user describes, and the roster that is built like one of them."""
    yield _jail()
    yield _jail_card()
    yield _list_of("xx_table", "", "kind table", 5)
    yield _list_of("xx_roster", "", "kind roster, 2 pages", 12)
    yield _list_of("xx_feed", "", "kind feed, with articles", 3, numbers=False)
    yield _list_of("xx_sitemap", "", "kind sitemap, with pages", 3, numbers=False)
    yield _list_of("xx_telegram", "", "kind telegram", 3, numbers=False)
    yield replace(_list_of("xx_pdf_list", "", "kind pdf_list", 3, numbers=False), entries=1)


def scenes() -> Iterator[Scene]:
    """Yield all scenes."""
    yield _list_of("ru_mosgorsud", "tverskoj", "Moscow, hearings", 5)
    yield _moscow_cases()
    yield _moscow_card()
    yield _list_of("ru_sudrf", "nebylovo.sudrf.ru", "sudrf, day, 1st layout", 9)
    yield _list_of("ru_sudrf", "oblsud.nebylovo.sudrf.ru", "sudrf, day, 2nd layout", 9)
    yield _sudrf_card()
    yield _cassation()
    yield _list_of("ru_msudrf", "7.nebylovo.msudrf.ru", "magistrate, day", 3, numbers=False)
    yield _list_of("tj_mvd", "", "ministry, list and articles", 3, numbers=False)
    yield _ministry_article()
    yield _weekly()
    yield _list_of("by_courts", "1", "Belarus, schedule", 9)
    yield _list_of("kg_acts", "", "Kyrgyz acts, 2 pages", 12)
    yield _supreme()
    yield _locator()
    yield from _of_kinds()


def named(scene: Scene) -> str:
    """Return the title, for pytest."""
    return scene.title


def wrong(scene: Scene, kind: FaultKind, done: Walk) -> str:
    """Return what is wrong about an outcome, empty where nothing is."""
    if any(FALSE_NAME in name for name in done.names):
        return "somebody was read from another site"
    if done.outcome is Outcome.COULD_NOT_LOOK:
        return ""
    if kind is FaultKind.EMPTY:
        return "somebody was found on an empty list" if done.names or done.rows else ""
    if done.outcome is Outcome.NOT_FOUND:
        return "nobody was found, and there are people"
    return _called_complete(scene, kind, done)


def _called_complete(scene: Scene, kind: FaultKind, done: Walk) -> str:
    missing = {name for name in scene.names if not any(name in read for read in done.names)}
    if kind is FaultKind.REMOVED_ROW and not scene.numbers:
        # The page prints neither a counter nor row numbers: nothing tells this from a real
        # removal. The watcher believes an absence only after several complete answers.
        return "" if len(missing) == scene.pages else "more is missing than the row"
    if missing:
        return f"called complete without {len(missing)} people"
    return "" if done.rows == scene.rows else f"{done.rows} rows of {scene.rows} called complete"
