"""A full-page picture of a recorded page, and its DOM: drawn by Chromium from the recorded bytes.

The browser asks nobody. It is given the page as it was recorded; style sheets and pictures of the
page are asked for by our own asker, politely, and recorded and sealed like everything else. What
is drawn is marked as made by us: it shows how the recorded bytes look, not what somebody saw.

Playwright and a Chromium are optional: `pip install habeas[pictures]`.
"""

import os
import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from habeas.errors import HabeasError, PictureNotMade
from habeas.evidence import Kept, Store
from habeas.evidence.rendering import Rendering, rendering_records
from habeas.fetch.addresses import parse_address
from habeas.fetch.asking import Answer, Asker
from habeas.fetch.clock import Clock, SystemClock
from habeas.language import _
from habeas.sources.contract import Request
from habeas.sources.registry import host_of, source_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

WIDTH, HEIGHT = 1280, 1024
TALLEST = 16_000
"""Pixels. Chromium draws no taller surface; a taller page is cut, and the facts say so."""

_KINDS = {"stylesheet", "image", "font"}
_WAIT_MS = 30_000
# Nothing listens there: what escaped the routing would fail, and could not reach anybody.
_NOWHERE = "http://127.0.0.1:9"
_FLAGS = ("--disable-gpu", "--disable-background-networking", "--no-first-run")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a picture is made.

    Attributes:
        scripts: whether the page's own scripts are run. They can change what is seen.
        parts: most style sheets, pictures and fonts that are asked for.
        chromium: the program; found by itself if not given.
    """

    scripts: bool = False
    parts: int = 60
    chromium: str = ""


class Painter:
    """Draws pages. Use as a context manager: the browser runs inside.

    Args:
        asker: asks for style sheets and pictures.
        store: where the picture is kept.
        wishes: how it is made.
        clock: time.
    """

    def __init__(
        self,
        asker: Asker,
        store: Store,
        wishes: Wishes | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._asker = asker
        self._store = store
        self._wishes = wishes or Wishes()
        self._clock = clock or SystemClock()

    def paint(self, answer: Answer) -> Kept:
        """Draw a recorded page and keep picture and DOM as a sealed note about it.

        Raises:
            PictureNotMade: there is no page, no Playwright or no Chromium, or it gave up.
            EvidenceNotWritten and others: as `Store.keep`.
        """
        if not answer.capture.body:
            raise PictureNotMade(_("no page came"))
        # In a thread of its own: the browser's library refuses one in which a loop is running.
        with ThreadPoolExecutor(1) as thread:
            rendering = thread.submit(self._rendered, answer).result()
        records, note_id = rendering_records(answer.record, rendering)
        return self._store.add_note(answer.record, records, note_id, moment=rendering.moment)

    def _rendered(self, answer: Answer) -> Rendering:
        parts = _Parts(self._asker, answer, self._wishes)
        with self._browser() as browser, _context(browser, self._wishes) as context:
            page = context.new_page()
            context.route("**/*", parts.answer)
            return self._drawn(page, answer, parts, browser.version)

    def _drawn(self, page: "Page", answer: Answer, parts: "_Parts", version: str) -> Rendering:
        from playwright.sync_api import Error

        try:
            page.goto(answer.exchange.url, wait_until="load", timeout=_WAIT_MS)
            height = int(page.evaluate("document.documentElement.scrollHeight"))
            cut = height > TALLEST
            if cut:
                page.set_viewport_size({"width": WIDTH, "height": TALLEST})
            picture = page.screenshot(full_page=not cut, timeout=_WAIT_MS)
            dom = page.content()
        except Error as error:
            raise PictureNotMade(error.message.partition("\n")[0]) from error
        return Rendering(
            picture=picture,
            dom=dom.encode("utf-8", "replace"),
            moment=self._clock.now(),
            program=f"Chromium {version}",
            width=WIDTH,
            height=min(height, TALLEST),
            cut=cut,
            scripts=self._wishes.scripts,
            parts=tuple(parts.given),
            left_out=dict(parts.left_out),
        )

    @contextmanager
    def _browser(self) -> "Iterator[Browser]":
        try:
            from playwright.sync_api import Error, sync_playwright
        except ImportError as error:
            raise PictureNotMade(_("Playwright is not installed")) from error
        program = self._wishes.chromium or os.environ.get("HABEAS_CHROMIUM") or _found()
        with sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(
                    executable_path=program,
                    args=list(_FLAGS),
                    # Only the superuser's Chromium cannot have its sandbox.
                    chromium_sandbox=getattr(os, "geteuid", lambda: 1)() != 0,
                    proxy={"server": _NOWHERE},
                )
            except Error as error:
                raise PictureNotMade(error.message.partition("\n")[0]) from error
            try:
                yield browser
            finally:
                browser.close()


@dataclass
class _Parts:
    """Gives the browser the recorded page, and what belongs to it; nothing else."""

    asker: Asker
    answered: Answer
    wishes: Wishes
    given: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    _first: bool = True

    def answer(self, route: "Route") -> None:
        """Answer one request of the browser."""
        if self._first:
            self._first = False
            _fulfil(route, self.answered)
            return
        reason = self._refused(route)
        if not reason:
            reason = self._asked(route)
        if reason:
            self.left_out[reason] += 1
            route.abort()

    def _refused(self, route: "Route") -> str:
        """Return why a part is not asked for, empty where it is."""
        request = route.request
        address = host_of(request.url)
        if request.method != "GET" or request.resource_type not in _KINDS:
            return "other_kind"
        if address != host_of(self.answered.exchange.url):
            # A page can name any address; we do not visit others on its word.
            return "other_host"
        if self.answered.exchange.by_name or len(self.given) >= self.wishes.parts:
            return "too_many" if len(self.given) >= self.wishes.parts else "by_name"
        return ""

    def _asked(self, route: "Route") -> str:
        url = route.request.url
        try:
            address = parse_address(url)
            part = self.asker.ask(
                Request(url, purpose="part of a page"), source=source_at(address.host)
            )
        except HabeasError as error:
            return type(error).__name__
        if part.exchange.status is None:
            return str(part.obstacle or "failed")
        self.given.append(part.record.record_id)
        _fulfil(route, part)
        return ""


def _fulfil(route: "Route", answer: Answer) -> None:
    """Tell the browser status, type and the unpacked bytes as recorded."""
    kind = answer.exchange.header("Content-Type")
    route.fulfill(
        status=answer.exchange.status or 0,
        headers={"Content-Type": kind} if kind else {},
        body=answer.capture.body,
    )


@contextmanager
def _context(browser: "Browser", wishes: Wishes) -> "Iterator[BrowserContext]":
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        java_script_enabled=wishes.scripts,
        service_workers="block",
        accept_downloads=False,
        locale="en-US",
        timezone_id="UTC",
    )
    try:
        yield context
    finally:
        context.close()


def _found() -> str:
    """Return the Chromium of this computer."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        program = shutil.which(name)
        if program:
            return program
    raise PictureNotMade(_("there is no Chromium on this computer"))
