"""The proof of a look: each answer is said as it stands after the whole look, none harder."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings
from sealed_stores import page as answer
from sealed_stores import sealer
from site_story import Story

from habeas.evidence import Kept, Store
from habeas.evidence.seals.removals import Reason
from habeas.evidence.seals.removing import remove
from habeas.watch.models import Listing, Look, Version

_EMPTY = {
    "method": "GET",
    "url": "https://mos-gorsud.ru/rs/tverskoj/hearing?day=1",
    "body": "",
    "purpose": "hearings on 24.11.2026, Тверской районный суд",
    "why": "list",
    "outcome": "could_not_look",
    "obstacle": "unconfirmed_empty",
    "rows": 0,
}
_UNBELIEVED = "an empty answer that could not be confirmed"
_BELIEVED = "in this look a list of the same kind that holds entries was read"


def _listed(look: Look, *, confirmed: bool, rows: int = 0) -> None:
    asked = {key: _EMPTY[key] for key in ("method", "url", "body")}
    Listing.objects.create(
        look=look,
        source="ru_mosgorsud",
        scope="day-1",
        family="hearings",
        request=asked,
        confirmed=confirmed,
        rows=rows,
    )


def _page(owner: Client, look: Look, *asked: dict[str, object], language: str = "en") -> str:
    Look.objects.filter(pk=look.pk).update(requests=list(asked))
    text = owner.get(f"/{language}/looks/{look.pk}/").content.decode()
    return re.sub(r"\s+", " ", text)


def test_an_empty_list_that_the_look_confirmed_is_not_called_an_obstacle(
    story: Story, owner: Client
) -> None:
    _listed(story.look, confirmed=True)
    page = _page(owner, story.look, _EMPTY)
    assert _BELIEVED in page
    assert "read whole, no entries listed" in page
    assert _UNBELIEVED not in page


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_empty_answer_stays_an_obstacle_unless_its_own_list_was_confirmed_empty(
    story: Story, owner: Client, *, confirmed: bool
) -> None:
    """Nothing confirmed it, or what was confirmed held entries: then it was no empty list."""
    _listed(story.look, confirmed=confirmed, rows=3 if confirmed else 0)
    page = _page(owner, story.look, _EMPTY)
    assert _UNBELIEVED in page
    assert _BELIEVED not in page


def test_no_other_obstacle_is_excused_by_a_confirmed_list(story: Story, owner: Client) -> None:
    _listed(story.look, confirmed=True)
    page = _page(owner, story.look, _EMPTY | {"obstacle": "captcha"})
    assert "asks for the digits of a picture (captcha)" in page
    assert "could not look" in page
    assert _BELIEVED not in page


def test_a_tombstone_is_an_answer(story: Story, owner: Client) -> None:
    gone = {**_EMPTY, "obstacle": "gone", "why": "look_up", "url": "https://mos-gorsud.ru/case/1"}
    page = _page(owner, story.look, gone)
    assert "answered" in page
    assert "says that the entry was removed or moved" in page
    assert "could not look" not in page


def test_what_was_asked_is_said_in_the_language_of_the_page(story: Story, owner: Client) -> None:
    page = _page(owner, story.look, _EMPTY, language="ru")
    assert "заседания на 24.11.2026, Тверской районный суд" in page
    assert "hearings on" not in page


def test_a_visit_that_somebody_handed_over_is_named(story: Story, owner: Client) -> None:
    words = "handed over by Zarina, 2026-11-24T09:00:00Z"
    assert words in _page(owner, story.look, _EMPTY | {"visit": words})
    assert "Under a visit" not in _page(owner, story.look, _EMPTY)


def test_a_record_that_was_removed_by_policy_is_said_to_be(
    story: Story, owner: Client, tmp_path: Path
) -> None:
    """Where it was kept, and beside every match that rests on it."""
    store = Store(tmp_path / "captures", sealer(tmp_path))
    gone, stays = (store.keep(answer(b"an invented page")) for _number in range(2))
    remove(store.chain, [gone.record_id], reason=Reason.CONSENT)
    with override_settings(HABEAS_HOME=tmp_path):
        _say_removed(story, owner, gone, stays)


def _say_removed(story: Story, owner: Client, gone: Kept, stays: Kept) -> None:
    sentence = "The recorded page was removed by policy on 2026-11-23. Its seal stays."
    asked = {**_EMPTY, "record": gone.record_id}
    assert sentence in _page(owner, story.look, asked | {"path": str(gone.path)})
    assert sentence not in _page(owner, story.look, asked | {"path": str(stays.path)})
    # A path of long ago, of another computer, or of no file at all, is no removal.
    for path in ("/nowhere/at/all.warc.gz", "", "x" * 5000, "a\0b"):
        assert sentence not in _page(owner, story.look, asked | {"path": path})
    record = {"path": str(gone.path), "record": gone.record_id}
    Version.objects.filter(pk=story.match.mention.version_id).update(record=record)
    decide = owner.get(f"/en/matches/{story.match.pk}/").content.decode()
    assert sentence in re.sub(r"\s+", " ", decide)
