"""The pages of bundles: whose it is, what it brings, what it does not, and the line for others."""

import io
from pathlib import Path

import pyrage
import pytest
from bundled import locked, packed
from case_story import NOW
from django.test import Client, override_settings
from import_story import HAND
from outgoing_people import paper, said
from received import KEY, NAME, sent, taken, whole

from habeas.cases.importing import applying
from habeas.cases.importing.models import Bundle, Import
from habeas.cases.importing.staging import Sent, stage
from habeas.cases.statements.models import Statement, Subject
from habeas.cases.statements.reading import alive
from habeas.errors import BundleNotOpened


@pytest.fixture(autouse=True)
def _fresh(database: Path) -> None:
    del database


def the_person() -> Subject:
    return Subject.objects.get(kind="person")


def test_the_pages_say_whose_it_is_what_it_brings_and_what_it_does_not(owner: Client) -> None:
    one = whole(said("note", "слово"), withheld=frozenset({"photo"}), left_out=3)
    one["documents"] = whole(documents=(paper(),))["documents"]
    one["documents"][0]["files"] = [
        {"original_sha256": "cd" * 32, "original_bytes": 5, "held": "kind", "why": "слишком"}
    ]
    one["later"] = "a part of a later version"
    content = io.BytesIO(packed(one, key=KEY))
    content.name = "x.tar"
    with override_settings(HABEAS_NOW=lambda: NOW):
        done = owner.post(
            "/en/imports/",
            {"file": content, "speaker": NAME, "role": "monitor"},
        )
        assert done.status_code == 302, done.content.decode()
        address = done["Location"]
        html = owner.get(address).content.decode()
        assert "first time from this key" in html
        assert "cd" * 32 in html
        assert "was not sent" in html
        assert "statements that the sender did not send" in html
        assert "not understood by this habeas" in html
        assert owner.post(address + "compared/").status_code == 302
        assert "was compared with its owner" in owner.get(address).content.decode()
        owner.post(address + "group/", {"group": "alone"})
        owner.post(address + "apply/")
        case = the_person()
        html = owner.get(f"/en/cases/{case.code}/").content.decode()
    assert "Received from others" in html
    assert f"received from {NAME}, " in html
    assert "cd" * 32 in html
    assert Bundle.objects.get().fingerprint


def test_a_home_without_a_key_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.HABEAS_HOME", tmp_path)
    content = locked(packed(whole(said("note")), key=KEY), pyrage.x25519.Identity.generate())
    with pytest.raises(BundleNotOpened, match="no key for bundles yet") as refused:
        stage(Sent(content, "x.age", NAME, "monitor"), HAND)
    assert "habeas keys recipient" in refused.value.advice


def test_a_damaged_bundle_is_refused_on_the_page_in_words(owner: Client) -> None:
    content = io.BytesIO(packed(whole(said("note")), key=KEY)[:-3000])
    content.name = "x.tar"
    with override_settings(HABEAS_NOW=lambda: NOW):
        done = owner.post("/en/imports/", {"file": content, "speaker": NAME, "role": "monitor"})
    assert done.status_code == 422
    assert "The bundle is refused" in done.content.decode()
    assert not Import.objects.exists()


def test_the_line_for_others_is_made_on_a_page(owner: Client) -> None:
    with override_settings(HABEAS_NOW=lambda: NOW):
        assert owner.post("/en/imports/key/").status_code == 302
        html = owner.get("/en/imports/key/").content.decode()
    assert "age1" in html
    assert "AGE-SECRET-KEY" not in html


def test_what_is_not_sent_any_more_is_shown_and_stays(owner: Client) -> None:
    first, second = said("note", "остаётся"), said("note", "отозвано у них")
    taken(sent(whole(first, second)))
    newer = sent(whole(first))
    assert newer.rows.get().out == "nothing_new"
    with override_settings(HABEAS_NOW=lambda: NOW):
        preview = owner.get(f"/en/imports/{newer.pk}/").content.decode()
        assert "Sent before, and not in this bundle" in preview
        applying.apply(newer, HAND)
        html = owner.get(f"/en/cases/{the_person().code}/").content.decode()
    told = html.partition("Not in their newest bundle any more")[2].partition("</p>")[0]
    assert "отозвано у них" in told
    assert "остаётся" not in told
    assert len(alive(list(Statement.objects.order_by("pk")))) == 2
