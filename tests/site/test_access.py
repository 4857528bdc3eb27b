"""Who may not see a page: nobody without a session sees anything of a case.

Every route of the site stands in `MAY_NOT_SEE` or, with its reason, in `OPEN_TO_ALL`; a new route
without such a line fails the first test.

Every route with something variable in its address is also asked by a member who was granted
another case: the answer has to be the one for a case that does not exist, byte by byte, and to cost
as many questions to the database. A route that is of no case says so in `OF_NO_CASE`.
"""

import re
from collections.abc import Callable, Iterator

import case_routes
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from site_story import NAME, PRINTED, Story
from team_story import STRANGER, member

from habeas.cases.access import told
from habeas.cases.access.models import Noted
from habeas.cases.statements.models import Subject

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
    "sign-in": "takes name, passphrase and code, and tells how to get a link; nothing else",
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
    "team": lambda _story: "team/",
    "sign-ins": lambda _story: "sign-ins/",
    "own-sign-in": lambda _story: "sign-in/own/",
    "change-passphrase": lambda _story: "sign-in/own/passphrase/",
    "change-factor": lambda _story: "sign-in/own/second-factor/",
    "renew-codes": lambda _story: "sign-in/own/recovery-codes/",
    "require-factor": lambda _story: "team/second-factor/",
    "change-member": lambda _story: "team/change/",
    "look": lambda story: f"looks/{story.look.pk}/",
    **case_routes.PAGES,
    **case_routes.FILES,
    **case_routes.SENT,
}
_NO_PAGES = {
    "sign-out",
    "backup",
    "lock",
    "change-member",
    "require-factor",
    *case_routes.FILES,
    *case_routes.SENT,
}
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


OF_NO_CASE = {
    "open": "the one-time link",
    "source": "a public source, the same for everybody",
    "hand-over-visit": "a public source, the same for everybody",
    "look": "what was asked of a source; shown without the requests",
    "marks": "a style sheet of numbers",
    "share-as": "everybody whom the one who asks may see",
}
# Whom the owner alone may ask: refused before anything is looked up.
_OWNERS = {"case-access"}
_MISSING_CODE, _MISSING_NUMBER = "ZZZZZZZZZZZZZZZZ", "9"


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, pattern)
        else:
            assert isinstance(entry, URLPattern)
            yield entry.name or "", pattern


ROUTES = {
    name: pattern
    for name, pattern in _routes(get_resolver())
    if "<" in pattern and name not in FOR_PROGRAMS
}
OF_A_CASE = sorted(set(ROUTES) - set(OF_NO_CASE))


@pytest.fixture
def stranger(story: Story) -> Client:
    """A member who may write, and was granted another case than the one of the story."""
    other = Subject.objects.get(person=story.nobody)
    return member(STRANGER, "editor", other)


def _missing(address: str, name: str) -> str:
    """Return the same address of what is not there, of the same length."""
    wanted = re.sub(
        r"(?<=cases/)[^/]+|(?<=people/)[^/]+",
        lambda found: _MISSING_CODE[: len(found[0])],
        address,
    )
    if "<int:pk>" in ROUTES[name] and "<slug:code>" not in ROUTES[name]:
        wanted = re.sub(r"(?<=/)\d+(?=/)", lambda found: _MISSING_NUMBER * len(found[0]), wanted)
    assert wanted != address
    assert len(wanted) == len(address)
    return wanted


def _asked(client: Client, method: str, address: str) -> tuple[HttpResponse, bytes, int]:
    with CaptureQueriesContext(connection) as asked:
        response = getattr(client, method)(f"/en/{address}", SENT if method == "post" else {})
    # The token of the form is masked anew on every page.
    body = re.sub(rb'(?<=csrfmiddlewaretoken" value=")\w+', b"TOKEN", response.content)
    body = body.replace(address.encode(), b"ADDRESS")
    return response, body, len(asked)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_A_CASE)
def test_what_is_not_yours_is_answered_like_what_is_not_there(
    name: str, method: str, story: Story, stranger: Client
) -> None:
    address = MAY_NOT_SEE[name](story)
    _asked(stranger, "get", "board/")  # the first visit of a session is a little dearer
    before = {key: n for key, n in rows().items() if key not in _LOG}
    one, body, queries = _asked(stranger, method, address)
    other, no_body, no_queries = _asked(stranger, method, _missing(address, name))
    assert (one.status_code, one.headers) == (other.status_code, other.headers)
    assert len(one.content) == len(other.content)
    assert body == no_body
    assert queries == no_queries
    expected = {403} if name in _OWNERS else {404, 405}
    assert one.status_code in expected
    for secret in (NAME, PRINTED, "Выдумов", "ВЫДУМОВ"):
        assert secret not in one.content.decode()
    assert {key: n for key, n in rows().items() if key not in _LOG} == before


_LOG = {"access.Noted"}


@pytest.mark.parametrize("name", OF_A_CASE)
def test_either_looking_or_sending_is_answered_with_not_there(
    name: str, story: Story, stranger: Client
) -> None:
    """One of the two methods is understood by every route, and meets the rule itself."""
    address = MAY_NOT_SEE[name](story)
    statuses = {_asked(stranger, method, address)[0].status_code for method in ("get", "post")}
    assert statuses & {403 if name in _OWNERS else 404}


@pytest.mark.parametrize("name", sorted(set(MAY_NOT_SEE) - set(OF_A_CASE) - {"sign-out"}))
def test_pages_of_all_show_the_stranger_nothing_of_the_case(
    name: str, story: Story, stranger: Client
) -> None:
    for make in MAY_NOT_SEE.values():
        make(story)
    response = stranger.get(f"/en/{MAY_NOT_SEE[name](story)}")
    content = response.getvalue().decode()
    assert response.status_code in {200, 403, 405, 302}
    for secret in (NAME, PRINTED, "Выдумов", "ВЫДУМОВ", "H7K3M", "мельницы"):
        assert secret not in content


def test_every_route_with_a_number_tells_the_log_its_case(story: Story, stranger: Client) -> None:
    numbered = {name for name in OF_A_CASE if "<slug:code>" not in ROUTES[name]}
    assert numbered <= told.known()
    statement = MAY_NOT_SEE["statement"](story)
    stranger.get(f"/en/{statement}")
    noted = Noted.objects.order_by("-number").first()
    assert noted is not None
    assert (noted.user, noted.verb, noted.cases) == (STRANGER, "refused", " H7K3M ")


def test_no_route_is_forgotten() -> None:
    assert set(OF_NO_CASE) <= set(ROUTES)
    assert set(OF_A_CASE) <= set(MAY_NOT_SEE)
    assert set(OF_NO_CASE) <= set(MAY_NOT_SEE) | set(OPEN_TO_ALL)
