"""What every answer carries, pages and errors alike."""

import logging

import pytest
from django.test import Client

from habeas.site.logs import Nameless

ADDRESSES = ["/en/", "/en/people/H7K3M/", "/en/sign-in/", "/en/nothing/", "/open/x/", "/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("story")
def test_a_page_is_kept_nowhere_framed_nowhere_and_runs_nothing(
    address: str, owner: Client
) -> None:
    response = owner.get(address)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7", "localhost.evil.example:8000"]
)
@pytest.mark.parametrize("address", ["/en/", "/open/x/", "/en/sign-in/"])
@pytest.mark.usefixtures("story")
def test_a_page_is_not_given_under_another_name(host: str, address: str, owner: Client) -> None:
    response = owner.get(address, headers={"Host": host})
    assert response.status_code == 400
    assert "H7K3M" not in response.content.decode()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:41811", "localhost:8000", "[::1]:8000"])
@pytest.mark.usefixtures("story")
def test_loopback_is_answered_on_any_port(host: str, owner: Client) -> None:
    assert owner.get("/en/", headers={"Host": host}).status_code == 200


def test_the_style_sheet_may_be_kept(owner: Client) -> None:
    response = owner.get("/static/site/habeas.css")
    assert response.status_code == 200
    assert "no-store" not in response["Cache-Control"]
    response.close()


@pytest.mark.usefixtures("story")
def test_the_language_of_the_last_page_is_remembered(owner: Client) -> None:
    owner.get("/tg/")
    assert owner.cookies["habeas-language"].value == "tg"
    assert owner.cookies["habeas-language"]["samesite"] == "Strict"
    assert owner.get("/people/H7K3M/")["Location"] == "/tg/people/H7K3M/"


@pytest.mark.usefixtures("story")
def test_without_a_choice_the_browser_s_language_is_taken(owner: Client) -> None:
    asked = {"Accept-Language": "fr, uz;q=0.8, en;q=0.5"}
    assert owner.get("/", headers=asked)["Location"] == "/uz/"


@pytest.mark.usefixtures("story")
def test_the_language_switch_is_a_plain_list_of_links(owner: Client) -> None:
    page = owner.get("/en/sources/ru_mosgorsud/?day=2026-11-24").content.decode()
    for code in ("en", "ru", "tg", "uz"):
        address = f"/{code}/sources/ru_mosgorsud/?day=2026-11-24"
        assert f'<a href="{address}" hreflang="{code}" lang="{code}"' in page


def test_a_log_line_names_the_place_and_not_the_words() -> None:
    def fail() -> None:
        message = "UNIQUE constraint failed: Ойбодом Выдумов"
        raise ValueError(message)

    try:
        fail()
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            "x.py",
            1,
            "Internal Server Error: %s",
            ("/open/secret-token/",),
            (type(error), error, error.__traceback__),
        )
    written = Nameless().format(record)
    assert "ValueError" in written
    assert "in fail" in written
    assert "Выдумов" not in written
    assert "secret-token" not in written
