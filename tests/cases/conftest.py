"""Fixtures of case files: a database, a clock that stands still, an invented person, a visitor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_story import NOW, invented
from django.test import Client, override_settings
from django_ready import database
from site_story import account

from habeas.cases.statements.models import Subject

__all__ = ["case", "database", "owner"]


@pytest.fixture
def case(database: Path) -> Iterator[Subject]:  # noqa: ARG001 - wanted for what it does
    """The case of an invented person, with nothing said yet."""
    with override_settings(HABEAS_NOW=lambda: NOW):
        yield invented()


@pytest.fixture
def owner(database: Path) -> Client:  # noqa: ARG001 - wanted for what it does
    """The owner, signed in."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account())
    return client
