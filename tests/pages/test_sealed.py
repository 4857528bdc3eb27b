"""Sealed notes in a real browser: a key, a note, its opening; with and without scripts."""

import pytest
from case_routes import case
from playwright.sync_api import Page
from site_served import Site

from habeas.cases.sealed.models import SealedNote
from habeas.vault import keys

WORDS = "four words of a poem"
TEXT = "Встреча у моста"


def test_a_note_is_sealed_and_opened_again(
    pages: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_N", 2**10)
    code = case(site.story).code
    pages.goto(f"{site.address}/en/notes-key/")
    pages.get_by_label("New passphrase", exact=True).fill(WORDS)
    pages.get_by_label("New passphrase once more").fill(WORDS)
    pages.get_by_role("button", name="Make the key").click()
    pages.wait_for_selector("text=Your key is ready")
    pages.goto(f"{site.address}/en/cases/{code}/notes/seal/")
    pages.get_by_label("The note").fill(TEXT)
    pages.get_by_role("button", name="Seal it").click()
    pages.wait_for_url(f"**/en/cases/{code}/")
    assert TEXT not in pages.content()
    pages.get_by_role("link", name=f"Sealed note {SealedNote.objects.get().pk}").click()
    pages.get_by_label("The passphrase of your notes").fill("not this one at all")
    pages.get_by_role("button", name="Open the note").click()
    assert "This passphrase does not open it" in pages.inner_text("main")
    assert TEXT not in pages.content()
    pages.get_by_label("The passphrase of your notes").fill(WORDS)
    pages.get_by_role("button", name="Open the note").click()
    assert TEXT in pages.inner_text("main")
