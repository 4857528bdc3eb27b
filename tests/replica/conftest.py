"""A replica and an asker for each test that wants one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from visits import Visit, visiting

from habeas.fetch import Bounds
from habeas.replica import Planned


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Start replicas: `visit(*planned)` serves these entries from `visits.START` on."""
    with ExitStack() as stack:

        def start(*planned: Planned, bounds: Bounds | None = None) -> Visit:
            return stack.enter_context(visiting(tmp_path / "captures", *planned, bounds=bounds))

        yield start
