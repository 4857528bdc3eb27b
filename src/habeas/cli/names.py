"""`habeas names`: how common names are in the sources that somebody reads."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.errors import Exit, NothingLearned
from habeas.language import _
from habeas.terminal import as_json, safe_line

if TYPE_CHECKING:
    from habeas.names import Frequencies

COUNTS = click.option(
    "--counts",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="HABEAS_NAME_COUNTS",
    show_envvar=True,
    help="The file of learned counts; in your state folder if not given.",
)


@click.group("names", short_help="Learn how common names are in your sources.")
def command() -> None:
    """Learn how common names are in the sources that you read.

    A surname that is rare in the country may be every tenth in one court. What is learned takes
    the place of the reviewed estimates when `habeas find` reads that source.
    """


@command.command("learn", short_help="Count the names of the parties in pages and tables.")
@click.argument("places", nargs=-1, required=True, metavar="PLACE...")
@click.option("--source", default="", metavar="ID", help="Put all counts under this source.")
@click.option(
    "--named", is_flag=True, help="Also count names whose role is not printed, as in a roster."
)
@COUNTS
def learn(places: tuple[str, ...], *, source: str, named: bool, counts: Path | None) -> int:
    """Count the parts of the parties' names in each PLACE, source by source.

    Learning a source again replaces its counts. Only surname stems, given names and fathers' names
    are kept, each apart from the others, and none that was seen once: no whole name is stored.
    """
    from habeas.finding import counts as kept
    from habeas.finding.looking import look_with

    path = counts or kept.default_path()
    learner = kept.Learner(source=source, named=named)
    unread = sum(looked.obstacle is not None for looked in look_with(places, learner))
    learned = learner.learned()
    if unread:
        click.echo(_("Places that could not be read: {count}.").format(count=unread), err=True)
    if not learned:
        raise NothingLearned
    before = kept.read(path) if path.exists() else {}
    kept.write(path, {**before, **learned})
    for line in _lines(learned):
        click.echo(line)
    click.echo(_("The counts are in {path}.").format(path=safe_line(str(path))))
    return Exit.COULD_NOT_LOOK if unread else Exit.DONE


@command.command("show", short_help="Show what was learned.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object a line.")
@COUNTS
def show(*, json_: bool, counts: Path | None) -> int:
    """Show of how many people each source was learned, and its most common names."""
    from habeas.finding import counts as kept

    path = counts or kept.default_path()
    if not path.exists():
        click.echo(_("Nothing was learned yet: there is no {path}.").format(path=path), err=True)
        return Exit.NOT_FOUND
    learned = kept.read(path)
    for line in map(as_json, _plain(learned)) if json_ else _lines(learned):
        click.echo(line)
    return Exit.DONE


_SHOWN = 5


def _plain(learned: "dict[str, Frequencies]") -> list[dict[str, object]]:
    return [
        {
            "source": source,
            "people": one.people,
            "surnames": dict(_most(one, "surnames")),
            "givens": dict(_most(one, "givens")),
            "fathers": dict(_most(one, "fathers")),
        }
        for source, one in sorted(learned.items())
    ]


def _lines(learned: "dict[str, Frequencies]") -> list[str]:
    lines = []
    for source, one in sorted(learned.items()):
        told = _("{source}: {count} people counted.").format(
            source=safe_line(source or _("no source")), count=one.people
        )
        common = ", ".join(f"{stem} {number}" for stem, number in _most(one, "surnames"))
        if common:
            told += " " + _("Most common surnames, by sound: {names}.").format(names=common)
        lines.append(told)
    return lines


def _most(one: "Frequencies", part: str) -> list[tuple[str, int]]:
    seen = getattr(one, part).seen
    return sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
