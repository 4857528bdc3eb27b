"""`habeas demo`: the true story in under a minute, on a replica on this machine."""

from itertools import count
from pathlib import Path

import click

from habeas.errors import Exit, PlaceTaken


@click.command("demo", short_help="See the true story on a replica, in under a minute.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps the recorded pages; habeas-demo, or habeas-demo-2 and so on.",
)
def command(into: Path | None) -> int:
    """Serve replicas of three official sites on loopback, capture them, and search them.

    The people on the pages are invented, except the public case of Izzat Amon, of whom only public
    reports are told, with their speakers. Nothing is asked from outside this machine.
    """
    from habeas.demo.story import tell

    if into is not None and into.exists() and any(into.iterdir()):
        raise PlaceTaken(str(into))
    for text in tell(into or _free()):
        click.echo(text)
    return Exit.DONE


def _free() -> Path:
    names = ("habeas-demo" if n == 1 else f"habeas-demo-{n}" for n in count(1))
    return next(path for path in map(Path, names) if not path.exists())
