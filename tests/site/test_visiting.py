"""Handing over a visit on the page of a source."""

import html
from pathlib import Path

import pytest
from django.test import Client
from site_story import NOW, Story, look_at

from habeas.fetch import Visits
from habeas.watch.models import Watch

_PASTED = "curl 'https://mos-gorsud.ru/rs/' -b 'sid=abc' -H 'User-Agent: Mozilla/5.0 (invented)'"
_PAGE = "/en/sources/ru_mosgorsud/visit/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("story")
def test_a_visit_is_taken_over_with_the_name_of_who_gave_it(owner: Client) -> None:
    assert "answers no captcha" in owner.get(_PAGE).content.decode()
    done = owner.post(_PAGE, {"pasted": _PASTED}, follow=True)
    assert "The visit was taken over." in done.content.decode()
    visit = Visits().of("mos-gorsud.ru")
    assert visit is not None
    assert (visit.by, visit.cookie, visit.at) == ("owner", "sid=abc", NOW)


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "Paste the request"),
        ("mos-gorsud.ru", "no request that a browser copied"),
        ("curl 'https://mos-gorsud.ru/'", "no request that a browser copied"),
        (_PASTED.replace("mos-gorsud.ru", "elsewhere.example"), "is not a host of this source"),
        ("curl " + "x" * 70_000, "longer than any request"),
    ],
)
def test_what_cannot_be_taken_over_is_told_and_changes_nothing(
    owner: Client, pasted: str, words: str
) -> None:
    refused = owner.post(_PAGE, {"pasted": pasted})
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert Visits().all() == []


@pytest.mark.usefixtures("story")
def test_a_file_that_was_spoilt_is_left_alone(owner: Client) -> None:
    Visits().path.parent.mkdir(parents=True)
    Visits().path.write_text("spoilt")
    refused = owner.post(_PAGE, {"pasted": _PASTED})
    assert "could not be kept" in refused.content.decode()
    assert Visits().path.read_text() == "spoilt"


def test_only_a_source_that_asks_for_a_picture_offers_it(story: Story, owner: Client) -> None:
    offer = "hand over my visit"
    page = "/en/sources/ru_mosgorsud/"
    assert offer not in owner.get(page).content.decode()
    Watch.objects.filter(pk=story.court.pk).update(every_s=86_400)
    story.court.refresh_from_db()
    look = look_at(story.court, NOW, "captcha")
    assert look.requests[0]["url"] in html.unescape(owner.get(_PAGE).content.decode())
    assert offer in owner.get(page).content.decode()


@pytest.mark.usefixtures("story")
def test_no_source_no_page(owner: Client) -> None:
    assert owner.get("/en/sources/unheard-of/visit/").status_code == 404
