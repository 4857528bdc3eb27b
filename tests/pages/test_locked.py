"""The locked site in a real browser: usable by everybody, with and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page
from site_served import Site
from tests.pages.test_axe import _violations

from habeas.vault import keys, opened, turning
from habeas.vault.keys import new_recovery_key, new_secrets, new_vault

PASSPHRASE = "four words of a poem"
NEW = "five other words of songs"


@pytest.fixture
def protected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home with a passphrase, open; the database of these tests lies elsewhere."""
    monkeypatch.setattr(keys, "_N", 2**10)
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path))
    content = new_secrets()
    turning.write_vault(tmp_path, new_vault(content, PASSPHRASE, new_recovery_key()))
    opened.hold(content, tmp_path)
    with override_settings(HABEAS_HOME=tmp_path):
        yield
    opened.forget(tmp_path)


@pytest.mark.usefixtures("protected")
def test_locked_and_opened_again(pages: Page, site: Site) -> None:
    pages.goto(f"{site.address}/en/passphrase/")
    pages.get_by_role("button", name="Lock now").click()
    pages.wait_for_selector("input[type=password]")
    assert pages.title() == "Locked"
    pages.goto(f"{site.address}/en/people/")
    pages.get_by_label("Passphrase", exact=True).fill("not this one")
    pages.get_by_role("button", name="Open").click()
    assert "This passphrase is wrong" in pages.inner_text("main")
    pages.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    pages.get_by_role("button", name="Open").click()
    pages.wait_for_url("**/en/people/")
    assert site.story.person.code in pages.content()


@pytest.mark.usefixtures("protected")
def test_a_lost_passphrase_is_replaced(pages: Page, site: Site, tmp_path: Path) -> None:
    recovery = turning.renew_recovery(tmp_path, PASSPHRASE)
    opened.lock()
    pages.goto(f"{site.address}/en/people/")
    pages.get_by_text("The passphrase is lost").click()
    pages.get_by_label("Recovery key").fill(recovery)
    pages.get_by_label("New passphrase", exact=True).fill(NEW)
    pages.get_by_label("New passphrase once more").fill(NEW)
    pages.get_by_role("button", name="Set the new passphrase").click()
    pages.wait_for_url("**/en/people/")
    assert site.story.person.code in pages.content()


@pytest.mark.usefixtures("protected")
def test_a_backup_is_downloaded(pages: Page, site: Site) -> None:
    pages.goto(f"{site.address}/en/passphrase/")
    with pages.expect_download() as started:
        pages.get_by_role("button", name="Download a backup").click()
    assert started.value.suggested_filename.startswith("habeas-")


@pytest.mark.usefixtures("protected")
def test_the_passphrase_is_changed(pages: Page, site: Site, tmp_path: Path) -> None:
    pages.goto(f"{site.address}/en/passphrase/")
    pages.get_by_label("Passphrase so far").fill(PASSPHRASE)
    pages.get_by_label("New passphrase", exact=True).fill(NEW)
    pages.get_by_label("New passphrase once more").fill(NEW)
    pages.get_by_role("button", name="Change it").click()
    pages.wait_for_selector("text=The passphrase is changed")
    vault = keys.at(tmp_path)
    assert vault is not None
    assert vault.opened(NEW)


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize("language", ["en", "ru", "tg", "uz"])
def test_axe_finds_nothing_on_the_locked_page(reader: Page, site: Site, language: str) -> None:
    reader.goto(f"{site.address}/{language}/passphrase/")
    assert _violations(reader) == []
    opened.lock()
    reader.set_viewport_size({"width": 360, "height": 800})
    reader.goto(f"{site.address}/{language}/")
    assert _violations(reader) == []
    width = reader.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 360
