"""Opens an encrypted home for a command: by the environment, or by whoever sits here."""

import sys

import click

from habeas.home import home
from habeas.language import _


def passphrase() -> str:
    """Return the passphrase of the home; empty where nobody can be asked."""
    from habeas.evidence.seals.keys import passphrase_of_environment

    given = passphrase_of_environment()
    if given or not sys.stdin.isatty():
        return given
    return str(click.prompt(_("Passphrase"), hide_input=True, err=True))


def new_passphrase() -> str:
    """Return a passphrase that is typed twice, or that the environment gives."""
    from habeas.evidence.seals.keys import passphrase_of_environment

    given = passphrase_of_environment()
    if given:
        return given
    return str(
        click.prompt(
            _("New passphrase"), hide_input=True, confirmation_prompt=_("Once more"), err=True
        )
    )


def ready(verb: str) -> None:
    """Say how the home is opened when it is needed, and finish what was stopped in the middle."""
    from habeas.vault import keys, opened

    if not (home() / keys.FILE).exists():
        return
    opened.ask_with(passphrase)
    if verb in {"passphrase", "restore"}:
        return
    from habeas.vault import turning

    if turning.is_unfinished(home()):
        click.echo(_("Encrypting was stopped in the middle; it is finished now."), err=True)
        turning.finish(home())
        words = _(
            "If you have no recovery key on paper, make one now: habeas passphrase recovery-key."
        )
        click.echo(words, err=True)
