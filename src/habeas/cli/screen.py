"""`habeas screen`: many sought people against many rows, or against texts."""

import codecs
import csv
import gc
import mmap
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

import click

from habeas.cli.terminal import complain
from habeas.errors import Exit, PeopleRefused, TableUnreadable
from habeas.language import _
from habeas.names import Comparison, Screen, Sought
from habeas.names.screen import BLOCK
from habeas.terminal import as_json

_YOUNG_OBJECTS = 200_000
_PIECE = 1 << 20


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
        return max(_in_text(screen, ids, path) for path in texts)
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
    unread = 0
    for block in _blocks(stream, columns):
        unread += block.unread
        sys.stdout.writelines(
            _line({"row": block.numbers[hit.row_index]}, ids[hit.person_index], hit.comparison)
            for hit in screen.rows(block.texts)
        )
    if unread:
        click.echo(
            _(
                "Rows that were not looked at, for want of a column or because they are not "
                "UTF-8: {count}."
            ).format(count=unread),
            err=True,
        )
        return Exit.COULD_NOT_LOOK
    return Exit.DONE


class _Block(NamedTuple):
    """Numbers and texts of some rows, and how many further lines could not be read."""

    numbers: list[str]
    texts: list[str]
    unread: int


def _blocks(stream: Iterable[bytes], columns: tuple[int, int]) -> Iterator[_Block]:
    """Yield many rows at a time."""
    row, text = columns
    lines = iter(stream)
    while block := list(islice(lines, BLOCK)):
        numbers: list[str] = []
        texts: list[str] = []
        unread = 0
        for line in _decoded(block):
            fields = [] if line is None else line.rstrip("\r\n").split("\t")
            if len(fields) > max(columns):
                numbers.append(fields[row])
                texts.append(fields[text])
            else:
                unread += line is None or bool(line.strip())
        yield _Block(numbers, texts, unread)


def _decoded(lines: list[bytes]) -> Iterable[str | None]:
    """Return lines as text; None for each that is not UTF-8, since a name in it may be lost."""
    try:
        return b"".join(lines).decode().removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        return map(_one_decoded, lines)


def _one_decoded(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _in_text(screen: Screen, ids: list[str], path: Path) -> int:
    """Print each place of a text that may name somebody; return the exit code.

    A text that cannot be read is told, and the next one is looked at.
    """
    try:
        with path.open("rb") as stream:
            if path.stat().st_size == 0:
                return Exit.DONE
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
                if _is_utf8(text):
                    sys.stdout.writelines(_places(screen, ids, path, text))
                    return Exit.DONE
                reason = _("it is not UTF-8")
    except OSError as error:
        reason = error.strerror or str(error)
    complain(TableUnreadable(path.name, reason))
    return Exit.COULD_NOT_LOOK


def _is_utf8(text: mmap.mmap) -> bool:
    """Whether all of a text can be read: in another charset no name would be found in it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(text), _PIECE):
            decoder.decode(text[start : start + _PIECE], final=start + _PIECE >= len(text))
    except UnicodeDecodeError:
        return False
    return True


def _places(screen: Screen, ids: list[str], path: Path, text: mmap.mmap) -> Iterator[str]:
    for hit in screen.utf8(text):
        place = {
            "text": str(path),
            "start": hit.start,
            "end": hit.end,
            "printed": text[hit.start : hit.end].decode("utf-8", "replace"),
        }
        yield _line(place, ids[hit.person_index], hit.comparison)


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
