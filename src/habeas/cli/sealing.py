"""What the verbs about evidence share: the sealer of whoever sits here, and what came of stamps."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.language import _
from habeas.terminal import safe_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from habeas.evidence.seals.chain import Chain, Sealer
    from habeas.evidence.seals.keys import KeyRing
    from habeas.fetch.stamping import Stamping

FOLDER = click.Path(file_okay=False, path_type=Path)


def folder_argument() -> "Callable[[click.decorators.FC], click.decorators.FC]":
    """Return the argument that names a folder of records."""
    return click.argument(
        "folder", type=FOLDER, default=Path("captures"), envvar="HABEAS_CAPTURES", required=False
    )


def key_ring() -> "KeyRing":
    """Return the user's keys; a passphrase is asked for on the terminal where it is needed."""
    from habeas.evidence.seals.keys import KeyRing

    return KeyRing(ask=_asked)


def sealer() -> "Sealer":
    """Return the sealer of this user."""
    from habeas.evidence.seals.recovering import usual_sealer

    return usual_sealer(keys=key_ring())


def chain_in(folder: Path) -> "Chain":
    """Return the chain of a store that is there.

    Raises:
        StoreRefused: the folder holds no seals.
    """
    from habeas.errors import StoreRefused
    from habeas.evidence.seals import SEALS
    from habeas.evidence.seals.recovering import chain_of

    if not (folder / SEALS).is_dir():
        raise StoreRefused(str(folder), _("there are no seals in it"))
    return chain_of(folder, sealer())


def tell_stamping(outcome: "Stamping") -> None:
    """Say on stderr what came of stamping."""
    if not outcome.anybody:
        words = _(
            "Sealed. No outside timestamp yet: you have allowed nobody to be asked "
            "(see `habeas stamps allow`)."
        )
        click.echo(words, err=True)
        return
    words = _("Timestamps obtained: {obtained}. Proofs confirmed: {confirmed}.")
    click.echo(words.format(obtained=outcome.obtained, confirmed=outcome.confirmed), err=True)
    for name, reason in outcome.failed:
        words = _("{name} gave no timestamp ({reason}); the seals wait, and it is asked again.")
        click.echo(words.format(name=safe_line(name), reason=reason), err=True)


def note_reading(places: "Iterable[str]", looked: int) -> None:
    """Note in the log of each sealed folder among the places that it was searched; no name.

    A folder that may not be written to, such as a copy on a stick, is searched all the same.
    """
    from habeas.errors import HabeasError
    from habeas.evidence.seals import SEALS
    from habeas.evidence.seals.telling import report

    for place in places:
        folder = Path(place)
        if not (folder / SEALS / "store.json").is_file():
            continue
        try:
            report(chain_in(folder), "read", why="search", detail={"looked": looked})
        except HabeasError as error:
            words = _("The search was not noted in the log: {cause}")
            click.echo(safe_line(words.format(cause=error.happened)), err=True)


def _asked() -> str:
    """Ask for the passphrase where a person is there to type it; else give none."""
    if not sys.stdin.isatty():
        return ""
    asked: str = click.prompt(
        _("Passphrase of the signing key"),
        hide_input=True,
        err=True,
        default="",
        show_default=False,
    )
    return asked
