"""`habeas find`: where may this person be printed, why, and what could not be read?"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli.facts import facts_of
from habeas.cli.names import COUNTS
from habeas.cli.terminal import on_terminal
from habeas.errors import SearchInterrupted
from habeas.language import _
from habeas.names import Sought
from habeas.terminal import as_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from habeas.finding.looked import Looked
    from habeas.finding.report import Report
    from habeas.finding.search import Search
    from habeas.names import Frequencies


@click.command("find", short_help="Find a person in pages, folders, archives or addresses.")
@click.argument("name")
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option("--also", multiple=True, metavar="NAME", help="Another known spelling of the name.")
@click.option(
    "--known",
    multiple=True,
    metavar="KEY=VALUE",
    help="Known beside the name: born, place, citizenship, gender (m, f), relative.",
)
@COUNTS
@click.option(
    "--counts-of",
    metavar="ID",
    help="Take the learned counts of this source for every place, as for a table of its names.",
)
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
@click.option("--officials", is_flag=True, help="Also compare judges, clerks and prosecutors.")
@click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder in which addresses are recorded before they are read.",
)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="HABEAS_CA",
    show_envvar=True,
    help="Further root certificates (PEM) to trust for addresses.",
)
@click.option(
    "--name-in-address",
    is_flag=True,
    help="Allow an address that itself contains the sought name: the site learns whom you seek.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    envvar="HABEAS_JOBS",
    show_envvar=True,
    help="Processes to use; as many as there are cores if not given.",
)
@click.option("--fresh", is_flag=True, help="Look at everything again, also after an interruption.")
def command(  # noqa: PLR0913 - one argument for each option of the command
    name: str,
    places: tuple[str, ...],
    *,
    also: tuple[str, ...],
    known: tuple[str, ...],
    counts: Path | None,
    counts_of: str | None,
    json_: bool,
    officials: bool,
    captures: Path,
    ca: Path | None,
    name_in_address: bool,
    jobs: int | None,
    fresh: bool,
) -> int:
    """Find where NAME may be printed in each PLACE, with reasons, and say what could not be read.

    NAME is the name as you know it, in any script; several spellings may be separated by " | ".
    A PLACE is a saved page, a folder, a WARC or WACZ archive, a CSV, JSONL, text or PDF file, or an
    address. An interrupted search goes on where it stopped when the same command is given again.
    """
    from habeas.cli.sealing import note_reading, sealer, tell_stamping
    from habeas.finding import search
    from habeas.finding.capturing import Capturer, as_files

    sought = Sought.from_query(" | ".join((name, *also)), facts=facts_of(known))
    folders = as_files(
        places,
        sought.spellings,
        lambda: Capturer(captures, ca=ca, sealer=sealer()),
        allow_names=name_in_address,
        told=tell_stamping,
    )
    options = search.Options(
        officials=officials,
        workers=jobs or os.cpu_count() or 1,
        fresh=fresh,
        frequencies=learned(counts, counts_of),
    )
    run = search.Search(sought, folders, options)
    _show(run, json_=json_)
    note_reading(places, run.report.looked)
    return run.report.exit_code


def _show(run: "Search", *, json_: bool) -> None:
    """Search, and show what comes as it comes.

    Raises:
        SearchInterrupted: the user stopped it; it can go on later.
    """
    show = _JsonLines() if json_ else _Findings()
    try:
        for looked in _watched(run, json_=json_):
            run.report.add(looked)
            show.add(looked)
    except KeyboardInterrupt:
        raise SearchInterrupted(run.done, str(run.journal_path)) from None
    show.end(run.report)


def learned(counts: Path | None, everywhere: str | None) -> "Mapping[str, Frequencies]":
    """Return the learned counts by source: of the file that was named, or of the usual one.

    With `everywhere`, the counts of that source hold for all places.
    """
    from habeas.finding import counts as kept
    from habeas.finding.screening import EVERY_SOURCE

    path = counts or kept.default_path()
    if counts is None and everywhere is None and not path.exists():
        return {}
    try:
        found = kept.read(path)
    except OSError as error:
        raise click.UsageError(
            _("{path} cannot be read: {cause}.").format(path=path, cause=error.strerror)
        ) from None
    if everywhere is None:
        return found
    if everywhere not in found:
        raise click.UsageError(
            _("Nothing was learned of {source}; the file has: {sources}.").format(
                source=repr(everywhere), sources=", ".join(map(repr, sorted(found)))
            )
        )
    return {EVERY_SOURCE: found[everywhere]}


def _watched(run: "Iterable[Looked]", *, json_: bool) -> "Iterator[Looked]":
    """Yield from a search, with a progress line on stderr where a person is watching."""
    if not on_terminal() or json_:
        yield from run
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.completed} {task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        line = progress.add_task(_("places looked at"), total=None)
        for looked in run:
            progress.advance(line)
            yield looked


class _JsonLines:
    """Prints each match and each obstacle when it is known, and a summary at the end."""

    def add(self, looked: "Looked") -> None:
        """Print what there is to say of one place."""
        from habeas.finding.telling import match_lines, obstacle_line

        for line in match_lines(looked):
            click.echo(as_json(line))
        if looked.obstacle is not None:
            click.echo(as_json(obstacle_line(looked)))

    def end(self, report: "Report") -> None:
        """Print the summary."""
        click.echo(as_json(report.as_json()))


class _Findings:
    """Collects what a person should read, and prints it at the end, strongest first."""

    def __init__(self) -> None:
        self._hits: list[Looked] = []
        self._obstacles: list[Looked] = []

    def add(self, looked: "Looked") -> None:
        """Keep a place that has something to say."""
        if looked.hits:
            self._hits.append(looked)
        if looked.obstacle is not None:
            self._obstacles.append(looked)

    def end(self, report: "Report") -> None:
        """Print findings, then what could not be looked at, then the sum."""
        from habeas.finding import telling

        for text in telling.matches(self._hits):
            click.echo(text)
        for text in telling.obstacles(self._obstacles, report.incomplete()):
            click.echo(text)
        click.echo(telling.summary(report))
