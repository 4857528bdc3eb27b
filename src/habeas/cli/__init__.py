"""The command line: one file per verb, each imported only when it is called.

stdout carries the result, stderr progress and explanation. Exit codes are those of
`habeas.errors.Exit`.
"""

import importlib
import os
import sys
from collections.abc import Sequence

import click

from habeas import __version__, language
from habeas.errors import Exit, HabeasError
from habeas.language import _

_VERBS = {
    "find": "habeas.cli.find",
    "match": "habeas.cli.match",
    "screen": "habeas.cli.screen",
    "names": "habeas.cli.names",
    "read": "habeas.cli.read",
    "sources": "habeas.cli.sources",
    "capture": "habeas.cli.capture",
    "exhibit": "habeas.cli.exhibit",
    "verify": "habeas.cli.verify",
    "seals": "habeas.cli.seals",
    "stamps": "habeas.cli.stamps",
    "custody": "habeas.cli.custody",
    "keys": "habeas.cli.keys",
    "passphrase": "habeas.cli.passphrase",
    "backup": "habeas.cli.backup",
    "backups": "habeas.cli.backups",
    "restore": "habeas.cli.restore",
    "watch": "habeas.cli.watch",
    "alerts": "habeas.cli.alerts",
    "cases": "habeas.cli.cases",
    "team": "habeas.cli.team",
    "serve": "habeas.cli.serve",
    "replica": "habeas.cli.replica",
    "demo": "habeas.cli.demo",
}


class _Verbs(click.Group):
    """Loads a verb's module when it is asked for, so that `habeas match` starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _VERBS:
            return None
        command: click.Command = importlib.import_module(_VERBS[cmd_name]).command
        return command


@click.group(
    cls=_Verbs,
    help="Find people who have been taken, and keep the proof.",
    epilog=(
        "Exit codes: 0 done (for a search: found), 1 looked and not found, "
        "2 wrong usage or bad input, 3 could not look."
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(__version__, prog_name="habeas")
@click.option(
    "--lang",
    type=click.Choice(language.LANGUAGES),
    envvar="HABEAS_LANG",
    show_envvar=True,
    help="Language of the sentences.",
)
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """Choose the language, and say how an encrypted home is opened; the verbs do the rest."""
    if lang:
        language.use(lang)
    from habeas.cli.opening import ready

    ready(ctx.invoked_subcommand or "")


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code: the one top frame."""
    from habeas.cli.terminal import complain

    for stream in (sys.stdout, sys.stderr):
        # A page may print any character; a terminal or pipe that cannot must not stop a search.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = main.main(args=arguments, prog_name="habeas", standalone_mode=False)
        sys.exit(int(code) if isinstance(code, int) else int(Exit.DONE))
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except HabeasError as error:
        complain(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(_("Interrupted."), err=True)
        sys.exit(Exit.COULD_NOT_LOOK)
    except BrokenPipeError:
        # The reader of our output went away (`| head`). Point stdout at nothing, or the
        # interpreter complains once more at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
