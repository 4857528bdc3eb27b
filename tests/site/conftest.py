"""Fixtures of the site: a database with an invented story, a clock that stands still, a visitor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import translation
from django_ready import database
from site_story import NOW, Story, account, told

__all__ = ["database", "owner", "story", "visitor"]


@pytest.fixture
def story(database: Path) -> Iterator[Story]:  # noqa: ARG001 - wanted for what it does
    with override_settings(HABEAS_NOW=lambda: NOW):
        yield told()


@pytest.fixture
def visitor(database: Path) -> Client:  # noqa: ARG001 - wanted for what it does
    """Somebody without a session."""
    return Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)


@pytest.fixture
def owner(database: Path) -> Client:  # noqa: ARG001 - wanted for what it does
    """The owner, signed in. Forged forms are not checked here; other tests do that."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account())
    return client


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences outside of a request are English, whatever language an earlier test asked for."""
    with translation.override("en"):
        yield
