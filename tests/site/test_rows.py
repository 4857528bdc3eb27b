"""On PostgreSQL, the database itself keeps a member from the rows of other cases.

Real peers: a server of the tests' own, a site that signs in as a plain account, SQL of one's own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import case_routes
import chance_rows
import guarded
import psycopg
import pytest
from case_story import say
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from purge_story import HAND, lived, needles, told_in_rows
from site_story import NAME, NOW, Story, told
from team_story import OWNER, member, signed_in

from habeas.cases.access import members, roles
from habeas.cases.access.gate import Gate
from habeas.cases.access.members import Terms
from habeas.cases.access.models import Membership
from habeas.cases.access.rows import binding, checking, policies, setting_up
from habeas.cases.api import tokens
from habeas.cases.retention import erasing, errands, expiring, narrowing
from habeas.cases.retention.expiring import Ended
from habeas.cases.retention.models import Expiry
from habeas.cases.statements import recording
from habeas.cases.statements.models import Document, Draft, Statement, Subject
from habeas.cases.statements.recording import Hand
from habeas.watch import scope
from habeas.watch.models import Person, Spelling

FORM = {"spellings": "Кто Угодно", "who": "Кто Угодно", "value": "ложь", "speaker": "сосед",
        "spelling": "Кто Угодно", "reason": "x", "note": "x", "q": "Выдумов", "answer": "same",
        "ground": "x", "zone": "UTC", "role": "family", "term": "note", "carrier": "x",
        "document_kind": "article", "certainty": "unknown", "in_custody": "unknown",
        "visibility": "internal"}  # fmt: skip


@pytest.fixture
def above(tmp_path: Path) -> Iterator[str]:
    """A database of a plain account; the address for its administrator."""
    with guarded.database(tmp_path) as address:
        yield address


@pytest.fixture
def story(above: str) -> Story:  # noqa: ARG001 - the database
    """The invented story, with the case of its person."""
    found = told()
    case_routes.case(found)
    return found


@pytest.fixture
def whole(story: Story) -> Story:
    """The story with a row of every kind that there is a page of."""
    for make in case_routes.MAKERS.values():
        make(story)
    return story


def _now() -> datetime:
    return datetime.now(UTC)


def _every_case() -> list[Subject]:
    return list(Subject.objects.filter(kind__in=("person", "event")))


def _unequal(user: str) -> list[str]:
    """Return the tables of which plain SQL shows other rows than the managers do, and how many."""
    mine, found, rows = guarded.sees(user), [], 0
    for model in policies.guarded():
        with mock.patch.object(scope, "TOLD", []), scope.within(mine):
            assert guarded.runs_as() == guarded.SITE  # the managers alone
            seen = set(model._default_manager.values_list("pk", flat=True))
        with scope.within(mine):
            assert guarded.runs_as() != guarded.SITE  # the database alone
            shown = guarded.ids(policies.table(model))
            assert shown == set(model._default_manager.values_list("pk", flat=True))
        rows += len(shown)
        if seen != shown:
            found.append(f"{policies.table(model)}: {sorted(seen ^ shown)}")
    return [*found, *(["nothing was seen at all"] if not rows else [])]


def test_plain_sql_shows_a_member_exactly_what_the_managers_show(whole: Story) -> None:
    case, other, third = (
        Subject.objects.get(person=whole.person),
        guarded.other(),
        guarded.other("ZZ8"),
    )
    say(case, "related", "kin", other=other)
    filed = Document.objects.create(kind="article", carrier="Чужая", added_by="own")
    recording.file(other, filed, Hand("own", _now()))
    member("all", "volunteer", *_every_case())
    member("one", "volunteer", case)
    member("two", "editor", other, third)
    member("own", "reader")
    member("jurist", "lawyer", other)
    member("late", "volunteer", third)
    members.grant(case, "late", Hand(OWNER, _now()), until=_now() + timedelta(hours=1))
    for user in ("two", "all"):
        members.withdraw(third, user, Hand(OWNER, _now()))
    chance_rows.add(policies.guarded(), each=12)
    own = Document.objects.create(kind="article", carrier="Своя", added_by="own")
    setting_up.set_up()
    users = ("all", "one", "two", "own", "jurist", "late")
    assert {user: _unequal(user) for user in users} == {user: [] for user in users}
    with scope.within(guarded.sees("own")):
        assert own.pk in guarded.ids("statements_document")
        assert filed.pk not in guarded.ids("statements_document")
    with scope.within(guarded.sees("one")):
        assert guarded.ids("watch_person") == {whole.person.pk}
        assert {"Другой ZZ9"} & set(Spelling._base_manager.values_list("text", flat=True)) == set()


@pytest.mark.usefixtures("whole")
def test_those_who_see_all_and_the_program_still_do() -> None:
    guarded.other()
    chance_rows.add(policies.guarded(), each=9)
    before = {policies.table(one): guarded.ids(policies.table(one)) for one in policies.guarded()}
    assert [table for table, rows in before.items() if not rows] == []
    member("editor", "editor", named=False)
    setting_up.set_up()
    assert before == {table: guarded.ids(table) for table in before}
    for user in (OWNER, "editor"):
        with scope.within(guarded.sees(user)):
            assert guarded.runs_as() == guarded.SITE
            assert before == {table: guarded.ids(table) for table in before}


def _asked(story: Story) -> dict[str, str]:
    every = {**case_routes.PAGES, **case_routes.FILES}
    found = {name: address(story) for name, address in every.items() if name not in roles.OWNERS}
    return found | {"sign-ins": "sign-ins/", "own-sign-in": "sign-in/own/"}


def test_every_page_and_file_of_a_granted_case_is_the_same_as_before(whole: Story) -> None:
    lena = member("lena", "editor", *_every_case())
    asked = _asked(whole)

    def answers() -> dict[str, tuple[int, int]]:
        found = {}
        for name, address in asked.items():
            answer = lena.get(f"/en/{address}")
            body = b"".join(answer) if answer.streaming else answer.content
            found[name] = (answer.status_code, len(body))
        return found

    before = answers()
    assert sum(status == 200 for status, _size in before.values()) > len(before) - 8
    setting_up.set_up()
    assert answers() == before
    assert guarded.runs_as() == guarded.SITE


def test_a_member_sends_what_they_could_send_before(whole: Story) -> None:
    lena = member("lena", "editor", *_every_case())
    setting_up.set_up()
    asked = {**case_routes.SENT, **case_routes.PAGES}
    for name, address in asked.items():
        answer = lena.post(f"/en/{address(whole)}", FORM)
        assert answer.status_code < 500, name
    assert lena.post("/en/people/add/", FORM).status_code == 302
    added = Person.objects.latest("pk")
    assert lena.get(f"/en/people/{added.code}/").status_code == 200
    assert lena.get(f"/en/cases/{added.code}/").status_code == 200
    new = {"who": "Небылова Вымышлена", "zone": "UTC", "role": "family", "where": "Мельница"}
    assert "Небылова" in lena.post("/en/new-case/", new, follow=True).content.decode()
    assert Statement.objects.filter(speaker="сосед").exists()
    assert guarded.runs_as() == guarded.SITE


REFUSED = {
    "a spelling of another": """INSERT INTO watch_spelling (person_id, text, origin, added_at)
        VALUES ({person}, 'x', 'user', now())""",
    "a case of one's own making": """INSERT INTO statements_subject
        (kind, code, title, ref, added_by, added_at)
        VALUES ('person', 'X1', '', '', 'one', now())""",
    "a paper in another's file": """INSERT INTO statements_filed (subject_id, document_id, by, at)
        SELECT {other}, max(id), 'one', now() FROM statements_document""",
    "a grant": """INSERT INTO access_grant (subject_id, "user", withdrawn, by, at)
        VALUES ({other}, 'one', false, 'one', now())""",
    "a grant by the back door": """INSERT INTO habeas_rows.held
        VALUES (current_user, {other}, {person}, NULL)""",
    "a role": """INSERT INTO access_membership ("user", role, named, by, at)
        VALUES ('one', 'owner', false, 'one', now())""",
    "what others were granted": "SELECT * FROM habeas_rows.held",
    "who sits where": "SELECT * FROM access_seat",
    "the log": "SELECT * FROM access_noted",
    "an account": "SELECT * FROM auth_user",
    "a session": "SELECT * FROM django_session",
    "how somebody signs in": "SELECT * FROM site_account",
    "the rules": "DROP POLICY habeas_member ON watch_person",
    "the triggers": "ALTER TABLE statements_statement DISABLE TRIGGER ALL",
    "a view of one's own": "CREATE VIEW habeas_rows.x AS SELECT 1",
    "a table": "TRUNCATE watch_spelling",
}


def test_what_is_of_another_case_cannot_be_written(story: Story) -> None:
    mine, other = Subject.objects.get(person=story.person), guarded.other()
    member("one", "volunteer", mine)
    setting_up.set_up()
    for what, sql in REFUSED.items():
        with scope.within(guarded.sees("one")):
            with pytest.raises(DatabaseError) as caught, transaction.atomic():
                connection.cursor().execute(sql.format(other=other.pk, person=other.person_id))
            assert guarded.runs_as() != guarded.SITE, what
        assert getattr(caught.value.__cause__, "sqlstate", "") == "42501", (what, caught.value)
    with scope.within(guarded.sees("one")), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE watch_spelling SET text = 'x' WHERE person_id = %s", [other.person_id]
        )
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM board_standing WHERE subject_id = %s", [other.pk])
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute("UPDATE watch_spelling SET person_id = %s", [other.person_id])
        say(mine, "note", "это можно")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            say(other, "note", "это нельзя")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            cursor.execute("UPDATE statements_statement SET value = 'x'")


def test_while_the_site_adds_a_row_the_managers_keep_to_the_scope(story: Story) -> None:
    guarded.other()
    member("one", "volunteer", Subject.objects.get(person=story.person))
    setting_up.set_up()
    with scope.within(guarded.sees("one")):
        seen = Statement.objects.count()
        with scope.founding():
            assert guarded.runs_as() == guarded.SITE
            assert Statement.objects.count() == seen
            assert Statement._base_manager.count() > seen
        with pytest.raises(ZeroDivisionError), transaction.atomic(), scope.founding():
            raise ZeroDivisionError
        assert Statement._base_manager.count() == seen


def test_what_has_ended_is_out_of_sight_though_it_was_granted(story: Story) -> None:
    case, other = Subject.objects.get(person=story.person), guarded.other()
    lena = member("lena", "volunteer", case, other)
    owner = signed_in(OWNER)
    setting_up.set_up()
    day = _now().date() - timedelta(days=1)
    Expiry.objects.create(subject=case, day=day, reason="x", by=OWNER, at=_now())
    expiring.shut_due(_now())
    say(case, "note", "ended")
    with scope.within(narrowing.narrowed(HttpRequest(), guarded.sees("lena"))):
        assert guarded.runs_as() != guarded.SITE
        assert Statement._base_manager.filter(subject=case).exists()  # the database knows the grant
        assert not Statement.objects.filter(subject=case).exists()
    assert lena.get(f"/en/cases/{other.code}/").status_code == 200
    assert lena.get(f"/en/cases/{case.code}/").status_code == 410
    board = lena.get("/en/board/").content.decode()
    assert other.code in board
    for page in ("board", "people", "hand-over"):
        for client in (lena, owner):
            assert case.code not in client.get(f"/en/{page}/").content.decode()
    assert owner.get(f"/en/cases/{other.code}/").status_code == 200
    assert guarded.runs_as() == guarded.SITE


def _samples(above: str) -> int:
    """Return of how many columns with words the server keeps samples, as its administrator sees."""
    asked = """SELECT count(*) FROM pg_stats
        WHERE tablename = 'statements_draft' AND attname IN ('by', 'path', 'fields')"""
    with psycopg.connect(above) as administrator:
        found = administrator.execute(asked).fetchone()
    assert found is not None
    return int(found[0])


def test_a_purge_removes_all_of_it_and_the_rules_stand_as_before(
    above: str,
    tmp_path: Path,
) -> None:
    with override_settings(HABEAS_NOW=lambda: NOW, HABEAS_HOME=tmp_path):
        life = lived()
        Draft.objects.exclude(fields__value="x").delete()
        lena = member("lena", "volunteer", life.brother)
        setting_up.set_up()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert _samples(above) > 0
        wanted = needles(life)
        erasing.purge({life.subject.pk: Ended("by_hand", NOW.date())}, HAND)
        assert errands.left() == 0
        assert not Draft.objects.exists()
        assert told_in_rows(wanted) == {}
        assert _samples(above) == 0
        assert checking.faults() == []
        assert lena.get(f"/en/cases/{life.brother.code}/").status_code == 200
        assert lena.get(f"/en/cases/{life.subject.code}/").status_code == 404


def test_a_member_signs_out(story: Story) -> None:
    lena = member("lena", "volunteer", Subject.objects.get(person=story.person))
    setting_up.set_up()
    assert lena.get("/en/board/").status_code == 200
    assert lena.post("/en/sign-out/").status_code == 302
    assert lena.get("/en/board/").status_code == 302
    assert guarded.runs_as() == guarded.SITE


def test_who_is_removed_sees_nothing_at_once(story: Story) -> None:
    case = Subject.objects.get(person=story.person)
    client = member("one", "volunteer", case)
    setting_up.set_up()
    mine = guarded.sees("one")
    with scope.within(mine):
        assert guarded.ids("watch_person")
        with scope.everything():
            members.put("one", Terms(Membership.ENDED), Hand(OWNER, _now()))
        # The managers of this request still go by what it began with; the database does not.
        assert Person.objects.count() == 0
        assert not any(guarded.ids(policies.table(one)) - public(one) for one in policies.guarded())
    assert client.get(f"/en/cases/{case.code}/").status_code == 403


def public(model: type[Any]) -> set[int]:
    """Return what is of nobody: the offices of the call list, and imports of no case yet."""
    if model is Subject:
        return set(Subject.objects.filter(kind="body").values_list("pk", flat=True)) | _bodies()
    return (
        guarded.ids(policies.table(model))
        if policies.table(model).startswith("importing_")
        else set()
    )


def _bodies() -> set[int]:
    with scope.everything():
        return set(Subject.objects.filter(kind="body").values_list("pk", flat=True))


def test_a_shift_ends_in_the_database_too(story: Story) -> None:
    case = Subject.objects.get(person=story.person)
    member("one", "volunteer", case)
    setting_up.set_up()
    mine = guarded.sees("one")
    soon = _now() + timedelta(seconds=1)
    members.put("one", Terms("volunteer", named=True, until=soon), Hand(OWNER, _now()))
    with scope.within(mine), connection.cursor() as cursor:
        assert guarded.ids("watch_person") == {story.person.pk}
        cursor.execute("SELECT pg_sleep(1.2)")
        assert not guarded.ids("watch_person")


@pytest.mark.parametrize("sql", ["SELECT 1/0", "SELECT pg_terminate_backend(pg_backend_pid())"])
def test_a_page_that_breaks_leaves_no_role_on_the_connection(story: Story, sql: str) -> None:
    member("one", "volunteer", Subject.objects.get(person=story.person))
    setting_up.set_up()
    seen = []

    def page(_request: HttpRequest) -> HttpResponse:
        seen.append(guarded.runs_as())
        with transaction.atomic(), scope.everything(), transaction.atomic():
            seen.append(guarded.runs_as())
            connection.cursor().execute(sql)
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = User.objects.get(username="one")
    with pytest.raises(DatabaseError):
        Gate(page)(request)
    assert seen == [f"{policies.names().member}{binding.seat_of('one')}", guarded.SITE]
    connection.close_if_unusable_or_obsolete()
    assert guarded.runs_as() == guarded.SITE


def test_the_role_comes_back_with_the_transaction_that_is_rolled_back(story: Story) -> None:
    member("one", "volunteer", Subject.objects.get(person=story.person))
    setting_up.set_up()
    with scope.within(guarded.sees("one")):
        one = guarded.runs_as()
        for break_ in ("SELECT 1/0", "SELECT pg_sleep(0)"):
            with pytest.raises((DatabaseError, ZeroDivisionError)), transaction.atomic():  # noqa: PT012 - the parts belong together
                with scope.everything(), transaction.atomic():
                    assert guarded.runs_as() == guarded.SITE
                    connection.cursor().execute(break_)
                assert guarded.runs_as() == one
                raise ZeroDivisionError
            assert guarded.runs_as() == one
        connection.close()
        assert guarded.runs_as() == one  # a connection that is opened in the middle of a request
    assert guarded.runs_as() == guarded.SITE


def test_a_program_with_a_members_token_is_kept_like_the_member(story: Story) -> None:
    other = guarded.other()
    member("one", "editor", Subject.objects.get(person=story.person))
    setting_up.set_up()
    user = User.objects.get(username="one")
    token = tokens.new_token(user, "p", _now() + timedelta(days=1), writes=True)
    asks = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}"})
    people = asks.get("/api/v1/people").content.decode()
    assert (story.person.code in people, other.code in people) == (True, False)
    assert asks.get(f"/api/v1/people/{other.code}").status_code == 404
    said = {"property": "note", "value": "x", "speaker": "Сестра", "role": "family"}
    for _twice in range(2):
        answer = asks.post(
            f"/api/v1/people/{story.person.code}/statements",
            said,
            "application/json",
            headers={"Idempotency-Key": "key-00001"},
        )
        assert answer.status_code == 201, answer.content
    assert Statement.objects.filter(speaker="Сестра").count() == 1
    assert guarded.runs_as() == guarded.SITE


def test_a_member_without_a_role_is_shown_nothing(story: Story, above: str) -> None:
    case = Subject.objects.get(person=story.person)
    setting_up.set_up()
    late = member("late", "volunteer", case)
    assert late.get(f"/en/cases/{case.code}/").status_code == 200  # a spare one
    role = f"{policies.names().member}{binding.seat_of('late')}"
    with psycopg.connect(above, autocommit=True) as administrator:
        administrator.execute(f"DROP ROLE {role}")
    answer = late.get(f"/en/cases/{case.code}/")
    assert answer.status_code == 503
    assert "habeas team database" in answer.content.decode()
    assert signed_in(OWNER).get(f"/en/cases/{case.code}/").status_code == 200
    assert NAME not in answer.content.decode()
    assert late.post("/en/sign-out/").status_code == 302  # going is never refused
    late = signed_in("late")
    assert setting_up.set_up().roles == 1
    assert late.get(f"/en/cases/{case.code}/").status_code == 200


def test_rules_that_vanish_within_a_request_leave_the_managers(story: Story) -> None:
    guarded.other()
    member("one", "volunteer", Subject.objects.get(person=story.person))
    setting_up.set_up()
    with scope.within(guarded.sees("one")):
        seen = Statement.objects.count()
        with scope.everything(), connection.cursor() as cursor:
            assert Statement.objects.count() > seen
            cursor.execute("DROP SCHEMA habeas_rows CASCADE")
        connection.close()
        assert guarded.runs_as() == guarded.SITE
        assert Statement.objects.count() == seen


def test_a_setting_that_a_client_writes_changes_nothing(story: Story) -> None:
    guarded.other()
    member("one", "volunteer", Subject.objects.get(person=story.person))
    setting_up.set_up()
    with scope.within(guarded.sees("one")), connection.cursor() as cursor:
        for name in ("app.user", "app.team", "habeas.member", "row_security"):
            cursor.execute("SELECT set_config(%s, 'on', false)", [name])
        assert guarded.ids("watch_person") == {story.person.pk}
