"""A ZIP of documents: a row for each file. Links and paths that lead outside bring nothing."""

from collections.abc import Iterator
from typing import BinaryIO

from habeas.cases.documents import kinds
from habeas.cases.importing.readers import archive
from habeas.cases.importing.readers.rows import Cell, Odd, Raw, Reading, clean
from habeas.errors import FileNotImported

FILE, SIZE = "file", "size"


def read(stream: BinaryIO, reading: Reading) -> Iterator[Raw]:
    """Yield a row for each file of an archive, folders left aside.

    Raises:
        FileNotImported: it is damaged, locked, or would unpack to too much.
    """
    reading.columns.update({FILE: None, SIZE: None})
    with archive.opened(stream) as inside:
        for number, one in enumerate(inside.infolist(), 1):
            if one.is_dir():
                continue
            name, _odd = clean(FILE, one.filename)
            out = archive.trick(one) or ("too_large" if one.file_size > kinds.MOST_BYTES else "")
            told = (Odd(out, name[:200]),) if out else ()
            cells = (Cell(FILE, name[:1000]), Cell(SIZE, str(one.file_size)))
            yield Raw(str(number), cells, told, out)


def content(stream: BinaryIO, place: str) -> bytes:
    """Return the file of a row.

    Raises:
        FileNotImported: it is not there, or not to be read.
    """
    with archive.opened(stream) as inside:
        listed = inside.infolist()
        number = int(place)
        if not 1 <= number <= len(listed) or archive.trick(listed[number - 1]):
            raise FileNotImported("")
        return archive.content(inside, listed[number - 1], kinds.MOST_BYTES)
