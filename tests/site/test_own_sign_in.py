"""The pages on which members set up and change how they sign in; the owner's rule; a reset."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.utils import timezone
from django_ready import POSTGRESQL, SQLITE
from signing import PASSPHRASE, QUICK, Member, app, by_link, codes_on, secret_on, sent, set_up
from signing import stranger as somewhere
from site_story import Story
from team_story import HAND, OWNER, member

from habeas.cases.access import members
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Noted
from habeas.cli.team import command
from habeas.errors import MemberRefused
from habeas.site import links
from habeas.site.accounts import changing, passphrases
from habeas.site.models import Account, Failing, OneTimeLink, RecoveryCode, SignInNote

NEW = "five goats in a boat"
OWN = "/en/sign-in/own/"
EITHER = pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=QUICK):
        yield


@pytest.fixture
def sado(database: Path) -> Member:  # noqa: ARG001 - wanted for what it does
    return set_up()


def is_in(client: Client) -> bool:
    return client.get("/en/").status_code == 200


# --- which passphrases


@pytest.mark.parametrize(
    "passphrase",
    [
        "no words",
        "eleven char",
        "sadosadosado",
        "sado sado sado",
        "SADOSADOSADO12",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "abcabcabcabcabc",
        "passwordpassword",
        "овцаовцаовца",
        "123456789012",
        "abcdefghijklmnop",
        "zyxwvutsrqponmlk",
        "1q2w3e4r5t6y",
        "qwertyuiop123",
    ],
)
def test_a_passphrase_that_is_soon_guessed_is_refused(passphrase: str, sado: Member) -> None:
    assert passphrases.fault(passphrase, "sado")
    typed = {"passphrase": PASSPHRASE, "code": sado.code(), "new": passphrase, "again": passphrase}
    answer = sado.client.post(f"{OWN}passphrase/", typed)
    assert answer.status_code == 422
    assert passphrase not in answer.content.decode()
    assert User.objects.get(username="sado").check_password(PASSPHRASE)


@pytest.mark.parametrize(
    "passphrase",
    [PASSPHRASE, "четыре овцы на стене", "чор гӯсфанд дар девор", "  two  spaces  matter ", "x" * 5
     + "correct horse"],
)  # fmt: skip
def test_other_passphrases_can_be_used(passphrase: str) -> None:
    assert not passphrases.fault(passphrase, "sado")


def test_the_rules_stand_before_the_field(database: Path) -> None:
    assert database
    page = by_link("sado").get(OWN).content.decode()
    assert page.index("At least 12 characters") < page.index('name="new"')


# --- setting up


def test_what_is_set_up_opens_the_site_and_ends_other_sessions(database: Path) -> None:
    assert database
    other = by_link("sado")
    one = set_up("sado")
    assert is_in(one.client)
    assert not is_in(other)
    assert SignInNote.objects.get().what == "set-up"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"first": "000000"}, "not the code of now"),
        ({"again": NEW}, "differ"),
        ({"first": ""}, "has to be filled in"),
    ],
)
def test_half_of_it_sets_nothing_up(typed: dict[str, str], words: str, database: Path) -> None:
    assert database
    client = by_link("sado")
    secret = secret_on(client.get(OWN))
    whole = {"new": PASSPHRASE, "again": PASSPHRASE, "first": app(secret)}
    answer = client.post(OWN, whole | typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert secret_on(answer) == secret  # the app keeps what it has
    assert not User.objects.get(username="sado").has_usable_password()
    assert not Account.objects.exists()
    assert client.post(OWN, whole).status_code == 200


def test_who_holds_a_session_cannot_set_it_up_anew(sado: Member) -> None:
    """The form that asks for nothing is of those alone who have nothing yet."""
    secret = sado.secret
    typed = {"new": NEW, "again": NEW, "first": app(secret)}
    answer = sado.client.post(OWN, typed)
    assert "recovery codes are left" in answer.content.decode()
    user = User.objects.get(username="sado")
    assert user.check_password(PASSPHRASE)
    assert changing.set_up(user, NEW, changing.Factor(b"x" * 20, 1)) == []
    assert User.objects.get(username="sado").check_password(PASSPHRASE)


def test_the_secret_of_one_is_not_shown_to_another(database: Path) -> None:
    assert database
    assert secret_on(by_link("sado").get(OWN)) != secret_on(by_link("lola").get(OWN))


def test_recovery_codes_are_shown_once(sado: Member) -> None:
    assert len(sado.recovery) == 10
    for address in (OWN, f"{OWN}recovery-codes/", "/en/sign-ins/"):
        assert codes_on(sado.client.get(address)) == []


# --- changing


@EITHER
def test_a_changed_passphrase_ends_the_other_sessions(sado: Member) -> None:
    other = somewhere()
    assert sent(other, sado.typed()).status_code == 302
    before = sado.client.cookies["habeas-session"].value
    done = sado.client.post(
        f"{OWN}passphrase/",
        {"passphrase": PASSPHRASE, "code": sado.fresh(), "new": NEW, "again": NEW},
    )
    assert (done.status_code, done["Location"]) == (302, OWN)
    assert is_in(sado.client)
    assert sado.client.cookies["habeas-session"].value != before
    assert not is_in(other)
    sado.fresh()
    assert sent(somewhere(), sado.typed()).status_code == 422
    assert sent(somewhere(), sado.typed(passphrase=NEW)).status_code == 302


@EITHER
def test_another_telephone_ends_the_other_sessions_and_the_old_codes(sado: Member) -> None:
    other = by_link("sado")
    secret = secret_on(sado.client.get(f"{OWN}second-factor/"))
    assert secret != sado.secret
    done = sado.client.post(
        f"{OWN}second-factor/",
        {"passphrase": PASSPHRASE, "code": sado.recovery[0], "first": app(secret)},
    )
    made = codes_on(done)
    assert len(made) == 10
    assert not set(made) & set(sado.recovery)
    assert is_in(sado.client)
    assert not is_in(other)
    for dead in (sado.fresh(), sado.recovery[1]):
        assert sent(somewhere(), sado.typed(code=dead)).status_code == 422
    assert sent(somewhere(), sado.typed(code=app(secret))).status_code == 302
    assert RecoveryCode.objects.count() == 10


def test_new_recovery_codes_replace_the_old(sado: Member) -> None:
    done = sado.client.post(
        f"{OWN}recovery-codes/", {"passphrase": PASSPHRASE, "code": sado.code()}
    )
    made = codes_on(done)
    assert sent(somewhere(), sado.typed(code=sado.recovery[0])).status_code == 422
    assert sent(somewhere(), sado.typed(code=made[0])).status_code == 302
    assert [one.what for one in SignInNote.objects.order_by("pk")] == ["set-up", "codes", "refused"]


@pytest.mark.parametrize("page", ["passphrase", "second-factor", "recovery-codes"])
@pytest.mark.parametrize("wrong", [{"passphrase": NEW}, {"code": "000000"}, {"code": ""}, {}])
def test_nothing_changes_without_the_present_passphrase_and_code(
    page: str, wrong: dict[str, str], sado: Member
) -> None:
    address = f"{OWN}{page}/"
    shown = sado.client.get(address)
    secret = secret_on(shown) if page == "second-factor" else sado.secret
    typed = {"passphrase": PASSPHRASE, "code": sado.code(), "new": NEW, "again": NEW}
    before = (Account.objects.values().get(), User.objects.get(username="sado").password)
    if not wrong:
        typed = {"new": NEW, "again": NEW}
    answer = sado.client.post(address, typed | {"first": app(secret)} | wrong)
    assert answer.status_code == 422
    assert (Account.objects.values().get(), User.objects.get(username="sado").password) == before
    assert is_in(sado.client)


def test_guessing_in_an_open_session_is_slow_too(sado: Member) -> None:
    def guess() -> str:
        typed = {"passphrase": "not this one", "code": "123456"}
        return sado.client.post(f"{OWN}recovery-codes/", typed).content.decode()

    pages = [guess() for _ in range(8)]
    assert ["does not fit" in one for one in pages] == [True] * 6 + [False] * 2
    assert "Too many wrong tries" in pages[-1]
    assert SignInNote.objects.filter(what="refused-inside").count() == 6
    assert "wrong passphrase or code" in sado.client.get("/en/sign-ins/").content.decode()


def test_the_code_that_came_in_changes_nothing_a_second_time(sado: Member) -> None:
    client = somewhere()
    code = sado.code()
    assert sent(client, sado.typed(code=code)).status_code == 302
    answer = client.post(f"{OWN}recovery-codes/", {"passphrase": PASSPHRASE, "code": code})
    assert answer.status_code == 422


# --- the rule of the owners


@pytest.fixture
def team(story: Story) -> Story:
    member(OWNER, "owner", named=False)
    for user in ("sado", "lola"):
        member(user, "reader", named=False)
    return story


def boss() -> Member:
    return set_up(OWNER)


@EITHER
def test_where_both_are_required_a_member_without_reaches_one_page(
    team: Story, database: Path
) -> None:
    assert database
    owner, sado = boss(), by_link("sado")
    assert is_in(sado)
    owner.client.post("/en/team/second-factor/", {"required": "1"})
    for address in ("/en/", f"/en/cases/{team.person.code}/", "/en/tokens/", "/en/nowhere/",
                    f"{OWN}passphrase/", "/en/sign-ins/", "/en/team/"):  # fmt: skip
        answer = sado.get(address)
        assert (answer.status_code, answer["Location"]) == (302, OWN), address
        assert sado.post(address, {"q": "x"})["Location"] == OWN
    assert not Noted.objects.filter(user="sado", cases__contains=team.person.code).exists()
    page = sado.get(OWN)
    assert "ask everybody" in page.content.decode()
    secret = secret_on(page)
    typed = {"new": PASSPHRASE, "again": PASSPHRASE, "first": app(secret)}
    assert len(codes_on(sado.post(OWN, typed))) == 10
    assert is_in(sado)
    assert is_in(owner.client)
    assert by_link("lola").post("/en/sign-out/").status_code == 302
    owner.client.post("/en/team/second-factor/", {})
    assert is_in(by_link("lola"))


def test_an_invitation_leads_to_setting_up(team: Story) -> None:
    owner = boss()
    owner.client.post("/en/team/second-factor/", {"required": "1"})
    typed = {"user": "zarina", "role": "volunteer", "sees": "all"}
    page = owner.client.post("/en/team/", typed).content.decode()
    link = re.search(r"http://127\.0\.0\.1(/open/[\w-]+/)", page)
    assert link
    guest = somewhere()
    assert guest.get(link[1]).status_code == 200
    assert guest.get("/en/", follow=True).request["PATH_INFO"] == OWN
    assert team.person.code not in guest.get("/en/", follow=True).content.decode()


@pytest.mark.usefixtures("team")
def test_only_an_owner_says_what_is_required() -> None:
    sado = set_up("sado")
    assert sado.client.post("/en/team/second-factor/", {"required": "1"}).status_code == 403
    assert sado.client.post("/en/team/change/", {"user": "lola", "reset": "1"}).status_code == 403
    assert not changing.is_required()


# --- lost


@EITHER
def test_an_owner_resets_a_member(team: Story, database: Path) -> None:
    assert team.person
    assert database.exists()
    owner, sado = boss(), set_up("sado")
    old = links.new_token("sado", timezone.now())
    assert "Reset sign-in" in owner.client.get("/en/team/").content.decode()
    owner.client.post("/en/team/change/", {"user": "sado", "reset": "1"})
    assert not is_in(sado.client)
    sado_again = {"first": sado.typed(), "recovery": sado.typed(code=sado.recovery[0])}
    for typed in sado_again.values():
        assert sent(somewhere(), typed).status_code == 422
    assert somewhere().get(f"/open/{old}/").status_code == 410
    told = Noted.objects.filter(verb=Noted.TEAM).order_by("-number")[0]
    assert (told.user, told.told) == (OWNER, "sado: sign-in reset")
    client = by_link("sado")
    assert f"reset by {OWNER}" in client.get("/en/sign-ins/").content.decode()
    secret = secret_on(client.get(OWN))
    assert secret != sado.secret
    done = client.post(OWN, {"new": NEW, "again": NEW, "first": app(secret)})
    assert len(codes_on(done)) == 10
    assert RecoveryCode.objects.filter(account__user_name="sado").count() == 10


@pytest.mark.usefixtures("team")
def test_nobody_is_reset_who_is_not_there() -> None:
    owner = boss()
    page = owner.client.post("/en/team/change/", {"user": "nobody", "reset": "1"}, follow=True)
    assert "Nobody of that name" in page.content.decode()
    assert not Account.objects.filter(user_name="nobody").exists()


def test_the_machine_lets_in_whoever_lost_everything(sado: Member) -> None:
    done = CliRunner().invoke(command, ["reset", " sado "])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "sado signs in with a link now" in done.stderr
    assert not is_in(sado.client)
    assert is_in(by_link("sado"))
    note = SignInNote.objects.order_by("-pk")[0]
    assert (note.what, note.by, note.network) == ("reset", members.MACHINE, "")
    assert not Noted.objects.exists()  # without a team there is no log
    nobody = CliRunner().invoke(command, ["reset", "nobody"])
    assert isinstance(nobody.exception, MemberRefused)


def test_a_reset_at_the_machine_stands_in_the_log_of_a_team(team: Story) -> None:
    assert team
    set_up("sado")
    CliRunner().invoke(command, ["reset", "sado"])
    told = Noted.objects.order_by("-number")[0]
    assert (told.user, told.told) == (members.MACHINE, "sado: sign-in reset")
    done = CliRunner().invoke(command, ["log", "check"])
    assert done.exit_code == 0


def test_a_code_of_the_time_before_a_reset_is_not_spent_after_it(sado: Member) -> None:
    account = Account.objects.get()
    changing.reset("sado", HAND)
    from habeas.site.accounts import codes

    assert not codes.spend_step(account, account.last_step + 10**6)
    assert sado.name


def test_who_left_the_team_has_no_use_of_a_passphrase(team: Story) -> None:
    assert team
    sado = set_up("sado")
    members.put("sado", Terms("reader", until=timezone.now() + timedelta(days=400)), HAND)
    assert sent(somewhere(), sado.typed()).status_code == 302
    members.put("sado", Terms("ended"), HAND)
    Failing.objects.all().delete()
    sado.fresh()
    assert sent(somewhere(), sado.typed()).status_code == 422
    assert OneTimeLink.objects.exists()
