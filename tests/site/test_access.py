"""Who may not see a page: nobody without a session sees anything of a case.

Every route of the site stands in `MAY_NOT_SEE` or, with its reason, in `OPEN_TO_ALL`; a new route
without such a line fails the first test.
"""

from collections.abc import Callable, Iterator

import case_routes
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from site_story import NAME, PRINTED, Story

FOR_PROGRAMS = {
    "api-document": "describes the addresses, and holds nothing of anybody",
    "api-people": "tests/cases/test_api.py",
    "api-person": "tests/cases/test_api.py",
    "api-statements": "tests/cases/test_api.py",
    "api-say": "tests/cases/test_api.py",
    "api-consents": "tests/cases/test_api.py",
    "api-left": "tests/cases/test_api.py",
}
"""Addresses that no session opens, with where it is tested who may not see them."""
OPEN_TO_ALL = {
    "open": "the one-time link is how one comes in",
    "sign-in": "tells how to get a link, and nothing else",
    "leave": "ends a session, and shows an empty page",
}
MAY_NOT_SEE: dict[str, Callable[[Story], str]] = {
    "sign-out": lambda _story: "sign-out/",
    "overview": lambda _story: "",
    "people": lambda _story: "people/?part=1",
    "add-person": lambda _story: "people/add/",
    "person": lambda story: f"people/{story.person.code}/",
    "add-spelling": lambda story: f"people/{story.person.code}/spellings/add/",
    "withdraw-spelling": lambda story: f"spellings/{story.spelling.pk}/withdraw/",
    "decide": lambda story: f"matches/{story.match.pk}/",
    "events": lambda _story: "events/?part=1",
    "sources": lambda _story: "sources/",
    "source": lambda _story: "sources/ru_mosgorsud/",
    "hand-over-visit": lambda _story: "sources/ru_mosgorsud/visit/",
    "protection": lambda _story: "passphrase/",
    "backup": lambda _story: "passphrase/backup/",
    "lock": lambda _story: "passphrase/lock/",
    "look": lambda story: f"looks/{story.look.pk}/",
    **case_routes.PAGES,
    **case_routes.FILES,
    **case_routes.SENT,
}
_NO_PAGES = {"sign-out", "backup", "lock", *case_routes.FILES, *case_routes.SENT}
PAGES = {name: address for name, address in MAY_NOT_SEE.items() if name not in _NO_PAGES}


SENT = {
    "answer": "same",
    "ground": "x",
    "spelling": "Кто Угодно",
    "spellings": "Кто Угодно",
    "who": "Кто Угодно",
    "value": "ложь",
    "speaker": "чужой",
    "reason": "x",
    "note": "x",
    "draft_path": "/board/",
    "q": "Выдумов",
    "pasted": "curl 'https://mos-gorsud.ru/' -b 'a=b'",
}


def rows() -> dict[str, int]:
    """Return how many rows each table of ours has."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("habeas.")]
    return {model._meta.label: model._default_manager.count() for model in ours}


def _names(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry)
        else:
            assert isinstance(entry, URLPattern)
            yield entry.name or repr(entry.pattern)


def test_every_route_says_who_may_not_see_it() -> None:
    assert set(_names(get_resolver())) == set(MAY_NOT_SEE) | set(OPEN_TO_ALL) | set(FOR_PROGRAMS)


@pytest.mark.parametrize("name", MAY_NOT_SEE)
def test_without_a_session_a_page_leads_to_the_sign_in_page(
    name: str, story: Story, visitor: Client
) -> None:
    response = visitor.get(f"/en/{MAY_NOT_SEE[name](story)}")
    assert response.status_code == 302
    assert response["Location"].startswith("/en/sign-in/")
    for secret in (NAME, PRINTED, "Выдумов"):
        assert secret not in response.content.decode()
        assert secret not in response["Location"]


@pytest.mark.parametrize("name", MAY_NOT_SEE)
def test_without_a_session_nothing_can_be_sent(name: str, story: Story, visitor: Client) -> None:
    address, before = MAY_NOT_SEE[name](story), rows()
    response = visitor.post(f"/en/{address}", SENT)
    assert response.status_code == 403
    assert rows() == before
    assert not story.match.decisions.exists()
    assert story.person.spellings.count() == 1


@pytest.mark.parametrize("name", MAY_NOT_SEE)
@pytest.mark.usefixtures("database")
def test_without_a_session_even_a_valid_form_token_sends_nothing(name: str, story: Story) -> None:
    careless = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=False)
    address, before = MAY_NOT_SEE[name](story), rows()
    response = careless.post(f"/en/{address}", SENT)
    assert response.status_code == 302
    assert rows() == before
    assert response["Location"].startswith("/en/sign-in/")
    assert not story.match.decisions.exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_user_who_was_switched_off_sees_nothing(name: str, story: Story, owner: Client) -> None:
    User.objects.update(is_active=False)
    response = owner.get(f"/en/{PAGES[name](story)}")
    assert response.status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "add-person",
        "add-spelling",
        "withdraw-spelling",
        "decide",
        *case_routes.PAGES,
        *case_routes.SENT,
    ],
)
@pytest.mark.usefixtures("visitor")
def test_a_form_of_another_site_changes_nothing(name: str, story: Story, owner: Client) -> None:
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    address, before = MAY_NOT_SEE[name](story), rows()
    response = strict.post(f"/en/{address}", SENT, headers={"Origin": "http://evil.example"})
    assert response.status_code == 403
    assert rows() == before
    assert not story.match.decisions.exists()
    assert story.person.spellings.get().withdrawn_at is None
    assert "another site" in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "ru", "tg", "uz", "uz-cyrl"])
def test_the_owner_sees_every_page_in_every_language(
    name: str, language: str, story: Story, owner: Client
) -> None:
    response = owner.get(f"/{language}/{PAGES[name](story)}")
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{language}" dir="ltr">' in page
    title = page[page.index("<title>") : page.index("</title>")]
    for secret in ("Выдумов", "ВЫДУМОВ", "habeas"):
        assert secret not in title


@pytest.mark.parametrize(
    "address",
    [
        "people/NOBODY/",
        "people/NOBODY/spellings/add/",
        "spellings/999/withdraw/",
        "matches/999/",
        "sources/xx_nowhere/",
        "sources/ru_mosgorsud/?day=yesterday",
        "sources/ru_mosgorsud/?day=9999-12-31",
        "sources/ru_mosgorsud/?day=0001-01-01",
        "looks/999/",
        "looks/99999999999999999999999999/",
    ],
)
@pytest.mark.usefixtures("story")
def test_what_is_not_there_is_told_as_such(address: str, owner: Client) -> None:
    response = owner.get(f"/ru/{address}")
    assert response.status_code == 404
    assert "Такой страницы нет" in response.content.decode()
