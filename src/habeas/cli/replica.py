"""`habeas replica`: the portals on this computer, with invented people and faults to order."""

import errno
import signal
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from habeas.errors import Exit, PortTaken
from habeas.language import _
from habeas.terminal import as_json

if TYPE_CHECKING:
    from habeas.replica import Replica, Script

_TICK_S = 0.5


@click.command("replica", short_help="Serve a replica of the portals, for trying out.")
@click.argument(
    "script", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8443,
    show_default=True,
    envvar="HABEAS_REPLICA_PORT",
    show_envvar=True,
    help="Port on 127.0.0.1; 0 for a free one.",
)
@click.option(
    "--factor",
    type=click.FloatRange(0, 100_000_000),
    default=1.0,
    show_default=True,
    envvar="HABEAS_REPLICA_FACTOR",
    show_envvar=True,
    help="How many times faster days pass: 1440 is a day a minute, 0 only when told.",
)
@click.option("--day", type=float, default=None, help="Day to begin with; today if none.")
@click.option(
    "--ca-folder",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    envvar="HABEAS_REPLICA_CA",
    show_envvar=True,
    help="Folder for its root certificate (replica-ca.pem); a private one if none.",
)
@click.option("--json", "json_", is_flag=True, help="Print where it is as one JSON object.")
def command(  # noqa: PLR0913 - one argument for each option of the command
    script: Path | None,
    *,
    port: int,
    factor: float,
    day: float | None,
    ca_folder: Path | None,
    json_: bool,
) -> int:
    """Serve replicas of the portals of the catalogue on 127.0.0.1 until Ctrl+C.

    SCRIPT is a TOML file: who stands in which list from which day to which, and what goes wrong.
    Without one, invented people have hearings in a few courts from today on. Every answer says
    that it is a replica, and whatever is recorded of it carries ".replica.invalid" in its address.
    """
    from habeas.replica import ReplicaClock, serving
    from habeas.replica.loading import read_script

    signal.signal(signal.SIGTERM, _ended)
    played, faults = read_script(script) if script is not None else (_invented(), ())
    now = datetime.now(UTC)
    begin = day if day is not None else _position(played, now)
    clock = ReplicaClock(played.start, factor=factor, at=begin)
    try:
        with serving(played, faults=faults, clock=clock, port=port, ca_folder=ca_folder) as replica:
            click.echo(as_json(_plain(replica)) if json_ else _told(replica))
            while True:
                time.sleep(_TICK_S)
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise PortTaken(port) from error
    except KeyboardInterrupt:
        return Exit.DONE


def _ended(_number: int, _frame: FrameType | None) -> None:
    # As Ctrl+C: the replica's private files are removed.
    raise KeyboardInterrupt


def _position(played: "Script", now: datetime) -> float:
    """Return which day of a script it is now, with its fraction."""
    passed = (now.date() - played.start).days
    return passed + (now.hour * 3600 + now.minute * 60 + now.second) / 86_400


def _invented() -> "Script":
    from habeas.replica import Script
    from habeas.replica.crowd import crowd
    from habeas.replica.year import COURTS

    days = range(-14, 60)
    entries = [
        entry for court in COURTS for entry in crowd(court.source, [court.court], days, each=6)
    ]
    entries += crowd("tj_mvd", [""], range(-30, 1), each=1)
    return Script(datetime.now(UTC).date(), tuple(entries))


def _plain(replica: "Replica") -> dict[str, object]:
    return {
        "address": replica.address,
        "ca": str(replica.ca),
        "day": replica.clock.day,
        "replicas": dict(replica.at),
    }


def _told(replica: "Replica") -> str:
    place, service = f"127.0.0.1:{replica.port}", f"{replica.address}/replica"
    hosts = " ".join(f"--replica {host}={place}" for host in ("mos-gorsud.ru", ".sudrf.ru"))
    order = '{"kind": "captcha_page", "source": "ru_sudrf"}'
    lines = [
        _("The replica answers at {address} (day {day} of its script). Stop with Ctrl+C."),
        _("Watch it:"),
        f"  habeas watch --ca {replica.ca} {hosts}",
        _("Let a day pass, and order a fault:"),
        f"  curl -X POST '{service}/advance?days=1'",
        f"  curl -d '{order}' {service}/faults",
    ]
    lines[0] = lines[0].format(address=replica.address, day=replica.clock.day)
    return "\n".join(lines)
