"""The public list: one file that asks nobody, says "alleged", and tells no small number."""

import io
from html.parser import HTMLParser

import pytest
from outgoing_people import NAME, hostile, identity, occasion, person, said, story

from habeas.cases.sharing.formats import public_list
from habeas.cases.sharing.outgoing import OutgoingPerson


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _made(*people: OutgoingPerson, lang: str = "en") -> str:
    out = io.BytesIO()
    public_list.write(people, out, occasion(lang=lang))
    return out.getvalue().decode()


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    assert page.open == []
    return page


def test_nothing_is_fetched_and_nothing_runs_whatever_is_said() -> None:
    page = _read(_made(story(photo=b"\x89PNG invented"), hostile()))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "iframe", "object", "form", "svg", "base"}
    for tag, attributes in page.tags:
        assert not [key for key in attributes if key.startswith("on") or key == "srcset"]
        if tag == "img":
            assert str(attributes["src"]).startswith("data:image/png;base64,")
            assert attributes["alt"]
        if tag == "a":
            assert str(attributes["href"]).startswith(("https://", "http://"))


def test_each_name_has_its_script_and_direction() -> None:
    html = _made(story())
    assert f'<h2><bdi lang="und-Cyrl" dir="auto">{NAME}</bdi></h2>' in html
    assert '<bdi lang="und-Arab" dir="rtl">نابود خیالی</bdi>' in html


def test_each_line_names_its_speaker_and_accusations_the_word() -> None:
    html = _made(story())
    assert html.count("says: ") == html.count("<li>")
    assert "accused (alleged): " in html
    assert "article of the charge: alleged: " in html
    assert "Newest statement written down on 21.11.2026." in html


def test_without_consent_no_name_no_photo_no_story() -> None:
    withheld = frozenset({"name", "photo", "story"})
    html = _made(
                 person(said("accusation", "fraud"), names=(), photo=b"\x89PNG",
                        withheld=withheld))  # fmt: skip
    assert NAME not in html
    assert "<img" not in html
    assert "fraud" not in html
    assert identity("person") in html


def test_our_codes_are_not_in_it() -> None:
    assert "H7K3M" not in _made(story(code="H7K3M"))


def test_an_unconfirmed_sighting_is_not_beside_a_name() -> None:
    seen = said("custody", "in_custody", details={"place": "Secret corner"}, about="2026-11-20",
                certainty="unsure")  # fmt: skip
    assert "Secret corner" not in _made(person(seen))
    assert "Secret corner" in _made(person(seen, names=()))


@pytest.mark.parametrize(("count", "told"), [(1, "fewer than 5"), (4, "fewer than 5"), (5, "5")])
def test_a_small_number_is_not_told(count: int, told: str) -> None:
    people = [person(id=identity(n)) for n in range(count)]
    assert f"Number of people in this list: {told}</p>" in _made(*people)


@pytest.mark.parametrize("lang", ["en", "ru", "tg", "uz"])
def test_it_speaks_each_language(lang: str) -> None:
    html = _made(story(), lang=lang)
    assert f'<html lang="{lang}">' in html
    assert ("People we look for" in html) == (lang == "en")
