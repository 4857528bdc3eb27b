"""What signing in tells nobody, and what others try with it: sessions, forms, addresses."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_ready import POSTGRESQL, SQLITE
from signing import PASSPHRASE, QUICK, Counting, Member, by_link, sent, set_up, stranger
from site_story import Story
from team_story import OWNER, member

from habeas.cases.access import members
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Membership
from habeas.cases.statements.recording import Hand
from habeas.site import links
from habeas.site.models import Arrival, Failing, SignInNote

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
