"""The locked site: one page, nothing of the database, patience with guessing; the page about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client, override_settings
from site_story import Story

from habeas.site import locking
from habeas.site.locking import Guard
from habeas.vault import keys, opened, turning
from habeas.vault.backup import restore
from habeas.vault.keys import new_recovery_key, new_secrets, new_vault

PASSPHRASE = "four words of a poem"
NEW = "five other words of songs"


class Passing:
    """Monotonic time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Passing:
    passing = Passing()
    monkeypatch.setattr(locking, "GUARD", Guard(15 * 60, passing))
    return passing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with a passphrase, open; the database of these tests lies elsewhere."""
    monkeypatch.setattr(keys, "_N", 2**10)
    monkeypatch.setenv("HABEAS_HOME", str(tmp_path))
    content = new_secrets()
    turning.write_vault(tmp_path, new_vault(content, PASSPHRASE, new_recovery_key()))
    opened.hold(content)
    with override_settings(HABEAS_HOME=tmp_path):
        yield tmp_path
    opened.forget(tmp_path)


def _unlock(client: Client, passphrase: str, **more: str) -> object:
    form = {"token": locking.GUARD.token, "passphrase": passphrase, "after": "/en/people/"}
    return client.post("/unlock/", form | more)


@pytest.mark.usefixtures("story", "home")
def test_without_a_visit_it_locks_and_with_visits_it_does_not(
    owner: Client, clock: Passing
) -> None:
    for _visit in range(4):
        clock.now += 14 * 60
        assert owner.get("/en/people/").status_code == 200
    clock.now += 15 * 60
    response = owner.get("/en/people/")
    assert response.status_code == 423
    assert response["Cache-Control"] == "no-store"
    assert "script-src 'none'" in response["Content-Security-Policy"]
    assert not opened.is_open()


@pytest.mark.usefixtures("story")
def test_a_site_that_served_for_hours_is_not_locked_as_soon_as_a_passphrase_is_set(
    owner: Client, clock: Passing, request: pytest.FixtureRequest
) -> None:
    assert owner.get("/en/people/").status_code == 200
    clock.now += 60 * 60
    request.getfixturevalue("home")
    assert owner.get("/en/people/").status_code == 200
    clock.now += 15 * 60
    assert owner.get("/en/people/").status_code == 423


@pytest.mark.usefixtures("home", "clock")
def test_locked_it_asks_nothing_of_the_database_and_tells_nothing(
    story: Story, owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.lock()
    connection.close()

    def refused(*_arguments: object) -> object:
        raise AssertionError("a locked site opened the database")

    monkeypatch.setattr(type(connections["default"]), "get_new_connection", refused)
    for address in (
        "/",
        "/en/people/",
        f"/ru/people/{story.person.code}/",
        "/open/token/",
        "/nowhere/",
    ):
        response = owner.get(address)
        assert response.status_code == 423, address
        content = response.content.decode()
        assert story.person.code not in content.replace(address, "")
        assert 'type="password"' in content
    assert "Заблокировано" in owner.get("/ru/people/").content.decode()
    sent = owner.post("/en/people/add/", {"names": "typed"})
    assert sent.status_code == 423
    assert "go back and send it again" in sent.content.decode()
    sheet = owner.get("/static/site/habeas.css")
    assert sheet.status_code == 200
    sheet.close()
    assert owner.get("/en/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.usefixtures("story", "home", "clock")
def test_the_right_passphrase_goes_on_where_the_visitor_was(owner: Client) -> None:
    opened.lock()
    assert _unlock(owner, PASSPHRASE)["Location"] == "/en/people/"  # type: ignore[index]
    assert owner.get("/en/people/").status_code == 200
    assert owner.get("/unlock/")["Location"] == "/"


@pytest.mark.usefixtures("story", "home", "clock")
@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example/x", "/unlock/"])
def test_it_leads_nowhere_else(owner: Client, after: str) -> None:
    opened.lock()
    assert _unlock(owner, PASSPHRASE, after=after)["Location"] == "/"  # type: ignore[index]


@pytest.mark.usefixtures("story", "home", "clock")
def test_another_sites_form_is_not_even_tried(owner: Client) -> None:
    opened.lock()
    assert _unlock(owner, PASSPHRASE, token="guessed").status_code == 423  # type: ignore[attr-defined]
    assert not opened.is_open()


@pytest.mark.usefixtures("story", "home")
def test_guessing_is_slow(owner: Client, clock: Passing) -> None:
    opened.lock()
    for _try in range(5):
        page = _unlock(owner, "not this one").content.decode()  # type: ignore[attr-defined]
    assert "Wait 30 seconds" in page
    # Even the right one is not looked at now.
    assert _unlock(owner, PASSPHRASE).status_code == 423  # type: ignore[attr-defined]
    clock.now += 31
    assert _unlock(owner, PASSPHRASE).status_code == 302  # type: ignore[attr-defined]


@pytest.mark.usefixtures("story", "clock")
def test_a_damaged_vault_is_told_on_the_page(owner: Client, home: Path) -> None:
    opened.lock()
    (home / keys.FILE).write_text("{}", "utf-8")
    page = _unlock(owner, PASSPHRASE).content.decode()  # type: ignore[attr-defined]
    assert "Put back this one file" in page


@pytest.mark.parametrize(
    ("said", "minutes"), [("", 15), ("3", 3), ("0", 0), ("soon", 15), ("-2", 0)]
)
def test_how_long_it_waits(said: str, minutes: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HABEAS_LOCK_AFTER", said)
    assert locking.minutes() == minutes


@pytest.mark.usefixtures("home")
def test_zero_minutes_is_never(clock: Passing) -> None:
    guard = Guard(0, clock)
    clock.now += 10**6
    guard.lock_if_idle()
    assert opened.is_open()


# --- the page about the passphrase ---------------------------------------------------------------


@pytest.mark.usefixtures("story")
def test_without_a_passphrase_the_page_says_how_to_set_one(owner: Client) -> None:
    page = owner.get("/en/passphrase/").content.decode()
    assert "No passphrase protects what is kept here." in page
    assert "habeas passphrase set" in page
    assert 'type="password"' not in page
    assert (
        owner.post("/en/passphrase/", {"old": PASSPHRASE, "new": NEW, "again": NEW}).status_code
        == 200
    )


@pytest.mark.usefixtures("story", "clock")
def test_it_is_changed_on_the_page(owner: Client, home: Path) -> None:
    right = {"old": PASSPHRASE, "new": NEW, "again": NEW}
    for wrong, words in (
        ({"old": "another one of them"}, "This passphrase is wrong."),
        ({"again": "five other words of song"}, "The two new passphrases differ."),
        ({"new": "short", "again": "short"}, "This passphrase is too short."),
        ({"new": "", "again": ""}, "Type a passphrase."),
    ):
        response = owner.post("/en/passphrase/", right | wrong)
        assert response.status_code == 422
        assert words in response.content.decode()
        assert PASSPHRASE not in response.content.decode()
    assert owner.post("/en/passphrase/", right).status_code == 302
    vault = keys.at(home)
    assert vault is not None
    assert vault.opened(NEW)


@pytest.mark.usefixtures("story", "home", "clock")
def test_it_is_locked_by_hand(owner: Client) -> None:
    page = owner.get("/en/passphrase/").content.decode()
    assert "locks itself after 15 minutes" in page
    assert owner.get("/en/passphrase/lock/").status_code == 405
    assert owner.post("/en/passphrase/lock/").status_code == 302
    assert owner.get("/en/passphrase/").status_code == 423


@pytest.mark.usefixtures("story", "home", "clock")
def test_who_is_not_signed_in_sees_nothing_of_it(visitor: Client) -> None:
    assert visitor.get("/en/passphrase/").status_code == 302
    assert visitor.post("/en/passphrase/lock/").status_code == 403
    assert opened.is_open()


@pytest.mark.usefixtures("story", "clock")
def test_a_lost_passphrase_is_replaced_on_the_locked_page(owner: Client, home: Path) -> None:
    recovery = turning.renew_recovery(home, PASSPHRASE)
    opened.lock()
    right = {"recovery": recovery.lower(), "new": NEW, "again": NEW}
    for wrong, words in (
        ({"recovery": "AAAAA-BBBBB"}, "This recovery key does not fit."),
        ({"again": "another"}, "The two new passphrases differ."),
        ({"new": "short", "again": "short"}, "The passphrase is too short"),
    ):
        response = _unlock(owner, "", **{**right, **wrong})
        assert response.status_code == 423  # type: ignore[attr-defined]
        assert words in response.content.decode()  # type: ignore[attr-defined]
        assert not opened.is_open()
    assert _unlock(owner, "", **right).status_code == 302  # type: ignore[attr-defined]
    opened.lock()
    opened.open_with(NEW)


@pytest.mark.usefixtures("story", "clock")
def test_a_backup_is_downloaded_and_opens(owner: Client, home: Path, tmp_path: Path) -> None:
    (home / "captures").mkdir()
    (home / "captures" / "note").write_bytes("Вымышленов".encode())
    response = owner.post("/en/passphrase/backup/")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="habeas-')
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    response.close()
    assert "Вымышленов".encode() not in content
    assert not list((home / "using").glob("backup-*"))
    file = tmp_path / "downloaded.zip"
    file.write_bytes(content)
    again = tmp_path.with_name(tmp_path.name + "-again")
    restore(file, again, PASSPHRASE)
    assert (again / "captures/note").read_bytes() == "Вымышленов".encode()


@pytest.mark.usefixtures("story")
def test_without_a_passphrase_no_backup_is_handed_out(owner: Client) -> None:
    assert owner.post("/en/passphrase/backup/")["Location"] == "/en/passphrase/"
    assert owner.get("/en/passphrase/backup/").status_code == 405
