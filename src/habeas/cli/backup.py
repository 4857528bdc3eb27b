"""`habeas backup`: an encrypted copy of everything that is kept, in one file."""

from pathlib import Path

import click

from habeas.cli.opening import new_passphrase
from habeas.errors import Exit
from habeas.home import home
from habeas.language import _


@click.command("backup", short_help="Copy everything that is kept into one encrypted file.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--recovery-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the recovery key of the backup, if it has its own, into this new file.",
)
def command(file: Path, *, recovery_file: Path | None) -> int:
    """Write an encrypted backup of HABEAS_HOME to FILE: a disk or stick that you keep elsewhere.

    The site and the watcher may go on. A home with a passphrase is backed up under that passphrase;
    for one without, a passphrase of the backup is asked for, and a recovery key printed.
    """
    from habeas.cli.passphrase import tell_recovery
    from habeas.vault import backup, opened

    own = "" if opened.is_set(home()) else new_passphrase()
    recovery = backup.back_up(home(), file, passphrase=own)
    click.echo(str(file))
    if recovery:
        tell_recovery(recovery, recovery_file)
    click.echo(_("Try it out: habeas restore FILE --into AN-EMPTY-FOLDER."), err=True)
    return Exit.DONE
