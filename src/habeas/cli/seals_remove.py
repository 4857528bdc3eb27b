"""`habeas seals remove`: records leave by policy, after it was shown what leaves and what stays."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli.sealing import FOLDER, chain_in
from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import as_json, safe_line

if TYPE_CHECKING:
    from habeas.evidence.seals.removing import Leaving, Plan, Removed

_BARE_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REASONS = ("retention", "consent", "request", "mistake")


@click.command("remove")
@click.argument("records", nargs=-1, required=True, metavar="RECORD...")
@click.option(
    "--from",
    "folder",
    type=FOLDER,
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder of records.",
)
@click.option(
    "--reason",
    type=click.Choice(_REASONS),
    help="Why: its time is over, consent ended, somebody concerned asked, or it was a mistake.",
)
@click.option("--by", envvar="HABEAS_WHO", show_envvar=True, default="", help="Who: a label.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--preview", is_flag=True, help="Only say what would leave and what would stay.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def command(  # noqa: PLR0913 - one argument for each option of the command
    records: tuple[str, ...],
    *,
    folder: Path,
    reason: str | None,
    by: str,
    yes: bool,
    preview: bool,
    json_: bool,
) -> int:
    """Remove records by policy: their bytes leave for good, their seals and the chain stay.

    RECORD is the id of a record, a file in the folder, the SHA-256 of a document, or a folder of
    evidence that others collected. The notes about a record, its picture with the picture's parts,
    and the answers that led to it leave with it.
    """
    from habeas.evidence.seals.removals import Reason
    from habeas.evidence.seals.removing import planned, remove

    chain = chain_in(folder)
    wanted = [_named(one, folder) for one in records]
    plan = planned(chain, wanted)
    if preview:
        click.echo(as_json(_planned_facts(plan)) if json_ else _before(plan))
        return Exit.DONE
    if reason is None:
        raise click.UsageError(_("Say why, with --reason."))
    if not yes:
        click.echo(_before(plan), err=True)
        click.confirm(_("Remove this for good?"), abort=True, err=True)
    removed = remove(chain, wanted, reason=Reason(reason), by=by)
    click.echo(as_json(_facts(removed)) if json_ else _after(removed))
    return Exit.DONE


def _named(record: str, folder: Path) -> str:
    """Return a record as its seal names it, however the user wrote it."""
    bare = record.strip().lower()
    if _BARE_ID.fullmatch(bare):
        return f"urn:uuid:{bare}"
    if _SHA256.fullmatch(bare):
        return f"{bare[:2]}/{bare}"
    path = Path(record)
    if path.absolute().is_relative_to(folder.absolute()):
        return path.absolute().relative_to(folder.absolute()).as_posix()
    return record


def _planned_facts(plan: "Plan") -> dict[str, object]:
    return {
        "leaving": [
            {"file": one.file, "kind": one.kind, "bytes": one.size, "exhibits": list(one.exhibits)}
            for one in plan.leaving
        ],
        "here_again": list(plan.over),
        "removed_before": list(plan.gone),
        "missing": list(plan.missing),
    }


def _facts(removed: "Removed") -> dict[str, object]:
    return {
        "rows": list(removed.rows),
        "files": removed.files,
        "bytes": removed.size,
        "exhibits": list(removed.exhibits),
        "missing": list(removed.missing),
    }


def _before(plan: "Plan") -> str:
    """Say what leaves, what stays, and what is out of reach."""
    lines = [click.style(_("What leaves:"), bold=True)]
    lines += [_line(one) for one in plan.leaving]
    again = _("removed before, and here again")
    lines += [safe_line(f"  {file}  ({again})") for file in plan.over]
    if len(lines) == 1:
        lines.append("  " + _("nothing"))
    lines.append(click.style(_("What stays:"), bold=True))
    lines.append(
        "  "
        + _(
            "the seals, with hashes and times and without any address or name; the custody log; "
            "timestamps. A signed row will say that this was removed, when, and for which reason."
        )
    )
    if plan.exhibits:
        words = _("Exhibits that hold their own copy, out of reach from here: {exhibits}.")
        lines.append("  " + words.format(exhibits=", ".join(one[:8] for one in plan.exhibits)))
    lines.append("  " + _("Backups and copies made before still hold it until they are replaced."))
    if plan.gone:
        words = _("Removed before: {files}.").format(files=", ".join(plan.gone))
        lines.append(safe_line("  " + words))
    if plan.missing:
        words = _(
            "Missing, and no row says why; the row will not speak of these, and checks go on "
            "saying that they are missing: {files}."
        )
        lines.append(safe_line("  " + words.format(files=", ".join(plan.missing))))
    return "\n".join(lines)


def _line(one: "Leaving") -> str:
    kinds = {
        "capture": _("a capture"),
        "note": _("a note about it"),
        "document": _("a document"),
        "import": _("evidence that others collected"),
    }
    size = _("{count} bytes").format(count=one.size)
    return safe_line(f"  {one.file}  ({kinds.get(one.kind, one.kind)}, {size})")


def _after(removed: "Removed") -> str:
    words = _("Files removed: {count}, of {bytes} bytes.").format(
        count=removed.files, bytes=removed.size
    )
    if not removed.rows:
        return words
    said = _("Said by the signed seals: {rows}.").format(rows=", ".join(map(str, removed.rows)))
    return f"{words} {said}"
