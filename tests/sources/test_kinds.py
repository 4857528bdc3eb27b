"""What is special to each kind, beyond the walk over their recorded pages."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from examples import EXAMPLES, folder_of

from habeas.sources.contract import Capacity, Capture, Obstacle, Outcome, Page, PageKind, Query
from habeas.sources.describing import from_toml
from habeas.sources.kinds import example_of

DAY = "https://court.example/hearings?day=24.11.2026"


def _read(kind: str, name: str, url: str = "", **changes: Any) -> Page:
    path = folder_of(f"xx_{kind}") / "pages" / name
    body = changes.pop("body", None) or path.read_bytes()
    return EXAMPLES[f"xx_{kind}"].adapter.parse(Capture(body, url, **changes))


def _page(kind: str, name: str) -> str:
    return (folder_of(f"xx_{kind}") / "pages" / name).read_text("utf-8")


def _table(html: str, url: str = DAY, **settings: str) -> Page:
    text = example_of("table")
    for key, value in settings.items():
        text = text.replace("\n[read.columns]", f'\n{key} = "{value}"\n[read.columns]')
    return from_toml("kz_invented", text).adapter.parse(Capture(html.encode(), url))


# --- table ---------------------------------------------------------------------------------------


def test_a_list_of_a_day_is_asked_for_each_day() -> None:
    query = Query(days=(date(2026, 11, 24), date(2026, 12, 1)))
    asked = [one.url for one in EXAMPLES["xx_table"].adapter.plan(query)]
    assert asked == [DAY, DAY.replace("24.11", "01.12")]


def test_an_empty_day_is_proved_only_for_the_day_that_was_asked() -> None:
    empty = _page("table", "day_empty.html")
    assert _table(empty).outcome is Outcome.NOT_FOUND
    for url in (DAY.replace("24.11", "25.11"), "", "https://court.example/other?day=24.11.2026"):
        page = _table(empty, url)
        assert (page.outcome, page.obstacle) == (
            Outcome.COULD_NOT_LOOK,
            Obstacle.UNCONFIRMED_EMPTY,
        )
    assert _table(empty.replace("</html>", "")).outcome is Outcome.COULD_NOT_LOOK


def test_the_words_of_an_empty_list_beside_entries_prove_nothing() -> None:
    whole = _page("table", "hearings.html")
    page = _table(whole.replace("<main>", "<main><p>На 24.11.2026 дел не назначено</p>"))
    assert page.outcome is Outcome.FOUND
    assert len(page.rows) == 4


def test_a_shortened_cell_is_read_whole_from_its_attribute() -> None:
    page = _read("table", "shortened_cell.html", DAY)
    assert {(m.printed, m.role) for m in page.mentions if m.row == 1} >= {
        ("Бофтаев Н.Л.", "Привлекаемое лицо"),
        ("Сказкин Ш.Д.", "защитник"),
    }
    lawyer = next(m for m in page.mentions if m.printed == "Сказкин Ш.Д.")
    assert lawyer.capacity is Capacity.REPRESENTATIVE


def test_a_cell_that_is_cut_off_is_no_whole_list() -> None:
    page = _read("table", "cut_cell.html", DAY)
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.INCOMPLETE)
    assert len(page.rows) == 4


@pytest.mark.parametrize(
    ("before", "after", "obstacle"),
    [
        ("<th>Участники</th>", "<th>Стороны</th>", Obstacle.LAYOUT_CHANGED),
        ("<th>Время</th>", "<th>Время</th><th>Пол</th>", Obstacle.LAYOUT_CHANGED),
        ("Всего дел: 4", "Всего дел: 5", Obstacle.INCOMPLETE),
        ("Всего дел: 4", "", Obstacle.LAYOUT_CHANGED),
        ("<td>2</td>", "<td>3</td>", Obstacle.INCOMPLETE),
        ('class="hearings"', 'class="news"', Obstacle.LAYOUT_CHANGED),
    ],
)
def test_what_is_not_as_described_is_an_obstacle(
    before: str, after: str, obstacle: Obstacle
) -> None:
    whole = _page("table", "hearings.html")
    assert before in whole
    page = _table(whole.replace(before, after, 1))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)
    # Whoever is named is still shown.
    assert "Бофтаев Н.Л." in {mention.printed for mention in page.mentions}


def test_a_list_without_names_withholds_them() -> None:
    whole = _page("table", "hearings.html")
    empty = whole
    for name in ("Бофтаев Н.Л.", "Мифов З.Л.", "Мифов Т.Б.", "Призраков П.Е."):
        empty = empty.replace(f"Привлекаемое лицо: {name}", "").replace("Придумова О.О.", "")
    page = _table(empty)
    assert page.withheld > 0
    assert page.outcome is Outcome.COULD_NOT_LOOK or page.mentions


def test_columns_of_a_name_are_joined_and_sections_kept() -> None:
    text = example_of("table").replace(
        '"Участники" = "parties"',
        '"Фамилия" = "surname"\n"Имя" = "given_name"\n"Отчество" = "father_name"',
    )
    html = (
        "<html><body><p>Всего дел: 2</p><table class='hearings'><tr>"
        + "".join(
            f"<th>{one}</th>"
            for one in (
                "№", "Номер дела", "Время", "Фамилия", "Имя", "Отчество", "Статья", "Судья",
                "Примечание",
            )
        )
        + "</tr><tr><td colspan=9>Гражданские дела</td></tr><tr><td>1.</td><td>2-1</td><td>10</td>"
        "<td>Выдумов</td><td>Назар</td><td>Небылович</td><td></td><td></td><td></td></tr>"
        "<tr><td>2.</td><td>2-2</td><td>11</td><td>Сказкина</td><td>Тара</td><td></td><td></td>"
        "<td></td><td></td></tr></table></body></html>"
    )  # fmt: skip
    page = from_toml("kz_invented", text).adapter.parse(Capture(html.encode(), DAY))
    assert page.outcome is Outcome.FOUND
    names = [(m.printed, m.row) for m in page.mentions]
    assert names == [("Выдумов Назар Небылович", 1), ("Сказкина Тара", 2)]
    assert {row.facts["section"] for row in page.rows} == {"Гражданские дела"}
    assert page.rows[0].facts["case_id"] == "2-1"


def test_pages_of_a_roster_are_followed_to_the_last() -> None:
    first = _read("roster", "page1.html", "https://jail.example/roster")
    assert first.kind is PageKind.ROSTER
    assert [one.url for one in first.next] == ["https://jail.example/roster?page=2"]
    last = _read("roster", "page2.html", "https://jail.example/roster?page=2")
    assert last.next == ()
    assert first.part is not None
    assert first.part.rows_total == len(first.rows) + len(last.rows)
    assert len({row.facts["case_id"] for row in (*first.rows, *last.rows)}) == 12


# --- feed ----------------------------------------------------------------------------------------


def test_rss_1_and_relative_addresses_are_read() -> None:
    rdf = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <item rdf:about="x"><title>Суд над Назаром Выдумовым</title><link>/news/1.html</link>
    <dc:date>2026-11-24</dc:date></item></rdf:RDF>"""
    page = _read("feed", "", "https://lenta.example/rss.xml", body=rdf.encode())
    assert page.outcome is Outcome.FOUND
    assert page.rows[0].link == "https://lenta.example/news/1.html"
    assert page.rows[0].facts["date"] == "2026-11-24"
    assert [one.url for one in page.next] == ["https://lenta.example/news/1.html"]


def test_a_feed_in_windows_1251_is_read_by_its_own_declaration() -> None:
    page = _read("feed", "atom_1251.xml", "https://lenta.example/rss.xml")
    assert "Выдумов Назар Небылович" in {mention.printed for mention in page.mentions}
    assert page.rows[0].link == "https://lenta.example/news/77.html"


@pytest.mark.parametrize(
    ("body", "obstacle"),
    [
        (b"<rss version='2.0'><channel><item><title>a</title>", Obstacle.INCOMPLETE),
        (b"<rss><channel><item></channel></rss>", Obstacle.LAYOUT_CHANGED),
        (b"<opml><body/></opml>", Obstacle.LAYOUT_CHANGED),
        (b"<rss><channel><item><title>a</title></item></channel></rss>", Obstacle.LAYOUT_CHANGED),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>".encode("utf-16"), Obstacle.UNREADABLE),
        (b"", Obstacle.INCOMPLETE),
    ],
)
def test_what_is_no_feed_is_an_obstacle(body: bytes, obstacle: Obstacle) -> None:
    page = EXAMPLES["xx_feed"].adapter.parse(Capture(body, "https://lenta.example/rss.xml", 200))
    assert (page.outcome, page.obstacle) == (Outcome.COULD_NOT_LOOK, obstacle)


def test_a_feed_of_deep_nesting_does_not_hang() -> None:
    body = b"<rss>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</rss>"
    page = EXAMPLES["xx_feed"].adapter.parse(Capture(body, "https://lenta.example/rss.xml", 200))
    assert page.obstacle is not None


# --- sitemap -------------------------------------------------------------------------------------


def test_the_last_changed_pages_come_first_and_no_more_than_wanted() -> None:
    urls = "".join(
        f"<url><loc>https://karta.example/notices/{n}.html</loc>"
        f"<lastmod>2026-11-{n:02}</lastmod></url>"
        for n in range(1, 31)
    )
    body = f"<urlset>{urls}<url><loc>https://karta.example/about</loc></url></urlset>".encode()
    page = _read("sitemap", "", "https://karta.example/sitemap-notices.xml", body=body)
    assert len(page.rows) == len(page.next) == 20
    assert page.next[0].url.endswith("/30.html")
    assert page.next[-1].url.endswith("/11.html")


def test_an_entry_that_leads_to_no_address_stops_the_reader() -> None:
    body = b"<urlset><url><loc>javascript:alert(1)</loc></url></urlset>"
    page = _read("sitemap", "", "https://karta.example/sitemap.xml", body=body)
    assert page.obstacle is Obstacle.LAYOUT_CHANGED


# --- telegram ------------------------------------------------------------------------------------


def test_a_channel_is_read_newest_first_without_service_posts_and_quotations() -> None:
    page = _read("telegram", "channel.html", "https://t.me/s/nebylitsa_info")
    assert [row.facts["post"] for row in page.rows][:2] == [
        "nebylitsa_info/105",
        "nebylitsa_info/104",
    ]
    assert "nebylitsa_info/1" not in {row.facts["post"] for row in page.rows}
    assert "Вымыслов" not in " ".join(mention.printed for mention in page.mentions)
    assert any("Притчин Савва" in mention.printed for mention in page.mentions)
    assert page.remarks == ("1 post has no words; names in pictures are not read.",)
    assert page.rows[0].link == "https://t.me/nebylitsa_info/105?embed=1"
    assert [one.url for one in page.next] == ["https://t.me/s/nebylitsa_info?before=101"]


def test_a_post_that_is_gone_says_so_on_its_own_page() -> None:
    gone = _read("telegram", "post_gone.html", "https://t.me/nebylitsa_info/9?embed=1")
    assert (gone.kind, gone.obstacle) == (PageKind.GONE, Obstacle.GONE)
    kept = _read("telegram", "post.html", "https://t.me/nebylitsa_info/101?embed=1")
    assert kept.kind is PageKind.NEWS_ARTICLE
    assert len(kept.rows) == 1


def test_no_posts_and_no_channel_are_never_silence() -> None:
    url = "https://t.me/s/nebylitsa_info"
    assert _read("telegram", "no_posts.html", url).obstacle is Obstacle.UNCONFIRMED_EMPTY
    assert _read("telegram", "no_channel.html", url).obstacle is Obstacle.BAD_QUERY


# --- pdf_list ------------------------------------------------------------------------------------


def test_files_are_followed_and_a_scan_is_no_absence(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    page = _read("pdf_list", "list.html", "https://pdf.example/lists/")
    assert [one.url for one in page.next] == ["https://pdf.example/files/2026-11-23.pdf"]
    file = _read("pdf_list", "week.pdf", page.next[0].url)
    assert file.kind is PageKind.ACT
    assert "Khaelzoda Demyan" in {mention.printed for mention in file.mentions}
    assert {mention.row for mention in file.mentions} == {1}
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "scan.pdf")
    scan = _read("pdf_list", "", page.next[0].url, body=(tmp_path / "scan.pdf").read_bytes())
    assert (scan.outcome, scan.obstacle) == (Outcome.COULD_NOT_LOOK, Obstacle.UNREADABLE)


def test_a_page_in_the_place_of_a_file_is_an_obstacle() -> None:
    url = "https://pdf.example/files/2026-11-23.pdf"
    assert _read("pdf_list", "not_a_file.html", url).obstacle is Obstacle.LAYOUT_CHANGED
    whole = (folder_of("xx_pdf_list") / "pages" / "week.pdf").read_bytes()
    assert _read("pdf_list", "week.pdf", url, complete=False).obstacle is Obstacle.INCOMPLETE
    cut = _read("pdf_list", "", url, body=whole[: len(whole) // 2])
    assert cut.outcome is Outcome.COULD_NOT_LOOK
