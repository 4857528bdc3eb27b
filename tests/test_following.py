"""A process that is killed leaves none of its helpers behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_CHECKING = """
import os, sys
from pathlib import Path
from habeas.evidence.seals.checking import _reports

def check(path):
    os.write(1, f"{os.getpid()}\\n".encode())
    import time
    time.sleep(60)

if __name__ == "__main__":
    list(_reports([Path("a"), Path("b")], check, 2))
"""
_FINDING = """
import os, sys, time
from habeas.finding.pool import _executor

def look():
    os.write(1, f"{os.getpid()}\\n".encode())
    return time.sleep

if __name__ == "__main__":
    pool = _executor(look, 2)
    [pool.submit(time.sleep, 60) for _ in range(2)]
    time.sleep(60)
"""


def _lives(process: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to look at processes")
@pytest.mark.parametrize("program", [_CHECKING, _FINDING], ids=["checking", "finding"])
def test_helpers_end_when_their_process_is_killed(program: str, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(program)
    parent = subprocess.Popen(
        [sys.executable, "-u", str(script)], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    )
    assert parent.stdout is not None
    helpers = [int(parent.stdout.readline()) for _ in range(2)]
    assert all(map(_lives, helpers))
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    waited = 0.0
    while any(map(_lives, helpers)) and waited < 30:
        time.sleep(0.1)
        waited += 0.1
    assert not any(map(_lives, helpers))
