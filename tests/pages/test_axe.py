"""Every page through axe-core, the usual checker of WCAG: all rules up to 2.2 AA, and its advice.

axe is handed in from outside of the page, as a browser's developer tools do it; the pages
themselves run no script.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from site_served import Site
from tests.pages.test_reading import LANGUAGES, addresses

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()
_CENTRAL = ("", "people/H7K3M/", "events/", "sources/ru_mosgorsud/")


def _violations(page: Page) -> list[str]:
    results = _AXE.run(page, options={"runOnly": {"type": "tag", "values": _RULES}})
    return [
        f"{one['id']}: {one['help']} {[node['html'][:120] for node in one['nodes']][:3]}"
        for one in results.response["violations"]
    ]


def test_axe_finds_nothing_on_any_page(reader: Page, site: Site) -> None:
    for address in addresses(site):
        reader.goto(f"{site.address}/en/{address}")
        assert _violations(reader) == [], address


def test_axe_finds_nothing_on_a_telephone(reader: Page, site: Site) -> None:
    reader.set_viewport_size({"width": 360, "height": 800})
    for address in _CENTRAL:
        reader.goto(f"{site.address}/en/{address}")
        assert _violations(reader) == [], address


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_axe_finds_nothing_in_any_language(reader: Page, site: Site, language: str) -> None:
    reader.emulate_media(color_scheme="dark")
    for address in ("people/H7K3M/", f"matches/{site.story.match.pk}/"):
        reader.goto(f"{site.address}/{language}/{address}")
        assert _violations(reader) == [], address


def test_axe_would_find_something(reader: Page, site: Site) -> None:
    reader.goto(f"{site.address}/en/")
    reader.evaluate("() => document.documentElement.removeAttribute('lang')")
    assert [one.split(":")[0] for one in _violations(reader)] == ["html-has-lang"]
