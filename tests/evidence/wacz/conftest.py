"""The oracles of the tests of packages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from oracles import Oracles


@pytest.fixture(scope="session")
def wacz_validate(oracles: Oracles) -> Callable[[Path], str]:
    """What `wacz validate` says of a package."""

    def judge(package: Path) -> str:
        done = oracles.run("wacz", "validate", "-f", str(package))
        return done.stdout + done.stderr

    return judge
