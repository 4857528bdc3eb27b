"""Every fault crossed with every adapter: an obstacle, or all rows; never a false answer.

The table is kept in docs/reference/fault-matrix.md and compared; `--update-pages` writes it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from scenes import Scene, Walk, fault_of, named, scenes, walk, wrong
from visits import Visit, visiting

from habeas.fetch import Bounds
from habeas.replica import FaultKind
from habeas.replica.faults import OF_CERTIFICATE, OF_PAGE
from habeas.sources.contract import Outcome

_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fault-matrix.md"
_SCENES = tuple(scenes())
# A slow server must not slow down the suite: the asker loses its patience early.
_SLOW = frozenset({FaultKind.SLOW, FaultKind.DRIP})
_IMPATIENT_S = 0.3
_SAME = "·"
_cells: dict[tuple[FaultKind, str], str] = {}


@pytest.fixture(scope="module", autouse=True)
def _written(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write the reference anew, if that was asked for and the whole matrix was run."""
    yield
    whole = len(_cells) == len(FaultKind) * len(_SCENES)
    if whole and request.config.getoption("--update-pages"):
        _PAGE.write_text(_table(), "utf-8")


def _documented() -> dict[tuple[str, str], str]:
    """Return the cells of the reference by fault and title."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in _PAGE.read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    return {
        (row[0], title): cell
        for row in rows[1:]
        for title, cell in zip(rows[0][1:], row[1:], strict=True)
    }


@pytest.fixture(scope="module", params=_SCENES, ids=named)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Visit, Scene, Walk]]:
    """A replica with one scene, walked through once without faults."""
    scene: Scene = request.param
    folder = tmp_path_factory.mktemp("matrix")
    bounds = Bounds(answer_bytes=1_000_000, seconds=10)
    with visiting(folder, *scene.planned, bounds=bounds) as visit:
        visit.timeout_s = 10.0
        yield visit, scene, walk(visit, scene)


def test_without_faults_everybody_is_found(played: tuple[Visit, Scene, Walk]) -> None:
    _visit, scene, plain = played
    assert plain.obstacle is None
    assert plain.outcome is Outcome.FOUND
    assert wrong(scene, FaultKind.DATE_SKEW, plain) == ""


@pytest.mark.parametrize("kind", FaultKind)
def test_no_fault_makes_a_wrong_outcome(
    played: tuple[Visit, Scene, Walk], kind: FaultKind, pytestconfig: pytest.Config
) -> None:
    visit, scene, plain = played
    update = pytestconfig.getoption("--update-pages")
    visit.timeout_s = _IMPATIENT_S if kind in _SLOW else 10.0
    visit.replica.order(fault_of(kind))
    try:
        done = walk(visit, scene)
    finally:
        visit.replica.clear()
    assert wrong(scene, kind, done) == ""
    assert not [one for one in visit.replica.asked if one.ask.host == "elsewhere.example"]
    nothing = done.bytes == plain.bytes and kind in OF_PAGE | OF_CERTIFICATE
    cell = _cells[kind, scene.title] = _SAME if nothing else done.cell
    if not update:
        documented = _documented().get((kind, scene.title))
        # Whether patience ends before or after the first byte depends on the machine.
        assert documented == cell or (
            kind in _SLOW and {documented, cell} <= {"down", "incomplete"}
        )


def test_the_reference_tells_of_every_fault_and_page_and_of_no_other() -> None:
    known = {(str(kind), scene.title) for kind in FaultKind for scene in _SCENES}
    assert _documented().keys() == known


def _table() -> str:
    titles = [scene.title for scene in _SCENES]
    lines = [
        "# Fault matrix",
        "",
        "What each adapter makes of each fault, asked through the whole way: request, record,",
        "reading, following pages. Written by `tests/replica/test_fault_matrix.py` against the",
        "[replica](../how-to/run-the-replica.md); the test fails on a wrong outcome.",
        "",
        f"{len(FaultKind)} faults × {len(titles)} pages = {len(_cells)} walks, 0 wrong outcomes.",
        "",
        "- `found`: read to the end, everybody on it, nobody else. `not_found`: the site's own",
        "  sentence for the very day that was asked. All else is *could not look*, by its reason.",
        f"- `{_SAME}`: this page cannot have this fault (it has no counter, no columns, no TLS).",
        "- `removed_row`, found: the page has neither a counter nor row numbers, so a row that is",
        "  missing looks like a removal. Only several complete answers support “vanished”. With",
        "  row numbers and no counter, the same is true of the last row of the last section.",
        "",
        "| fault | " + " | ".join(titles) + " |",
        "|---" * (len(titles) + 1) + "|",
    ]
    lines += [
        f"| {kind} | " + " | ".join(_cells[kind, title] for title in titles) + " |"
        for kind in FaultKind
    ]
    return "\n".join(lines) + "\n"
