"""A home with an invented person, and a stretching of passphrases that does not take long."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import filled

from habeas.vault import keys, opened


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own, not encrypted."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HABEAS_HOME", str(folder))
    monkeypatch.setattr(keys, "_N", 2**10)
    yield filled(folder, tmp_path)
    opened.forget(folder)
    opened.ask_with(lambda: "")
