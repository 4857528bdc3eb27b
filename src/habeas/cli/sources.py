"""`habeas sources`: which official sources are known, what they are, and whether they answer."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from habeas.errors import Exit
from habeas.language import _
from habeas.sources.contract import Page, Query, Request
from habeas.sources.registry import Source, source, sources
from habeas.terminal import as_json, safe_line


@click.group("sources", short_help="List, show and check the official sources.")
def command() -> None:
    """Work with the catalogue of official sources."""


@command.command("list")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def list_(*, json_: bool) -> int:
    """List all sources."""
    for one in sources():
        if json_:
            click.echo(as_json(_plain(one)))
        else:
            click.echo(f"{one.id:24} {one.jurisdiction}  {one.title}")
    return Exit.DONE


@command.command("show")
@click.argument("source_id", metavar="SOURCE")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def show(source_id: str, *, json_: bool) -> int:
    """Show what is known about one SOURCE, its blind spots included."""
    one = source(source_id)
    if json_:
        click.echo(as_json(_plain(one)))
        return Exit.DONE
    for label, value in (
        (_("Source"), f"{one.id}: {one.title}"),
        (_("Publisher"), f"{one.publisher}, {one.home}"),
        (_("Jurisdiction"), one.jurisdiction),
        (_("Addresses"), ", ".join(one.hosts)),
        (_("New entries"), one.every),
        (_("By name"), _("can be asked by name, with leave") if one.by_name else _("whole lists")),
        (_("Between requests"), f"{one.politeness.delay_s:g} s"),
        (_("Root certificate"), one.extra_ca.get("name", _("the usual ones"))),
        (_("Blind spots"), one.blind_spots),
    ):
        click.echo(f"{label}: {safe_line(value)}")
    return Exit.DONE


@command.command("check")
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
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
def check(source_ids: tuple[str, ...], *, captures: Path, ca: Path | None, json_: bool) -> int:
    """Ask each SOURCE (all, if none is given) for one list of today, and say what came back.

    No name is sent. The exit code is 3 if any source could not be looked at.
    """
    from habeas.cli.sealing import sealer
    from habeas.finding.capturing import Capturer, page_of

    chosen = [source(source_id) for source_id in source_ids] or list(sources())
    today = datetime.now(UTC).date()
    capturer = Capturer(captures, ca=ca, sealer=sealer())
    failed = False
    for one in chosen:
        request = next(iter(one.adapter.plan(Query(days=(today,)))), None)
        if request is None:
            click.echo(f"{one.id}: {_('has no list that can be asked for by day.')}")
            continue
        page = page_of(capturer.ask(request, one), one)
        failed |= page.obstacle is not None
        if json_:
            click.echo(as_json(_answered(one, request, page)))
        else:
            what = page.obstacle or page.outcome
            click.echo(f"{one.id:24} {what}  {len(page.rows)} rows  {safe_line(page.explanation)}")
    return Exit.COULD_NOT_LOOK if failed else Exit.DONE


def _answered(one: Source, request: Request, page: Page) -> dict[str, object]:
    return {
        "source": one.id,
        "url": request.url,
        "outcome": page.outcome,
        "reason": page.obstacle,
        "rows": len(page.rows),
        "words": page.explanation,
    }


def _plain(one: Source) -> dict[str, object]:
    described: dict[str, object] = json.loads(
        json.dumps(
            {name: getattr(one, name) for name in Source.__slots__},
            default=lambda value: {name: getattr(value, name) for name in value.__slots__},
        )
    )
    return described
