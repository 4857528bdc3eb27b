"""The proof of a look: each answer is said as it stands after the whole look, none harder."""

import re

import pytest
from django.test import Client
from site_story import Story

from habeas.watch.models import Listing, Look

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
