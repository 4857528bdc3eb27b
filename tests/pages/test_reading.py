"""Whether everybody can read and use the pages: WCAG 2.2 AA, as far as a program can tell."""

from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, Page, Request
from site_served import Site
from site_story import HOSTILE, LONG, matched

from habeas.watch.models import Match, Spelling

LANGUAGES = ("en", "ru", "tg", "uz")

# Runs in the page: what is pressed and too small, what has no name, which colours are too close.
_SMALL = """() => [
  ...document.querySelectorAll('a, button, input, summary, textarea')].filter(e => {
  const box = (e.closest('label') || e).getBoundingClientRect();
  if (e.type === 'hidden' || e.classList.contains('skip') || !box.width) return false;
  const inline = e.tagName === 'A' && e.closest('p') && !e.classList.contains('button');
  return !inline && (box.height < 43.5 || box.width < 43.5);
}).map(e => e.outerHTML.slice(0, 120) + ' ' + JSON.stringify(e.getBoundingClientRect()))"""
_NAMELESS = """() => [
  ...document.querySelectorAll('input, textarea, select, button, a')].filter(e =>
  e.type !== 'hidden' && !(e.labels && e.labels.length) && !e.textContent.trim()
).map(e => e.outerHTML)"""
_BROKEN_REFERENCES = """() => [
  ...document.querySelectorAll('[aria-labelledby], [aria-describedby]')]
  .flatMap(e => ((e.getAttribute('aria-labelledby') || '') + ' ' +
                 (e.getAttribute('aria-describedby') || '')).split(' ').filter(Boolean))
  .filter(id => !document.getElementById(id))"""
_REPEATED_IDS = """() => { const seen = {}; document.querySelectorAll('[id]').forEach(e => {
  seen[e.id] = (seen[e.id] || 0) + 1; }); return Object.keys(seen).filter(id => seen[id] > 1); }"""
_HEADINGS = "() => [...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.tagName[1])"
_CONTRAST = """() => {
  const parse = c => (c.match(/[0-9.]+/g) || []).map(Number);
  const lum = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; }
    return [255, 255, 255]; };
  return [...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())).map(e => {
      const a = lum(parse(getComputedStyle(e).color)), b = lum(ground(e));
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 100)];
    }).filter(([ratio]) => ratio < 4.5);
}"""
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(site: Site) -> list[str]:
    story = site.story
    return [
        "",
        "people/",
        "people/add/",
        "people/H7K3M/",
        "people/P9CWF/",
        "people/H7K3M/spellings/add/",
        f"spellings/{story.spelling.pk}/withdraw/",
        f"matches/{story.match.pk}/",
        "events/",
        "sources/",
        "sources/ru_mosgorsud/",
        "sources/ru_mosgorsud/visit/",
        f"looks/{story.look.pk}/",
        f"looks/{story.could_not.pk}/",
        "passphrase/",
        "nothing/",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_used_by_everybody(reader: Page, site: Site, language: str) -> None:
    for address in addresses(site):
        reader.goto(f"{site.address}/{language}/{address}")
        assert reader.evaluate(_NAMELESS) == [], address
        assert reader.evaluate(_BROKEN_REFERENCES) == [], address
        assert reader.evaluate(_REPEATED_IDS) == [], address
        assert reader.locator("html").get_attribute("lang") == language
        assert reader.locator("h1").count() == 1
        levels = reader.evaluate(_HEADINGS)
        assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_targets_are_large_contrast_is_strong_and_nothing_runs_off(
    reader: Page, site: Site, width: int, scheme: str
) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for language in ("en", "ru"):
        for address in addresses(site):
            reader.goto(f"{site.address}/{language}/{address}")
            assert reader.evaluate(_SMALL) == [], address
            assert reader.evaluate(_CONTRAST) == [], address
            assert reader.evaluate(_TOO_WIDE) <= 0, address


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(reader: Page, site: Site) -> None:
    reader.goto(f"{site.address}/en/matches/{site.story.match.pk}/")
    reader.keyboard.press("Tab")
    assert reader.evaluate("() => document.activeElement.className") == "skip"
    assert reader.evaluate("() => document.activeElement.getBoundingClientRect().top") >= 0
    reader.keyboard.press("Enter")
    assert reader.evaluate("() => document.activeElement.id") == "main"
    seen = set()
    for _ in range(40):
        reader.keyboard.press("Tab")
        style = reader.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.tagName, e.name || '', s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        if style[0] == "BODY":
            break
        assert style[2] == "solid"
        assert style[3] >= 2
        seen.add((style[0], style[1]))
    assert {("INPUT", "answer"), ("TEXTAREA", "ground"), ("BUTTON", "")} <= seen


def test_no_page_asks_anybody_else(reader: Page, site: Site) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    reader.on("request", note)
    complaints: list[str] = []
    reader.on("console", lambda message: complaints.append(message.text))
    for language in LANGUAGES:
        for address in addresses(site)[:-1]:
            reader.goto(f"{site.address}/{language}/{address}")
    assert len(asked) > 4 * 12
    assert {urlsplit(url).netloc for url in asked} == {f"127.0.0.1:{site.port}"}
    assert complaints == []


def test_hostile_names_stay_names(reader: Page, site: Site) -> None:
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    reader.on("dialog", refuse)
    Spelling.objects.create(person=site.story.person, text=HOSTILE)
    Spelling.objects.create(person=site.story.person, text=LONG)
    for number, text in enumerate((HOSTILE, LONG, "\u202e" + "я" * 300)):
        match = matched(site.story.person, site.story.look, text, f"hostile-{number}")
        Match.objects.filter(pk=match.pk).update(verdict="likely", bits=30.0)
    for width in (1200, 360):
        reader.set_viewport_size({"width": width, "height": 800})
        for address in ("", "people/H7K3M/", f"matches/{match.pk}/"):
            reader.goto(f"{site.address}/en/{address}")
            assert reader.evaluate(_TOO_WIDE) <= 0, (address, width)
            assert reader.locator("main script, main img").count() == 0
            assert "<script>alert(1)</script>" in reader.inner_text("main") or "matches" in address
    assert dialogs == []


def test_the_printed_page_has_no_buttons_and_repeats_its_heads(reader: Page, site: Site) -> None:
    reader.goto(f"{site.address}/en/people/H7K3M/")
    reader.emulate_media(media="print")
    assert not reader.get_by_role("button", name="Sign out").is_visible()
    assert not reader.get_by_role("link", name="Add a spelling").is_visible()
    assert reader.get_by_text("Drawn at").is_visible()
    head = "() => getComputedStyle(document.querySelector('thead')).display"
    assert reader.evaluate(head) == "table-header-group"
    assert len(reader.pdf()) > 10_000


def test_two_people_in_one_browser_do_not_see_the_page_of_the_other(
    reader: Page, site: Site
) -> None:
    """After signing out, the way back shows the sign-in page, not a page kept by the browser."""
    reader.goto(f"{site.address}/en/people/H7K3M/")
    reader.get_by_role("button", name="Sign out").click()
    reader.get_by_role("button", name="Sign out").wait_for(state="detached")
    reader.wait_for_load_state()
    reader.go_back()
    reader.wait_for_load_state()
    assert "Выдумов" not in reader.content()
