"""Reading and counts in a real browser: an article becomes statements, counts and a drawing."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Locator, Page, expect
from site_served import Site
from tests.reading.test_retelling import RETOLD

from habeas.cases.statements.models import Statement, Subject

AXE = Path(AXE_FILE_PATH).read_text("utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_MARKED = """() => [...document.querySelectorAll('.words span[class]')]
  .filter(e => getComputedStyle(e).outlineStyle === 'solid').map(e => e.textContent).join('|')"""
_LIST = "ОВД Мельничный:\n1. Выдумов Небыл, 17 лет, без адвоката\n?? позвонить"
_PICTURES = os.environ.get("HABEAS_PICTURES", "")
_SHARED = Path(__file__).parents[3] / "shared" / "story" / "article.txt"


def _picture(page: Page, name: str) -> None:
    if _PICTURES:
        page.wait_for_load_state()
        page.screenshot(path=Path(_PICTURES) / f"{name}.png", full_page=True)


def _give(page: Page, site: Site, text: str, language: str = "en") -> None:
    page.goto(f"{site.address}/{language}/read/")
    page.locator("#id_text").fill(text)
    page.locator("#id_carrier").fill("The Invented Gazette")
    page.locator("#id_published").fill("07.04.2021")
    page.locator("main form button").click()
    expect(page.locator(".read")).to_be_visible()


def _offer(page: Page, words: str) -> Locator:
    return page.locator("li.offer").filter(has=page.locator("a", has_text=words)).first


def _axe(page: Page) -> list[Any]:
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", _RULES
    )
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]


def _texts() -> list[Any]:
    shared = [
        pytest.mark.shared,
        pytest.mark.skipif(not _SHARED.is_file(), reason="the shared story is not here"),
    ]
    return [pytest.param(None, id="retold"), pytest.param(_SHARED, id="shared", marks=shared)]


@pytest.mark.parametrize("path", _texts())
def test_one_screen_holds_everything_a_volunteer_needs(
    reader: Page, site: Site, path: Path | None
) -> None:
    """What issue and reference ask for of the public case, on one page, nothing folded away."""
    _give(reader, site, path.read_text("utf-8") if path else RETOLD)
    _picture(reader, f"reading-{'shared' if path else 'retold'}")
    man = reader.locator("li.offer", has_text="Kholov Izatullo Amonovich").filter(
        has_text="Spellings:"
    )
    expect(man).to_contain_text("Amon")
    count = _offer(reader, "at least 120 people")
    expect(count).to_contain_text("400")
    expect(count).to_contain_text("OVD-Info? (named in the next sentence only)")
    expect(_offer(reader, "The headline says")).to_contain_text("hundreds")
    accusation = reader.locator("li.offer", has_text=re.compile("ministry.* alleges: fraud"))
    expect(accusation).to_have_count(1)
    expect(_offer(reader, "passport cancelled")).to_contain_text("Amon")
    expect(_offer(reader, "more than 500000")).to_contain_text("over half a million")
    expect(_offer(reader, "Izatullo, a relative of")).to_contain_text("Are they kept apart?")
    told = reader.locator("details.group", has_text="What was done").inner_text()
    events = ["deported", "March, year not printed", "in solitary", "25.03., year not printed"]
    places = [told.index(words) for words in events]
    assert places == sorted(places)
    assert "expelled" in told
    assert reader.locator(".suggested").inner_text().count("year not printed") >= 3


def test_the_words_of_a_suggestion_light_up_without_a_script(pages: Page, site: Site) -> None:
    _give(pages, site, RETOLD)
    offer = _offer(pages, "at least 120 people")
    offer.locator("a.action").hover()
    offer.locator("button").last.focus()
    marked = pages.locator(".words span.of-count", has_text="At least 120 of 400")
    expect(marked).to_have_css("outline-style", "solid")
    offer.locator("a.action").click()
    assert re.search(r"#w\d+$", pages.url)
    expect(marked).to_be_in_viewport()


def test_tabbing_marks_exactly_the_words_it_rests_on(reader: Page, site: Site) -> None:
    _give(reader, site, RETOLD)
    _offer(reader, "more than 500000").locator("button").first.focus()
    assert reader.evaluate(_MARKED).replace("|", "") == "over half a million people"
    _offer(reader, "The headline says").locator("a.action").focus()
    assert "hundreds" in reader.evaluate(_MARKED)
    assert "At least 120" in reader.evaluate(_MARKED)


def test_accept_refuse_and_take_back(pages: Page, site: Site) -> None:
    _give(pages, site, RETOLD)
    _offer(pages, "at least 120 people").get_by_role(
        "button", name=re.compile("said by: OVD")
    ).click()
    expect(_offer(pages, "at least 120 people")).to_contain_text("accepted")
    _offer(pages, "The headline says").get_by_role("button", name=re.compile("Looked at")).click()
    expect(_offer(pages, "The headline says")).to_contain_text("looked at")
    passport = _offer(pages, "passport cancelled")
    pages.get_by_label(re.compile("Whose case: Izz")).select_option("H7K3M")
    passport.get_by_role("button", name=re.compile("^Accept")).first.click()
    expect(_offer(pages, "passport cancelled")).to_contain_text("accepted")
    _offer(pages, "passport cancelled").get_by_role("button").click()
    expect(pages.get_by_role("status")).to_contain_text("taken back")
    assert Statement.objects.filter(property="passport_cancelled", retracts=None).count() == 1
    assert Statement.objects.exclude(retracts=None).count() == 1


def test_an_event_is_drawn_told_and_fits_a_phone(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        viewport={"width": 1200, "height": 900}, locale="en", bypass_csp=True
    )
    page = context.new_page()
    page.goto(site.link())
    page.wait_for_url("**/en/")
    _give(page, site, RETOLD)
    _offer(page, "at least 120 people").get_by_role(
        "button", name=re.compile("said by: OVD")
    ).click()
    _offer(page, "no number · people").get_by_role("button", name=re.compile("^Accept")).click()
    event = Subject.objects.get(kind=Subject.EVENT)
    _paste(page, site, event.code)
    reading = page.url
    central = (f"cases/{event.code}/", "documents/1/read/")
    for width in (1200, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for language, address in (
            ("en", f"cases/{event.code}/"),
            ("ru", "documents/1/read/"),
            ("tg", f"cases/{event.code}/lists/add/"),
            ("uz", f"cases/{event.code}/overlap/"),
            ("uz-cyrl", reading.partition("/en/")[2]),
            ("ru", f"cases/{event.code}/counts/add/"),
            ("tg", "counts/"),
            ("uz", "read/"),
        ):
            page.goto(f"{site.address}/{language}/{address}")
            assert page.evaluate(_TOO_WIDE) <= 0, (width, address)
            if width == 1200 or address in central:
                assert _axe(page) == [], (width, address)
            _picture(page, f"{address.replace('/', '-')}{language}-{width}")
    context.close()


def _paste(page: Page, site: Site, code: str) -> None:
    page.goto(f"{site.address}/en/cases/{code}/")
    drawing = page.get_by_role("img", name=re.compile("Counts over time"))
    expect(drawing).to_be_visible()
    expect(page.locator("#counts ~ section").first).to_contain_text("At least 120.")
    page.get_by_role("link", name="Paste a list").click()
    page.get_by_label("Whose list it is").fill("A chat")
    page.get_by_label("The list").fill(_LIST)
    page.get_by_role("button", name="Show what is understood").click()
    expect(page.get_by_role("table")).to_contain_text("позвонить")
    page.get_by_role("button", name="Keep this list").click()
    expect(page.get_by_role("status")).to_contain_text("every line of it")
    page.locator("summary").first.click()
    page.get_by_label("How you know").first.fill("His mother saw him")
    page.get_by_role("button", name="It is true").first.click()
    expect(page.get_by_text("His mother saw him")).to_be_visible()


def test_hostile_words_in_a_text_stay_words(reader: Page, site: Site) -> None:
    hostile = (
        "<script>alert(1)</script> At least 5 people were detained. \u202eevil \x07 "
        "<img src=x onerror=alert(1)> 'Nebyl Vydumov\"><b>' was arrested.\r\nAnd again."
    )
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    _give(reader, site, hostile)
    assert reader.locator("main script, main img, .words b").count() == 0
    assert "<U+202E>" in reader.locator(".words").inner_text()
    assert all(url.startswith(site.address) for url in asked)
