"""A few weeks of the simulated year, with kills: everything reported once, nothing else."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_weeks_of_the_simulated_year_are_reported_once_and_truly() -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "benchmarks" / "watch" / "simulate_year.py"),
            *("--days", "18", "--courts", "2", "--seed", "3", "--kill-every", "60"),
        ],
        capture_output=True,
        text=True,
        check=False,
        # Not the database of another test of this run.
        env={name: value for name, value in os.environ.items() if not name.startswith("HABEAS_")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 differences" in done.stdout
