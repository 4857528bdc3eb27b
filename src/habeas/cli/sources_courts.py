"""`habeas sources courts`: which courts of a platform there are, from a file or from the portal."""

import csv
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from habeas.cli.terminal import on_terminal
from habeas.errors import DirectoryRefused, Exit, PlaceMissing
from habeas.language import _
from habeas.terminal import safe_line

if TYPE_CHECKING:
    from habeas.sources.platforms.sudrf_directory import Court

_SOURCE = "ru_sudrf"


@click.group("courts", short_help="Read and list the directory of a platform's courts.")
def command() -> None:
    """Work with the directory of the courts on sudrf.ru: about 2,250, each with its own site."""


@command.command("update")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--portal", is_flag=True, help="Ask the portal's own pages, one for each region.")
@click.option(
    "--region", "regions", multiple=True, metavar="NN", help="Only this region of the portal."
)
@click.option(
    "--captures",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("captures"),
    envvar="HABEAS_CAPTURES",
    show_default=True,
    show_envvar=True,
    help="Folder in which the portal's answers are recorded.",
)
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="HABEAS_CA",
    show_envvar=True,
    help="Further root certificates (PEM) to trust.",
)
@click.option(
    "--replica",
    multiple=True,
    metavar="HOST=ADDRESS",
    help="Ask a replica on this computer (127.0.0.1:port) instead of HOST. Only for trying out.",
)
def update(  # noqa: PLR0913 - one argument for each option of the command
    files: tuple[str, ...],
    *,
    portal: bool,
    regions: tuple[str, ...],
    captures: Path,
    ca: Path | None,
    replica: tuple[str, ...],
) -> int:
    """Read the courts of FILEs (JSON, CSV, or saved pages of the portal) into your own folder.

    With --portal the portal's own pages are asked instead, and recorded. Earlier directories are
    kept beside the new one. The exit code is 3 if a region could not be read; what was known of it
    before stays.
    """
    from habeas.cli.sealing import sealer
    from habeas.cli.watch import replicas_of
    from habeas.finding.capturing import Capturer
    from habeas.sources.platforms.sudrf_directory import REGIONS

    if bool(files) is portal:
        raise click.UsageError(_("Give files, or --portal."))
    unknown = [region for region in regions if region not in REGIONS]
    if unknown or (regions and not portal):
        raise click.UsageError(_("--region goes with --portal, and has two digits, as 77."))
    if not portal:
        found = [court for file in files for court in _of_file(file)]
        _keep(found, None)
        return Exit.DONE
    capturer = Capturer(captures, ca=ca, sealer=sealer(), replicas=replicas_of(replica))
    courts, read, failed = _of_portal(capturer, regions or REGIONS)
    if courts:
        _keep(courts, read)
    return Exit.COULD_NOT_LOOK if failed else Exit.DONE


@command.command("list")
@click.argument("words", nargs=-1)
@click.option("--source", "source_id", default=_SOURCE, show_default=True)
@click.option("--region", "regions", multiple=True, metavar="NN", help="Only this region.")
@click.option("--csv", "csv_", is_flag=True, help="Print the file that `habeas watch` takes.")
def list_(words: tuple[str, ...], *, source_id: str, regions: tuple[str, ...], csv_: bool) -> int:
    """List the courts of the directory whose titles hold all WORDS.

    The exit code is 1 if there is none. `--csv` prints a file for `habeas watch --sources`.
    """
    from habeas.sources import directories

    wanted = [word.casefold() for word in words]
    chosen = [
        court
        for court in directories.load(source_id)
        if (not regions or court.region in regions)
        and all(word in f"{court.title} {court.name}".casefold() for word in wanted)
    ]
    if csv_:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("source", "court"))
        writer.writerows((source_id, court.name) for court in chosen)
    else:
        for court in chosen:
            click.echo(safe_line(f"{court.name:36} {court.code:9} {court.title}"))
    if not chosen:
        click.echo(
            _("No such court. Read a directory first: habeas sources courts update"), err=True
        )
    return Exit.DONE if chosen else Exit.NOT_FOUND


def _of_file(name: str) -> "list[Court]":
    from habeas.sources.contract import Capture
    from habeas.sources.platforms.sudrf_directory import (
        DirectoryUnreadable,
        courts_of_file,
        courts_of_page,
    )

    try:
        body = Path(name).read_bytes()
    except OSError as error:
        raise PlaceMissing(name) from error
    capture = Capture(body)
    try:
        if "search-results" in capture.text:
            return courts_of_page(capture)
        found, elsewhere = courts_of_file(capture.text.lstrip("\ufeff"))
    except DirectoryUnreadable as error:
        raise DirectoryRefused(name, str(error)) from error
    if elsewhere:
        words = _("{count} entries of {name} are on other platforms, or have no address.")
        click.echo(safe_line(words.format(count=elsewhere, name=name)), err=True)
    return found


def _of_portal(
    capturer: "object", regions: tuple[str, ...]
) -> "tuple[list[Court], list[str], list[str]]":
    """Ask the portal for each region; return courts, regions read, regions that failed."""
    from habeas.finding.capturing import Capturer
    from habeas.sources.platforms.sudrf_directory import (
        DirectoryUnreadable,
        courts_of_page,
        portal_page,
    )
    from habeas.sources.registry import source

    assert isinstance(capturer, Capturer)
    known = source(_SOURCE)
    courts: list[Court] = []
    read: list[str] = []
    failed: list[str] = []
    with click.progressbar(regions, file=sys.stderr, hidden=not on_terminal()) as asked:
        for region in asked:
            answer = capturer.ask(portal_page(region), known)
            obstacle, words = answer.obstacle, answer.explanation
            if obstacle is None:
                try:
                    courts += courts_of_page(answer.capture, region)
                except DirectoryUnreadable as error:
                    obstacle, words = error.obstacle, str(error)
            (read if obstacle is None else failed).append(region)
            if obstacle is not None:
                told = _("Region {region} could not be read: {reason}. {explanation}").format(
                    region=region, reason=obstacle, explanation=words
                )
                click.echo(safe_line(told), err=True)
    return courts, read, failed


def _keep(courts: "list[Court]", regions: "list[str] | None") -> None:
    """Write one directory for each source that the courts belong to."""
    from habeas.sources import directories
    from habeas.sources.registry import host_of, source_at

    by_source: dict[str, list[Court]] = defaultdict(list)
    for court in courts:
        known = source_at(host_of(f"https://{court.name.partition('#')[0]}/"))
        if known is not None:
            by_source[known.id].append(court)
    now = datetime.now(UTC)
    for source_id, found in sorted(by_source.items()):
        known_before = directories.load(source_id)
        kept = directories.merged(known_before, found, regions)
        path = directories.keep(source_id, kept, now)
        words = _("{source}: {count} courts, in {path}")
        told = words.format(source=source_id, count=len(kept), path=path)
        click.echo(safe_line(told))
