"""The one-time link: once, for an hour, for one browser."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from django.utils import timezone
from django_ready import use

from habeas.site import links
from habeas.site.models import OneTimeLink

HERE = "127.0.0.1"


def test_a_link_signs_its_owner_in(visitor: Client) -> None:
    token = links.new_token("owner", timezone.now())
    response = visitor.get(f"/open/{token}/")
    assert response.status_code == 200
    assert response["Refresh"].startswith("0; url=/")
    assert visitor.get("/en/").status_code == 200
    assert User.objects.get().username == "owner"
    assert not User.objects.get().has_usable_password()


def test_a_link_is_dead_after_its_use(visitor: Client) -> None:
    token = links.new_token("owner", timezone.now())
    visitor.get(f"/open/{token}/")
    second = Client(SERVER_NAME=HERE)
    response = second.get(f"/open/{token}/")
    assert response.status_code == 410
    assert "no longer valid" in response.content.decode()
    assert "habeas-session" not in second.cookies
    assert second.get("/en/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/open/x/", "/open/%00/", "/open/" + "a" * 5000 + "/", "/open/%F0%9F%98%80/"]
)
def test_a_guessed_link_opens_nothing(address: str, visitor: Client) -> None:
    links.new_token("owner", timezone.now())
    assert visitor.get(address).status_code == 410
    assert OneTimeLink.objects.get().used_at is None


@pytest.mark.usefixtures("database")
def test_a_link_that_nobody_used_dies_after_an_hour() -> None:
    made = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    token = links.new_token("owner", made)
    assert links.spend(token, made + links.LIVES) is None
    assert links.spend(token, made + links.LIVES - timedelta(seconds=1)) is not None


def test_the_token_is_kept_nowhere(database: Path) -> None:
    token = links.new_token("owner", timezone.now())
    row = OneTimeLink.objects.values().get()
    assert all(token not in str(value) for value in row.values())
    for file in database.parent.glob("habeas.sqlite3*"):
        assert token.encode() not in file.read_bytes()


def test_of_eight_browsers_at_once_one_comes_in(database: Path) -> None:
    token = links.new_token("owner", timezone.now())

    def come() -> int:
        try:
            return Client(SERVER_NAME=HERE).get(f"/open/{token}/").status_code
        finally:
            connections.close_all()

    use(database)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _n: come(), range(8)))
    assert sorted(answers) == [200] + [410] * 7


def test_a_browser_that_only_guesses_does_not_spend_the_link(visitor: Client) -> None:
    token = links.new_token("owner", timezone.now())
    asked = visitor.get(f"/open/{token}/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert asked.status_code == 503
    assert visitor.head(f"/open/{token}/").status_code == 405
    assert visitor.get(f"/open/{token}/").status_code == 200


def test_the_link_of_a_user_who_was_switched_off_opens_nothing(visitor: Client) -> None:
    User.objects.create(username="gone", is_active=False)
    token = links.new_token("gone", timezone.now())
    assert visitor.get(f"/open/{token}/").status_code == 410


def test_the_session_cookie_is_out_of_reach(visitor: Client) -> None:
    visitor.get(f"/open/{links.new_token('owner', timezone.now())}/")
    cookie = visitor.cookies["habeas-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["max-age"]  # ends with the browser
    assert set(visitor.cookies) <= {"habeas-session", "habeas-language"}


def test_signing_out_is_a_form_and_ends_the_session(owner: Client) -> None:
    assert owner.get("/en/sign-out/").status_code == 405
    assert owner.get("/en/").status_code == 200
    assert owner.post("/en/sign-out/").status_code == 302
    assert owner.get("/en/").status_code == 302


def test_the_sign_in_page_sends_the_owner_on(owner: Client) -> None:
    response = owner.get("/en/sign-in/")
    assert response.status_code == 302
    assert response["Location"] == "/en/"


def test_the_old_session_is_not_taken_over(visitor: Client) -> None:
    """Somebody who planted a session in this browser does not come in with the owner."""
    visitor.cookies["habeas-session"] = "plantedplantedplantedplantedplan"
    visitor.get(f"/open/{links.new_token('owner', timezone.now())}/")
    assert visitor.cookies["habeas-session"].value != "plantedplantedplantedplantedplan"
