"""A match of the watcher becomes an exhibit: the capture it came from, with the row marked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from invented_court import Court

from habeas.cli import exhibit
from habeas.evidence.verifying import verify as stranger
from habeas.fetch import Clock
from habeas.watch.adding import add_person
from habeas.watch.looking import Looking
from habeas.watch.models import Match, Watch

TODAY = "2026-11-24"


@pytest.mark.usefixtures("told")
def test_a_match_names_its_capture_and_marks_its_row(
    court: Court, watch: Watch, looking: Callable[[], Looking], clock: Clock, tmp_path: Path
) -> None:
    now = clock.now()
    add_person("Холов Изатулло Амонович", now, code="A7")
    court.put(TODAY, "u1", "Холов И.А.")
    looking().look(watch, now)
    match = Match.objects.filter(mention__version__entry__scope__startswith="2026").get()
    done = CliRunner().invoke(
        exhibit.command, [f"match:{match.pk}", "--no-picture", "--into", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.output
    assert "Rows marked: Холов И.А." in done.output
    [folder] = [one for one in (tmp_path / "out").iterdir() if one.is_dir()]
    assert stranger.verify(str(folder)).exit_code == 3
