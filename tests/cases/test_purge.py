"""A purge: everything of a person goes from rows, files and bytes; what is of others stays."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import postgresql
import psycopg
import pytest
from case_story import NOW, say
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.test import override_settings
from django_ready import POSTGRESQL, SQLITE
from purge_story import (
    BROTHERS_CODE,
    HAND,
    TEXT,
    Life,
    lived,
    needles,
    told_in,
    told_in_rows,
)

from habeas.cases.access import log
from habeas.cases.access.models import Noted
from habeas.cases.documents import taking
from habeas.cases.documents.models import Upload
from habeas.cases.handover.models import HandOver
from habeas.cases.importing.models import Import, Row
from habeas.cases.retention import captures, erasing, errands, rules, unlocking
from habeas.cases.retention.expiring import Ended
from habeas.cases.retention.models import Errand, Purge, Shut
from habeas.cases.sharing.models import Leaving
from habeas.cases.statements.models import Draft, Statement, Subject
from habeas.errors import KeyLocked, NothingIsChanged, PurgeChanged, PurgeRefused
from habeas.evidence import seals
from habeas.evidence.checks import Result
from habeas.watch.models import Alert, Mention, Spelling, Version

ENDED = Ended("by_hand", NOW.date())
ON_BOTH = pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)


@pytest.fixture
def home(database: Path) -> Iterator[Path]:
    folder = database.parent if database.is_file() else database
    if connection.vendor == "sqlite":
        # Some systems build SQLite so that it writes over what is deleted; others do not.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = OFF")
    with override_settings(HABEAS_NOW=lambda: NOW, HABEAS_HOME=folder):
        yield folder


@pytest.fixture
def life(home: Path) -> Life:  # noqa: ARG001 - wanted for what it does
    return lived()


def purged(life: Life) -> Purge:
    return erasing.purge({life.subject.pk: ENDED}, HAND)


def bytes_of(home: Path) -> Path:
    """Return the folder with the files of the database, as they lie on the disk now."""
    if connection.vendor == "sqlite":
        return home
    server = postgresql.cluster()
    assert server is not None
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        (number,) = cursor.fetchone()
    return server.socket / "data" / "base" / str(number)


@ON_BOTH
def test_nothing_of_a_person_is_left_in_any_row_or_byte(life: Life, home: Path) -> None:
    wanted = needles(life)
    assert len(told_in_rows(wanted)) > 20
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL keeps samples of what stands in columns
    assert told_in(bytes_of(home), wanted)
    guards = unlocking.guards()
    purged(life)
    assert told_in_rows(wanted) == {}
    assert told_in(bytes_of(home), wanted) == {}
    assert not Errand.objects.exists()
    assert unlocking.guards() == guards
    assert log.check().broken_at is None


@ON_BOTH
def test_what_is_of_others_stays(life: Life) -> None:
    mine = Statement.objects.filter(subject=life.brother, other=None).count()
    done = purged(life)
    brother = Subject.objects.get(code=BROTHERS_CODE)
    assert Statement.objects.filter(subject=brother).count() == mine == 1
    assert Spelling.objects.get(person=brother.person_id).withdrawn_at is None
    assert Upload.objects.get(document__filed__subject=brother).sha256 == life.shared_file
    assert captures.still_there([*life.files, life.shared_file]) == [life.shared_file]
    assert Draft.objects.get().path == "/cases/BR4KN/say/"
    assert Mention.objects.filter(printed="НЕБЫЛОВ В.").exists()
    assert Alert.objects.get().failed == "no: … …"
    assert HandOver.objects.get().note == "Звонить матери … …, потом в суд."
    session = SessionStore().decode(Session.objects.get().session_data)
    assert session == {"_csrftoken": "x" * 32}
    assert done.stayed == [["files", 1], ["captures_shared", 1]]
    to_whom = list(Leaving.objects.order_by("pk").values_list("recipient", "sha256"))
    assert to_whom == [("", "ab" * 32), ("Комитет", "ab" * 32)]


@ON_BOTH
def test_captures_of_nobody_else_leave_by_policy_and_every_seal_holds(
    life: Life, home: Path
) -> None:
    before = sorted((home / "captures").rglob("*.warc.gz"))
    done = purged(life)
    assert (len(before), done.removed["captures"]) == (3, 2)
    shared = Version.objects.get(mentions__printed="НЕБЫЛОВ В.").record["path"]
    assert sorted((home / "captures").rglob("*.warc.gz")) == [Path(shared)]
    for store in ("captures", "documents"):
        found = {check.name: check.result for check in seals.check_store(home / store)}
        assert found["item.removed"] is Result.REMOVED
        assert Result.BROKEN not in found.values()
    assert errands.left() == 0


def test_a_capture_that_cannot_be_removed_now_is_removed_at_the_next_start(
    life: Life, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_given: object, **_named: object) -> None:
        raise KeyLocked("x")

    with monkeypatch.context() as patched:
        patched.setattr(seals, "remove", locked)
        purged(life)
    assert len(list((home / "captures").rglob("*.warc.gz"))) == 3
    assert captures.still_there(life.files) == list(life.files)
    assert errands.left() == 2 + 1 + len(life.files)  # the file of the list as well
    assert errands.work_off() == 0
    assert len(list((home / "captures").rglob("*.warc.gz"))) == 1
    assert captures.still_there(life.files) == []


def test_a_file_that_was_brought_again_meanwhile_is_left(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(errands, "work_off", lambda: 0)
        purged(life)
    again = taking.take(life.brother, taking.Sent(TEXT.encode(), "a.txt"), HAND)
    assert errands.work_off() == 0
    assert captures.still_there(life.files) == [again.sha256]


@ON_BOTH
def test_a_placeholder_with_number_day_and_reason_stays(life: Life) -> None:
    purged(life)
    stays = Subject.objects.get(pk=life.subject.pk)
    assert (stays.code, stays.title, stays.person) == (life.subject.code, "", None)
    shut = Shut.objects.get()
    assert (shut.subject_id, shut.day, shut.reason) == (stays.pk, NOW.date(), "by_hand")
    with pytest.raises(PurgeChanged):
        purged(life)


@ON_BOTH
def test_the_guards_stand_again_after_a_purge(life: Life) -> None:
    purged(life)
    row = say(life.brother, "last_seen", "мост")
    with pytest.raises(NothingIsChanged):
        row.delete()
    for change in ("UPDATE statements_statement SET value = 'x'", "DELETE FROM access_noted"):
        with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
            cursor.execute(change)


def test_of_a_list_in_which_others_stand_the_file_stays_and_is_counted(home: Path) -> None:
    life = lived(in_a_list_of_others=True)
    done = purged(life)
    assert ["lists", 1] in done.stayed
    kept = Import.objects.get().sha256
    assert list(told_in(home, needles(life))) == [f"documents/{kept[:2]}/{kept}"]
    assert [bool(one.cells) for one in Row.objects.order_by("number")] == [False, False, True]


def test_a_code_that_tells_a_name_goes_from_the_chained_log_which_still_fits(home: Path) -> None:
    life = lived(code="TAHMINDUKHTOV")
    purged(life)
    assert Subject.objects.get(pk=life.subject.pk).code == f"gone-{life.subject.pk}"
    assert not told_in(home, [b"TAHMINDUKHTOV"])
    emptied = Noted.objects.filter(cases="").count()
    assert emptied == 2
    assert log.check().broken_at is None
    # Nobody may hide by the same way what they read.
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER access_noted_no_update")
        cursor.execute("UPDATE access_noted SET cases = '', salt = '' WHERE number = 1")
    assert log.check().why == "changed"


def test_every_pointer_and_every_model_with_words_has_a_rule() -> None:
    names = {name for name, field in rules.pointers()}
    assert names == set(rules.POINTERS)
    worded = {
        rules.label_of(model)
        for model in apps.get_models()
        if model.__module__.startswith("habeas.") and rules.texts_of(model)
    }
    pointing = {name.rpartition(".")[0] for name in names}
    known = set(rules.WORDS) - {"sessions.Session"}
    assert worded <= known
    assert known <= worded | pointing | {"retention.Errand"}


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_an_account_that_does_not_own_the_tables_purges_nobody(life: Life) -> None:
    guards, before = unlocking.guards(), told_in_rows(needles(life))
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS lesser")
        cursor.execute("CREATE ROLE lesser")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO lesser")
        cursor.execute("SET ROLE lesser")
    with pytest.raises(PurgeRefused, match="does not own its tables"):
        purged(life)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DROP OWNED BY lesser")
        cursor.execute("DROP ROLE lesser")
    assert unlocking.guards() == guards
    assert told_in_rows(needles(life)) == before


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_visits_are_noted_while_a_purge_runs(life: Life) -> None:
    ended, failed = threading.Event(), []

    def visit() -> None:
        try:
            while not ended.is_set():
                log.add(log.Line(NOW, "reader", Noted.READ, "board"))
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    visitors = [threading.Thread(target=visit) for _number in range(3)]
    for one in visitors:
        one.start()
    try:
        purged(life)
    finally:
        ended.set()
        for one in visitors:
            one.join()
    assert failed == []
    assert log.check().broken_at is None


def test_while_somebody_reads_the_old_bytes_wait_for_the_next_start(
    life: Life, database: Path, home: Path
) -> None:
    wanted = needles(life)
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM statements_statement").fetchone()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
        purged(life)
        assert told_in_rows(wanted) == {}
        assert errands.left() == 1
        assert told_in(home, wanted)
    assert errands.work_off() == 0
    assert told_in(home, wanted) == {}


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_on_postgresql_too_nobody_waits_long_for_a_reader(
    life: Life, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "WAIT_MS", 100)
    with psycopg.connect(os.environ["HABEAS_DATABASE"]) as reader:
        reader.execute("SELECT count(*) FROM statements_statement")
        purged(life)
        assert errands.left() == 1
    assert errands.work_off() == 0
    assert told_in(bytes_of(home), needles(life)) == {}


@pytest.mark.only_sqlite
@pytest.mark.parametrize("moment", ["inside", "after"])
def test_a_kill_leaves_all_of_it_or_nothing(moment: str, database: Path, home: Path) -> None:
    life = lived()
    wanted = needles(life)
    before = told_in_rows(wanted)
    connection.close()
    script = (
        "import os, signal, sys, django_ready\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        f"django_ready.use(Path({str(database)!r}))\n"
        "from django.conf import settings\n"
        f"settings.HABEAS_HOME = {str(home)!r}\n"
        "from habeas.cases.retention import erasing, errands, expiring\n"
        "from habeas.cases.statements.recording import Hand\n"
        "def die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        f"if {moment!r} == 'inside': erasing._written = die\n"
        "else: errands.work_off = die\n"
        f"erasing.purge({{{life.subject.pk}: expiring.Ended('by_hand', datetime.now(UTC).date())}},"
        " Hand('owner', datetime.now(UTC)))\n"
    )
    support = str(Path(__file__).parents[1] / "support")
    done = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": support}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    if moment == "inside":
        assert told_in_rows(wanted) == before
        assert not Purge.objects.exists()
        assert captures.still_there(life.files) == list(life.files)
        return
    assert told_in_rows(wanted) == {}
    assert captures.still_there(life.files) == list(life.files)
    # The next start goes on where it was cut off, and once more does no harm.
    assert errands.work_off() == 0
    assert captures.still_there(life.files) == []
    assert told_in(home, wanted) == {}
    assert errands.work_off() == 0


def test_the_text_of_a_document_is_overwritten_before_its_file_goes(life: Life, home: Path) -> None:
    path = home / "documents" / life.files[0][:2] / life.files[0]
    assert path.read_bytes() == TEXT.encode()
    with path.open("rb") as held:
        purged(life)
        assert held.read() == bytes(len(TEXT.encode()))
    assert not path.exists()
