"""A PostgreSQL of the tests' own: made in a temporary folder, asked through a socket in it.

PostgreSQL does not run as root; where the tests do, it runs as the account "nobody".
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from glob import glob
from pathlib import Path
from urllib.parse import quote

import psycopg

MISSING = "no PostgreSQL on this machine (Debian: apt-get install postgresql)"

_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
# Nothing of a test has to outlive a power cut.
_QUICKLY = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' "
    "-c max_connections=40 -c shared_buffers=32MB"
)


@dataclass(frozen=True)
class Cluster:
    """A server that is running."""

    socket: Path

    def address(self, database: str, user: str = "habeas") -> str:
        """Return the address of a database, as HABEAS_DATABASE takes it."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket), safe='')}"

    def create(self, database: str, *, template: str = "template0") -> None:
        """Make a database, a copy of `template`; one that is there already is thrown away."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {database} TEMPLATE {template}")


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest one's; None where there are none."""
    found = [Path(folder) for place in _PLACES for folder in sorted(glob(place))]  # noqa: PTH207
    if (on_path := shutil.which("initdb")) is not None:
        found.append(Path(on_path).parent)
    usable = [folder for folder in found if (folder / "initdb").exists()]
    return usable[-1] if usable else None


@cache
def cluster() -> Cluster | None:
    """Return the server of this test run, started when first wanted; None without programs."""
    folder = programs()
    if folder is None:
        return None
    user = "nobody" if os.name == "posix" and os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="habeas-pg-"))
    if user is not None:
        shutil.chown(home, user)
    data = home / "data"

    def run(*command: str) -> None:
        done = subprocess.run(
            [str(folder / command[0]), *command[1:]],
            user=user,
            cwd=home,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if command[0] == "initdb" else subprocess.DEVNULL,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    run("initdb", "-D", str(data), "-U", "habeas", "-A", "trust", "-E", "UTF8", "--no-sync",
        "--locale=C")  # fmt: skip
    options = f"{_QUICKLY} -c unix_socket_directories={home}"
    run("pg_ctl", "-D", str(data), "-l", str(home / "log"), "-o", options, "-w", "start")

    def end() -> None:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(end)
    return Cluster(home)
