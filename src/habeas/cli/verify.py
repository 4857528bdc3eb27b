"""`habeas verify`: whether an exhibit, package or store holds, check by check."""

from pathlib import Path

import click

from habeas import language
from habeas.errors import NotToBeVerified
from habeas.language import _


@click.command("verify", short_help="Check whether an exhibit, package or store holds.")
@click.argument("place", type=click.Path(path_type=Path), metavar="FILE-OR-FOLDER")
@click.option(
    "--signer",
    metavar="FINGERPRINT",
    default="",
    help="The fingerprint that you expect, from the case sheet; never from what you check.",
)
@click.option(
    "--roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Certificates (PEM) of time-stamping authorities that you trust.",
)
@click.option(
    "--blocks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Headers of Bitcoin blocks: a height and 160 hexadecimal digits a line.",
)
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def command(
    place: Path, *, signer: str, roots: tuple[Path, ...], blocks: Path | None, json_: bool
) -> int:
    """Check an exhibit (folder or ZIP), a WACZ package, a store of captures, or a recording.

    Each check is named, with its result and what that means. The exit code is 0 if all of it
    holds, 1 if something does not hold, 3 if something could not be checked.
    """
    from habeas.evidence.seals.keys import KeyRing
    from habeas.evidence.verifying import verify as stranger
    from habeas.evidence.verifying.inside import Expectations, verify

    if not place.exists():
        raise NotToBeVerified(str(place), _("there is no such file or folder"))
    wanted = stranger.as_fingerprint(signer)
    if signer and len(wanted) != 64:
        raise click.BadParameter(
            _("a fingerprint has 64 hexadecimal digits"), param_hint="--signer"
        )
    own = [key.fingerprint for key in KeyRing().known()]
    against = Expectations(wanted, own, _roots(roots), _blocks(blocks))
    report = verify(place, against)
    shown = language.current()
    if json_:
        click.echo(stranger.as_json(report, shown))
    else:
        for line in stranger.lines_of(report, shown):
            click.echo(line)
    return report.exit_code


def _roots(given: tuple[Path, ...]) -> list[Path]:
    """Return the files of trusted certificates: the usual ones, the user's, and those given."""
    import certifi

    from habeas.evidence.stamps.authorities import read_authorities

    chosen = [one.roots for one in read_authorities().asked if one.roots is not None]
    return [Path(certifi.where()), *chosen, *given]


def _blocks(path: Path | None) -> dict[int, bytes]:
    from habeas.evidence.verifying.verify import read_blocks

    if path is None:
        return {}
    try:
        return read_blocks(str(path))
    except (OSError, ValueError) as error:
        raise NotToBeVerified(str(path), str(error)) from error
