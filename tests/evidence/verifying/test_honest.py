"""What was made honestly holds, for us and for a stranger."""

import pytest
from sealed import Ground, by_habeas, by_stranger


@pytest.mark.parametrize("what", ["exhibit", "archive", "package", "store"])
def test_what_is_honest_holds(ground: Ground, what: str) -> None:
    path = {
        "exhibit": ground.exhibit.folder,
        "archive": ground.exhibit.archive,
        "package": ground.package,
        "store": ground.store,
    }[what]
    for verdict in (by_habeas(path, ground), by_stranger(path, ground)):
        assert verdict.broken == frozenset(), verdict.said
        # In a store, the seals of the exhibit itself wait for their timestamps.
        waits = {"stamp.required"} if what == "store" else frozenset()
        assert verdict.unchecked <= waits, verdict.said
        assert verdict.code == (3 if verdict.unchecked else 0)
