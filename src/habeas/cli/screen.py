"""`habeas screen`: many sought people against many rows, or against texts."""

import csv
import gc
import mmap
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

import click

from habeas.errors import Exit, PeopleRefused, TableUnreadable
from habeas.language import _
from habeas.names import Comparison, Screen, Sought
from habeas.names.screen import BLOCK
from habeas.terminal import as_json

_YOUNG_OBJECTS = 200_000


@click.command("screen", short_help="Look for many people in many rows or in texts.")
@click.option(
    "--people",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help='Tab-separated, with a header: person, names (several separated by " | ").',
)
@click.option(
    "--rows",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Tab-separated, with a header: row, text. - for standard input.",
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="A text in UTF-8, of any length; may be given several times.",
)
def command(people: Path, rows: Path | None, texts: tuple[Path, ...]) -> int:
    """Look for many PEOPLE in ROWS, one printed name each, or in running texts.

    For each row or place that may name somebody, one line of JSON: the row (or the text, and the
    bytes where the name begins and ends), the person, the score in bits and the verdict (same,
    likely, possible). What is not printed was looked at and says too little, or tells the two
    apart. Nothing leaves this computer.
    """
    if (rows is None) == (not texts):
        raise click.UsageError(_("Give either --rows or --text."))
    # What is kept here are words and names, without cycles: to look through all of them again and
    # again would take a third of the time. The process ends with this command.
    gc.set_threshold(_YOUNG_OBJECTS, 1000, 1000)
    ids, sought = _people(people)
    screen = Screen(sought)
    if rows is None:
        for path in texts:
            sys.stdout.writelines(_in_text(screen, ids, path))
        return Exit.DONE
    if str(rows) == "-":
        return _in_rows(screen, ids, sys.stdin.buffer, "-")
    try:
        with rows.open("rb") as stream:
            return _in_rows(screen, ids, stream, rows.name)
    except OSError as error:
        raise TableUnreadable(rows.name, error.strerror or str(error)) from error


def _people(path: Path) -> tuple[list[str], list[Sought]]:
    """Return the people of a file, their own numbers first.

    Raises:
        TableUnreadable: the file cannot be read, or lacks a column.
        PeopleRefused: a line holds no name; told with its number.
    """
    ids: list[str] = []
    sought: list[Sought] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            columns = _columns(next(table, []), ("person", "names"), path.name)
            for line, fields in enumerate(table, 2):
                if not any(fields):
                    continue
                person, names = _fields(fields, columns, path.name, line)
                if not any(letter.isalpha() for letter in names):
                    raise PeopleRefused(path.name, line)
                ids.append(person)
                sought.append(Sought.from_query(names, id=person))
    except OSError as error:
        raise TableUnreadable(path.name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise TableUnreadable(path.name, _("it is not UTF-8")) from error
    return ids, sought


def _columns(header: list[str], wanted: tuple[str, str], name: str) -> tuple[int, int]:
    for column in wanted:
        if column not in header:
            raise TableUnreadable(name, _("the header has no column {name}").format(name=column))
    return header.index(wanted[0]), header.index(wanted[1])


def _fields(fields: list[str], columns: tuple[int, int], name: str, line: int) -> tuple[str, str]:
    if len(fields) <= max(columns):
        raise PeopleRefused(name, line)
    return fields[columns[0]], fields[columns[1]]


def _in_rows(screen: Screen, ids: list[str], stream: IO[bytes], name: str) -> int:
    """Print what the rows of a stream name; return the exit code."""
    header = stream.readline().decode("utf-8-sig", "replace").rstrip("\r\n").split("\t")
    columns = _columns(header, ("row", "text"), name)
    malformed = 0
    for numbers, printed, cut in _blocks(stream, columns):
        malformed += cut
        sys.stdout.writelines(
            _line({"row": numbers[hit.row_index]}, ids[hit.person_index], hit.comparison)
            for hit in screen.rows(printed)
        )
    if malformed:
        click.echo(
            _("Lines with too few columns, which were not looked at: {count}.").format(
                count=malformed
            ),
            err=True,
        )
        return Exit.USAGE
    return Exit.DONE


def _blocks(
    stream: Iterable[bytes], columns: tuple[int, int]
) -> Iterator[tuple[list[str], list[str], int]]:
    """Yield the numbers and texts of many rows at a time, and how many lines were cut short."""
    row, text = columns
    wanted = max(columns)
    lines = iter(stream)
    while block := b"".join(islice(lines, BLOCK)):
        numbers: list[str] = []
        printed: list[str] = []
        malformed = 0
        for line in block.decode("utf-8", "replace").removesuffix("\n").split("\n"):
            fields = line.split("\t")
            if len(fields) > wanted:
                numbers.append(fields[row])
                printed.append(fields[text])
            else:
                malformed += bool(line.strip())
        yield numbers, printed, malformed


def _in_text(screen: Screen, ids: list[str], path: Path) -> Iterator[str]:
    """Yield a line for each place of a text that may name somebody."""
    try:
        with path.open("rb") as stream:
            if path.stat().st_size == 0:
                return
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
                for hit in screen.utf8(text):
                    place = {
                        "text": str(path),
                        "start": hit.start,
                        "end": hit.end,
                        "printed": text[hit.start : hit.end].decode("utf-8", "replace"),
                    }
                    yield _line(place, ids[hit.person_index], hit.comparison)
    except OSError as error:
        raise TableUnreadable(path.name, error.strerror or str(error)) from error


def _line(place: dict[str, object], person: str, comparison: Comparison) -> str:
    return (
        as_json(
            place
            | {
                "person": person,
                "score": round(comparison.bits, 2),
                "verdict": comparison.verdict.value,
            }
        )
        + "\n"
    )
