"""Signing in by name, passphrase and code: what comes in, and that nothing else tells anything."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import DatabaseError, connection, connections, transaction
from django.test import override_settings
from django_ready import POSTGRESQL, SQLITE, use
from signing import PASSPHRASE, QUICK, Member, app, sent, set_up, stranger

from habeas.site.accounts import codes
from habeas.site.models import Account, Arrival, Failing, RecoveryCode, SignInNote

WRONG = "do not fit together"
EITHER = pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=QUICK):
        yield


@pytest.fixture
def sado(database: Path) -> Member:  # noqa: ARG001 - wanted for what it does
    return set_up()


def forget() -> None:
    """Forget failures: the test is not about them."""
    Failing.objects.all().delete()


# --- what comes in


@EITHER
def test_name_passphrase_and_code_open_the_site(sado: Member) -> None:
    client = stranger()
    answer = sent(client, sado.typed())
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert client.get("/en/").status_code == 200
    came = Arrival.objects.order_by("-pk")[0]
    assert (came.user_name, came.way, came.network) == ("sado", "code", "198.51.100.0/24")


@pytest.mark.parametrize(
    "wrong",
    [
        {"passphrase": "four sheep on a wal"},
        {"passphrase": PASSPHRASE.upper()},
        {"name": "sada"},
        {"name": "SADO"},
        {"code": "000000"},
        {"code": "2345 6789 ABCD EFGH"},
        {"code": "٠٠٠٠٠٠"},
        {"code": "' OR 1=1 --"},
    ],
)
def test_where_one_of_the_three_is_wrong_nobody_comes_in(
    sado: Member, wrong: dict[str, str]
) -> None:
    client = stranger()
    answer = sent(client, sado.typed(**wrong))
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert client.get("/en/").status_code == 302
    assert Arrival.objects.filter(way="code").count() == 0


def test_a_code_is_typed_as_the_app_shows_it_or_in_other_digits(sado: Member) -> None:
    code = sado.code()
    assert sent(stranger(), sado.typed(code=f" {code[:3]} {code[3:]} ")).status_code == 302
    arabic = "".join(chr(0x0660 + int(one)) for one in sado.fresh())
    assert sent(stranger(), sado.typed(code=arabic)).status_code == 302


def test_a_passphrase_of_letters_put_together_otherwise_is_the_same(database: Path) -> None:
    """A Mac sends й as two signs where a telephone sends one."""
    assert database
    one = set_up("lola", "чотири й овча стена")
    assert "й" in one.passphrase
    assert sent(stranger(), one.typed(passphrase="чотири й овча стена")).status_code == 302


def test_the_app_follows_the_published_examples() -> None:
    """RFC 6238, appendix B: the secret is "12345678901234567890", codes of eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    expected = {
        59: "94287082",
        1111111109: "07081804",
        1111111111: "14050471",
        1234567890: "89005924",
        2000000000: "69279037",
        20000000000: "65353130",
    }
    assert {at: app(secret, at, digits=8) for at in expected} == expected


# --- the clock, and codes that were used


@pytest.mark.parametrize(
    ("off_s", "status"), [(-65, 422), (-30, 302), (0, 302), (30, 302), (65, 422)]
)
def test_a_telephone_may_be_half_a_minute_wrong(sado: Member, off_s: int, status: int) -> None:
    while time.time() % 30 > 25:  # not at the edge of a step
        time.sleep(0.2)
    assert sent(stranger(), sado.typed(code=sado.code(off_s))).status_code == status


@EITHER
def test_a_code_works_once(sado: Member) -> None:
    typed = sado.typed()
    assert sent(stranger(), typed).status_code == 302
    again = sent(stranger(), typed)
    assert again.status_code == 422
    assert WRONG in again.content.decode()


def test_an_older_code_is_dead_once_a_newer_one_was_used(sado: Member) -> None:
    assert sent(stranger(), sado.typed(code=sado.code(30))).status_code == 302
    assert sent(stranger(), sado.typed(code=sado.code())).status_code == 422


def test_the_code_that_confirmed_the_app_opens_nothing(database: Path) -> None:
    assert database
    one = set_up()
    step = int(time.time()) // 30
    Account.objects.update(last_step=step)
    assert sent(stranger(), one.typed()).status_code == 422


@EITHER
def test_of_eight_requests_with_one_code_one_comes_in(sado: Member, database: Path) -> None:
    typed, engine = sado.typed(), connection.settings_dict["ENGINE"]

    def come(n: int) -> int:
        try:
            return sent(stranger(f"203.0.{n}.7"), typed).status_code
        finally:
            connections.close_all()

    if engine.endswith("sqlite3"):
        use(database)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(come, range(8)))
    assert answers.count(302) == 1
    assert set(answers) <= {302, 422, 429}
    assert Arrival.objects.filter(way="code").count() == 1


@EITHER
def test_a_recovery_code_works_once_and_is_kept_nowhere(sado: Member) -> None:
    assert len(set(sado.recovery)) == 10
    code = sado.recovery[3]
    kept = str(list(RecoveryCode.objects.values()))
    assert code.replace(" ", "") not in kept
    assert sent(stranger(), sado.typed(code=code.lower().replace(" ", "-"))).status_code == 302
    assert Arrival.objects.filter(way="recovery").count() == 1
    assert sent(stranger(), sado.typed(code=code)).status_code == 422
    for other in sado.recovery[:3] + sado.recovery[4:]:
        forget()
        assert sent(stranger(), sado.typed(code=other)).status_code == 302
    page = sado.client.get("/en/sign-in/own/").content.decode()
    assert "No recovery code is left" in page


@EITHER
def test_of_eight_requests_with_one_recovery_code_one_comes_in(
    sado: Member, database: Path
) -> None:
    typed, engine = sado.typed(code=sado.recovery[0]), connection.settings_dict["ENGINE"]

    def come(n: int) -> int:
        try:
            return sent(stranger(f"203.0.{n}.7"), typed).status_code
        finally:
            connections.close_all()

    if engine.endswith("sqlite3"):
        use(database)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(come, range(8)))
    assert answers.count(302) == 1


def test_a_recovery_code_of_somebody_else_opens_nothing(sado: Member) -> None:
    lola = set_up("lola")
    assert sent(stranger(), sado.typed(code=lola.recovery[0])).status_code == 422
    assert sent(stranger(), sado.typed(code=lola.code())).status_code == 422
    assert lola.recovery


def test_a_wrong_passphrase_spends_no_code(sado: Member) -> None:
    """Who sees a code over a shoulder cannot make it worthless either."""
    for code in (sado.code(), sado.recovery[0]):
        assert sent(stranger(), sado.typed(passphrase="not this one", code=code)).status_code == 422
        assert sent(stranger(), sado.typed(code=code)).status_code == 302


# --- what is kept


def test_the_secret_does_not_lie_open_in_the_database(sado: Member) -> None:
    account = Account.objects.get()
    plain = codes.unwrapped(account.secret, "sado")
    assert plain is not None
    assert codes.typed_form(plain) == sado.secret
    assert sado.secret.replace(" ", "") not in account.secret
    assert plain not in account.secret.encode()
    # A row of somebody else helps nobody, and a copy of the database alone helps neither.
    assert codes.unwrapped(account.secret, "lola") is None
    with override_settings(SECRET_KEY="another installation"):
        assert codes.unwrapped(account.secret, "sado") is None
        assert sent(stranger(), sado.typed()).status_code == 422
        assert sent(stranger(), sado.typed(code=sado.recovery[0])).status_code == 302


def test_a_passphrase_is_kept_by_a_hash_that_needs_memory() -> None:
    from habeas.site import settings

    assert settings.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")
    assert ScryptPasswordHasher.work_factor * ScryptPasswordHasher.block_size * 128 >= 2**24


@EITHER
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE site_signinnote SET what = 'codes'",
        "DELETE FROM site_signinnote",
        "DELETE FROM site_requirement",
        "UPDATE site_arrival SET way = 'link'",
        "DELETE FROM site_arrival",
    ],
)
def test_the_database_refuses_to_change_what_was_noted(sado: Member, attack: str) -> None:
    sado.client.post("/en/team/second-factor/", {"required": "1"})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert SignInNote.objects.get().what == "set-up"
