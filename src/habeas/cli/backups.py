"""`habeas backups`: which backups are known, and which still hold what was purged."""

from datetime import UTC, datetime
from pathlib import Path

import click

from habeas.errors import BackupRefused, Exit
from habeas.home import home
from habeas.language import _


@click.group("backups", short_help="Backups that were made: which must be destroyed, and when.")
def command() -> None:
    """Tell which backups were made, and which of them still hold what was purged since."""
    from habeas.site import serving

    serving.prepare()


@command.command("check")
def check() -> int:
    """Print every backup that may still be somewhere, by tab: begun, until, what was seen, place.

    "until" is the day by which a backup must be destroyed because people were purged after it was
    made; "-" where nobody was. Exit code 0, or 1 where a day is over.
    """
    from habeas.cases.retention import rotation

    now = datetime.now(UTC)
    overdue = False
    for one in rotation.standing(now):
        overdue |= one.overdue
        until = f"{one.until:%Y-%m-%d}" if one.until else "-"
        click.echo("\t".join((one.made.at, until, str(one.seen), one.made.place)))
    if overdue:
        click.echo(
            _("Backups hold what was purged, and their day is over: destroy them now, then say so: "
              "habeas backups destroyed FILE."),
            err=True,
        )  # fmt: skip
        return Exit.NOT_FOUND
    return Exit.DONE


@command.command("destroyed")
@click.argument("file", type=click.Path(path_type=Path))
def destroyed(file: Path) -> int:
    """Take down that the backup FILE is destroyed, wherever it was kept. Nothing is removed."""
    from habeas.vault import register
    from habeas.vault.register import There

    place = str(file.absolute())
    found = [one for one in register.known(home()) if one.place == place and not one.destroyed_at]
    if not found:
        raise BackupRefused(place, _("no backup was made there"))
    if any(register.looked(one) is There.YES for one in found):
        raise BackupRefused(place, _("it still lies there"))
    register.destroyed(home(), found, datetime.now(UTC))
    return Exit.DONE
