"""`habeas demo`: the true story in under a minute, on a replica on this machine."""

import os
import sys
import time
import webbrowser
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.errors import Exit, PlaceTaken
from habeas.language import _, marked

if TYPE_CHECKING:
    from habeas.demo.stage import Stage

_PATIENCE_S = 20.0
_TICK_S = 0.5


@click.command("demo", short_help="See the true story on a replica, in under a minute.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps the recorded pages; habeas-demo, or habeas-demo-2 and so on.",
)
@click.option(
    "--serve/--no-serve",
    default=None,
    help="Keep the site open until Ctrl+C; the default where a person and a browser are there.",
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 600),
    default=4.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a day lasts while the site is kept open.",
)
def command(into: Path | None, *, serve: bool | None, pace: float) -> int:
    """Watch replicas of three official sites for six days of March 2021, on the page and here.

    The replica, the watcher, the site and a mail catcher run on this machine only; a link opens the
    site once. Where nobody sits at the terminal (no terminal, CI=true, no browser, --no-serve), the
    story is told at once and the demo ends by itself. The people on the pages are invented, except
    the public case of Izzat Amon, of whom only public reports are told, with their speakers.
    Nothing is asked from outside this machine.
    """
    from habeas.demo.stage import set_up

    if into is not None and into.exists() and any(into.iterdir()):
        raise PlaceTaken(str(into))
    folder = into or _free()
    stays = _somebody_is_there() if serve is None else serve
    click.echo(_opening())
    with set_up(folder) as stage:
        # The site's models can be loaded only now that the site is set up.
        from habeas.demo.story import Story

        if stays:
            _invite(stage)
        pause = _pausing(stage, pace if stays else 0.0)
        for text in Story(stage, pause).tell(folder):
            click.echo(text)
        if stays:
            click.echo("\n" + _("The site stays open. End the demo with Ctrl+C."))
            _stay(stage)
    return Exit.DONE


def _free() -> Path:
    names = ("habeas-demo" if n == 1 else f"habeas-demo-{n}" for n in count(1))
    return next(path for path in map(Path, names) if not path.exists())


def _opening() -> str:
    return _(
        "Replicas of three official sites, the watcher, the site and a mail catcher start on this "
        "machine. The pages are ours and the people on them are invented, except one public case.\n"
    )


def _somebody_is_there() -> bool:
    if os.environ.get("CI") or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _invite(stage: "Stage") -> None:
    """Print the link and wait a little for somebody to open it."""
    click.echo(_("Open this link in a browser on this machine. It works once:"))
    click.echo(f"  {stage.link}\n")
    stage.said = marked("The story begins in a moment.")
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and not stage.opened():
        time.sleep(_TICK_S)


def _pausing(stage: "Stage", seconds: float) -> Callable[[], None]:
    def pause() -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            stage.attend()
            time.sleep(_TICK_S)

    return pause


def _stay(stage: "Stage") -> None:
    try:
        while True:
            stage.attend()
            time.sleep(_TICK_S)
    except KeyboardInterrupt:
        click.echo()
