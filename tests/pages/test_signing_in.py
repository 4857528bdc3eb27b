"""Setting up a passphrase and codes, and signing in with them, in a real browser."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page
from signing import PASSPHRASE, QUICK, app
from site_served import Site
from tests.pages.test_axe import _violations
from tests.pages.test_cases import _SMALL, _TOO_WIDE

from habeas.site.accounts import codes
from habeas.site.models import Account, Failing, RecoveryCode

_SHOTS = os.environ.get("HABEAS_SHOTS", "")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=QUICK):
        yield


def _set_up(page: Page, site: Site) -> str:
    """Set it up as a user does; return the secret."""
    page.goto(f"{site.address}/en/")
    page.get_by_role("link", name="How you sign in").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Your passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("Your passphrase once more").fill(PASSPHRASE)
    page.get_by_label("The six digits that the app shows now").fill(app(secret))
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_selector("ol.codes li >> nth=9")
    Account.objects.update(last_step=-1)  # the test does not wait for half a minute
    return secret


def _sign_in(page: Page, passphrase: str, code: str) -> None:
    page.get_by_label("User name").fill("owner")
    page.get_by_label("Your passphrase").fill(passphrase)
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Sign in").click()


def test_set_up_sign_out_and_in_again(pages: Page, site: Site) -> None:
    secret = _set_up(pages, site)
    pages.get_by_role("link", name="I have written them down").click()
    pages.get_by_role("button", name="Sign out").click()
    pages.goto(f"{site.address}/en/people/")
    _sign_in(pages, "not this one", app(secret))
    assert "do not fit together" in pages.inner_text("main")
    assert pages.get_by_label("User name").input_value() == "owner"
    assert pages.get_by_label("Code", exact=True).input_value() == ""
    _sign_in(pages, PASSPHRASE, app(secret))
    pages.wait_for_url("**/en/people/")
    pages.get_by_role("link", name="Your sign-ins").click()
    words = pages.inner_text("main")
    for expected in ("passphrase and code", "one-time link", "was refused", "set up"):
        assert expected in words


def test_a_recovery_code_brings_a_new_telephone(pages: Page, site: Site) -> None:
    secret = _set_up(pages, site)
    paper = pages.locator("ol.codes code").all_inner_texts()
    pages.get_by_role("button", name="Sign out").click()
    _sign_in(pages, PASSPHRASE, paper[0])
    pages.get_by_role("link", name="How you sign in").click()
    assert "9 recovery codes are left" in pages.inner_text("main")
    pages.get_by_role("link", name="Take another telephone").click()
    other = pages.locator("code.secret").inner_text()
    assert other != secret
    pages.get_by_label("Your passphrase so far").fill(PASSPHRASE)
    pages.get_by_label("Code", exact=True).fill(paper[1])
    pages.get_by_label("The six digits that the new app shows now").fill(app(other))
    pages.get_by_role("button", name="Change it").click()
    pages.wait_for_selector("ol.codes li >> nth=9")
    assert not set(paper) & set(pages.locator("ol.codes code").all_inner_texts())


@dataclass(frozen=True)
class Looking:
    """A browser of one width and language, in which axe may run."""

    page: Page
    site: Site
    language: str

    def at(self, name: str, address: str = "") -> None:
        """Look whether everybody can use a page; the one that is open where no address is given."""
        if address:
            self.page.goto(f"{self.site.address}/{self.language}/{address}")
        assert _violations(self.page) == [], name
        assert self.page.evaluate(_SMALL) == [], name
        assert self.page.evaluate(_TOO_WIDE) <= 0, name
        if _SHOTS:
            self.page.screenshot(path=Path(_SHOTS) / f"{name}-{self.language}.png", full_page=True)


@pytest.mark.parametrize(("language", "width"), [("en", 1200), ("ru", 360)])
def test_everybody_can_use_these_pages(
    browser: Browser, site: Site, language: str, width: int
) -> None:
    # axe is a script, and the pages' own policy forbids every one.
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(site.link())
    page.wait_for_url("**/en/")
    look = Looking(page, site, language)
    look.at("set-up", "sign-in/own/")
    page.locator("main form button").click()
    look.at("set-up-refused")
    _set_up(page, site)
    look.at("own", "sign-in/own/")
    look.at("passphrase", "sign-in/own/passphrase/")
    look.at("factor", "sign-in/own/second-factor/")
    look.at("codes", "sign-in/own/recovery-codes/")
    assert len(_renewed(page)) == 10
    look.at("recovery-codes")
    look.at("sign-ins", "sign-ins/")
    look.at("team", "team/")
    page.locator("header form[action*='sign-out'] button").click()
    look.at("sign-in", "sign-in/?next=/en/people/")
    for name, typed in (("name", "owner"), ("passphrase", "wrong"), ("code", "123456")):
        page.locator(f"[name={name}]").fill(typed)
    page.locator("main form button").click()
    look.at("sign-in-refused")
    context.close()


def _renewed(page: Page) -> list[str]:
    """Make new recovery codes with an old one, and return them."""
    Failing.objects.all().delete()
    account = Account.objects.get()
    made = codes.new_recovery_codes(account)
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("[name=code]").fill(made[0])
    page.locator("main form button").click()
    page.wait_for_selector("ol.codes li >> nth=9")
    assert RecoveryCode.objects.filter(used_at=None).count() == 10
    return page.locator("ol.codes code").all_inner_texts()
