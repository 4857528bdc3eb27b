"""Events on the pages: who, where, what changed, and what proves an absence."""

import re

import pytest
from django.test import Client, override_settings
from site_story import NOW, PRINTED, Story

from habeas.watch.models import Entry, Event

_SHA256 = "ab" * 32


def _text(owner: Client, address: str) -> str:
    response = owner.get(f"/en/{address}")
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def _vanish(story: Story) -> Event:
    entry = story.match.mention.version.entry
    return Event.objects.create(
        entry=entry,
        look=story.look,
        kind="vanished",
        changes={
            "looks": [story.could_not.pk, story.look.pk],
            "card": "gone",
            "tombstone": {"path": "a.warc.gz", "record": "urn:uuid:1", "sha256": _SHA256},
        },
        at=NOW,
    )


def test_an_entry_that_vanished_is_told_with_its_proof(story: Story, owner: Client) -> None:
    _vanish(story)
    for address in ("", "events/", f"people/{story.person.code}/"):
        page = _text(owner, address)
        assert f"✕ vanished {PRINTED}" in page, address
        assert "05-0001/2026" in page
        assert "Missing from complete lists, one after the other: look 1, look 2." in page
        assert "Its own page: says that the entry was removed or moved." in page
        assert _SHA256 in page
    links = re.findall(r'href="/en/looks/(\d+)/">look', owner.get("/en/events/").content.decode())
    assert links == [str(story.could_not.pk), str(story.look.pk)]


def test_a_match_says_that_its_entry_is_gone_until_it_is_back(story: Story, owner: Client) -> None:
    addresses = ("", f"people/{story.person.code}/", f"matches/{story.match.pk}/")
    gone = "no longer in the list since 2026-11-24 14:30 UTC"
    assert not any(gone in _text(owner, address) for address in addresses)
    vanished = _vanish(story)
    assert all(gone in _text(owner, address) for address in addresses)
    Event.objects.create(entry=vanished.entry, look=story.could_not, kind="returned", at=NOW)
    assert not any(gone in _text(owner, address) for address in addresses)


def test_a_case_that_stands_in_another_list_is_not_gone(story: Story, owner: Client) -> None:
    entry = _vanish(story).entry
    other = Entry.objects.create(
        source=entry.source, identity=entry.identity, scope="2026-11-30", first_look=story.look
    )
    Event.objects.create(entry=other, look=story.look, kind="appeared", at=NOW)
    assert "no longer in the list" not in _text(owner, f"matches/{story.match.pk}/")


def test_what_changed_is_told_before_and_after(story: Story, owner: Client) -> None:
    del story
    page = _text(owner, "events/")
    assert "judge: Былов П.П. → Небывалова И.И." in page
    # The other entry of the story was refused: it is somebody else's.
    assert page.count("+ appeared") == 1


def test_reading_an_entrys_own_page_is_no_event(story: Story, owner: Client) -> None:
    entry = story.match.mention.version.entry
    card = Entry.objects.create(
        source=entry.source,
        identity=entry.identity,
        scope="card mos-gorsud.ru",
        first_look=story.look,
    )
    Event.objects.create(entry=card, look=story.look, kind="appeared", at=NOW)
    assert _text(owner, "events/").count("+ appeared") == 1


@pytest.mark.usefixtures("database")
def test_without_events_the_page_says_so(owner: Client) -> None:
    page = _text(owner, "events/")
    assert "Nothing has happened to an entry that may be about a sought person." in page


@pytest.mark.usefixtures("story")
def test_a_demonstration_says_so_on_every_page_and_moves_on_one(owner: Client) -> None:
    def shown(language: str) -> dict[str, object]:
        return {"said": f"{language}: <b>What happens.</b>", "unfolding": True}

    with override_settings(HABEAS_DEMONSTRATION=shown):
        for address in ("", "events/", "people/add/"):
            page = owner.get(f"/en/{address}").content.decode()
            assert "Demonstration." in page
            assert "en: &lt;b&gt;What happens." in page
            assert ('http-equiv="refresh"' in page) == (address == "")
        assert 'http-equiv="refresh"' not in owner.get("/en/?still").content.decode()
    assert "Demonstration." not in owner.get("/en/").content.decode()
