"""`habeas restore`: a backup becomes a home again."""

from pathlib import Path

import click

from habeas.errors import Exit
from habeas.home import home
from habeas.language import _


@click.command("restore", short_help="Put an encrypted backup back.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    help="The folder; HABEAS_HOME if not given. It must be missing or empty.",
)
@click.option("--with-recovery-key", is_flag=True, help="Open it with the printed recovery key.")
def command(file: Path, *, into: Path | None, with_recovery_key: bool) -> int:
    """Restore FILE, a backup that `habeas backup` wrote. Nothing is overwritten.

    Every part is checked before the folder gets its name.
    """
    from habeas.cli.opening import passphrase
    from habeas.errors import HomeLocked
    from habeas.vault import backup
    from habeas.vault.keys import PASSPHRASE, RECOVERY

    if with_recovery_key:
        words, by = str(click.prompt(_("Recovery key"), err=True)), RECOVERY
    else:
        words, by = passphrase(), PASSPHRASE
    if not words:
        raise HomeLocked(str(file))
    folder = into or home()
    count = backup.restore(file, folder, words, by=by)
    click.echo(str(folder))
    click.echo(_("Files restored: {count}.").format(count=count), err=True)
    click.echo(
        _("If people were purged since it was made, purge them again with the report of that: "
          "habeas cases purge --again REPORT."),
        err=True,
    )  # fmt: skip
    return Exit.DONE
