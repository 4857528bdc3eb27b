"""Fixtures of the page suite: the site served on loopback, and the system's Chromium to open it."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from django_ready import database
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from site_served import Site
from site_story import NOW, account, told

from habeas.site import serving

__all__ = ["browser", "chromium", "database", "pages", "reader", "site"]

CHROMIUM = Path(os.environ.get("HABEAS_CHROMIUM", "/usr/bin/chromium"))
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def site(database: Path) -> Iterator[Site]:  # noqa: ARG001 - wanted for what it does
    with override_settings(HABEAS_NOW=lambda: NOW), serving.listening() as bound:
        story = told()
        account()
        server = serving.server(bound)
        port = bound.getsockname()[1]
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield Site(port, story)
        serving.stop(server)
        thread.join(timeout=10)
        connections.close_all()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    # The synchronous API runs an event loop in this thread, where Django then refuses to ask its
    # database, although nothing here runs concurrently.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(chromium: Playwright) -> Iterator[Browser]:
    opened = chromium.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
    yield opened
    opened.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def pages(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a fresh browser that came in by a one-time link; once with script, once without."""
    context: BrowserContext = browser.new_context(
        java_script_enabled=request.param, viewport={"width": 1200, "height": 900}, locale="en"
    )
    page = context.new_page()
    page.goto(site.link())
    page.wait_for_url("**/en/")
    yield page
    context.close()


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a signed-in browser with script, in which a test may look around with it."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(site.link())
    page.wait_for_url("**/en/")
    yield page
    context.close()
