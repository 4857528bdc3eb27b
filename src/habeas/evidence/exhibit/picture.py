"""Draws a recorded page with Chromium: no network, no scripts, and nothing but the recorded bytes.

What the browser would fetch besides (styles, pictures) was not recorded, so it is missing in the
drawing. That is less pretty than the page was, and true.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from habeas.evidence.exhibit.facts import STRIP_RATIO, Absence, Area, Picture, Strip
from habeas.evidence.reading import Recorded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

WIDTH = 1100
"""Of the window, in pixels."""
_STRIP = int(WIDTH * STRIP_RATIO)
_LONGEST = 40 * _STRIP
_WAIT_MS = 30_000
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_WORDS = {"text/html", "application/xhtml+xml", "text/plain"}
# Finds the row around the n-th place where a text stands: blanks count as one, case does not.
_FIND_ROW = """
([wanted, nth]) => {
  const flat = text => text.replace(/\\s+/g, " ").trim().toLowerCase();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!flat(node.data).includes(flat(wanted)) || seen++ !== nth) continue;
    const near = node.parentElement.closest("tr, li, p, dd, article") || node.parentElement;
    const box = near.getBoundingClientRect();
    if (!box.width || !box.height) return null;
    return [box.x + scrollX, box.y + scrollY, box.width, box.height];
  }
  return null;
}
"""


def browser_path() -> str:
    """Return the program of a Chromium on this computer, empty where there is none."""
    named = os.environ.get("HABEAS_CHROMIUM", "")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), "")


def draw(recorded: Recorded, marks: Sequence[str]) -> Picture:
    """Return the page as a browser draws it, or why there is no picture.

    Args:
        recorded: the answer.
        marks: texts whose rows are to be marked, as printed.
    """
    if recorded.content_type.split(";")[0].strip().lower() not in _WORDS or not recorded.payload:
        return Picture(absent=Absence.NOT_A_PAGE)
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return Picture(absent=Absence.NO_BROWSER)
    program = browser_path()

    def drawn() -> Picture:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program or None)
            with _opened(browser, recorded) as page:
                return _drawn(page, browser.version, marks)

    try:
        # In a thread of its own: the browser's library refuses one in which a loop is running.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(drawn).result()
    except Error as error:
        return Picture(absent=Absence.FAILED, detail=str(error).partition("\n")[0][:200])


@contextmanager
def _opened(browser: "Browser", recorded: Recorded) -> "Iterator[Page]":
    context = browser.new_context(
        offline=True,
        java_script_enabled=False,
        service_workers="block",
        viewport={"width": WIDTH, "height": _STRIP},
    )
    try:
        page = context.new_page()
        page.set_default_timeout(_WAIT_MS)
        url = recorded.url.partition("#")[0]

        def answer(route: "Route") -> None:
            if route.request.url == page_url and route.request.is_navigation_request():
                headers = {"content-type": recorded.content_type}
                route.fulfill(status=200, headers=headers, body=recorded.payload)
            else:
                # "aborted" leaves the page where it is, also where it sends itself elsewhere.
                route.abort("aborted")

        page_url = url if url.startswith(("http://", "https://")) else "https://page.invalid/"
        page.route("**/*", answer)
        page.goto(page_url)
        yield page
    finally:
        context.close()


def _drawn(page: "Page", version: str, marks: Sequence[str]) -> Picture:
    full = int(page.evaluate("() => document.documentElement.scrollHeight"))
    height = min(max(full, 1), _LONGEST)
    areas = list(_areas(page, marks))
    strips = [
        _strip(page, top, min(_STRIP, height - top), areas) for top in range(0, height, _STRIP)
    ]
    return Picture(tuple(strips), f"Chromium {version}", cut=full > height)


def _areas(page: "Page", marks: Sequence[str]) -> Iterator[Area]:
    for place, wanted in enumerate(marks):
        found: Any = page.evaluate(_FIND_ROW, [wanted, marks[:place].count(wanted)])
        if found is not None:
            yield Area(*map(float, found))


def _strip(page: "Page", top: int, height: int, areas: Sequence[Area]) -> Strip:
    clip = {"x": 0, "y": top, "width": WIDTH, "height": height}
    png = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]  # a TypedDict
    return Strip(png, WIDTH, height, tuple(_within(areas, top, height)))


def _within(areas: Sequence[Area], top: int, height: int) -> Iterator[Area]:
    """Yield the parts of areas that lie in a strip, in the strip's own pixels."""
    for area in areas:
        start, end = max(area.y, top), min(area.y + area.height, top + height)
        if end > start:
            left = max(area.x, 1.0)
            yield Area(left, start - top, min(area.width, WIDTH - left - 1), end - start)
