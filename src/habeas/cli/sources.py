"""`habeas sources`: which official sources are known, what they are, and whether they answer."""

import json

import click

from habeas.cli import sources_check, sources_courts, sources_new
from habeas.errors import Exit
from habeas.language import _
from habeas.sources.registry import Source, source, sources
from habeas.terminal import as_json, safe_line


@click.group("sources", short_help="List, show, check and describe the official sources.")
def command() -> None:
    """Work with the catalogue of official sources, and with those that you describe yourself."""


for _further in (sources_check.command, sources_new.command, sources_courts.command):
    command.add_command(_further)


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
        *(((_("Kind"), one.kind),) if one.kind else ()),
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


def _plain(one: Source) -> dict[str, object]:
    described: dict[str, object] = json.loads(
        json.dumps(
            {name: getattr(one, name) for name in Source.__slots__ if name != "bound"},
            default=lambda value: {name: getattr(value, name) for name in value.__slots__},
        )
    )
    return described
