"""Every adapter reads the replica's pages as it reads the portal's own, and they change by day."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from examples import known
from visits import START, Visit

from habeas.replica import Entry, Fault, FaultKind, Happening, Kind, Planned
from habeas.replica.crowd import crowd
from habeas.sources.contract import Obstacle, Outcome, PageKind, Query, Request
from habeas.sources.registry import source

Start = Callable[..., Visit]
_DAY = 3
_DATE = START + timedelta(days=_DAY)
_SUDRF = "https://nebylovo.sudrf.ru/modules.php?name=sud_delo&srv_num=1"

COURTS = {
    "ru_mosgorsud": "tverskoj",
    "ru_sudrf": "nebylovo.sudrf.ru",
    "ru_sudrf_cassation": "2kas.sudrf.ru",
    "ru_msudrf": "7.nebylovo.msudrf.ru",
    "tj_mvd": "",
    "tj_sud": "sino",
    "by_courts": "1",
    "kg_acts": "",
    "us_newworld": "dallas_ia",
    "xx_table": "",
    "xx_roster": "",
    "xx_feed": "",
    "xx_sitemap": "",
    "xx_telegram": "",
}


def _one(source_id: str, court: str, *happenings: Happening, **fields: object) -> Planned:
    entry = crowd(source_id, [court], range(_DAY, _DAY + 1), each=1)[0].entry
    chosen = replace(entry, **fields)  # type: ignore[arg-type]
    return Planned(chosen, happenings or (Happening(0, Kind.APPEARS),))


@pytest.mark.parametrize("source_id", sorted(COURTS))
def test_a_plan_is_answered_with_a_list_that_the_adapter_reads(
    visit: Start, source_id: str
) -> None:
    court = COURTS[source_id]
    here = visit(*crowd(source_id, [court], range(7), each=4))
    query = Query(days=(_DATE,), courts=(court,) if court else ())
    page = here.page(source_id, next(iter(known(source_id).adapter.plan(query))))
    assert page.obstacle is None, page.explanation
    assert page.outcome is Outcome.FOUND
    assert len(page.rows) >= 2


@pytest.mark.parametrize(
    ("source_id", "court", "changes"),
    [
        ("ru_mosgorsud", "tverskoj", {"judge": "Заменённый З.З."}),
        ("ru_sudrf", "nebylovo.sudrf.ru", {"judge": "Заменённый З.З."}),
        ("ru_sudrf", "oblsud.nebylovo.sudrf.ru", {"time": "08:31"}),
        ("ru_msudrf", "7.nebylovo.msudrf.ru", {"judge": "Заменённый З.З."}),
        ("by_courts", "1", {"room": "зал 9"}),
        ("kg_acts", "", {"judge": "Заменённый З.З."}),
    ],
)
def test_days_pass_and_the_list_changes(
    visit: Start, source_id: str, court: str, changes: dict[str, object]
) -> None:
    planned = _one(
        source_id,
        court,
        Happening(1, Kind.APPEARS),
        Happening(2, Kind.CHANGES, changes),
        Happening(3, Kind.VANISHES),
        Happening(4, Kind.RETURNS),
    )
    beside = crowd(source_id, [court], range(_DAY, _DAY + 1), each=2, seed=7)
    here = visit(planned, *beside)
    query = Query(days=(_DATE,), courts=(court,) if court else ())
    request = next(iter(source(source_id).adapter.plan(query)))
    seen: list[Sequence[object]] = []
    for _day in range(5):
        page = here.page(source_id, request)
        assert page.obstacle is None, page.explanation
        seen.append([dict(row.facts) for row in page.rows])
        here.replica.clock.advance()
    assert [len(rows) for rows in seen] == [2, 3, 3, 2, 3]
    assert seen[1] != seen[2] == seen[4]
    assert str(next(iter(changes.values()))) in str(seen[2])


def test_a_moved_hearing_stands_in_the_list_of_its_new_day_under_the_same_identifier(
    visit: Start,
) -> None:
    court = "nebylovo.sudrf.ru"
    moved = _one(
        "ru_sudrf",
        court,
        Happening(0, Kind.APPEARS),
        Happening(1, Kind.MOVES, {"day": _DAY + 1, "number": "5-9999/2026"}),
    )
    here = visit(moved, *crowd("ru_sudrf", [court], range(_DAY, _DAY + 2), each=1, seed=7))
    old, new = (
        next(iter(source("ru_sudrf").adapter.plan(Query((_DATE + timedelta(days=n),), (court,)))))
        for n in (0, 1)
    )
    assert len(here.page("ru_sudrf", old).rows) == 2
    here.replica.clock.advance()
    assert len(here.page("ru_sudrf", old).rows) == 1
    rows = here.page("ru_sudrf", new).rows
    assert moved.entry.uuid in {row.facts["case_uid"] for row in rows}


def test_a_channel_has_older_posts_and_posts_of_their_own(visit: Start) -> None:
    here = visit(*crowd("xx_telegram", [""], range(-30, 1), each=1))
    request = next(iter(known("xx_telegram").adapter.plan(Query())))
    newest = here.page("xx_telegram", request)
    assert len(newest.rows) == 20
    older = here.page("xx_telegram", newest.next[0])
    assert (len(older.rows), older.next) == (11, ())
    post = here.page("xx_telegram", Request(newest.rows[0].link))
    assert post.kind is PageKind.NEWS_ARTICLE
    lost = here.page("xx_telegram", Request("https://t.me/nebylitsa_info/99?embed=1"))
    assert lost.obstacle is Obstacle.GONE
    unknown = here.page("xx_telegram", Request("https://t.me/s/somebody_else"))
    assert unknown.obstacle is Obstacle.BAD_QUERY


def test_a_sitemap_leads_over_its_parts_to_pages(visit: Start) -> None:
    here = visit(*crowd("xx_sitemap", [""], range(-3, 1), each=1))
    index = here.page("xx_sitemap", next(iter(known("xx_sitemap").adapter.plan(Query()))))
    parts = [here.page("xx_sitemap", request) for request in index.next]
    assert sorted(len(part.rows) for part in parts) == [0, 4]
    page = next(part for part in parts if part.rows)
    article = here.page("xx_sitemap", page.next[0])
    assert article.mentions


def test_a_file_of_a_week_names_everybody_in_it(visit: Start) -> None:
    planned = crowd("xx_pdf_list", [""], range(10), each=1)
    here = visit(*planned)
    listed = here.page("xx_pdf_list", next(iter(known("xx_pdf_list").adapter.plan(Query()))))
    assert len(listed.rows) == 2
    names = {
        mention.printed
        for request in listed.next
        for mention in here.page("xx_pdf_list", request).mentions
    }
    assert {name for one in planned for name in one.entry.names} <= names


def test_the_cards_of_moscow_and_sudrf_are_read_and_can_be_gone(visit: Start) -> None:
    court = "nebylovo.sudrf.ru"
    ends = Happening(0, Kind.APPEARS), Happening(1, Kind.VANISHES)
    moscow = _one("ru_mosgorsud", "tverskoj", *ends, published=-2)
    sudrf = _one("ru_sudrf", court, *ends, published=-2, section="administrative")
    here = visit(moscow, sudrf)
    cards = [
        f"https://mos-gorsud.ru/rs/tverskoj/services/cases/admin/details/{moscow.entry.uuid}",
        f"{_SUDRF}&name_op=case&case_id={sudrf.entry.serial}&case_uid={sudrf.entry.uuid}",
    ]
    for url, planned in zip(cards, (moscow, sudrf), strict=True):
        page = here.get(url)
        assert page.obstacle is None, page.explanation
        assert page.kind is PageKind.CARD
        assert planned.entry.names[0] in {mention.printed for mention in page.mentions}
        assert page.facts["uid"] == planned.entry.uid(START.year)
    event = here.get(cards[1]).facts["event"]
    assert "31.10.2026" in str(event)
    here.replica.clock.advance()
    assert [here.get(url).obstacle for url in cards] == [Obstacle.GONE, Obstacle.GONE]


def test_long_lists_have_pages_and_a_counter(visit: Start) -> None:
    here = visit(*crowd("ru_mosgorsud", ["tverskoj"], range(_DAY, _DAY + 1), each=33))
    request = next(iter(source("ru_mosgorsud").adapter.plan(Query((_DATE,), ("tverskoj",)))))
    pages = [here.page("ru_mosgorsud", request)]
    while pages[-1].next:
        pages.append(here.page("ru_mosgorsud", pages[-1].next[0]))
    assert [len(page.rows) for page in pages] == [15, 15, 3]
    assert {page.part.rows_total for page in pages if page.part} == {33}


def test_a_search_of_sudrf_is_asked_in_windows_1251(visit: Start) -> None:
    court = "nebylovo.sudrf.ru"
    planned = _one("ru_sudrf", court, people=(("", "СКАЗКИН Ш.Д."),), section="administrative")
    here = visit(planned, *crowd("ru_sudrf", [court], range(_DAY, _DAY + 1), each=40, seed=7))
    query = Query(courts=(court,), names=("Сказкин",))
    request = next(iter(source("ru_sudrf").adapter.plan(query)))
    assert "%D1%EA%E0%E7%EA%E8%ED" in request.url
    page = here.page("ru_sudrf", request)
    assert page.obstacle is None, page.explanation
    assert planned.entry.uuid in {row.facts["case_uid"] for row in page.rows}
    assert all("СКАЗКИН" in str(row.facts["person"]) for row in page.rows)
    assert {mention.printed for mention in page.mentions} >= {"СКАЗКИН Ш.Д."}
    bare = here.get(request.url.split("&Submit")[0])
    assert bare.obstacle is Obstacle.BAD_QUERY


def test_everything_of_one_identifier_can_be_asked_for(visit: Start) -> None:
    planned = _one("ru_sudrf", "nebylovo.sudrf.ru", section="administrative")
    here = visit(planned)
    page = here.get(f"{_SUDRF}&name_op=r_juid&judicial_uid={planned.entry.uid(START.year)}")
    assert page.obstacle is None, page.explanation
    assert [row.facts["case_uid"] for row in page.rows] == [planned.entry.uuid]


def test_buildings_of_a_court_have_lists_of_their_own(visit: Start) -> None:
    here = visit(
        *crowd("ru_sudrf", ["nebylovo.sudrf.ru"], range(_DAY, _DAY + 1), each=2),
        *crowd("ru_sudrf", ["nebylovo.sudrf.ru#2"], range(_DAY, _DAY + 1), each=3),
    )
    courts = ("nebylovo.sudrf.ru", "nebylovo.sudrf.ru#2")
    requests = source("ru_sudrf").adapter.plan(Query((_DATE,), courts))
    assert [len(here.page("ru_sudrf", one).rows) for one in requests] == [2, 3]


def test_a_cassation_list_covers_the_days_of_receipt(visit: Start) -> None:
    here = visit(
        _one("ru_sudrf_cassation", "2kas.sudrf.ru", published=_DAY),
        *crowd("ru_sudrf_cassation", ["2kas.sudrf.ru"], range(9, 10), each=2, seed=7),
    )
    query = Query((_DATE,), ("2kas.sudrf.ru",))
    requests = list(source("ru_sudrf_cassation").adapter.plan(query))
    page = here.page("ru_sudrf_cassation", requests[-1])
    assert page.obstacle is None, page.explanation
    assert len(page.rows) == 1


def test_a_name_finds_its_cases_in_moscow_with_or_without_yo(visit: Start) -> None:
    people = (("Привлекаемое лицо", "Сочинённов Ж.У."),)
    here = visit(
        _one("ru_mosgorsud", "tverskoj", people=people),
        *crowd("ru_mosgorsud", ["tverskoj"], range(1), each=3, seed=7),
    )
    for name in ("Сочинённов", "сочиненнов"):
        page = here.get(f"https://mos-gorsud.ru/search?courtAlias=&participant={quote(name)}")
        assert page.obstacle is None, page.explanation
        assert page.mentions[0].printed == "Сочинённов Ж.У."


def test_the_news_of_the_ministry_lead_to_articles(visit: Start) -> None:
    here = visit(*crowd("tj_mvd", [""], range(-15, 1), each=1))
    page = here.get("https://www.mvd.tj/tj/ruydodho/page/1/")
    assert len(page.rows) == 10
    article = here.page("tj_mvd", page.next[0])
    assert article.kind is PageKind.NEWS_ARTICLE
    assert article.mentions
    assert here.get(page.next[-1].url).rows
    assert here.get("https://www.mvd.tj/tj/ruydodho/1-habar.html").obstacle is Obstacle.GONE


def test_a_form_of_belarus_is_answered_by_court_and_day(visit: Start) -> None:
    here = visit(*crowd("by_courts", ["1", "2"], range(_DAY, _DAY + 2), each=3))
    requests = source("by_courts").adapter.plan(Query((_DATE,), ("1", "3")))
    own, other = (here.page("by_courts", request) for request in requests)
    assert len(own.rows) == 3
    assert other.obstacle is Obstacle.UNCONFIRMED_EMPTY


@pytest.mark.parametrize("court", ["nebylovo.sudrf.ru", "oblsud.nebylovo.sudrf.ru"])
def test_a_day_without_hearings_is_said_so(visit: Start, court: str) -> None:
    request = next(iter(source("ru_sudrf").adapter.plan(Query((_DATE,), (court,)))))
    page = visit().page("ru_sudrf", request)
    assert page.outcome is Outcome.NOT_FOUND
    assert page.facts["date"] == "05.11.2026"


def test_no_page_is_there_that_the_portal_does_not_have(visit: Start) -> None:
    here = visit()
    for url in (
        "https://mos-gorsud.ru/rs/neverwhere/hearing",
        "https://mos-gorsud.ru/",
        "https://www.mvd.tj/",
        "https://act.sot.kg/",
        "https://vsrf.ru/",
        "https://locator.ice.gov/",
        "http://sino.sud.tj/ruyhat/2026-13-99/",
        "https://nebylovo.sudrf.ru/index.php",
        "https://7.nebylovo.msudrf.ru/",
    ):
        assert here.get(url).obstacle in {Obstacle.GONE, Obstacle.BAD_QUERY}, url


def test_letters_that_a_charset_lacks_arrive_as_references(visit: Start) -> None:
    entry = Entry(
        key="tajik",
        source="ru_sudrf",
        court="nebylovo.sudrf.ru",
        number="5-1/2026",
        people=(("", "АФСОНАЕВ Ҷ.Ҳ."),),
        article="ст. 18.8 ч. 1 КоАП РФ",
        judge="Небылицын Г.М.",
        day=_DAY,
    )
    here = visit(Planned(entry, (Happening(0, Kind.APPEARS),)))
    page = here.get(f"{_SUDRF}&H_date=05.11.2026")
    assert "АФСОНАЕВ Ҷ.Ҳ." in {mention.printed for mention in page.mentions}


def test_a_magistrate_can_ask_for_the_letters_of_a_picture(visit: Start) -> None:
    here = visit(*crowd("ru_msudrf", ["7.nebylovo.msudrf.ru"], range(_DAY, _DAY + 1)))
    here.replica.order(Fault(FaultKind.CAPTCHA, source="ru_msudrf", times=1))
    request = Request(
        "https://7.nebylovo.msudrf.ru/modules.php?name=sud_delo&op=hl&H_date=05.11.2026"
    )
    assert here.page("ru_msudrf", request).obstacle is Obstacle.CAPTCHA
    assert here.page("ru_msudrf", request).obstacle is None
