"""`habeas keys`: the signing keys of this user."""

from pathlib import Path

import click

from habeas.cli.sealing import FOLDER, chain_in, key_ring
from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import as_json, safe_line

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)


@click.group("keys", short_help="Export, protect and change the keys that seal.")
def command() -> None:
    """Work with the keys that seal. They lie in `keys` in HABEAS_HOME.

    The first key is made when it is first needed. Export it to a safe place: with it you can go on
    sealing on another computer. What is sealed can be checked without it.
    """


@command.command("list")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def list_(*, json_: bool) -> int:
    """List the keys, with the fingerprints to print on case sheets."""
    from habeas.evidence.seals.keys import in_groups

    for key in key_ring().known():
        if json_:
            facts = {
                "fingerprint": key.fingerprint,
                "file": str(key.path),
                "protected": key.protected,
                "current": key.current,
            }
            click.echo(as_json(facts))
            continue
        states = [
            _("in use") if key.current else _("not used for new seals"),
            _("protected by a passphrase") if key.protected else _("not protected"),
        ]
        click.echo(in_groups(key.fingerprint))
        click.echo(safe_line(f"  {', '.join(states)}; {key.path}"))
    return Exit.DONE


@command.command("export")
@click.argument("file", type=_NEW)
@click.option("--key", default="", metavar="FINGERPRINT", help="Another key than the one in use.")
@click.option("--without-passphrase", is_flag=True, help="Do not protect the exported file.")
def export(file: Path, *, key: str, without_passphrase: bool) -> int:
    """Write a key to FILE, to be kept in a safe place."""
    ring = key_ring()
    fingerprint = key.replace(" ", "").lower() or ring.current().fingerprint
    ring.export(fingerprint, file, "" if without_passphrase else _new_passphrase())
    click.echo(str(file))
    return Exit.DONE


@command.command("import")
@click.argument("file", type=_FILE)
def import_(file: Path) -> int:
    """Take over a key that was exported to FILE."""
    from habeas.evidence.seals import keyfile
    from habeas.evidence.seals.keys import in_groups

    protected = keyfile.is_protected(file.read_bytes()[: keyfile.LARGEST_FILE])
    words = _("Passphrase of {file}").format(file=file.name)
    given = click.prompt(words, hide_input=True, err=True) if protected else ""
    click.echo(in_groups(key_ring().adopt(file, given)))
    return Exit.DONE


@command.command("recipient")
@click.option("--new", "fresh", is_flag=True, help="Make another; older ones still open theirs.")
def recipient(*, fresh: bool) -> int:
    """Print the line to give to those who send you bundles. It is made when first asked for.

    It is no secret. Your fingerprint, on stderr, is what they compare with you by voice when a
    bundle of yours arrives.
    """
    from habeas.bundles.identities import new_identity, own_identity
    from habeas.evidence.seals.keys import in_groups

    ring = key_ring()
    made = new_identity(ring.folder) if fresh else own_identity(ring.folder)
    click.echo(made.public)
    words = _("Bundles that you send are signed by: {fingerprint}")
    click.echo(words.format(fingerprint=in_groups(ring.current().fingerprint)), err=True)
    return Exit.DONE


@command.command("protect")
@click.option("--remove", is_flag=True, help="Remove the passphrase instead.")
def protect(*, remove: bool) -> int:
    """Protect the keys with a passphrase. A watcher then needs it in HABEAS_PASSPHRASE_FILE."""
    key_ring().protect("" if remove else _new_passphrase())
    click.echo(_("Done. The keys are the same as before."), err=True)
    return Exit.DONE


@command.command("rotate")
def rotate() -> int:
    """Make a new key for new seals.

    Each folder of records learns of it when it is next written to, in a row that the old key signs.
    """
    from habeas.evidence.seals.keys import in_groups

    click.echo(in_groups(key_ring().rotate().fingerprint))
    return Exit.DONE


@command.command("replace")
@click.argument("folder", type=FOLDER)
def replace(folder: Path) -> int:
    """Go on in FOLDER with the key in use, because the key of that folder is lost for good.

    The log of the folder says so for ever. Tell those who check it the new fingerprint yourself.
    """
    from habeas.evidence.seals.keys import in_groups

    chain = chain_in(folder)
    chain.replace_key()
    click.echo(in_groups(chain.sealer.keys.current().fingerprint))
    return Exit.DONE


def _new_passphrase() -> str:
    """Return a passphrase that the user sets: from the environment, or typed twice."""
    from habeas.evidence.seals.keys import passphrase_of_environment

    given = passphrase_of_environment()
    if given:
        return given
    asked: str = click.prompt(
        _("New passphrase"), hide_input=True, confirmation_prompt=True, err=True
    )
    return asked
