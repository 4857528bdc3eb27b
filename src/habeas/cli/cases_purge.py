"""`habeas cases purge`: removes for good what has ended; shown first, confirmed by its number."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli.by_whom import as_user
from habeas.errors import Exit, ReportUnreadable
from habeas.files import write_new
from habeas.language import _, ngettext

if TYPE_CHECKING:
    from habeas.cases.retention.purging import Shown
    from habeas.cases.statements.recording import Hand


@click.command("purge", short_help="Remove for good what has ended.")
@click.option("--confirm", "number", type=int, help="The number that was shown.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report of it as JSON into this new file; it names nobody.",
)
@click.option(
    "--again",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Purge those of an earlier report: after an older backup was put back.",
)
@as_user
def purge(number: int | None, report: Path | None, again: Path | None, user_name: str) -> int:
    """Show what would be removed for good: records that have ended, and that nothing holds.

    Nothing is removed without --confirm and the number that is shown. It cannot be taken back:
    rows, files, search keys and old bytes in the database go, and so does every word of it in
    our own notes. Backups made before still hold it: see `habeas backups`.
    """
    from habeas.cases.retention import purging
    from habeas.cases.statements.recording import Hand

    now = datetime.now(UTC)
    if report is not None and report.exists():
        raise ReportUnreadable(str(report), _("a file of this name is there already"))
    marks = _marks(again) if again is not None else None
    found = purging.shown(now, marks=marks)
    _tell(found)
    if not found.number:
        return Exit.NOT_FOUND
    if number is None:
        click.echo(
            _("Nothing was removed. To remove it: --confirm {n}").format(n=found.number),
            err=True,
        )
        return Exit.DONE
    _purge(number, Hand(user_name, now), marks, report)
    return Exit.DONE


def _purge(number: int, hand: "Hand", marks: "frozenset[str] | None", report: Path | None) -> None:
    from habeas.cases.retention import errands, purging, reporting

    done = purging.purge(number, hand, marks=marks)
    if report is not None:
        text = json.dumps(reporting.machine_part(done), indent=1) + "\n"
        write_new(report, text.encode())
    words = ngettext(
        "{n} person was removed for good.", "{n} people were removed for good.", done.people
    )
    click.echo(words.format(n=done.people), err=True)
    if left := errands.left():
        click.echo(
            _("Steps still to be done on the disk at the next start: {n}.").format(n=left), err=True
        )
    click.echo(done.sha256)


def _marks(path: Path) -> frozenset[str]:
    from habeas.cases.retention import reporting

    try:
        return reporting.marks_in(path.read_bytes(), str(path))
    except OSError as error:
        raise ReportUnreadable(str(path), error.strerror or type(error).__name__) from error


def _tell(found: "Shown") -> None:
    from habeas.cases.retention import reporting
    from habeas.cases.retention.words import REASONS

    words = ngettext(
        "{n} person would be removed.", "{n} people would be removed.", len(found.people)
    )
    click.echo(words.format(n=len(found.people)), err=True)
    for kind, number in found.parts.items():
        click.echo(_("Beside them {n}: {what}").format(n=number, what=REASONS[kind]), err=True)
    for what, count in reporting.grouped(found.removed):
        click.echo(f"{count}\t{what}")
    if found.plan is not None:
        for why, staying in reporting.stays(found.plan.stayed()):
            click.echo(_("{n} stay: {why}").format(n=staying, why=why), err=True)
