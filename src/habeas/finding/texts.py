"""From places to texts that can be read: pages, PDFs, text files, and the pages of archives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from habeas.finding.places import ARCHIVES, files_of, kind_of_file
from habeas.finding.recordings import captures_of
from habeas.language import _
from habeas.sources.contract import Capture, Obstacle
from habeas.sources.readers.kinds import FileKind, kind_of
from habeas.sources.readers.plain import Plain, plain_text
from habeas.vault.bytes import read_bytes

LARGEST_BYTES = 64 * 1024 * 1024
"""A larger file is not read as one text."""
_TEXTS = frozenset({FileKind.HTML, FileKind.TEXT, FileKind.PDF, FileKind.CSV, FileKind.TSV})


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one file, or of one page of an archive.

    Attributes:
        place: where it lies.
        plain: the text, or why there is none.
    """

    place: str
    plain: Plain


def texts_of(places: Iterable[str]) -> Iterator[Text]:
    """Yield the text of each file of the places, folders walked in name order.

    Raises:
        PlaceMissing: one of the places is neither a file nor a folder.
    """
    for path in files_of(places):
        try:
            kind = kind_of_file(path)
            if kind in ARCHIVES:
                yield from _archive(captures_of(path))
            elif path.stat().st_size > LARGEST_BYTES:
                words = _("The file is too large to be read as one text.")
                yield Text(str(path), Plain("", obstacle=Obstacle.TOO_LARGE, explanation=words))
            else:
                yield text_of(Capture(read_bytes(path), place=str(path)), path.name)
        except OSError as error:
            words = _("The file cannot be opened: {why}.").format(why=error.strerror or "")
            yield Text(str(path), Plain("", obstacle=Obstacle.UNREADABLE, explanation=words))


def _archive(captures: Iterable[tuple[str, object]]) -> Iterator[Text]:
    from habeas.finding.looked import Looked

    for _record, capture in captures:
        if isinstance(capture, Capture):
            yield text_of(capture)
        elif isinstance(capture, Looked):
            plain = Plain("", obstacle=capture.obstacle, explanation=capture.explanation)
            yield Text(capture.place, plain)


def text_of(capture: Capture, name: str = "") -> Text:
    """Return the text of a capture; a picture or an unknown kind of file has none."""
    kind = kind_of(capture.body, name)
    if kind is FileKind.EMPTY:
        words = _("The file is empty.")
        return Text(capture.place, Plain("", obstacle=Obstacle.UNREADABLE, explanation=words))
    if kind not in _TEXTS:
        words = _("It is not a text, a page or a PDF.")
        return Text(capture.place, Plain("", obstacle=Obstacle.UNREADABLE, explanation=words))
    return Text(capture.place, plain_text(capture, kind))
