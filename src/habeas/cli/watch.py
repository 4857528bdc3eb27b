"""`habeas watch`: look at the sources on a schedule, for months, and keep the proof of it."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli import watch_by_name, watch_ways
from habeas.cli.watch_by_name import consent
from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import as_json, safe_line

if TYPE_CHECKING:
    from habeas.watch.models import Look

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(
    "watch",
    invoke_without_command=True,
    short_help="Look at the sources on a schedule, for months.",
)
@click.option("--once", is_flag=True, help="Do what is due now and end; for cron.")
@click.option("--people", type=_FILE, help="CSV file of people to add first (column: names).")
@click.option("--sources", type=_FILE, help="CSV file of sources to add first (column: source).")
@click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="HABEAS_CAPTURES",
    show_envvar=True,
    help="Folder in which every answer is recorded; `captures` in HABEAS_HOME if not given.",
)
@click.option(
    "--ca",
    type=_FILE,
    envvar="HABEAS_CA",
    show_envvar=True,
    help="Further root certificates (PEM) to trust.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    default=4,
    show_default=True,
    envvar="HABEAS_WORKERS",
    show_envvar=True,
    help="How many sources are asked at the same time; each one is asked by one at a time.",
)
@click.option(
    "--replica",
    multiple=True,
    metavar="HOST=ADDRESS",
    help="Ask a replica on this computer (127.0.0.1:port) instead of HOST. Only for trying out.",
)
@click.pass_context
def command(  # noqa: PLR0913 - one argument for each option of the command
    ctx: click.Context,
    *,
    once: bool,
    people: Path | None,
    sources: Path | None,
    captures: Path | None,
    ca: Path | None,
    workers: int,
    replica: tuple[str, ...],
) -> int | None:
    """Watch until Ctrl+C (or SIGTERM), or with --once do what is due and end.

    The people and sources to watch are kept in the database in HABEAS_HOME. Add them with the
    commands below or from files. With --once the exit code is 3 if something could not be read.
    """
    from habeas.site.serving import prepare

    prepare()
    if ctx.invoked_subcommand is not None:
        return None
    from habeas.cli.sealing import sealer
    from habeas.watch.adding import people_from, sources_from
    from habeas.watch.building import Wishes

    now = datetime.now(UTC)
    if people is not None:
        added = people_from(people, now)
        click.echo(_("People in the file: {count}.").format(count=len(added)), err=True)
    if sources is not None:
        watches = sources_from(sources, now)
        click.echo(_("Sources in the file: {count}.").format(count=len(watches)), err=True)
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    wishes = Wishes(
        captures or _captures(),
        ca=ca,
        replicas=replicas_of(replica),
        workers=0 if once else workers,
        sealer=sealer(),
    )
    return _once(wishes) if once else _for_months(wishes)


def _captures() -> Path:
    from django.conf import settings

    home: Path = settings.HABEAS_HOME
    return home / "captures"


def replicas_of(printed: tuple[str, ...]) -> dict[str, str]:
    """Return the map of hosts to replicas that `--replica` options give.

    Raises:
        UsageError: one is not of the form HOST=ADDRESS.
    """
    pairs = [one.partition("=") for one in printed]
    if not all(host and place for host, _equals, place in pairs):
        raise click.UsageError(_("Write --replica as HOST=127.0.0.1:PORT."))
    return {host: place for host, _equals, place in pairs}


def _once(wishes: object) -> int:
    from habeas.watch.building import Wishes, watcher

    assert isinstance(wishes, Wishes)
    with watcher(wishes) as service:
        looks = service.run_once()
    for look in looks:
        click.echo(_line(look))
    if not looks:
        click.echo(_("Nothing was due."), err=True)
    return Exit.DONE if all(look.confirmed for look in looks) else Exit.COULD_NOT_LOOK


def _for_months(wishes: object) -> int:
    from habeas.watch.building import Wishes, watcher

    assert isinstance(wishes, Wishes)
    with watcher(wishes) as service:
        click.echo(_("Watching. Stop with Ctrl+C; nothing is lost by it."), err=True)
        service.run()
    return Exit.DONE


def _line(look: "Look") -> str:
    told = _("{rows} entries") if look.confirmed else _("could not look: {why}")
    words = told.format(rows=look.rows, why=look.explanation or look.obstacle)
    return safe_line(f"{look.watch}: {words}")


command.add_command(watch_by_name.command)
for further in (watch_ways.agreement, watch_ways.route, watch_ways.stop, watch_ways.visit):
    command.add_command(further)


@command.command("add-person")
@click.argument("names")
@click.option("--code", default="", help="What alerts say instead of the name; P1, P2 ... if none.")
@click.option("--born", type=click.IntRange(1850, 2100), help="Year of birth.")
def add_person(names: str, *, code: str, born: int | None) -> int:
    """Watch for a person. NAMES are one or more spellings, separated by " | ".

    The spellings of a known CODE are added to those it has. Everything captured so far is
    screened for them.
    """
    from habeas.watch.adding import add_person as add

    try:
        person = add(names, datetime.now(UTC), code=code, birth_year=born)
    except ValueError as error:
        words = _("A code has letters, digits, - and _, up to 16.")
        raise click.UsageError(words) from error
    click.echo(person.code)
    return Exit.DONE


@command.command("add-source")
@click.argument("source_id", metavar="SOURCE")
@click.argument("court", default="")
@click.option("--every", default="", metavar="DURATION", help="As PT6H or P1D; the source's own.")
@click.option("--days-back", default=1, show_default=True, type=click.IntRange(0, 60))
@click.option("--days-ahead", default=7, show_default=True, type=click.IntRange(0, 60))
@click.option("--route", default="direct", show_default=True, help="Way through the network.")
@click.option(
    "--by-name", is_flag=True, help="Allow this source to be asked for the names: it learns them."
)
@click.option("--yes", is_flag=True, help="With --by-name: the names may be sent; do not ask me.")
def add_source(  # noqa: PLR0913 - one argument for each option of the command
    source_id: str,
    court: str,
    *,
    every: str,
    days_back: int,
    days_ahead: int,
    route: str,
    by_name: bool,
    yes: bool,
) -> int:
    """Watch SOURCE (see `habeas sources list`), or one COURT of it.

    Whole lists of the given days are pulled; no name leaves this computer unless --by-name is set.
    The names that would be sent are shown first. `habeas watch by-name` changes it later.
    """
    from habeas.errors import RouteUnknown
    from habeas.watch.adding import Wish
    from habeas.watch.adding import add_source as add
    from habeas.watch.routes import DIRECT, read_routes

    known = [DIRECT, *read_routes()]
    if route not in known:
        raise RouteUnknown(route, known)
    if by_name:
        consent(source_id, yes=yes)
    wish = Wish(source_id, court, every, route, days_back, days_ahead, by_name)
    try:
        watch = add(wish, datetime.now(UTC))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(str(watch))
    return Exit.DONE


@command.command("status")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def status(*, json_: bool) -> int:
    """Say what is watched, what was read, and what cannot be read, since when and why.

    The exit code is 3 if a source cannot be read.
    """
    from habeas.watch.coverage import state_of_watching

    state = state_of_watching(datetime.now(UTC))
    if json_:
        unreadable = [
            {"watch": one.watch, "since": one.since.isoformat(), "reason": one.obstacle}
            for one in state.unreadable
        ]
        click.echo(
            as_json({"looked": state.looked, "total": state.total, "unreadable": unreadable})
        )
    else:
        click.echo(state.in_words())
    return Exit.COULD_NOT_LOOK if state.unreadable else Exit.DONE
