"""The ground on which attackers work, built once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sealed import Ground, build

from habeas.evidence import Exchange


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory, exchange: Callable[..., Exchange]) -> Ground:
    return build(tmp_path_factory.mktemp("ground") / "honest", exchange)


@pytest.fixture
def copy(ground: Ground, tmp_path: Path) -> Ground:
    """The ground, to be spoiled."""
    return ground.copied(tmp_path / "spoiled")
