"""Asking by name: shown first, allowed by a person, and only for that source."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django_ready import database

from habeas import language
from habeas.cli.watch import command
from habeas.watch.adding import add_person
from habeas.watch.by_name import names_sent
from habeas.watch.models import Watch
from habeas.watch.planning import plan

__all__ = ["database"]
_NAME = "Выдумов Назар Небылович"


@pytest.fixture(autouse=True)
def _ready(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del database
    language.use("en")
    # The database of this test is migrated already.
    monkeypatch.setattr("habeas.site.serving.prepare", lambda: None)
    add_person(_NAME, datetime.now(UTC))


def _watch(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)


def test_names_are_shown_before_a_source_may_learn_them() -> None:
    refused = _watch("add-source", "ru_mosgorsud", "tverskoj", "--by-name")
    assert refused.exit_code == 2
    assert "would learn that you look for:" in refused.output
    assert _NAME in refused.output
    assert "Nobody is here to allow that" in refused.output
    assert not Watch.objects.exists()
    allowed = _watch("add-source", "ru_mosgorsud", "tverskoj", "--by-name", "--yes")
    assert allowed.exit_code == 0
    assert _NAME in allowed.output
    listed = _watch("by-name")
    assert "ru_mosgorsud tverskoj" in listed.output
    assert _NAME in listed.output


def test_it_can_be_switched_off_and_then_nothing_with_a_name_is_planned() -> None:
    assert _watch("add-source", "ru_mosgorsud", "tverskoj", "--by-name", "--yes").exit_code == 0
    now = datetime.now(UTC)
    with_names = plan(Watch.objects.get(), now, now)
    assert names_sent() == (_NAME,)
    assert any(one.request.by_name for one in with_names.planned)
    assert _watch("by-name", "ru_mosgorsud", "tverskoj", "--off").exit_code == 0
    without = plan(Watch.objects.get(), now, now)
    assert not without.by_name
    assert not any(one.request.by_name for one in without.planned)
    assert _watch("by-name", "ru_mosgorsud", "tverskoj", "--yes").exit_code == 0
    assert Watch.objects.get().by_name


def test_a_source_without_such_requests_is_never_asked_by_name() -> None:
    done = _watch("add-source", "tj_mvd", "--by-name", "--yes")
    assert done.exit_code == 2
    assert "cannot be asked by name" in done.output
    assert not Watch.objects.exists()


def test_only_what_is_watched_can_be_switched() -> None:
    done = _watch("by-name", "ru_mosgorsud", "tverskoj", "--yes")
    assert done.exit_code == 2
    assert "is not watched" in done.output


def test_who_closes_a_person_closes_their_names() -> None:
    from habeas.watch.models import Person

    Person.objects.update(closed_at=datetime.now(UTC))
    assert names_sent() == ()
