"""Statements: nothing is changed, everything has a speaker, disputes stay, copies count once."""

from datetime import timedelta
from pathlib import Path

import pytest
from case_story import NOW, document, invented, say
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django_ready import POSTGRESQL, SQLITE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.cases.statements import reading, recording
from habeas.cases.statements.append_only import AppendOnly
from habeas.cases.statements.models import Chosen, Derivation, Filed, Line, Statement, Subject
from habeas.cases.statements.recording import Hand, Said
from habeas.errors import NothingIsChanged, StatementRefused

HAND = Hand("owner", NOW)


def of(subject: Subject, term: str) -> reading.Question:
    (found,) = reading.questions(subject, term)
    return found


APPEND_ONLY = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


def test_everything_that_is_said_is_append_only() -> None:
    assert {Subject, Statement, Line, Chosen, Derivation, Filed} <= set(APPEND_ONLY)


BOTH = pytest.mark.parametrize("database", [SQLITE, POSTGRESQL], indirect=True)


@BOTH
def test_every_append_only_table_is_guarded_by_the_database(database: Path) -> None:
    del database
    for model in APPEND_ONLY:
        _is_guarded(model._meta.db_table)


def _is_guarded(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [table],
            )
            assert cursor.fetchone()[0] == 3
        else:
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass",
                [table],
            )
            assert cursor.fetchone()[0] == 2


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE statements_statement SET value = 'other'",
        "UPDATE statements_statement SET id = id + 1000",
        "DELETE FROM statements_statement",
        "DELETE FROM statements_chosen",
        "UPDATE statements_line SET reason = 'other'",
        "UPDATE statements_document SET carrier = 'other'",
        "DELETE FROM statements_filed",
        "UPDATE statements_subject SET title = 'other'",
        "DELETE FROM statements_derivation",
    ],
)
@BOTH
def test_the_database_refuses_to_change_what_was_said(case: Subject, attack: str) -> None:
    one, two = document(), document("Copy Times")
    recording.derive(two, one, HAND, holds=True, ground="word for word")
    recording.sign([say(case, "sentence", "9 years", document=one)], HAND, reason="only one")
    with (
        pytest.raises(DatabaseError, match="added, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
    assert Statement.objects.get().value == "9 years"


def test_a_row_cannot_be_replaced_either(case: Subject) -> None:
    statement = say(case, "sentence", "9 years")
    with (
        pytest.raises(DatabaseError, match="added, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT OR REPLACE INTO statements_statement SELECT * FROM statements_statement"
        )
    assert Statement.objects.get() == statement


def test_the_code_refuses_too(case: Subject) -> None:
    statement = say(case, "sentence", "9 years")
    statement.value = "10 years"
    with pytest.raises(NothingIsChanged, match="added, never changed"):
        statement.save()
    with pytest.raises(NothingIsChanged, match="supersedes or retracts"):
        statement.delete()


def test_a_statement_needs_a_speaker_and_a_value(case: Subject) -> None:
    with pytest.raises(StatementRefused, match="nobody is named"):
        say(case, "sentence", "9 years", speaker="  ")
    with pytest.raises(StatementRefused, match="nothing is said"):
        say(case, "sentence", "  ")
    with pytest.raises(StatementRefused, match="somebody else"):
        say(invented("OTHER"), "sentence", "9", supersedes=say(case, "sentence", "9 years"))
    assert Statement.objects.count() == 1


def test_a_correction_replaces_and_the_earlier_one_stays_on_record(case: Subject) -> None:
    first = say(case, "sentence", "10 years")
    second = say(case, "sentence", "9 years", supersedes=first)
    assert reading.live(case) == [second]
    assert Statement.objects.count() == 2


def test_two_editors_who_correct_one_statement_at_once_lose_nothing(case: Subject) -> None:
    first = say(case, "sentence", "10 years")
    one = say(case, "sentence", "9 years", supersedes=first, by="Alice")
    other = say(case, "sentence", "12 years", supersedes=first, by="Bob")
    assert reading.live(case) == [one, other]
    assert of(case, "sentence").disputed


def test_what_is_taken_back_can_be_brought_back(case: Subject) -> None:
    said = say(case, "sentence", "9 years")
    back = recording.retract(said, Said("Sister", "family"), HAND, reason="I misheard")
    assert reading.live(case) == []
    recording.retract(back, Said("Sister", "family"), HAND, reason="I had heard right")
    assert reading.live(case) == [said]


def test_two_values_that_exclude_each_other_are_a_dispute_and_neither_hides(case: Subject) -> None:
    say(case, "sentence", "9 years", "Dushanbe city court", "court")
    say(case, "sentence", "10 years", "A digest", "media")
    found = of(case, "sentence")
    assert found.disputed
    assert {one.value for one in (*found.current, *found.beside)} == {"9 years", "10 years"}


def test_names_and_accusations_beside_each_other_are_no_dispute(case: Subject) -> None:
    say(case, "accusation", "fraud")
    say(case, "accusation", "corruption")
    assert not of(case, "accusation").disputed


def test_inexact_times_that_overlap_are_no_dispute(case: Subject) -> None:
    say(case, "removed_on", "2021-03-27/2021-03-28")
    say(case, "removed_on", "2021-03-25/2021-03-31")
    assert not of(case, "removed_on").disputed
    say(case, "removed_on", "2021-03-25")
    assert of(case, "removed_on").disputed


def test_a_person_signs_and_the_other_version_stays_beside(case: Subject) -> None:
    nine = say(case, "sentence", "9 years", "Court", "court")
    say(case, "sentence", "10 years", "Digest", "media")
    say(case, "sentence", "10 years", "Blog", "media")
    assert [one.value for one in of(case, "sentence").current] == ["10 years"]
    recording.sign([nine], HAND, reason="The court knows its own sentence")
    found = of(case, "sentence")
    assert found.line is not None
    assert found.line.by == "owner"
    assert [one.value for one in found.current] == ["9 years"]
    assert [one.value for one in found.beside] == ["10 years"]
    assert found.disputed
    assert found.unread == 0
    say(case, "sentence", "11 years", at=NOW + timedelta(hours=1))
    assert of(case, "sentence").unread == 1


def test_a_signed_statement_that_is_taken_back_is_shown_no_longer(case: Subject) -> None:
    nine = say(case, "sentence", "9 years")
    recording.sign([nine], HAND, reason="sure")
    say(case, "sentence", "8 years", supersedes=nine)
    found = of(case, "sentence")
    assert found.line is None
    assert [one.value for one in found.current] == ["8 years"]


def test_a_line_needs_a_reason_and_one_property(case: Subject) -> None:
    nine = say(case, "sentence", "9 years")
    with pytest.raises(StatementRefused, match="does not say why"):
        recording.sign([nine], HAND, reason=" ")
    with pytest.raises(StatementRefused, match="one property"):
        recording.sign([nine, say(case, "age", "48")], HAND, reason="both")
    with pytest.raises(StatementRefused, match="one property"):
        recording.sign([], HAND, reason="none")
    assert not Line.objects.exists()


def test_copies_of_one_document_count_once(case: Subject) -> None:
    first, copy, other = document("Ozodi"), document("Asia-Plus"), document("RFE/RL")
    say(case, "sentence", "9 years", "Ozodi", "media", document=first)
    say(case, "sentence", "9 years", "Asia-Plus", "media", document=copy)
    say(case, "sentence", "9 years", "RFE/RL", "media", document=other)
    assert of(case, "sentence").versions[0].independent == 3
    recording.derive(copy, first, HAND, holds=True, ground="names it")
    assert of(case, "sentence").versions[0].independent == 2
    recording.derive(copy, first, HAND, holds=False, ground="has its own correspondent")
    assert of(case, "sentence").versions[0].independent == 3


def test_one_speaker_in_ten_newspapers_counts_once(case: Subject) -> None:
    for n in range(10):
        say(case, "sentence", "9 years", "The Prosecutor", "prosecutor", document=document(f"{n}"))
    assert of(case, "sentence").versions[0].independent == 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edges=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_roots_are_found_however_documents_repeat_each_other(
    case: Subject, edges: list[tuple[int, int]]
) -> None:
    del case
    papers = [document(f"{n}") for n in range(6)]
    kept = {(a, b) for a, b in edges if a != b}
    for a, b in kept:
        recording.derive(papers[a], papers[b], HAND, holds=True, ground="")
    roots = reading.roots_of(one.pk for one in papers)
    pks = {one.pk for one in papers}
    for number, paper in enumerate(papers):
        assert roots[paper.pk]
        assert roots[paper.pk] <= pks
        if not any(a == number for a, _b in kept):
            assert roots[paper.pk] == {paper.pk}


def test_a_document_does_not_repeat_itself(case: Subject) -> None:
    del case
    paper = document()
    with pytest.raises(StatementRefused, match="does not repeat itself"):
        recording.derive(paper, paper, HAND, holds=True, ground="")


def test_when_it_was_said_is_never_after_it_was_taken_down(case: Subject) -> None:
    later = say(case, "age", "48", said_on="2027")
    assert later.said_by == NOW
    earlier = say(case, "age", "48", said_on="2021-03-25", zone="Europe/Moscow")
    assert f"{earlier.said_by:%Y-%m-%d %H:%M}" == "2021-03-25 21:00"
    assert say(case, "age", "48", document=document(published="2020-01")).said_by < earlier.said_by


def test_the_migrations_can_be_taken_back(database: Path) -> None:
    del database
    from django.core.management import call_command

    call_command("migrate", "statements", "0001", verbosity=0)
    call_command("migrate", "statements", verbosity=0)


def test_no_model_is_without_its_migration() -> None:
    from io import StringIO

    from django.core.management import call_command

    told = StringIO()
    call_command("makemigrations", dry_run=True, stdout=told, skip_checks=True)
    assert "No changes detected" in told.getvalue()
