"""`habeas exhibit`: captures as a folder for a lawyer, which a stranger can check."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas import language
from habeas.errors import Exit, NothingToExhibit
from habeas.language import _
from habeas.names import Sought
from habeas.terminal import as_json, safe_line

if TYPE_CHECKING:
    from habeas.evidence.exhibit.folder import Exhibit

_MATCH = "match:"


@click.command("exhibit", short_help="Make a folder for a lawyer of one or more captures.")
@click.argument("captures", nargs=-1, required=True, metavar="CAPTURE...")
@click.option("--name", "names", multiple=True, help="Mark the rows that may name this person.")
@click.option("--quote", "quotes", multiple=True, help="Mark the row with this text, as printed.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    show_default="this folder",
    help="Where to put the exhibit.",
)
@click.option(
    "--from",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Store in which ids of records are looked for.",
)
@click.option(
    "--paper",
    "papers",
    multiple=True,
    type=click.Choice(language.LANGUAGES),
    help="Languages of the PDF; en, ru and tg if not given.",
)
@click.option("--no-picture", is_flag=True, help="Do not draw the page with a browser.")
@click.option("--json", "json_", is_flag=True, help="Print one JSON object.")
def command(  # noqa: PLR0913 - one argument for each option; click passes them by name
    captures: tuple[str, ...],
    *,
    names: tuple[str, ...],
    quotes: tuple[str, ...],
    into: Path,
    folder: Path,
    papers: tuple[str, ...],
    no_picture: bool,
    json_: bool,
) -> int:
    """Make an exhibit: a folder and one ZIP, with the recordings, a PDF, and a verifier.

    CAPTURE is a file that habeas recorded, the id of a record, or match:NUMBER for a match of the
    watcher. Several captures of one page support each other.
    """
    from habeas.evidence.exhibit.folder import LANGUAGES, Plan, make_exhibit
    from habeas.evidence.seals.recovering import chain_of
    from habeas.finding.exhibiting import Preparing, find_recording, store_of

    recordings, known = [], list(names)
    for place in captures:
        if place.startswith(_MATCH):
            place, found = _match(place.removeprefix(_MATCH))  # noqa: PLW2901 - as named by the match
            known += found
        recordings.append(find_recording(place, folder))
    stores = {store_of(recording) for recording in recordings}
    if len(stores) > 1:
        raise click.UsageError(_("All captures of an exhibit must lie in one store."))
    prepare = Preparing(Sought(tuple(known)) if known else None, quotes, pictures=not no_picture)
    click.echo(_("Making the exhibit"), err=True)
    made = make_exhibit(
        chain_of(stores.pop()), recordings, Plan(into, papers or LANGUAGES, prepare)
    )
    click.echo(as_json(_facts(made)) if json_ else _told(made))
    return Exit.DONE


def _match(number: str) -> tuple[str, list[str]]:
    """Return the recording of a match and the name as printed there."""
    from habeas.site.serving import prepare

    prepare()
    from habeas.watch.models import Match

    found = Match.objects.filter(pk=int(number)).first() if number.isdigit() else None
    if found is None:
        raise NothingToExhibit(_MATCH + number)
    version = found.mention.version
    return str(version.record.get("path", "")), [found.mention.printed]


def _facts(made: "Exhibit") -> dict[str, object]:
    return {
        "exhibit": made.exhibit_id,
        "folder": str(made.folder),
        "zip": str(made.archive),
        "sha256": made.sha256,
        "signer": made.signer,
        "captures": [one.file for one in made.captures],
        "rows": [row.printed for one in made.captures for row in one.rows],
        "picture": [not one.picture.absent for one in made.captures],
    }


def _told(made: "Exhibit") -> str:
    from habeas.evidence.exhibit.parts import groups

    rows = [row.printed for one in made.captures for row in one.rows]
    lines = [
        click.style(str(made.folder), bold=True),
        str(made.archive),
        "  SHA-256 " + made.sha256,
        "  " + _("Rows marked: {rows}").format(rows=safe_line(", ".join(rows)) or "-"),
        "  " + _("Fingerprint of the signer, for the case sheet:"),
        "    " + groups(made.signer),
        "  "
        + _("To check it: python3 {path} --signer {signer}").format(
            path=made.folder / "verify.py", signer=made.signer
        ),
    ]
    return "\n".join(lines)
