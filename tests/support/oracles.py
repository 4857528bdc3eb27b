"""Second opinions: programs of others, run as their users run them, in an environment apart."""

import os
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".venv-oracles"


class Oracles:
    """Runs the programs of `requirements/oracles.txt`."""

    def run(self, name: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run one of them to its end, at most a minute."""
        return subprocess.run(
            [str(FOLDER / "bin" / name), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")},
        )

    def start(self, name: str, *arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
        """Start one of them; the caller ends it."""
        return subprocess.Popen(
            [str(FOLDER / "bin" / name), *arguments],
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
