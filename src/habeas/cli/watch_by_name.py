"""`habeas watch by-name`: who may learn the names, shown before anything is sent."""

import sys

import click

from habeas.errors import Exit
from habeas.language import _
from habeas.terminal import safe_line


@click.command("by-name", short_help="Let a watched source be asked by name, or stop that.")
@click.argument("source_id", metavar="[SOURCE]", default="")
@click.argument("court", default="")
@click.option("--off", is_flag=True, help="Stop asking it by name.")
@click.option("--yes", is_flag=True, help="The names may be sent; do not ask me.")
def command(source_id: str, court: str, *, off: bool, yes: bool) -> int:
    """Show the names that would be sent to SOURCE, ask, and let it be asked by name.

    Without SOURCE: list who is asked by name, and with which names. Whole lists are pulled in any
    case; asking by name is for what no list shows, and tells the source whom you seek.
    """
    from habeas.watch import by_name
    from habeas.watch.models import Watch

    if not source_id:
        for watch in by_name.asked():
            click.echo(safe_line(str(watch)))
        _show(by_name.names_sent())
        return Exit.DONE
    watches = list(Watch.objects.filter(source=source_id, court=court, stopped_at=None))
    if not watches:
        words = _("{source} is not watched. Add it first: habeas watch add-source {source}")
        raise click.UsageError(words.format(source=f"{source_id} {court}".strip()))
    if not off:
        consent(source_id, yes=yes)
    for watch in watches:
        by_name.switch(watch, on=not off)
    return Exit.DONE


def consent(source_id: str, *, yes: bool) -> None:
    """Show what a source would learn, and go on only with leave.

    Raises:
        UsageError: it cannot be asked by name, or nobody is there to give leave.
        Abort: leave was not given; nothing is changed.
    """
    from habeas.sources.registry import source
    from habeas.watch import by_name

    known = source(source_id)
    if not known.by_name:
        words = _("{source} cannot be asked by name; its whole lists are read.")
        raise click.UsageError(words.format(source=source_id))
    words = _("{title} ({publisher}) would learn that you look for:")
    click.echo(safe_line(words.format(title=known.title, publisher=known.publisher)), err=True)
    _show(by_name.names_sent())
    click.echo(_("Every spelling that you add later is sent to it as well."), err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(_("Nobody is here to allow that. Give --yes if they may be sent."))
    click.confirm(_("May these names be sent?"), default=False, abort=True, err=True)


def _show(names: tuple[str, ...]) -> None:
    for name in names:
        click.echo(f"  {safe_line(name)}", err=True)
    if not names:
        click.echo("  " + _("(no name is known yet)"), err=True)
