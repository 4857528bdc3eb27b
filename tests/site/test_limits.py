"""Guessing is made slow, nobody is shut out, and the counts outlive the process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone
from django_ready import POSTGRESQL, SQLITE, use
from signing import QUICK, Member, by_link, sent, set_up, stranger

from habeas.site.accounts import limits
from habeas.site.accounts.limits import Limit
from habeas.site.models import Arrival, Failing, SignInNote

START = timezone.now()
EITHER = pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
HOME, AWAY = "203.0.113.5", "198.51.100.7"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=QUICK):
        yield


@pytest.fixture
def sado(database: Path) -> Member:  # noqa: ARG001 - wanted for what it does
    return set_up()


def wrong(name: str, address: str) -> int:
    """Return the status of a try with a wrong passphrase."""
    typed = {"name": name, "passphrase": "not this one", "code": "123456"}
    return sent(stranger(address), typed).status_code


def later(seconds: float) -> None:
    """Let time pass for the counts."""
    for one in Failing.objects.all():
        Failing.objects.filter(pk=one.pk).update(at=one.at - timedelta(seconds=seconds))


@EITHER
def test_after_some_failures_a_try_has_to_wait_though_all_is_right(sado: Member) -> None:
    assert [wrong("sado", AWAY) for _ in range(6)] == [422] * 6
    answer = sent(stranger(AWAY), sado.typed())
    assert answer.status_code == 429
    assert answer["Retry-After"] in {"1", "2"}
    assert "Too many wrong tries. Wait" in answer.content.decode()
    assert Arrival.objects.filter(way="code").count() == 0
    later(2)
    assert sent(stranger(AWAY), sado.typed()).status_code == 302


def test_pauses_grow_and_end() -> None:
    of = Limit("x", 5, 60)
    pauses = [of.waits_s(times, timedelta(0)) for times in range(13)]
    assert pauses == [0, 0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60]
    assert of.waits_s(10**9, timedelta(seconds=59.5)) == 1
    assert of.waits_s(10**9, timedelta(seconds=60)) == 0
    assert of.waits_s(10**9, limits.FORGOTTEN) == 0
    # A clock that was set back makes nobody wait for longer.
    assert of.waits_s(10**9, timedelta(days=-9)) == 60


@pytest.mark.usefixtures("database")
def test_no_limit_is_longer_than_minutes() -> None:
    every = limits.of_sign_in("sado", AWAY, START) + limits.of_own_page("sado")
    assert max(one.longest_s for one in every) <= 300
    assert len(every) == 4


@pytest.mark.usefixtures("database")
def test_a_try_during_a_pause_makes_it_no_longer() -> None:
    counted = limits.of_sign_in("sado", AWAY, START)
    while not limits.begin(counted, START):
        pass
    before = list(Failing.objects.values_list("times", "at"))
    for _ in range(20):
        assert limits.begin(counted, START + timedelta(seconds=1))
    assert list(Failing.objects.values_list("times", "at")) == before


@pytest.mark.parametrize("name", ["sado", "nobody"])
@pytest.mark.usefixtures("sado")
def test_an_unknown_name_has_the_same_pauses(name: str) -> None:
    answers = [wrong(name, AWAY) for _ in range(9)]
    assert answers == [422] * 6 + [429] * 3


@pytest.mark.usefixtures("database")
def test_hours_of_guessing_look_at_few_guesses() -> None:
    """A name is guessed at once a minute, and from many addresses no faster."""
    looked, at = 0, START
    for n in range(2 * 3600 // 5):
        at = START + timedelta(seconds=5 * n)
        address = f"198.51.{n % 40}.{n % 200 + 1}"
        looked += not limits.begin(limits.of_sign_in("sado", address, at), at)
    assert looked <= 20 + 2 * 60 + 5


@pytest.mark.usefixtures("database")
def test_from_one_address_many_names_are_not_guessed_either() -> None:
    looked, hours = 0, 2
    for n in range(hours * 3600 // 10):
        at = START + timedelta(seconds=10 * n)
        looked += not limits.begin(limits.of_sign_in(f"name{n}", AWAY, at), at)
    assert looked <= 10 + hours * 12 + 9


def test_a_stranger_elsewhere_keeps_nobody_out_where_they_always_sit(sado: Member) -> None:
    by_link("sado", REMOTE_ADDR=HOME)
    for n in range(60):
        assert wrong("sado", f"198.51.{n}.7") in {422, 429}
    assert wrong("sado", "198.51.99.9") == 429
    assert sent(stranger(HOME), sado.typed()).status_code == 302
    assert by_link("sado").get("/en/").status_code == 200


def test_the_link_of_the_machine_works_whatever_was_guessed(sado: Member) -> None:
    for _ in range(30):
        wrong("sado", AWAY)
    assert sado.name
    assert wrong("sado", AWAY) == 429
    assert by_link("sado", REMOTE_ADDR=AWAY).get("/en/").status_code == 200


def test_a_sign_in_of_ones_own_does_not_buy_more_guesses(sado: Member) -> None:
    """Whoever has an account of their own could else guess at others between two sign-ins."""
    mallory = set_up("mallory")
    looked = 0
    for n in range(40):
        looked += wrong(f"sado{n}", AWAY) == 422
        mallory.fresh()
        sent(stranger(AWAY), mallory.typed())
    assert looked <= 12
    assert sado.name


@EITHER
def test_of_many_tries_at_once_no_more_are_looked_at(sado: Member, database: Path) -> None:
    if connection.settings_dict["ENGINE"].endswith("sqlite3"):
        use(database)

    def guess(_n: int) -> int:
        try:
            return wrong("sado", AWAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(30)))
    assert set(answers) == {422, 429}
    assert answers.count(422) <= 7
    assert SignInNote.objects.filter(what="refused").count() == answers.count(422)
    assert sado.name


_ELSEWHERE = """
import django_ready
from pathlib import Path
import os
django_ready.use(Path(os.environ["TESTED"]), os.environ["TESTED_AT"])
from django.test import override_settings
from signing import QUICK, sent, stranger
with override_settings(SECRET_KEY=os.environ["TESTED_KEY"], PASSWORD_HASHERS=QUICK):
    typed = {"name": "sado", "passphrase": "not this one", "code": "123456"}
    print(sent(stranger("198.51.100.7"), typed).status_code)
"""


@EITHER
def test_the_counts_outlive_the_process(sado: Member, database: Path) -> None:
    from django.conf import settings

    assert sado.name
    assert [wrong("sado", AWAY) for _ in range(10)][-1] == 429
    Failing.objects.update(times=50)
    connections.close_all()
    more = {
        "TESTED": str(database),
        "TESTED_AT": os.environ["HABEAS_DATABASE"],
        "TESTED_KEY": settings.SECRET_KEY,
        "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
    }
    done = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        env=os.environ | more,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "429\n"


@pytest.mark.usefixtures("database")
def test_what_is_counted_tells_no_name_and_no_address() -> None:
    wrong("sado", AWAY)
    assert not Failing.objects.filter(of__contains="sado").exists()
    assert all(len(one) == 64 for one in Failing.objects.values_list("of", flat=True))


@pytest.mark.usefixtures("database")
def test_old_counts_are_removed() -> None:
    for n in range(5):
        wrong(f"name{n}", f"198.51.{n}.7")
    assert Failing.objects.count() == 15
    later(limits.FORGOTTEN.total_seconds() + 1)
    wrong("other", AWAY)
    assert Failing.objects.count() == 3


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("198.51.100.7", "198.51.100.8", False),
        ("198.51.100.7", "::ffff:198.51.100.7", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_addresses_that_one_has_many_of_are_counted_together(
    one: str,
    other: str,
    alike: bool,  # noqa: FBT001 - a column of a table
) -> None:
    assert (limits._counted(one) == limits._counted(other)) == alike
    assert limits._counted(one)


@pytest.mark.usefixtures("database")
def test_behind_a_proxy_that_is_not_named_its_address_locks_nobody() -> None:
    every = [limits.of_sign_in(f"name{n}", "127.0.0.1", START) for n in range(60)]
    assert [limits.begin(one, START) for one in every] == [0] * 60
