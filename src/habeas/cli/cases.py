"""`habeas cases`: filling and rebuilding case files; reading and writing them is on the site."""

from datetime import UTC, datetime
from pathlib import Path

import click

from habeas.cli.by_whom import as_user
from habeas.cli.cases_export import export
from habeas.cli.cases_purge import purge
from habeas.errors import Exit
from habeas.language import ngettext


@click.group(
    "cases", short_help="Case files: load the public case, offices to ask, rebuild, purge."
)
def command() -> None:
    """Fill and rebuild case files. To read and write them, open the site with `habeas serve`."""
    from habeas.site import serving

    serving.prepare()


@command.command("load-story")
def load_story() -> int:
    """Load the public case of Izzat Amon, as public sources tell it, each with its speaker."""
    from habeas.cases import story

    story.load(datetime.now(UTC))
    click.echo(story.CODE)
    return Exit.DONE


@command.command("offices")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_user
def offices(table: Path, user_name: str) -> int:
    """Add offices to the call lists, from a CSV file with the columns name and kind.

    Further columns, if wanted: city, district, phone, note, latitude, longitude. A line that
    cannot be used stops it, and nothing of the file is taken over.
    """
    from habeas.cases.lookups import asking
    from habeas.cases.statements.recording import Hand

    added = asking.desks_from(table, Hand(user_name, datetime.now(UTC)))
    words = ngettext("{n} office was added.", "{n} offices were added.", len(added))
    click.echo(words.format(n=len(added)), err=True)
    for desk in added:
        click.echo(desk.body.code)
    return Exit.DONE


@command.command("rebuild")
def rebuild() -> int:
    """Work out the board and the search keys of everybody anew, from what was said."""
    from habeas.cases.board import keeping
    from habeas.cases.search import indexing

    people = keeping.refresh_all(datetime.now(UTC))
    indexing.refresh_all()
    words = ngettext("{n} case was worked out.", "{n} cases were worked out.", people)
    click.echo(words.format(n=people), err=True)
    return Exit.DONE


@command.command("import")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--speaker", required=True, help="Who says what stands in it.")
@click.option(
    "--role",
    default="monitor",
    show_default=True,
    help="Role of the speaker: family, lawyer, court, police, monitor, media, other.",
)
@click.option("--said-on", default="", help="As of when: 25.03.2021, 03.2021 or 2021.")
@click.option("--case", "code", default="", help="For documents: code of the case.")
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="For a bundle: a file with an age secret key, beside the key of this home.",
)
@click.option(
    "--passphrase",
    default="",
    envvar="HABEAS_BUNDLE_PASSPHRASE",
    show_envvar=True,
    help="For a bundle that was locked with a passphrase.",
)
@click.option(
    "--signed-by",
    default="",
    metavar="FINGERPRINT",
    help="For a bundle: the key of its sender, as they read it to you by voice.",
)
@click.option("--apply", "wanted", is_flag=True, help="Enter every row without a proposed double.")
@as_user
def import_list(file: Path, *, identity: Path | None, wanted: bool, **said: str) -> int:
    """Read a list of others, documents, or a bundle, and show what would be taken over.

    FILE is a CSV, Excel, PFIF or FollowTheMoney file, a ZIP of documents, a folder of them, or a
    bundle of another habeas.
    Without --apply nothing is entered. With it, rows without a proposed double become new people;
    about the others a person decides on the page. Killed in the middle, the same command goes on.
    """
    from habeas.cases.importing import commanded

    asked = commanded.Asked(identity=identity, **said)
    for line in commanded.run(file, asked, datetime.now(UTC), wanted=wanted):
        click.echo(line)
    return Exit.DONE


command.add_command(export)
command.add_command(purge)
