"""What the command line says on stderr, beside the result."""

import sys

import click

from habeas.errors import HabeasError, Retry
from habeas.language import _
from habeas.terminal import safe


def complain(error: HabeasError) -> None:
    """Tell the user, on stderr, what happened, what was kept and what to do."""
    click.echo(click.style(safe(error.happened), bold=True), err=True)
    for line in (error.kept, error.advice):
        if line:
            click.echo(f"  {safe(line)}", err=True)
    if error.retry is Retry.LATER:
        click.echo(f"  {_('Trying again later can help.')}", err=True)


def on_terminal() -> bool:
    """Return whether a person is watching stderr, so that progress is worth drawing."""
    return sys.stderr.isatty()
