"""`habeas custody`: who had what, when and why; and evidence that others collected."""

import json
import os
from pathlib import Path

import click

from habeas.cli.sealing import FOLDER, chain_in, folder_argument, sealer
from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import as_json, safe_line

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("custody", short_help="See and note who had what; take over evidence of others.")
def command() -> None:
    """Work with the custody log of a folder of records. FOLDER is `captures` if not given."""


@command.command("list")
@folder_argument()
@click.option("--item", default="", metavar="FILE", help="Only what happened to this file.")
@click.option("--json", "json_", is_flag=True, help="Print the rows as they are, one a line.")
def list_(folder: Path, *, item: str, json_: bool) -> int:
    """List what happened to the records of FOLDER, or to one of them."""
    from habeas.evidence.seals.telling import custody_rows

    chain_in(folder)
    for row in custody_rows(folder, _inside(folder, item)):
        value = row.value
        if json_:
            click.echo(as_json(value))
            continue
        by = value.get("by")
        name = str(by.get("name")) if isinstance(by, dict) else ""
        at = str(value.get("at"))[:19].replace("T", " ")
        parts = [f"{at} UTC", str(value.get("event")), name, str(value.get("item") or "")]
        if value.get("why"):
            parts.append(str(value["why"]))
        click.echo(safe_line("  ".join(part for part in parts if part)))
    return Exit.DONE


@command.command("note")
@click.argument("event", type=click.Choice(["read", "copied", "exported", "transferred"]))
@folder_argument()
@click.option("--item", default="", metavar="FILE", help="The file; the whole folder if not given.")
@click.option(
    "--by", envvar="HABEAS_WHO", show_envvar=True, required=True, help="Who: a name or a label."
)
@click.option("--why", default="", help="To what end, and to whom.")
def note(event: str, folder: Path, *, item: str, by: str, why: str) -> int:
    """Note that somebody did EVENT. The row is chained to all others and cannot be removed."""
    from habeas.evidence.seals.telling import report
    from habeas.vault.bytes import sha256_of_file

    file = _inside(folder, item)
    sha256 = None
    if file:
        try:
            _size, sha256 = sha256_of_file(folder / file)
        except OSError as error:
            raise click.UsageError(f"{folder / file}: {error.strerror}") from error
    report(chain_in(folder), event, item=file or None, sha256=sha256, by=by, why=why)
    return Exit.DONE


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--into",
    type=FOLDER,
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder of records.",
)
@click.option("--collected-by", default="", help="Who collected it.")
@click.option("--collected-at", default="", help="When, as they say.")
@click.option("--received-from", default="", help="Who handed it over.")
@click.option("--method", default="", help="How it was collected.")
@click.option("--statement", default="", help="Anything else that is known.")
@click.option("--by", default="", envvar="HABEAS_WHO", show_envvar=True, help="Who takes it over.")
def import_(  # noqa: PLR0913 - one argument for each option of the command
    files: tuple[Path, ...],
    *,
    into: Path,
    collected_by: str,
    collected_at: str,
    received_from: str,
    method: str,
    statement: str,
    by: str,
) -> int:
    """Take over FILES that others collected: copied as they are, and sealed with their past.

    What is said of their past stands in provenance.json beside them, and in no seal.
    """
    from habeas.evidence.seals.importing import Provenance, take_over
    from habeas.evidence.seals.recovering import chain_of

    past = Provenance(collected_by, collected_at, received_from, method, statement)
    seal = take_over(chain_of(into, sealer()), files, past, by=by)
    click.echo(json.dumps({"seal": seal.sequence, "folder": seal.item["folder"]}))
    return Exit.DONE


def _inside(folder: Path, item: str) -> str:
    """Return an item as a path in the store, however the user wrote it."""
    if not item:
        return ""
    if (folder / item).exists():
        return Path(item).as_posix()
    try:
        return Path(os.path.relpath(item, folder)).as_posix()
    except ValueError as error:
        words = _("{item} does not lie in {folder}.").format(item=item, folder=folder)
        raise click.UsageError(words) from error
