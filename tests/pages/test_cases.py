"""Case files in a real browser: the first hours of a case in each language, script or none.

axe (its rules for WCAG 2.2 A and AA) looks at every page in every language.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import case_routes
import pytest
from axe_playwright_python.base import (
    AXE_FILE_PATH,
)
from django.utils.translation import gettext as say
from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from site_served import Site
from site_story import HOSTILE, NOW

from habeas.cases import story as public
from habeas.cases.statements.models import Statement, Subject

LANGUAGES = ("en", "ru", "tg", "uz", "uz-cyrl")
AXE = Path(AXE_FILE_PATH).read_text("utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_SMALL = """() => [...document.querySelectorAll(
  'a, button, input:not([type=hidden]), summary, textarea, select')].filter(e => {
  const box = (e.closest('label') || e).getBoundingClientRect();
  if (e.classList.contains('skip') || !box.width) return false;
  const inline = e.tagName === 'A' && e.closest('p, li, .statement, .who, h3') &&
    !e.classList.contains('button');
  return !inline && (box.height < 43.5 || box.width < 43.5);
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def inspected(browser: Browser, site: Site) -> Iterator[Page]:
    """A signed-in browser in which axe may run: the pages' own policy forbids every script."""
    context: BrowserContext = browser.new_context(
        viewport={"width": 1200, "height": 900}, locale="en", bypass_csp=True
    )
    page = context.new_page()
    page.goto(site.link())
    page.wait_for_url("**/en/")
    yield page
    context.close()


def _addresses(site: Site) -> list[str]:
    return [address(site.story) for address in case_routes.PAGES.values()]


def _found_by_axe(page: Page) -> list[Any]:
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES
    )
    return [
        (one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"][:200])
        for one in found["violations"]
    ]


def test_axe_finds_nothing_on_any_page(inspected: Page, site: Site) -> None:
    """Each page in one language, the languages in turn; HABEAS_EVERY_PAGE=1: in all of them."""
    public.load(NOW)
    addresses = [*_addresses(site), f"cases/{public.CODE}/"]
    for number, address in enumerate(addresses):
        every = os.environ.get("HABEAS_EVERY_PAGE") == "1"
        for language in LANGUAGES if every else (LANGUAGES[number % len(LANGUAGES)],):
            inspected.goto(f"{site.address}/{language}/{address}")
            assert _found_by_axe(inspected) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_either_colour_scheme_on_a_phone(
    inspected: Page, site: Site, scheme: Any
) -> None:
    case_routes.statement(site.story)
    inspected.set_viewport_size({"width": 360, "height": 740})
    inspected.emulate_media(color_scheme=scheme)
    for address in ("board/", "cases/H7K3M/", "cases/H7K3M/calls/", "new-case/"):
        inspected.goto(f"{site.address}/ru/{address}")
        assert _found_by_axe(inspected) == [], address


@pytest.mark.parametrize("width", [1200, 360])
def test_everything_fits_and_can_be_pressed(reader: Page, site: Site, width: int) -> None:
    public.load(NOW)
    Statement.objects.count()
    reader.set_viewport_size({"width": width, "height": 740})
    for address in [*_addresses(site), f"cases/{public.CODE}/"]:
        reader.goto(f"{site.address}/ru/{address}")
        assert reader.evaluate(_TOO_WIDE) <= 0, address
        assert reader.evaluate(_SMALL) == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_hours_of_a_case(pages: Page, site: Site, language: str) -> None:
    """A call comes in, a station is asked, he is found, a line is signed, it is printed."""
    with override(language):
        pages.goto(f"{site.address}/{language}/board/")
        _open_a_case(pages)
        _ask_a_station(pages)
        _sign_and_print(pages)
    subject = Subject.objects.get(kind="person", person__spellings__text="Небылов Вымышлен")
    assert [one.value for one in Statement.objects.filter(subject=subject, property="custody")] == [
        "taken_unacknowledged",
        "in_custody",
    ]


def _open_a_case(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name=say("New case")).click()
    page.get_by_label(say("Who is missing?")).fill("Небылов Вымышлен")
    page.get_by_label(say("When was the last contact?")).fill("24.11.2026 12:30")
    page.get_by_label(say("Where?")).fill("Мельничный район")
    page.get_by_label(say("Who saw it?")).fill("Соседка")
    page.get_by_label(say("Who took them?")).fill("Двое в штатском")
    page.get_by_label(say("What was said?")).fill("«Проверка документов»")
    page.get_by_role("button", name=say("Open the case")).click()
    main = page.get_by_role("main")
    expect(main.get_by_text(say("taken, not acknowledged")).first).to_be_visible()
    expect(main.get_by_role("img")).to_be_visible()


def _ask_a_station(page: Page) -> None:
    main = page.get_by_role("main")
    main.get_by_role("link", name=say("Call list"), exact=True).click()
    main.get_by_role("link", name=say("Add an office")).click()
    page.get_by_label(say("Name of the office")).fill("Станция № 5")
    page.get_by_label(say("District")).fill("Мельничный")
    page.get_by_role("button", name=say("Take it down")).click()
    page.get_by_role("button", name=re.compile(say("I ask here now"))).first.click()
    page.get_by_label(say("Answer"), exact=True).select_option("here")
    page.get_by_label(say("Their words")).fill("Да, у нас")
    page.get_by_label(say("Who answered: name, rank, number")).fill("Дежурный Былов")
    page.get_by_role("button", name=say("Take it down")).click()
    page.get_by_role("link", name=say("To the case")).click()
    expect(main.get_by_text(say("in custody")).first).to_be_visible()
    expect(main.get_by_text("Дежурный Былов").first).to_be_visible()


def _sign_and_print(page: Page) -> None:
    main = page.get_by_role("main")
    main.get_by_role("link", name=re.compile(say("Choose what is shown first"))).first.click()
    page.get_by_label("Дежурный Былов").check()
    page.get_by_label("Соседка").uncheck()
    page.get_by_label(say("Why this one")).fill("Адвокат был там")
    page.get_by_role("button", name=say("Sign"), exact=True).click()
    expect(main.get_by_text(say("signed")).first).to_be_visible()
    main.get_by_role("link", name=say("Dossier to print")).click()
    expect(main.get_by_text("Двое в штатском").first).to_be_visible()
    expect(main.get_by_role("button")).to_have_count(0)


def test_a_form_that_was_refused_keeps_everything(pages: Page, site: Site) -> None:
    pages.goto(f"{site.address}/en/cases/H7K3M/custody/add/")
    pages.get_by_label("Since").fill("вчера")
    pages.get_by_label("Place", exact=True).fill("Станция № 5")
    pages.get_by_label("Who says so").fill("Адвокат")
    pages.get_by_role("button", name="Take it down").click()
    expect(pages.get_by_role("alert")).to_contain_text("“вчера” is no date")
    expect(pages.get_by_label("Place", exact=True)).to_have_value("Станция № 5")
    expect(pages.get_by_label("Since")).to_have_value("вчера")
    pages.get_by_role("alert").get_by_role("link").click()
    expect(pages.get_by_label("Since")).to_be_focused()
    pages.get_by_role("button", name="Keep as a draft").click()
    expect(pages.get_by_role("status")).to_contain_text("Kept as a draft")
    expect(pages.get_by_label("Place", exact=True)).to_have_value("Станция № 5")


def test_leaving_quickly_shows_nothing_and_the_way_back_neither(pages: Page, site: Site) -> None:
    pages.goto(f"{site.address}/en/cases/H7K3M/")
    pages.get_by_role("button", name="Leave quickly").click()
    expect(pages.locator("body")).to_have_text("")
    assert pages.title() == "…"
    pages.go_back()
    pages.wait_for_load_state()
    assert "Выдумов" not in pages.content()
    assert "Sign in" in pages.content()


def test_a_search_leaves_no_name_in_the_address(pages: Page, site: Site) -> None:
    pages.goto(f"{site.address}/en/search/")
    pages.get_by_label(re.compile("A name in any script")).fill("dslevjd")
    pages.get_by_role("main").get_by_role("button", name="Search").click()
    expect(pages.get_by_text("Read as if typed in the other keyboard layout")).to_be_visible()
    expect(pages.get_by_role("link", name=re.compile("Выдумов"))).to_be_visible()
    assert pages.url == f"{site.address}/en/search/"
    assert pages.title() == "Search"


def test_hostile_words_stay_words(reader: Page, site: Site) -> None:
    from case_story import say as said

    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    reader.on("dialog", refuse)
    subject = case_routes.case(site.story)
    entry = "javascript:alert(1)"
    for term in ("accusation", "custody", "threat", "note", entry[:60]):
        said(
            subject,
            term,
            HOSTILE[:2000],
            HOSTILE,
            as_said=HOSTILE,
            about="2026",
            place=HOSTILE[:50],
        )
    for address in ("cases/H7K3M/", "cases/H7K3M/dossier/", "board/", "hand-over/"):
        reader.goto(f"{site.address}/en/{address}")
        assert reader.evaluate(_TOO_WIDE) <= 0
        assert reader.locator("main script, main img[src=x]").count() == 0
    assert dialogs == []


def test_the_dossier_prints_on_a4_in_black_and_white(reader: Page, site: Site) -> None:
    public.load(NOW)
    reader.goto(f"{site.address}/en/cases/{public.CODE}/dossier/")
    reader.emulate_media(media="print")
    assert not reader.get_by_role("button").first.is_visible()
    assert not reader.get_by_role("link", name="Add a statement").is_visible()
    printed = reader.pdf(format="A4")
    from io import BytesIO

    from pypdf import PdfReader

    sheets = PdfReader(BytesIO(printed)).pages
    text = "\n".join(sheet.extract_text() for sheet in sheets)
    assert abs(float(sheets[0].mediabox.width) - 595) < 2
    for words in ("Interior Ministry of Tajikistan", "Kirill Zharinov", "10 years", "Printed 2026"):
        assert words in text
    assert "Take it down" not in text


def test_no_case_page_asks_anybody_else(reader: Page, site: Site) -> None:
    asked: set[str] = set()
    reader.on("request", lambda request: asked.add(request.url))
    for address in _addresses(site):
        reader.goto(f"{site.address}/ru/{address}")
    assert asked
    assert all(url.startswith(site.address) for url in asked)
