"""`habeas passphrase`: encrypt everything that is kept, and change what opens it."""

import os
from pathlib import Path

import click

from habeas.cli.opening import new_passphrase, passphrase
from habeas.errors import Exit, NotEncryptedHere, VaultState
from habeas.home import home
from habeas.language import _
from habeas.terminal import as_json, safe_line

_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STEP = 500
_from_file = click.option(
    "--new-file", type=_FILE, help="Read the new passphrase from the first line of this file."
)


@click.group("passphrase", short_help="Encrypt everything that is kept, with a passphrase.")
def command() -> None:
    """Protect what habeas keeps in HABEAS_HOME with a passphrase.

    The database, captures, documents and keys are encrypted. Whoever takes the computer or the disk
    can read them only with the passphrase, or with the recovery key that you print. What is not
    protected: a computer that is running and open, its screen, and exhibits and files that you
    saved elsewhere.
    """


@command.command("set")
@click.option(
    "--recovery-file",
    type=_NEW_FILE,
    help="Write the recovery key into this new file instead of the terminal.",
)
def set_(*, recovery_file: Path | None) -> int:
    """Set a passphrase, and encrypt everything that is kept here.

    Stop `habeas serve` and `habeas watch` first, and make a backup. If this is stopped in the
    middle, the next command goes on with it.
    """
    from habeas.vault import turning

    if os.environ.get("HABEAS_DATABASE"):
        raise NotEncryptedHere
    if _is_set():
        raise VaultState(str(home()), is_set=True)
    _refuse_taken(recovery_file)
    chosen = new_passphrase()
    recovery = turning.turn_on(home(), chosen, tell=_told)
    tell_recovery(recovery, recovery_file)
    _ease(chosen)
    click.echo(_("Everything in {folder} is encrypted.").format(folder=home()), err=True)
    click.echo(
        _(
            "Traces of what lay there before may stay on the disk until something else is written "
            "over them, above all on a solid-state disk. Old copies and backups are not encrypted."
        ),
        err=True,
    )
    return Exit.DONE


@command.command("status")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def status(*, json_: bool) -> int:
    """Say whether a passphrase protects the home, and what is not encrypted although it should be.

    The exit code is 3 if something is not encrypted although a passphrase is set.
    """
    from habeas.vault import database, turning

    plain = [*turning.plain_files(home())] if _is_set() else []
    if _is_set() and database.is_plain(home() / database.NAME):
        plain.append(home() / database.NAME)
    if json_:
        click.echo(as_json({"set": _is_set(), "folder": str(home()), "plain": len(plain)}))
    elif not _is_set():
        click.echo(_("No passphrase protects {folder}.").format(folder=home()))
    else:
        click.echo(_("A passphrase protects {folder}.").format(folder=home()))
        for path in plain:
            click.echo(safe_line(_("Not encrypted: {path}").format(path=path)))
    return Exit.COULD_NOT_LOOK if plain else Exit.DONE


@command.command("finish")
@click.argument("folder", type=_FOLDER, required=False)
def finish(folder: Path | None) -> int:
    """Encrypt what is not encrypted yet, here or in FOLDER, a folder of captures elsewhere."""
    from habeas.vault import turning

    _must_be_set()
    if folder is None:
        turning.finish(home(), tell=_told)
    else:
        turning.encrypt_store(folder, tell=_told)
    click.echo(_("Everything in {folder} is encrypted.").format(folder=folder or home()), err=True)
    return Exit.DONE


@command.command("change")
@_from_file
def change(*, new_file: Path | None) -> int:
    """Change the passphrase. The recovery key stays the same."""
    from habeas.vault import turning

    _must_be_set()
    old = passphrase()
    turning.change(home(), old, _new(new_file))
    _ease(old)
    click.echo(_("The passphrase is changed. Old backups open with the old one."), err=True)
    return Exit.DONE


@command.command("recover")
@_from_file
@click.option(
    "--key-file",
    type=_FILE,
    help="Read the recovery key from the first line of this file; it is asked for if not given.",
)
def recover(*, new_file: Path | None, key_file: Path | None) -> int:
    """Set another passphrase with the printed recovery key, when the old one is lost."""
    from habeas.vault import turning
    from habeas.vault.keys import RECOVERY

    _must_be_set()
    # Never an argument: the history of the terminal and the list of processes would keep it.
    typed = _first_line(key_file) if key_file else str(click.prompt(_("Recovery key"), err=True))
    turning.change(home(), typed, _new(new_file), by=RECOVERY)
    click.echo(_("The new passphrase opens everything. The recovery key stays the same."), err=True)
    return Exit.DONE


@command.command("recovery-key")
@click.option(
    "--recovery-file",
    type=_NEW_FILE,
    help="Write the recovery key into this new file instead of the terminal.",
)
def recovery_key(*, recovery_file: Path | None) -> int:
    """Make another recovery key, when the paper is lost or seen by others. The old one is void."""
    from habeas.vault import turning

    _must_be_set()
    _refuse_taken(recovery_file)
    tell_recovery(turning.renew_recovery(home(), passphrase()), recovery_file)
    return Exit.DONE


def _ease(given: str) -> None:
    """Leave the signing keys to the vault, where their own passphrase was the same."""
    from habeas.errors import KeyLocked
    from habeas.evidence.seals.keys import KeyRing

    try:
        KeyRing(passphrase=lambda: given).leave_to_vault()
    except KeyLocked:
        words = _("The signing key keeps its own passphrase (see `habeas keys protect`).")
        click.echo(words, err=True)


def _is_set() -> bool:
    from habeas.vault import opened

    return opened.is_set(home())


def _must_be_set() -> None:
    if not _is_set():
        raise VaultState(str(home()), is_set=False)


def _first_line(file: Path) -> str:
    return file.read_text("utf-8").partition("\n")[0].rstrip("\r")


def _new(file: Path | None) -> str:
    if file is not None:
        return _first_line(file)
    return str(
        click.prompt(
            _("New passphrase"), hide_input=True, confirmation_prompt=_("Once more"), err=True
        )
    )


def _refuse_taken(file: Path | None) -> None:
    if file is not None and file.exists():
        raise click.UsageError(_("There is a file of that name: {file}").format(file=file))


def _told(count: int) -> None:
    if count % _STEP == 0:
        click.echo(_("Files encrypted: {count}").format(count=count), err=True)


def tell_recovery(recovery: str, file: Path | None) -> None:
    """Give the recovery key to the user, once."""
    words = _(
        "Recovery key. Print it or copy it by hand, and keep it far from this computer, with "
        "somebody you trust. Without it and without the passphrase nobody can open what is kept "
        "here, and nor can we."
    )
    if file is None:
        click.echo(words, err=True)
        click.echo(recovery)
        return
    from habeas.files import write_new

    write_new(file, f"habeas\n{words}\n\n{recovery}\n".encode())
    click.echo(str(file))
