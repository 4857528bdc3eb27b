"""`habeas backup`: an encrypted copy of everything that is kept, in one file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from habeas.cli.opening import new_passphrase
from habeas.errors import Exit
from habeas.home import home
from habeas.language import _


@click.command("backup", short_help="Copy everything that is kept into one encrypted file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--recovery-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the recovery key of the backup, if it has its own, into this new file.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="In a folder: keep so many backups of this home, and remove older ones.",
)
def command(file: Path, *, recovery_file: Path | None, keep: int | None) -> int:
    """Write an encrypted backup of HABEAS_HOME to FILE: a disk or stick that you keep elsewhere.

    FILE may be a folder: the backup is then named by its time, and with --keep older ones go. Each
    backup is taken down in the home, so that `habeas backups` can say which still hold what was
    purged.

    The site and the watcher may go on. A home with a passphrase is backed up under that passphrase;
    for one without, a passphrase of the backup is asked for, and a recovery key printed.
    """
    from habeas.cli.passphrase import tell_recovery
    from habeas.vault import backup, opened, register

    begun = datetime.now(UTC)
    folder = file if file.is_dir() else None
    if keep is not None and folder is None:
        raise click.UsageError(_("--keep needs a folder that is there."))
    into = folder / f"habeas-{begun:%Y-%m-%dT%H%M%SZ}.zip" if folder else file
    own = "" if opened.is_set(home()) else new_passphrase()
    recovery = backup.back_up(home(), into, passphrase=own)
    register.note(home(), into, begun)
    click.echo(str(into))
    if recovery:
        tell_recovery(recovery, recovery_file)
    if folder is not None and keep is not None:
        for one in register.rotate(home(), folder, keep, begun):
            click.echo(_("Removed: {place}").format(place=one.place), err=True)
    click.echo(_("Try it out: habeas restore FILE --into AN-EMPTY-FOLDER."), err=True)
    return Exit.DONE
