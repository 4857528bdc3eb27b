"""`habeas sources check`: which sources can be reached and read from here, in about a minute."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from habeas.errors import Exit, HabeasError
from habeas.language import _
from habeas.sources.contract import Obstacle, Outcome, Page, PageKind, Query, Request
from habeas.sources.registry import Politeness, Source, host_of, source, sources
from habeas.terminal import as_json, safe_line

_PATIENCE_S = 40.0
_AT_ONCE = 16
_COURTS_OF_A_DIRECTORY = 3


@dataclass(frozen=True, slots=True)
class _Checked:
    """One source, what was asked, and what came back."""

    source: Source
    request: Request
    page: Page

    @property
    def readable(self) -> bool:
        """Whether it answered with something that its adapter understands.

        An empty list that nothing has confirmed is such an answer: there may be no hearing today.
        """
        return self.page.obstacle in {None, Obstacle.UNCONFIRMED_EMPTY, Obstacle.WITHHELD}


@click.command("check", short_help="Say which sources can be reached and read from here.")
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder in which the answers are recorded.",
)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="HABEAS_CA",
    show_envvar=True,
    help="Further root certificates (PEM) to trust.",
)
@click.option(
    "--patience",
    type=click.FloatRange(1, 600),
    default=_PATIENCE_S,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for one answer; watching is more patient.",
)
@click.option(
    "--replica",
    multiple=True,
    metavar="HOST=ADDRESS",
    help="Ask a replica on this computer (127.0.0.1:port) instead of HOST. Only for trying out.",
)
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def command(  # noqa: PLR0913 - one argument for each option of the command
    source_ids: tuple[str, ...],
    *,
    captures: Path,
    ca: Path | None,
    patience: float,
    replica: tuple[str, ...],
    json_: bool,
) -> int:
    """Ask each SOURCE (all, if none is given) for one list of today, and say what came back.

    All are asked at the same time, each host in turn. No name is sent. Of a platform of many courts
    a few of your directory are asked (`habeas sources courts update`). The exit code is 3 if any
    source could not be reached or read.
    """
    from habeas.cli.sealing import sealer
    from habeas.cli.watch import replicas_of
    from habeas.finding.capturing import Capturer

    chosen = [source(source_id) for source_id in source_ids] or list(sources())
    capturer = Capturer(captures, ca=ca, sealer=sealer(), replicas=replicas_of(replica))
    wanted, unasked = _plans(chosen)
    unreadable = 0
    for one in _asked(wanted, capturer, patience):
        unreadable += not one.readable
        click.echo(as_json(_plain(one)) if json_ else _line(one))
    for nothing in unasked:
        words = _("has no list that can be asked for without a court.")
        click.echo(f"–  {nothing.id:20} {words}", err=True)
    total = len(wanted)
    words = _("{readable} of {total} can be reached and read from here.")
    click.echo(words.format(readable=total - unreadable, total=total), err=True)
    return Exit.COULD_NOT_LOOK if unreadable else Exit.DONE


def _plans(chosen: list[Source]) -> tuple[list[tuple[Source, Request]], list[Source]]:
    """Return what is asked of each source, and the sources of which nothing can be asked."""
    from habeas.sources import directories

    days = (datetime.now(UTC).date(),)
    wanted: list[tuple[Source, Request]] = []
    unasked: list[Source] = []
    for one in chosen:
        known = directories.load(one.id)[:_COURTS_OF_A_DIRECTORY]
        courts: list[tuple[str, ...]] = [(court.name,) for court in known]
        before = len(wanted)
        for names in courts or [()]:
            request = next(iter(one.adapter.plan(Query(days=days, courts=names))), None)
            if request is not None:
                wanted.append((one, request))
        if len(wanted) == before:
            unasked.append(one)
    return wanted, unasked


def _asked(
    wanted: list[tuple[Source, Request]], capturer: "object", patience: float
) -> Iterator[_Checked]:
    """Ask everything at once, and yield the answers as they come."""
    from habeas.finding.capturing import Capturer, page_of

    assert isinstance(capturer, Capturer)

    def ask(one: Source, request: Request) -> _Checked:
        manners = Politeness(one.politeness.delay_s, min(patience, one.politeness.timeout_s))
        impatient = replace(one, politeness=manners)
        try:
            page = page_of(capturer.ask(request, impatient), one)
        except HabeasError as error:
            page = _failed(one, str(error))
        return _Checked(one, request, page)

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="check") as pool:
        futures = [pool.submit(ask, one, request) for one, request in wanted]
        for future in as_completed(futures):
            yield future.result()


def _failed(one: Source, words: str) -> Page:
    return Page(
        source=one.id,
        kind=PageKind.UNKNOWN,
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=Obstacle.BAD_QUERY,
        explanation=words,
    )


def _line(one: _Checked) -> str:
    sign = "●" if one.readable else "✕"
    page = one.page
    what = str(page.obstacle or page.outcome)
    rows = _("{count} entries").format(count=len(page.rows))
    place = f"{one.source.id} ({host_of(one.request.url)})"
    told = (rows if one.readable else "", page.explanation)
    return safe_line(f"{sign}  {place:48} {what:18} {' · '.join(part for part in told if part)}")


def _plain(one: _Checked) -> dict[str, object]:
    page = one.page
    return {
        "source": one.source.id,
        "url": one.request.url,
        "readable": one.readable,
        "outcome": page.outcome,
        "reason": page.obstacle,
        "rows": len(page.rows),
        "words": page.explanation,
    }
