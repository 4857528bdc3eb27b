"""What members see and may do: named cases, roles, ends, the last owner, the log."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from case_story import NOW, document, invented, say
from django.contrib.auth.models import User
from django.db import connection, connections
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory, override_settings
from django_ready import POSTGRESQL, SQLITE
from team_story import HAND, OWNER, member, signed_in

from habeas.cases.access import log, members, roles
from habeas.cases.access.gate import Gate
from habeas.cases.access.log import Verdict
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Grant, Membership, Noted
from habeas.cases.lookups import asking
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Statement, Subject
from habeas.errors import LastOwner, MemberRefused
from habeas.watch import scope
from habeas.watch.models import Person, Spelling

SECRET = "Тасаввур Афсонаев"


@pytest.fixture
def hidden(case: Subject) -> Subject:  # noqa: ARG001 - the clock that stands still
    """A case that the members of these tests were not granted."""
    found = invented("P9CWF", SECRET)
    paper = document(f"Газета об {SECRET}", text=f"{SECRET} исчез.")
    say(found, "sentence", "5 лет", "Тайный свидетель", document=paper)
    return found


def sees(user: str) -> "scope.Scope | None":
    return roles.scope_of(roles.standing(user, NOW), NOW)


def test_without_a_team_whoever_can_sign_in_owns_everything(case: Subject) -> None:
    assert roles.standing("anybody", NOW) == roles.Standing(
        "anybody", "owner", named=False, team=False
    )
    assert signed_in("anybody").get(f"/en/cases/{case.code}/").status_code == 200
    assert not Noted.objects.exists()


def test_the_program_itself_sees_all(case: Subject, hidden: Subject) -> None:
    assert set(Subject.objects.all()) == {case, hidden}


def test_a_member_sees_the_named_cases_and_what_they_refer_to(
    case: Subject, hidden: Subject
) -> None:
    member("sado", "volunteer", case)
    place = recording.new_subject(Subject.PLACE, "Мельница", HAND)
    theirs = recording.new_subject(Subject.RECORD, f"Дело {SECRET}", HAND)
    both = say(case, "related", "kin", other=hidden)
    at_the_mill = say(case, "seen_at", "у мельницы", other=place)
    say(hidden, "related", "record", other=theirs)
    desk = asking.add_desk("Станция № 5", "police", HAND)
    with scope.within(sees("sado")):
        assert set(Subject.objects.all()) == {case, place, desk.body}
        assert list(Person.objects.values_list("code", flat=True)) == [case.code]
        assert not Spelling.objects.filter(text=SECRET).exists()
        assert not Document.objects.exists()
        assert list(Statement.objects.all()) == [at_the_mill]
        assert not hidden.statements.exists()
        assert not hidden.filed.exists()
    assert both in Statement.objects.all()


def test_what_is_said_of_an_office_in_the_paper_of_another_case_stays_hidden(
    case: Subject,
    hidden: Subject,  # noqa: ARG001 - it is there
) -> None:
    member("sado", "volunteer", case)
    desk = asking.add_desk("Станция № 5", "police", HAND)
    say(desk.body, "note", f"Здесь держат {SECRET}", document=document())
    own = document("Наша газета")
    recording.file(case, own, HAND)
    ours = say(desk.body, "note", "Дежурный груб", document=own)
    with scope.within(sees("sado")):
        assert list(Statement.objects.filter(subject=desk.body)) == [ours]


def test_a_grant_ends_by_itself_and_when_it_is_withdrawn(case: Subject, hidden: Subject) -> None:
    client = member("sado")
    members.grant(case, "sado", HAND, until=NOW + timedelta(hours=1))
    members.grant(hidden, "sado", HAND)
    assert client.get(f"/en/cases/{case.code}/").status_code == 200
    with override_settings(HABEAS_NOW=lambda: NOW + timedelta(hours=1)):
        assert client.get(f"/en/cases/{case.code}/").status_code == 404
        assert client.get(f"/en/cases/{hidden.code}/").status_code == 200
    members.withdraw(hidden, "sado", HAND)
    assert client.get(f"/en/cases/{hidden.code}/").status_code == 404


def test_a_shift_ends_by_itself(case: Subject) -> None:
    client = member("sado", "volunteer", case, until=NOW + timedelta(hours=8))
    assert client.get("/en/board/").status_code == 200
    with override_settings(HABEAS_NOW=lambda: NOW + timedelta(hours=8)):
        for address in ("/en/board/", f"/en/cases/{case.code}/", "/en/cases/NOBODY/"):
            response = client.get(address)
            assert response.status_code == 403
            assert "your time in it is over" in response.content.decode()


def test_lists_searches_and_proposals_show_no_case_of_others(
    case: Subject, hidden: Subject
) -> None:
    client = member("sado", "volunteer", case)
    pages = ("", "people/", "board/", "hand-over/?hours=700", "events/", "counts/")
    for address in pages:
        page = client.get(f"/en/{address}").content.decode()
        assert "Афсонаев" not in page
        assert f"/{hidden.code}/" not in page
    for query in (SECRET, hidden.code, "Афсон"):
        page = client.post("/en/search/", {"q": query}).content.decode()
        assert "0 cases" in page
        assert f"/{hidden.code}/" not in page
    sent = client.post("/en/new-case/", {"who": SECRET, "zone": "UTC", "role": "family"})
    assert sent.status_code == 302  # nobody alike is proposed: the case is opened


def test_whoever_opens_a_case_sees_it(case: Subject, hidden: Subject) -> None:
    client = member("sado", "volunteer", case)
    response = client.post(
        "/en/new-case/",
        {"who": "Небылова Вымышлена", "zone": "UTC", "role": "family", "where": "Мельница"},
        follow=True,
    )
    assert response.status_code == 200
    assert "Небылова Вымышлена" in response.content.decode()
    assert Grant.objects.filter(user="sado").count() == 2
    assert hidden.code not in response.content.decode()


@pytest.mark.parametrize(
    ("role", "statement", "spelling"),
    [("reader", 403, 403), ("lawyer", 302, 403), ("volunteer", 302, 302), ("editor", 302, 302)],
)
def test_each_role_sends_what_it_may(
    case: Subject, role: str, statement: int, spelling: int
) -> None:
    client = member("sado", role, case)
    said = {
        "term": "note",
        "value": "x",
        "speaker": "Сестра",
        "role": "family",
        "zone": "UTC",
        "document_kind": "article",
        "carrier": "x",
        "certainty": "unknown",
        "in_custody": "unknown",
        "visibility": "internal",
    }
    before = Statement.objects.count()
    assert client.get(f"/en/cases/{case.code}/").status_code == 200
    response = client.post(f"/en/cases/{case.code}/say/", said)
    assert response.status_code == statement, response.content.decode()
    assert Statement.objects.count() - before == (statement == 302)
    more = client.post(f"/en/people/{case.code}/spellings/add/", {"spelling": "Выдумов О."})
    assert more.status_code == spelling
    if statement == 403:
        assert "Your role in the team does not allow this" in response.content.decode()


@pytest.mark.parametrize("role", ["editor", "volunteer", "reader", "lawyer"])
@pytest.mark.parametrize("page", ["team/", "team/log/", "passphrase/", "cases/H7K3M/access/"])
def test_the_pages_of_the_owner_are_for_owners_alone(case: Subject, role: str, page: str) -> None:
    assert member("sado", role, case, named=False).get(f"/en/{page}").status_code == 403
    assert signed_in(OWNER).get(f"/en/{page}").status_code == 200


def test_somebody_who_is_in_no_team_is_refused_everything(case: Subject) -> None:
    member("sado", "reader")
    stranger = signed_in("stranger")
    one = stranger.get(f"/en/cases/{case.code}/")
    other = stranger.get("/en/cases/Z9Z9Z/")
    assert (one.status_code, other.status_code) == (403, 403)
    assert len(one.content) == len(other.content)
    assert stranger.post("/en/sign-out/").status_code == 302


def test_the_last_owner_can_neither_leave_nor_be_demoted_nor_be_given_an_end(
    case: Subject,  # noqa: ARG001 - the database
) -> None:
    member("sado", "owner", named=False)
    members.put(OWNER, Terms(Membership.ENDED), HAND)
    for terms in (
        Terms(Membership.ENDED),
        Terms("editor"),
        Terms("owner", until=NOW + timedelta(days=1)),
    ):
        with pytest.raises(LastOwner):
            members.put("sado", terms, HAND)
    assert roles.standing("sado", NOW).is_owner
    assert not roles.standing(OWNER, NOW).role


def test_the_first_row_of_a_team_keeps_its_author_an_owner(case: Subject) -> None:  # noqa: ARG001
    with pytest.raises(LastOwner):
        members.put(OWNER, Terms("reader"), HAND)
    assert not Membership.objects.exists()
    members.put("sado", Terms("reader"), HAND)
    assert roles.standing(OWNER, NOW).is_owner


def test_refused_are_a_role_that_is_none_and_a_grant_to_nobody(case: Subject) -> None:
    reader = Terms("reader")
    for user, terms in (("x", Terms("king")), (" ", reader), (members.MACHINE, reader)):
        with pytest.raises(MemberRefused):
            members.put(user, terms, HAND)
    with pytest.raises(MemberRefused):
        members.put("x", Terms("reader", until=NOW), HAND)
    with pytest.raises(MemberRefused):
        members.grant(case, "nobody", HAND)


def test_the_log_tells_who_read_changed_and_was_refused_what(
    case: Subject, hidden: Subject
) -> None:
    client = member("sado", "volunteer", case)
    said = Statement.objects.get(subject=hidden)
    client.get(f"/en/cases/{case.code}/")
    client.post(f"/en/people/{case.code}/spellings/add/", {"spelling": "Выдумов О."})
    client.get(f"/en/statements/{said.pk}/")
    rows = Noted.objects.filter(user="sado").order_by("number")
    assert list(rows.values_list("verb", "route", "cases", "status")) == [
        ("read", "case", f" {case.code} ", 200),
        ("change", "add-spelling", f" {case.code} ", 302),
        ("refused", "statement", f" {hidden.code} ", 404),
    ]
    assert len({one.sign_in for one in rows}) == 1
    page = signed_in(OWNER).get(f"/en/team/log/?case={hidden.code}&user=sado").content.decode()
    assert "statement" in page
    assert "add-spelling" not in page
    assert log.check().broken_at is None


def _spoilt(sql: str) -> Verdict:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER access_noted_no_update")
        cursor.execute("DROP TRIGGER access_noted_no_delete")
        cursor.execute(sql)
    return log.check()


@pytest.mark.parametrize(
    ("sql", "verdict"),
    [
        ("UPDATE access_noted SET user = 'other' WHERE number = 3", Verdict(2, 3, "changed")),
        ("DELETE FROM access_noted WHERE number = 3", Verdict(2, 3, "missing")),
        ("DELETE FROM access_noted WHERE number = 5", Verdict(4, 5, "cut")),
        ("DELETE FROM access_noted", Verdict(0, 1, "cut")),
        ("UPDATE access_head SET seal = '', number = 0, digest = ''", Verdict(5, 6, "cut")),
        ("DELETE FROM access_head", Verdict(5, 6, "cut")),
    ],
)
def test_a_log_that_was_gone_round_says_where_it_breaks(
    case: Subject, sql: str, verdict: Verdict
) -> None:
    client = member("sado", "reader")
    for _time in range(3):
        client.get(f"/en/cases/{case.code}/")
    assert log.check() == Verdict(5)
    assert _spoilt(sql) == verdict


def test_a_forger_without_the_key_cannot_mend_the_chain_behind_a_changed_line(
    case: Subject,
) -> None:
    """Whoever writes to the database can work out digests, but not the seal of the end."""
    del case
    for n in range(4):
        log.add(log.Line(NOW, "owner", Noted.READ, "case", cases=(f"P{n}",)))
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER access_noted_no_update")
    changed = Noted.objects.get(number=2)
    changed.user = "somebody else"
    mended = {"user": changed.user, "digest": log._digest(changed)}
    Noted.objects.filter(number=2).update(**mended)
    Noted.objects.filter(number=3).update(prev=mended["digest"])
    assert log.check().broken_at == 3


def test_the_database_itself_refuses_to_change_the_log(owner: Client, case: Subject) -> None:
    from django.db import DatabaseError

    member("sado", "reader")
    owner.get(f"/en/cases/{case.code}/")
    for sql in ("UPDATE access_noted SET status = 1", "DELETE FROM access_noted"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="never changed"):
            cursor.execute(sql)


def test_the_owner_takes_somebody_in_by_a_link_and_lets_them_go(
    owner: Client, case: Subject
) -> None:
    sent = {"user": "sado", "role": "volunteer", "sees": "named", "ends": "2026-11-24 22:00"}
    page = owner.post("/en/team/", sent).content.decode()
    found = re.search(r"http://127\.0\.0\.1[^<]*/open/[\w-]+/", page)
    assert found is not None
    assert found[0] not in owner.get("/en/team/").content.decode()
    guest = Client(SERVER_NAME="127.0.0.1")
    assert guest.get(found[0]).status_code == 200
    assert guest.get(f"/en/cases/{case.code}/").status_code == 404
    granted = owner.post(f"/en/cases/{case.code}/access/", {"user": "sado", "ends": ""})
    assert granted.status_code == 302
    assert guest.get(f"/en/cases/{case.code}/").status_code == 200
    assert "sado" in owner.get(f"/en/cases/{case.code}/").content.decode()
    assert owner.post(f"/en/cases/{case.code}/access/", {"withdraw": "sado"}).status_code == 302
    assert guest.get(f"/en/cases/{case.code}/").status_code == 404
    owner.post("/en/team/change/", {"user": "sado", "end": "1"})
    assert guest.get("/en/board/").status_code == 403


def test_a_link_that_nobody_used_dies_with_the_membership(owner: Client, case: Subject) -> None:
    del case
    sent = {"user": "sado", "role": "reader", "sees": "all", "ends": ""}
    page = owner.post("/en/team/", sent).content.decode()
    found = re.search(r"/open/[\w-]+/", page)
    assert found is not None
    owner.post("/en/team/change/", {"user": "sado", "end": "1"})
    assert Client(SERVER_NAME="127.0.0.1").get(found[0]).status_code == 410


def test_the_page_of_the_team_refuses_to_let_the_last_owner_go(
    owner: Client, case: Subject
) -> None:
    del case
    owner.post("/en/team/", {"user": "sado", "role": "reader", "sees": "all", "ends": ""})
    page = owner.post("/en/team/change/", {"user": OWNER, "end": "1"}, follow=True)
    assert "Nobody would own the site any more" in page.content.decode()
    sent = {"user": OWNER, "role": "editor", "sees": "all", "ends": ""}
    assert owner.post("/en/team/", sent).status_code == 422
    assert owner.get("/en/team/").status_code == 200


def test_what_was_not_asked_for_is_not_taken_over(owner: Client, case: Subject) -> None:
    """Mass assignment: further fields of a form change nothing."""
    guest = member("sado", "volunteer", case)
    guest.post(
        f"/en/people/{case.code}/spellings/add/",
        {"spelling": "Выдумов О.", "role": "owner", "user": "sado", "named": "", "by": "owner"},
    )
    assert roles.standing("sado", NOW) == roles.Standing("sado", "volunteer", named=True, team=True)
    sent = {"user": "", "role": "owner", "sees": "all"}
    assert guest.post("/en/team/", sent | {"user": "sado"}).status_code == 403
    del owner


def test_a_locked_out_owner_gets_in_at_the_machine_and_the_log_says_so(case: Subject) -> None:
    del case
    member("sado", "reader")
    members.owner_at_the_machine("novy", NOW)
    assert roles.standing("novy", NOW).is_owner
    last = Noted.objects.order_by("-number").first()
    assert last is not None
    assert (last.user, last.told) == (members.MACHINE, "novy: owner all")


def test_a_new_owner_at_the_machine_puts_nobody_out(owner: Client, case: Subject) -> None:
    del case
    members.owner_at_the_machine("novy", NOW)
    assert owner.get("/en/team/").status_code == 200
    assert set(roles.owners(NOW).values_list("user", flat=True)) == {OWNER, "novy"}


@pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)
def test_many_at_once_never_fork_the_chain(case: Subject) -> None:
    def note(user: str) -> None:
        for _time in range(10):
            log.add(log.Line(NOW, user, Noted.READ, "case", (case.code,)))
        connections.close_all()

    threads = [threading.Thread(target=note, args=(f"u{n}",)) for n in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert log.check() == Verdict(60)


def test_many_granted_cases_are_asked_for_by_a_subquery(
    case: Subject, hidden: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "LISTED", 0)
    client = member("sado", "volunteer", case)
    assert client.get(f"/en/cases/{case.code}/").status_code == 200
    assert client.get(f"/en/cases/{hidden.code}/").status_code == 404
    assert client.get("/en/board/").status_code == 200


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_the_same_holds_on_postgresql(case: Subject, hidden: Subject) -> None:
    client = member("sado", "volunteer", case)
    assert client.get(f"/en/cases/{case.code}/").status_code == 200
    assert client.get(f"/en/cases/{hidden.code}/").status_code == 404
    assert client.get("/en/board/").status_code == 200
    assert "Афсонаев" not in client.get("/en/people/").content.decode()
    assert log.check().broken_at is None


def test_of_two_owners_who_let_each_other_go_one_stays(case: Subject) -> None:
    del case
    member("sado", "owner", named=False)
    refused = []

    def end(user: str) -> None:
        try:
            members.put(user, Terms(Membership.ENDED), HAND)
        except LastOwner:
            refused.append(user)
        connections.close_all()

    threads = [threading.Thread(target=end, args=(user,)) for user in (OWNER, "sado")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert roles.owners(NOW).count() == 1


def test_a_stream_is_read_within_the_scope_of_the_one_who_asked(
    case: Subject, hidden: Subject
) -> None:
    """A stream is made row by row after the page was left: it must not see all by then."""
    member("sado", "reader", case)
    parts = (one.code.encode() for _turn in range(1) for one in Subject.objects.all())
    response = StreamingHttpResponse(parts)
    request = RequestFactory().get("/")
    request.user = User.objects.get(username="sado")
    gate = Gate(lambda _request: response)
    answered = gate(request)
    assert answered.getvalue() == case.code.encode()
    assert hidden.code.encode() in b"".join(one.code.encode() for one in Subject.objects.all())


def test_the_command_line_of_the_team(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"HABEAS_HOME": str(tmp_path / "home")}
        environment.pop("HABEAS_DATABASE", None)
        return subprocess.run(
            [sys.executable, "-m", "habeas.cli", "team", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )

    assert (run("owner", "novy").returncode, run("list").stdout) == (0, "novy\towner\tall\t-\n")
    assert (run("log", "check").returncode, run("owner", " ").returncode) == (0, 2)
    file = tmp_path / "home" / "habeas.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("DROP TRIGGER access_noted_no_update")
        other.execute("UPDATE access_noted SET user = 'x' WHERE number = 1")
        other.commit()
    broken = run("log", "check")
    assert (broken.returncode, broken.stdout[:6]) == (1, "Line 1")
