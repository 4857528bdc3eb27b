"""The first page is light: pages, style sheet and icon together, and nothing from elsewhere."""

import gzip
import re

import pytest
from django.test import Client
from site_story import PRINTED, Story, matched

from habeas.watch.models import Match, Person, Spelling

# Kilobytes of the style guide, section 3: first page, and style sheet.
_PAGE, _SHEET = 30_000, 15_000
_LINKED = re.compile(r'<(?:link|script|img|source|iframe)\b[^>]*?(?:href|src)="([^"]+)"')


def _bytes(owner: Client, address: str) -> int:
    response = owner.get(address)
    content = (
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
        if response.streaming
        else response.content
    )
    response.close()
    return len(gzip.compress(content, mtime=0))


@pytest.mark.parametrize("language", ["en", "ru", "tg", "uz"])
def test_the_first_page_weighs_little_even_with_much_to_decide(
    language: str, story: Story, owner: Client
) -> None:
    for n in range(60):
        match = matched(story.person, story.look, f"{PRINTED} {n}", f"many-{n}")
        Match.objects.filter(pk=match.pk).update(verdict="likely", bits=20.0 + n)
        person = Person.objects.create(code=f"X{n}")
        Spelling.objects.create(person=person, text=f"Небылов Вымышлен {n}")
    page = owner.get(f"/{language}/").content.decode()
    linked = _LINKED.findall(page)
    assert linked
    assert all(address.startswith("/static/") for address in linked)
    total = _bytes(owner, f"/{language}/") + sum(_bytes(owner, address) for address in linked)
    assert total <= _PAGE


def test_the_style_sheet_weighs_little(owner: Client) -> None:
    assert _bytes(owner, "/static/site/habeas.css") <= _SHEET


def test_the_style_sheet_knows_no_left_and_no_right() -> None:
    from django.contrib.staticfiles import finders

    path = finders.find("site/habeas.css")
    with open(str(path), encoding="utf-8") as file:  # noqa: PTH123 - Django gives a string
        sheet = file.read()
    physical = re.compile(
        r"\b(?:margin|padding|border|inset)?-?(?:left|right)\b|(?<![-\w])(?:width|height|top|bottom)\s*:"
    )
    in_queries = re.sub(r"@media[^{]*", "", sheet)
    assert physical.findall(in_queries) == []
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_no_page_links_anything_from_elsewhere(story: Story, owner: Client) -> None:
    for address in ("", "people/H7K3M/", f"matches/{story.match.pk}/", "sources/", "people/add/"):
        page = owner.get(f"/en/{address}").content.decode()
        assert all(link.startswith("/static/") for link in _LINKED.findall(page))
        assert "<script" not in page
        assert " style=" not in page
        assert not re.search(r"\son[a-z]+=", page)
