"""What an exhibit tells of a page beyond its bytes: title, text, rows that matter, a picture."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from habeas.errors import NothingToExhibit
from habeas.evidence.exhibit.facts import CaptureFacts, MarkedRow
from habeas.evidence.exhibit.picture import draw
from habeas.evidence.exhibit.rows import FACT_LABELS
from habeas.evidence.reading import Recorded
from habeas.evidence.seals import SEALS
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.removals import removed_from
from habeas.finding.gone import refuse_removed
from habeas.finding.looked import STANDING, Hit
from habeas.finding.looking import look_with
from habeas.finding.screening import Screener
from habeas.names import Sought
from habeas.sources.contract import Capture, Fact

_BLOCKS = "tr, p, li, div, h1, h2, h3, h4, h5, h6, dt, dd, br, article, section, table"
_SOURCE_AROUND = 2  # lines of source before and after a name
_LONGEST_LINE = 400  # characters of a line of source
_RECORD_ID = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Preparing:
    """Adds to the facts of a capture what a reader of pages knows.

    Attributes:
        sought: whose rows are marked; None where nobody is sought.
        quotes: texts as printed, whose rows are marked.
        pictures: whether a browser may draw the page.
    """

    sought: Sought | None = None
    quotes: Sequence[str] = ()
    pictures: bool = True

    def __call__(self, one: CaptureFacts) -> CaptureFacts:
        """Return the facts with title, text, rows and picture."""
        capture = _capture(one.recorded)
        if not capture.body or one.recorded.failure:
            return one
        page = capture.decoded.text
        rows = [*self._hits(one, capture), *self._quoted(capture)]
        picture = one.picture
        if self.pictures:
            picture = draw(one.recorded, [row.printed for row in rows])
        return replace(one, title=_title(page), text=_text(page), rows=tuple(rows), picture=picture)

    def _hits(self, one: CaptureFacts, capture: Capture) -> Iterator[MarkedRow]:
        if self.sought is None:
            return
        for looked in look_with([str(one.path)], Screener(self.sought)):
            for hit in looked.hits:
                if hit.verdict in STANDING:
                    yield _row(hit, capture)

    def _quoted(self, capture: Capture) -> Iterator[MarkedRow]:
        for quote in self.quotes:
            place = capture.body.find(_encoded(quote, capture))
            if place < 0:
                raise NothingToExhibit(quote)
            span = (place, place + len(_encoded(quote, capture)))
            yield MarkedRow(quote, source=_source(capture, span), span=span)


def find_recording(place: str, captures: Path) -> Path:
    """Return the recording that a user names: a file, or the id of a record.

    Args:
        place: a path, or a record id, with or without `urn:uuid:`.
        captures: the folder in which ids are looked for.

    Raises:
        RecordRemoved: it was removed by policy.
        NothingToExhibit: there is none.
    """
    path = Path(place)
    if path.is_file():
        return path
    refuse_removed(path)
    matched = _RECORD_ID.fullmatch(place.strip().lower())
    if matched is not None:
        bare = matched.group(1).replace("-", "")
        for found in captures.glob(f"*/*-{bare}.warc.gz"):
            return found
        for file in removed_from(captures, KeyRing()):
            if file.endswith(f"-{bare}.warc.gz"):
                refuse_removed(captures / file)
    raise NothingToExhibit(place)


def store_of(recording: Path) -> Path:
    """Return the store in which a recording lies.

    Raises:
        NothingToExhibit: it lies in none.
    """
    for folder in recording.resolve().parents:
        if (folder / SEALS / "store.json").is_file():
            return folder
    raise NothingToExhibit(str(recording))


def _capture(recorded: Recorded) -> Capture:
    return Capture(
        body=recorded.payload,
        url=recorded.url,
        status=recorded.status,
        content_type=recorded.content_type,
        captured_at=recorded.date,
    )


def _row(hit: Hit, capture: Capture) -> MarkedRow:
    role = (("role", hit.role),) if hit.role and hit.role != hit.printed else ()
    lines = tuple((label, value) for label, value in _facts(hit.facts) if value != hit.printed)
    return MarkedRow(
        printed=hit.printed,
        lines=(*role, *lines),
        where=hit.where,
        reasons=tuple(why.text for why in hit.reasons),
        source=_source(capture, hit.span) if hit.span else (),
        span=hit.span,
    )


def _facts(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Yield the facts that the paper has words for, in the paper's order."""
    for name in FACT_LABELS:
        if name in facts and (told := _plain(facts[name])):
            yield name, told


def _plain(fact: Fact) -> str:
    if isinstance(fact, bool):
        return ""
    if isinstance(fact, (str, int)):
        return str(fact)
    values = fact.values() if isinstance(fact, Mapping) else fact
    return ", ".join(told for one in values if (told := _plain(one)))


def _encoded(quote: str, capture: Capture) -> bytes:
    return quote.encode(capture.decoded.used, "replace")


def _source(capture: Capture, span: tuple[int, int]) -> tuple[str, ...]:
    """Return the lines of the source around a place, each with its own number."""
    body, used = capture.body, capture.decoded.used
    number = body.count(b"\n", 0, span[0])
    lines = body.split(b"\n")
    first = max(0, number - _SOURCE_AROUND)
    chosen = lines[first : number + _SOURCE_AROUND + 1]
    return tuple(
        f"{first + place + 1}: {line.decode(used, 'replace').strip()[:_LONGEST_LINE]}"
        for place, line in enumerate(chosen)
    )


def _title(page: str) -> str:
    node = LexborHTMLParser(page).css_first("title")
    return " ".join(node.text().split()) if node is not None else ""


def _text(page: str) -> str:
    """Return the text of a page, one line for each block."""
    tree = LexborHTMLParser(page)
    for node in tree.css("script, style, head, noscript"):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before("\n")
    for node in tree.css("td, th"):
        node.insert_before(" ")
    body = tree.body
    found = body.text() if body is not None else ""
    return "\n".join(line for raw in found.splitlines() if (line := " ".join(raw.split())))
