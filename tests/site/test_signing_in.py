"""Signing in by name, passphrase and code: what comes in, and that nothing else tells anything."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_ready import POSTGRESQL, SQLITE, use
from signing import PASSPHRASE, QUICK, Counting, Member, app, by_link, sent, set_up, stranger
from site_story import Story
from team_story import OWNER, member

from habeas.cases.access import members
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Membership
from habeas.cases.statements.recording import Hand
from habeas.site import links
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
    typed, address = sado.typed(), connection.settings_dict

    def come(n: int) -> int:
        try:
            return sent(stranger(f"203.0.{n}.7"), typed).status_code
        finally:
            connections.close_all()

    if address["ENGINE"].endswith("sqlite3"):
        use(database)
    by_link("sado", REMOTE_ADDR="127.0.0.1")
    with override_settings(HABEAS_NOW=timezone.now), ThreadPoolExecutor(8) as pool:
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


# --- what is not told


def _told(name: str, more: dict[str, str]) -> tuple[HttpResponse, bytes, int, int]:
    """Return answer, body without what differs anyway, questions to the database, and hashings."""
    forget()
    client = stranger()
    client.get("/en/sign-in/")
    before = Counting.asked
    with CaptureQueriesContext(connection) as asked:
        answer = sent(client, {"name": name, "passphrase": "something else", **more})
    body = re.sub(rb'(?<=csrfmiddlewaretoken" value=")\w+', b"TOKEN", answer.content)
    # Names of the same length stand in the page as they were typed.
    return answer, body.replace(name.encode(), b"NAME"), len(asked), Counting.asked - before


@EITHER
@pytest.mark.parametrize("code", ["123456", "2345 6789 ABCD EFGH"])
def test_a_name_that_exists_is_answered_like_one_that_does_not(database: Path, code: str) -> None:
    assert database
    with override_settings(PASSWORD_HASHERS=["signing.Counting"]):
        now = timezone.now()
        set_up("sado")
        boss, gone, off = set_up("boss"), set_up("gone"), set_up("offf")
        hand = Hand("boss", now)
        for name, role in (("lola", "editor"), ("sado", "editor"), ("offf", "owner")):
            members.put(name, Terms(role), hand)
        members.put("gone", Terms("editor"), hand)
        members.put("gone", Terms(Membership.ENDED), hand)
        User.objects.filter(username="offf").update(is_active=False)
        _told("nobd", {"code": code})  # the first one of a process makes the decoy
        cases = {
            "unknown": _told("nobd", {"code": code}),
            "wrong passphrase": _told("sado", {"code": code}),
            "no passphrase yet": _told("lola", {"code": code}),
            "over, all right": _told("gone", {"code": gone.fresh(), "passphrase": PASSPHRASE}),
            "over, wrong": _told("gone", {"code": code}),
            "switched off": _told("offf", {"code": off.fresh(), "passphrase": PASSPHRASE}),
            "passphrase right": _told("boss", {"code": code, "passphrase": PASSPHRASE}),
        }
        assert boss.recovery
    answer, body, queries, hashings = cases.pop("unknown")
    assert (answer.status_code, hashings) == (422, 1)
    for why, (other, its_body, its_queries, its_hashings) in cases.items():
        assert other.status_code == answer.status_code, why
        assert its_body == body, why
        assert dict(other.headers) == dict(answer.headers), why
        assert {key: len(one.value) for key, one in other.cookies.items()} == {
            key: len(one.value) for key, one in answer.cookies.items()
        }, why
        assert its_hashings == 1, why
        # A recovery code is asked for in the database, a code of the app is computed.
        expected = queries - (code != "123456" and why in {"over, all right", "switched off"})
        assert its_queries == expected, why


def test_nothing_that_was_typed_for_an_unknown_name_is_kept(sado: Member) -> None:
    secret = "my passphrase by mistake"
    sent(stranger(), sado.typed(name=secret))
    for model in (SignInNote, Failing, Arrival, Session):
        assert secret not in str(list(model.objects.values()))
    assert SignInNote.objects.order_by("-pk")[0].user_name == ""


def test_a_failed_try_stands_on_the_page_of_the_member(sado: Member) -> None:
    sent(stranger("203.0.113.50"), sado.typed(passphrase="not this one"))
    page = sado.client.get("/en/sign-ins/").content.decode()
    assert "tried to sign in, and was refused" in page
    assert "203.0.113.0/24" in page
    assert "203.0.113.50" not in page


# --- sessions, forms of others, and where it leads


def test_a_session_that_was_planted_is_not_taken_over(sado: Member) -> None:
    client = stranger()
    client.get("/en/sign-in/")
    planted = client.cookies["habeas-session"].value
    assert sent(client, sado.typed()).status_code == 302
    assert client.cookies["habeas-session"].value != planted
    other = stranger()
    other.cookies["habeas-session"] = planted
    assert other.get("/en/").status_code == 302
    assert not Session.objects.filter(session_key=planted).exists()


def test_what_was_planted_in_a_session_does_not_come_along(sado: Member) -> None:
    client = stranger()
    client.get("/en/sign-in/")
    planted = client.session
    planted["new-factor"] = "chosen by somebody else"
    planted.save()
    assert sent(client, sado.typed()).status_code == 302
    assert "new-factor" not in client.session
    assert client.get("/en/").status_code == 200


def test_a_form_of_another_site_signs_nobody_in(sado: Member) -> None:
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    page = strict.get("/en/sign-in/").content.decode()
    assert sent(strict, sado.typed()).status_code == 403
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    token = {"csrfmiddlewaretoken": found[1]}
    evil = strict.post(
        "/en/sign-in/", sado.typed() | token, headers={"Origin": "https://evil.example"}
    )
    assert evil.status_code == 403
    assert Arrival.objects.filter(way="code").count() == 0
    assert sent(strict, sado.typed() | token).status_code == 302


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/en/people/?part=1", "/en/people/?part=1"),
        ("https://evil.example/", "/en/"),
        ("//evil.example/", "/en/"),
        ("/\\evil.example/", "/en/"),
        ("\\\\evil.example", "/en/"),
        ("javascript:alert(1)", "/en/"),
        ("http:///evil.example", "/en/"),
        ("/\t/evil.example", "/en/"),
        ("", "/en/"),
    ],
)
def test_it_leads_to_no_other_site(sado: Member, wanted: str, led: str) -> None:
    client = stranger()
    page = client.get("/en/sign-in/", {"next": wanted}).content.decode()
    assert ('name="next"' in page) == (led == wanted)
    answer = sent(client, sado.typed(next=wanted))
    assert (answer.status_code, answer["Location"]) == (302, led)


def test_the_form_stands_only_where_somebody_has_a_passphrase(database: Path) -> None:
    assert database
    assert "<form" not in stranger().get("/en/sign-in/").content.decode().split("<main")[1]
    set_up()
    page = stranger().get("/en/sign-in/").content.decode()
    assert 'name="passphrase"' in page
    assert "sado" not in page


@pytest.mark.usefixtures("sado")
def test_a_one_time_link_opens_the_site_as_before() -> None:
    client = by_link("sado")
    assert client.get("/en/").status_code == 200
    assert Arrival.objects.order_by("-pk")[0].way == "link"
    dead = stranger().get(f"/open/{links.new_token('sado', timezone.now())[:-1]}x/")
    assert dead.status_code == 410


def test_signing_out_ends_it(sado: Member) -> None:
    client = stranger()
    sent(client, sado.typed())
    client.post("/en/sign-out/")
    assert client.get("/en/").status_code == 302


def test_a_member_whose_time_ended_is_out_though_all_is_right(story: Story) -> None:
    assert story
    member(OWNER, "owner", named=False)
    member("sado", "volunteer", named=False)
    one = set_up("sado")
    assert sent(stranger(), one.typed()).status_code == 302
    members.put("sado", Terms(Membership.ENDED), Hand(OWNER, timezone.now()))
    one.fresh()
    assert sent(stranger(), one.typed()).status_code == 422
