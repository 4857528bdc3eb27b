"""Reading of the tables beside this file: rows by column name, each refused with file and line.

A table is tab-separated UTF-8 text: `#` lines on top say where it comes from, the first other line
names the columns. Nothing else in the room opens a file.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from habeas.errors import TableRefused

FOLDER = Path(__file__).with_name("tables")


def rows(name: str, columns: tuple[str, ...], folder: Path = FOLDER) -> Iterator[tuple[str, ...]]:
    """Yield the given columns of each row of the table `name`; nothing if there is no such table.

    Raises:
        TableRefused: a column is missing, or a row has another number of cells than the header.
    """
    path = folder / f"{name}.tsv"
    if not path.exists():
        return
    places: list[int] = []
    width = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        cells = line.split("\t")
        if not places:
            missing = [column for column in columns if column not in cells]
            if missing:
                raise TableRefused(path.name, number, f"no column {missing[0]}")
            places, width = [cells.index(column) for column in columns], len(cells)
            continue
        if len(cells) != width:
            raise TableRefused(path.name, number, f"{len(cells)} cells, the header has {width}")
        yield tuple(cells[place].strip() for place in places)


def check(
    name: str,
    columns: tuple[str, ...],
    refuse: Callable[[tuple[str, ...]], str],
    folder: Path = FOLDER,
) -> int:
    """Return the number of rows of a table after `refuse` found nothing wrong with any of them.

    `refuse` returns why a row is impossible, or an empty string.

    Raises:
        TableRefused: with the line of the first impossible row.
    """
    count = 0
    for count, row in enumerate(rows(name, columns, folder), 1):  # noqa: B007
        reason = refuse(row)
        if reason:
            raise TableRefused(f"{name}.tsv", line_of(name, row, folder), reason)
    return count


def source_of(name: str, folder: Path = FOLDER) -> str:
    """Return what a table says of where it comes from; empty if it does not say.

    The text follows `# Source:`; lines indented under it go on with it.
    """
    path = folder / f"{name}.tsv"
    found: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        if line.startswith("# Source:"):
            found.append(line.removeprefix("# Source:").strip())
        elif found and line.startswith("#   "):
            found.append(line.removeprefix("#").strip())
        elif found:
            break
    return " ".join(found).split(" Columns:")[0].split(" kind:")[0]


def line_of(name: str, row: tuple[str, ...], folder: Path = FOLDER) -> int:
    """Return the number of the first line that holds all cells of `row`; 0 if there is none."""
    lines = (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if all(cell in cells for cell in row):
            return number
    return 0
