"""Looks at one task: tells what kind of file it is, lets the right reader read it, compares names.

Runs in worker processes. Small files become captures and go to the sources; tables and texts of
any size are streamed row by row, so that a gigabyte costs no more memory than a page.
"""

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from habeas.finding.looked import STANDING, Hit, Looked
from habeas.finding.places import ARCHIVES, SPLIT_FROM_BYTES, Task, files_of, key_of, kind_of_file
from habeas.finding.recordings import captures_of, unreadable
from habeas.finding.screening import Compares, Screener, looked_at, strongest
from habeas.language import _
from habeas.names import Frequencies, Sought
from habeas.sources import registry
from habeas.sources.contract import Capture, Obstacle, Outcome, Page, PageKind
from habeas.sources.pages import BODY_LIMIT_BYTES, failure
from habeas.sources.readers.kinds import FileKind, kind_of
from habeas.vault.bytes import open_read, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from habeas.finding.pool import Look
    from habeas.sources.readers.streams import Report, RowOf

_ROWS = frozenset({FileKind.CSV, FileKind.TSV, FileKind.JSONL, FileKind.JSON})
_STEP = 1_048_576


@dataclass(frozen=True, slots=True)
class Looking:
    """Makes the looking function of one search, in whatever process; can be pickled."""

    sought: Sought
    officials: bool = False
    frequencies: Mapping[str, Frequencies] = field(default_factory=dict)

    def __call__(self) -> "Look":
        """Return the function that looks at a task."""
        screener = Screener(self.sought, officials=self.officials, frequencies=self.frequencies)

        def look(task: Task) -> tuple[Looked, ...]:
            return tuple(_look(task, screener))

        return look


def look_with(places: Iterable[str], screener: Compares) -> Iterator[Looked]:
    """Yield what looking at each place came to, in this process, with a `screener` of one's own.

    Raises:
        PlaceMissing: when the first result is asked for.
    """
    for task in tasks_of(places):
        yield from _look(task, screener)


def tasks_of(places: Iterable[str]) -> Iterator[Task]:
    """Yield the tasks of places; archives beyond `SPLIT_FROM_BYTES` are split into records.

    Raises:
        PlaceMissing: when the first task is asked for.
    """
    for path in files_of(places):
        try:
            key = key_of(path)
            split = path.stat().st_size >= SPLIT_FROM_BYTES and kind_of_file(path) in ARCHIVES
        except OSError:
            yield Task(str(path), path)
            continue
        if not split:
            yield Task(key, path)
            continue
        for number, (record, capture) in enumerate(captures_of(path)):
            if isinstance(capture, Capture):
                yield Task(f"{key}|{record}|{number}", path, capture)
            else:
                yield Task(f"{key}|{record}|{number}", path, None, capture)


def _look(task: Task, screener: Compares) -> Iterator[Looked]:
    if task.seen is not None:
        yield task.seen
    elif task.capture is not None:
        yield _capture(task.capture, screener)
    else:
        yield from _file(task.path, screener)


def _file(path: Path, screener: Compares) -> Iterator[Looked]:
    try:
        if not path.is_file():
            # Opening a pipe waits for a writer that may never come; a device has no end.
            yield unreadable(str(path), _("It is a pipe or a device, not a file."))
            return
        kind = kind_of_file(path)
        if kind in ARCHIVES:
            for _record, capture in captures_of(path):
                yield _capture(capture, screener) if isinstance(capture, Capture) else capture
        elif kind in _ROWS:
            yield _rows(path, kind, screener)
        elif kind is FileKind.GZIP:
            yield _unpacked(path, screener)
        elif path.stat().st_size > BODY_LIMIT_BYTES:
            yield _large(path, kind, screener)
        else:
            yield _capture(Capture(read_bytes(path), place=str(path)), screener, path.name)
    except OSError as error:
        words = error.strerror or type(error).__name__
        yield unreadable(str(path), _("The file cannot be opened: {why}.").format(why=words))


def _capture(capture: Capture, screener: Compares, name: str = "") -> Looked:
    """Read a capture by its source, or by the reader that fits its bytes."""
    kind = kind_of(capture.body, name)
    page = registry.read(capture) if kind in {FileKind.HTML, FileKind.TEXT} else None
    if page is None and (kind is FileKind.HTML or capture.status is not None):
        page = failure(capture, "")
    if page is None:
        page = _generic(capture, kind)
    return looked_at(_reminded(page, capture), capture, screener)


def _generic(capture: Capture, kind: FileKind) -> Page:
    if kind is FileKind.HTML:
        from habeas.sources.readers.tables import read_tables

        return read_tables(capture)
    if kind is FileKind.TEXT:
        from habeas.sources.readers.text import read_text

        return read_text(capture)
    if kind is FileKind.PDF:
        from habeas.sources.readers.pdf import read_pdf

        return read_pdf(capture)
    if kind in _ROWS:
        from habeas.sources.readers.streams import page_of

        rows = _row_reader(kind)(io.BytesIO(capture.body))
        return page_of(rows, rows.report, str(kind))
    return _no_page(kind)


def _no_page(kind: FileKind) -> Page:
    words = {
        FileKind.EMPTY: _("The file is empty."),
        FileKind.ZIP: _("It is a packed folder (ZIP); unpack it first."),
        FileKind.GZIP: _("It is packed more than once; unpack it first."),
    }
    return Page(
        source="",
        kind=PageKind.UNKNOWN,
        outcome=Outcome.COULD_NOT_LOOK,
        obstacle=Obstacle.UNREADABLE,
        explanation=words.get(kind, _("It is not a text, a page or a table.")),
    )


def _reminded(page: Page, capture: Capture) -> Page:
    """Add what a careful reader should know about how this page was attributed."""
    if not page.source or not capture.url or page.source not in _ids():
        return page
    if registry.source(page.source).serves(registry.host_of(capture.url)):
        return page
    remark = _("Built like a page of {source}, but its address is not that source's.")
    return replace(page, remarks=(*page.remarks, remark.format(source=page.source)))


def _ids() -> frozenset[str]:
    return frozenset(one.id for one in registry.sources())


class _Hashing:
    """The chunks of a file, hashed as they are read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        with open_read(self._path) as file:
            while chunk := file.read(_STEP):
                self._digest.update(chunk)
                yield chunk

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _row_reader(kind: FileKind) -> "Callable[..., _RowReader]":
    if kind in {FileKind.CSV, FileKind.TSV}:
        from habeas.sources.readers.delimited import DelimitedRows

        return DelimitedRows
    from habeas.sources.readers.jsonl import JsonRows

    return JsonRows


class _RowReader(Protocol):
    report: "Report"

    def __iter__(self) -> Iterator["RowOf"]: ...


def _rows(path: Path, kind: FileKind, screener: Compares) -> Looked:
    """Stream a table of any size."""
    chunks = _Hashing(path)
    rows = _row_reader(kind)(chunks)
    names = 0

    def hits() -> Iterator[Hit]:
        nonlocal names
        for row, mentions in rows:
            names += sum(map(screener.compares, mentions))
            facts = {row.number: (row.facts, row.link)}
            yield from screener.hits(mentions, facts, str(kind), table=True)

    kept, more = strongest(hits())
    obstacle, explanation = rows.report.obstacle
    stands = any(hit.verdict in STANDING for hit in kept)
    return Looked(
        place=str(path),
        outcome=_outcome(stands=stands, obstacle=obstacle),
        obstacle=obstacle,
        explanation=explanation,
        source=str(kind),
        kind=PageKind.TABLE,
        sha256=chunks.sha256,
        rows=rows.report.rows,
        names=names,
        hits=kept,
        more=more,
    )


def _outcome(*, stands: bool, obstacle: Obstacle | None) -> Outcome:
    if stands:
        return Outcome.FOUND
    return Outcome.COULD_NOT_LOOK if obstacle else Outcome.NOT_FOUND


def _large(path: Path, kind: FileKind, screener: Compares) -> Looked:
    """Look at a file that is too large for a page: plain text is streamed, the rest is refused."""
    if kind is not FileKind.TEXT:
        words = _("The file has {megabytes} MB; a page has at most {limit} MB.").format(
            megabytes=path.stat().st_size // 1_000_000, limit=BODY_LIMIT_BYTES // 1_000_000
        )
        return unreadable(str(path), words, Obstacle.TOO_LARGE)
    from habeas.sources.readers.streams import Lines, Report
    from habeas.sources.readers.text import mentions_of_lines

    chunks, report = _Hashing(path), Report()
    lines = Lines(chunks, report)
    names = 0

    def hits() -> Iterator[Hit]:
        nonlocal names
        for mention in mentions_of_lines(lines):
            names += 1
            yield from screener.hits((mention,), {}, "text")
        report.finished, report.rows = True, lines.number

    kept, more = strongest(hits())
    obstacle, explanation = report.obstacle
    return Looked(
        place=str(path),
        outcome=_outcome(stands=any(h.verdict in STANDING for h in kept), obstacle=obstacle),
        obstacle=obstacle,
        explanation=explanation,
        source="text",
        kind=PageKind.TEXT,
        sha256=chunks.sha256,
        names=names,
        hits=kept,
        more=more,
    )


def _unpacked(path: Path, screener: Compares) -> Looked:
    """Look into a gzip file of one page; a bomb stops at the size of the largest page."""
    unpack = zlib.decompressobj(wbits=31)
    try:
        with open_read(path) as file:
            body = unpack.decompress(file.read(BODY_LIMIT_BYTES + 1), BODY_LIMIT_BYTES + 1)
    except zlib.error as error:
        return unreadable(str(path), _("It cannot be unpacked: {why}.").format(why=error))
    if len(body) > BODY_LIMIT_BYTES:
        return unreadable(str(path), _("Unpacked, it is larger than a page."), Obstacle.TOO_LARGE)
    name = path.name.removesuffix(".gz")
    capture = Capture(body, place=str(path), complete=unpack.eof and not unpack.unused_data)
    return _capture(capture, screener, name)
