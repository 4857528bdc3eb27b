"""The migration of the engine, up and down, with data in the tables."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("watch", "0001_initial")]
AFTER = [("watch", "0002_watching_engine")]
LATEST = [("watch", "0003_whole_versions")]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def at_first(database: Path) -> Any:
    """The database as the first migration left it, and its models."""
    del database
    return migrated(BEFORE)


def migrated(target: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


def rows(apps: Any) -> None:
    """Put one of each into the tables."""
    watch = apps.get_model("watch", "Watch").objects.create(source="tj_sud", every_s=3600)
    look = apps.get_model("watch", "Look").objects.create(
        watch=watch, slot=NOW, started_at=NOW, finished_at=NOW, outcome="found", adapter="habeas"
    )
    entry = apps.get_model("watch", "Entry").objects.create(
        source="tj_sud", identity="uid:1", scope="2026-11-24", first_look=look
    )
    apps.get_model("watch", "Version").objects.create(
        entry=entry, look=look, digest="0" * 64, facts={"judge": "Судьин В.Г."}
    )


def test_what_was_kept_before_is_kept_and_counts_as_one_slot(at_first: Any) -> None:
    rows(at_first)
    apps = migrated(AFTER)
    look = apps.get_model("watch", "Look").objects.get()
    assert (look.slots, look.lists, look.confirmed_lists, look.slot) == (1, 0, 0, NOW)
    watch = apps.get_model("watch", "Watch").objects.get()
    assert (watch.days_back, watch.days_ahead) == (1, 7)
    entries = apps.get_model("watch", "Entry").objects
    entries.create(source="tj_sud", identity="uid:1", scope="2026-11-25", first_look=look)
    assert entries.count() == 2
    assert apps.get_model("watch", "Version").objects.get().facts == {"judge": "Судьин В.Г."}


def test_it_can_be_taken_back(at_first: Any) -> None:
    rows(at_first)
    apps = migrated(AFTER)
    look = apps.get_model("watch", "Look").objects.get()
    apps.get_model("watch", "Listing").objects.create(
        look=look, source="tj_sud", scope="2026-11-24"
    )
    apps = migrated(BEFORE)
    assert apps.get_model("watch", "Look").objects.get().slot == NOW
    assert apps.get_model("watch", "Entry").objects.get().identity == "uid:1"
    migrated(LATEST)


def test_versions_of_before_count_as_whole_and_matches_are_folded(at_first: Any) -> None:
    rows(at_first)
    apps = migrated(AFTER)
    version = apps.get_model("watch", "Version").objects.get()
    mention = apps.get_model("watch", "Mention").objects.create(
        version=version, printed="АЛЁХИН С.П.", capacity="party"
    )
    apps.get_model("watch", "Match").objects.create(
        person=apps.get_model("watch", "Person").objects.create(code="A7"),
        mention=mention, verdict="likely", bits=20.0, namesakes=1.0, reasons=[], spellings=1,
    )  # fmt: skip
    apps = migrated(LATEST)
    assert apps.get_model("watch", "Match").objects.get().folded == "алехин с.п."
    assert apps.get_model("watch", "Version").objects.get().whole
    migrated(AFTER)
    assert migrated(LATEST).get_model("watch", "Match").objects.get().folded == "алехин с.п."


def test_no_model_is_without_its_migration() -> None:
    from io import StringIO

    from django.core.management import call_command

    told = StringIO()
    call_command("makemigrations", "watch", dry_run=True, stdout=told, skip_checks=True)
    assert "No changes detected" in told.getvalue()
