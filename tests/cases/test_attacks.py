"""What somebody hostile tries: forged forms, injected words, other paths, fixed sessions."""

import gzip
import re
import threading
from html import unescape
from pathlib import Path

import case_routes
import pytest
from case_story import NOW, say
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from site_story import HOSTILE, Story, account, told

from habeas.cases.statements.models import Statement, Subject
from habeas.site import links

INJECTED = (
    "'; DROP TABLE statements_statement; --",
    '" OR ""="',
    "%' OR 1=1 --",
    "{{ settings.SECRET_KEY }}{% include '/etc/passwd' %}",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "\x00\x1b[2J",
    "=HYPERLINK(1)",
)


@pytest.fixture
def story(database: Path) -> Story:
    del database
    return told()


@pytest.mark.parametrize("words", INJECTED)
def test_injected_words_are_kept_and_shown_as_words(
    case: Subject, owner: Client, words: str
) -> None:
    sent = {
        "term": "note",
        "value": words,
        "speaker": words,
        "role": "family",
        "document_kind": "article",
        "zone": "UTC",
        "certainty": "unknown",
        "in_custody": "unknown",
        "visibility": "internal",
        "carrier": words,
        "as_said": words,
    }
    response = owner.post(f"/en/cases/{case.code}/say/", sent)
    if "\x00" in words:
        assert response.status_code == 422
        return
    assert response.status_code == 302
    kept = Statement.objects.get()
    assert kept.speaker == " ".join(words.split())
    shown = owner.get(f"/en/cases/{case.code}/").content.decode()
    assert "<script>alert(1)" not in shown
    assert settings.SECRET_KEY not in shown
    assert kept.speaker in unescape(shown)
    assert owner.post("/en/search/", {"q": words}).status_code == 200
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "files/../../etc/passwd",
        "files/%2e%2e%2f%2e%2e%2fetc%2fpasswd/",
        "photos/..%2f..%2fsecret-key/",
        "documents/1%00/",
        "cases/..%2f..%2f/",
        "static/../../secret-key",
        "static/%2e%2e/%2e%2e/habeas.sqlite3",
    ],
)
def test_no_path_leads_out_of_the_site(case: Subject, owner: Client, address: str) -> None:
    del case
    for prefix in ("/en/", "/"):
        response = owner.get(prefix + address)
        assert response.status_code in {301, 302, 400, 404}, prefix + address
        assert b"root:" not in response.content


def test_a_session_made_before_signing_in_is_not_the_one_after(story: Story) -> None:
    del story
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = "fixedbyanattacker0000000000000000"
    token = links.new_token("owner", timezone.now())
    assert client.get(f"/open/{token}/").status_code == 200
    given = client.cookies[settings.SESSION_COOKIE_NAME]
    assert given.value != "fixedbyanattacker0000000000000000"
    assert given["httponly"]
    assert given["samesite"] == "Strict"
    attacker = Client(SERVER_NAME="127.0.0.1")
    attacker.cookies[settings.SESSION_COOKIE_NAME] = "fixedbyanattacker0000000000000000"
    assert attacker.get("/en/board/").status_code == 302


def test_signing_out_kills_the_session_for_whoever_copied_it(story: Story, owner: Client) -> None:
    del story
    copied = Client(SERVER_NAME="127.0.0.1")
    copied.cookies[settings.SESSION_COOKIE_NAME] = owner.cookies[settings.SESSION_COOKIE_NAME].value
    assert copied.get("/en/board/").status_code == 200
    owner.post("/en/leave/")
    assert copied.get("/en/board/").status_code == 302


def test_a_link_cannot_be_guessed(story: Story) -> None:
    """256 random bits: guesses open nothing, and the link still works after them."""
    del story
    token = links.new_token("owner", timezone.now())
    assert len(token) >= 43
    client = Client(SERVER_NAME="127.0.0.1")
    near = [token[:-1] + letter for letter in "abcdefghijklmnop" if letter != token[-1]]
    for guess in [*near, token.swapcase(), token[:-1], token + "A", "", "admin"]:
        assert client.get(f"/open/{guess}/").status_code in {404, 410}
    assert client.get(f"/open/{token}/").status_code == 200


def test_of_many_who_open_one_link_at_once_one_comes_in(story: Story) -> None:
    del story
    token = links.new_token("owner", timezone.now())
    came: list[int] = []
    ready = threading.Barrier(5)

    def come() -> None:
        ready.wait()
        came.append(Client(SERVER_NAME="127.0.0.1").get(f"/open/{token}/").status_code)
        connections.close_all()

    visitors = [threading.Thread(target=come) for _ in range(5)]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    assert sorted(came) == [200, 410, 410, 410, 410]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.nip.example", "attacker:8000"])
@pytest.mark.parametrize("name", case_routes.PAGES)
def test_a_rebound_name_gets_no_page(story: Story, owner: Client, host: str, name: str) -> None:
    address = case_routes.PAGES[name](story)
    response = owner.get(f"/en/{address}", headers={"Host": host})
    assert response.status_code == 400
    assert "Выдумов" not in response.content.decode()


@pytest.mark.parametrize("name", [*case_routes.PAGES, *case_routes.SENT])
def test_another_page_of_this_machine_can_send_nothing(story: Story, name: str) -> None:
    """Another program's page on loopback is of another origin, and its form has no token."""
    routes = case_routes.PAGES | case_routes.SENT
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    strict.force_login(account())
    address, before = routes[name](story), Statement.objects.count()
    for origin in ("http://127.0.0.1:9999", "null", "http://localhost"):
        sent = {"value": "ложь", "speaker": "чужой", "q": "Выдумов"}
        response = strict.post(f"/en/{address}", sent, headers={"Origin": origin})
        assert response.status_code == 403
    assert Statement.objects.count() == before


@pytest.mark.parametrize("name", case_routes.PAGES)
def test_titles_and_addresses_carry_no_name(story: Story, owner: Client, name: str) -> None:
    address = case_routes.PAGES[name](story)
    page = owner.get(f"/ru/{address}").content.decode()
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found is not None
    assert "выдумов" not in found[1].casefold()
    assert "выдумов" not in address.casefold()
    for link in re.findall(r'(?:href|action|formaction)="([^"]*)"', page):
        assert "выдумов" not in link.casefold()
    assert "<script" not in page
    assert " style=" not in page
    assert not re.search(r"\son[a-z]+=", page)


def test_the_first_page_stays_light_with_forty_cases_on_it(case: Subject, owner: Client) -> None:
    from case_story import invented

    del case
    for n in range(41):
        subject = invented(f"X{n}", f"Небылов Вымышлен {n}")
        say(subject, "custody", "in_custody", about="2026-11-01", details={"place": "Станция № 5"})
        say(subject, "sentence", "9 лет")
        say(subject, "sentence", "10 лет", "Суд")
    shared = sum(_weight(owner, f"/static/site/{name}") for name in ("habeas.css", "icon.svg"))
    for language in ("en", "ru", "tg", "uz", "uz-cyrl"):
        assert _weight(owner, f"/{language}/board/") + shared <= 30_000


def _weight(owner: Client, address: str) -> int:
    response = owner.get(address)
    content = (
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
        if response.streaming
        else response.content
    )
    response.close()
    return len(gzip.compress(content, mtime=0))


def test_nobody_sees_the_file_of_another_by_its_number(story: Story) -> None:
    case_routes.upload(story)
    case_routes.photo(story)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for number in range(1, 4):
        for kind in ("files", "photos"):
            response = stranger.get(f"/en/{kind}/{number}/")
            assert response.status_code == 302
            assert response.content == b""


def test_a_person_of_an_earlier_version_gets_a_case_and_is_found(database: Path) -> None:
    del database
    from habeas.cases.board.models import Standing
    from habeas.cases.search.finding import search
    from habeas.watch.models import Person, Spelling

    call_command("migrate", "search", "zero", verbosity=0)
    call_command("migrate", "board", "zero", verbosity=0)
    person = Person.objects.bulk_create([Person(code="OLD", added_at=NOW)])[0]
    Spelling.objects.bulk_create([Spelling(person=person, text="Афсонаев Тасаввур")])
    call_command("migrate", verbosity=0)
    assert Standing.objects.get().subject.code == "OLD"
    assert [one.code for one in search("Afsonaev").found] == ["OLD"]


def test_hostile_words_in_every_field_break_no_page(case: Subject, owner: Client) -> None:
    say(case, "custody", "in_custody", HOSTILE, about="2026", details={"place": HOSTILE, "x": "y"})
    say(case, "reach", "many", details={"metric": "<b>"})
    say(case, HOSTILE[:60], HOSTILE, HOSTILE)
    for address in ("", "dossier/"):
        assert owner.get(f"/en/cases/{case.code}/{address}").status_code == 200
