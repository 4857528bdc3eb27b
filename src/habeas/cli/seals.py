"""`habeas seals`: what is sealed, and whether it holds."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli import seals_remove
from habeas.cli.sealing import chain_in, folder_argument, key_ring, sealer
from habeas.errors import Exit, HabeasError
from habeas.language import _
from habeas.terminal import as_json, safe, safe_line

if TYPE_CHECKING:
    from habeas.evidence.checks import Check
    from habeas.evidence.seals.rows import Seal

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("seals", short_help="See what is sealed, and check that it holds.")
def command() -> None:
    """Work with the seals of a folder of records. FOLDER is `captures` if not given."""


command.add_command(seals_remove.command)


@command.command("list")
@folder_argument()
@click.option("--from", "first", default=1, metavar="NUMBER", help="Begin with this seal.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def list_(folder: Path, *, first: int, json_: bool) -> int:
    """List the seals of FOLDER."""
    from habeas.evidence.seals.telling import seals_of

    chain_in(folder)
    for seal in seals_of(folder, first):
        line = {
            "seal": seal.sequence,
            "created": seal.value.get("created"),
            "kind": seal.kind,
            "file": seal.file,
            "hash": seal.hash,
            "signer": seal.signer,
        }
        click.echo(as_json(line) if json_ else _told(seal))
    return Exit.DONE


@command.command("check")
@folder_argument()
@click.option(
    "--signer",
    "signers",
    multiple=True,
    metavar="FINGERPRINT",
    help="Whose seals they should be; your own keys if not given.",
)
@click.option("--roots", type=_FILE, help="Root certificates (PEM) of time-stamping authorities.")
@click.option(
    "--block",
    "blocks",
    multiple=True,
    metavar="HEIGHT=HEX",
    help="Header of a Bitcoin block (80 bytes, hexadecimal), from a copy that you trust.",
)
@click.option("--seals-only", is_flag=True, help="Do not read the sealed files themselves.")
@click.option("--records", is_flag=True, help="Also compare every record inside the files.")
@click.option("--no-note", is_flag=True, help="Do not note in the log that this was checked.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def check(  # noqa: PLR0913 - one argument for each option of the command
    folder: Path,
    *,
    signers: tuple[str, ...],
    roots: Path | None,
    blocks: tuple[str, ...],
    seals_only: bool,
    records: bool,
    no_note: bool,
    json_: bool,
) -> int:
    """Check everything in FOLDER: log, seals, signatures, files, timestamps.

    The exit code is 0 if all of it holds, 1 if something does not, 3 if something could not be
    checked.
    """
    from habeas.evidence.checks import exit_code
    from habeas.evidence.seals.checking import Against, check_store
    from habeas.evidence.seals.stampcheck import Trusted
    from habeas.evidence.stamps.authorities import read_authorities, read_roots

    trusted = [*read_authorities().roots(), *(read_roots(roots) if roots else [])]
    expected = {_bare(one) for one in signers} or {key.fingerprint for key in key_ring().known()}
    against = Against(
        expected, Trusted(trusted, _headers(blocks)), files=not seals_only, records=records
    )
    checks = check_store(folder, against)
    for one in checks:
        click.echo(_as_line(one) if json_ else _as_words(one))
    if not no_note:
        _note(folder, checks)
    return exit_code(checks)


@command.command("show")
@click.argument("number", type=click.IntRange(1))
@folder_argument()
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write manifest.json and signature.bin into this folder, for openssl.",
)
def show(number: int, folder: Path, *, into: Path | None) -> int:
    """Print the manifest of seal NUMBER, or lay the seal out in files."""
    from habeas.evidence.seals.telling import lay_out_seal, seal_number

    seal = seal_number(folder, number)
    if into is None:
        click.echo(seal.signed.decode("utf-8"))
        return Exit.DONE
    try:
        lay_out_seal(seal, into)
    except OSError as error:
        raise click.UsageError(f"{into}: {error.strerror}") from error
    click.echo(str(into))
    return Exit.DONE


@command.command("recover")
@folder_argument()
def recover(folder: Path) -> int:
    """Seal late whatever lies in FOLDER without a seal, and say so in its log."""
    from habeas.evidence.seals.recovering import chain_of, seal_all

    if not folder.is_dir():
        raise click.UsageError(_("There is no such folder: {folder}").format(folder=folder))
    sealed = seal_all(chain_of(folder, sealer()))
    click.echo(_("Sealed late: {count}.").format(count=sealed))
    return Exit.DONE


def _told(seal: "Seal") -> str:
    created = str(seal.value.get("created"))[:19].replace("T", " ")
    return safe_line(f"{seal.sequence:>8}  {created} UTC  {seal.kind:<10} {seal.file or seal.hash}")


def _bare(fingerprint: str) -> str:
    """Return a fingerprint as it was typed off a sheet of paper: without spaces, lower case."""
    bare = "".join(fingerprint.split()).replace(":", "").lower()
    if len(bare) != 64 or any(one not in "0123456789abcdef" for one in bare):
        raise click.UsageError(_("A fingerprint has 64 digits and letters a to f."))
    return bare


def _headers(blocks: tuple[str, ...]) -> dict[int, bytes]:
    headers = {}
    for block in blocks:
        height, _equals, header = block.partition("=")
        try:
            headers[int(height)] = bytes.fromhex(header)
        except ValueError as error:
            words = _("Write --block as HEIGHT=HEX, with 80 bytes in hexadecimal.")
            raise click.UsageError(words) from error
    return headers


def _as_line(one: "Check") -> str:
    return as_json(
        {"check": one.name, "result": one.result.value, "meaning": one.meaning, "about": one.about}
    )


def _as_words(one: "Check") -> str:
    from habeas.evidence.checks import Result

    states = {
        Result.HELD: _("holds"),
        Result.REMOVED: _("removed by policy"),
        Result.BROKEN: _("DOES NOT HOLD"),
        Result.COULD_NOT_CHECK: _("could not check"),
    }
    head = click.style(f"{states[one.result]}  {one.name}", bold=one.result is not Result.HELD)
    return f"{head}\n  {safe(one.meaning)}"


def _note(folder: Path, checks: "list[Check]") -> None:
    """Note the check in the log, if this is a store that may be written to."""
    from habeas.evidence.checks import worst
    from habeas.evidence.seals.telling import report

    result = worst(one.result for one in checks)
    wrong = sorted({one.name for one in checks if one.result is result})
    detail = {"result": result.value, "checks": [] if result.value == "held" else wrong}
    try:
        report(chain_in(folder), "verified", detail=detail)
    except HabeasError as error:
        words = _("The check was not noted in the log: {cause}").format(cause=error.happened)
        click.echo(safe_line(words), err=True)
