"""Reads the answers of the ICE detainee locator, as page or as saved visible text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from habeas.language import _
from habeas.sources.contract import (
    Capacity,
    Capture,
    Fact,
    Mention,
    Obstacle,
    Outcome,
    Page,
    PageKind,
    Query,
    Request,
    Row,
)
from habeas.sources.pages import cut_short, failure, legible, never_there, obstacle
from habeas.sources.readers.text import mentions_of_text
from habeas.sources.tables import folded, lines_of

ID = "us_ice_locator"
ZERO = "Your search has returned zero (0) matching records."
FAILED = "Internal Error"
_COUNTER = re.compile(r"Search Results:\s*(\d{1,4})\b", re.IGNORECASE)
_LABELS = {
    "Country of Birth": "country_of_birth",
    "A-Number": "a_number",
    "Status": "status",
    "State": "state",
    "Current Detention Facility": "facility",
}
_MOST_MATCHES = 200
_SOME_LABEL = re.compile(r"[A-Z][A-Za-z /-]{2,40}\s*:(?:\s|$)")
_TITLE = "<title>Online Detainee Locator System</title>"
_MARKS = ("Detainee Locator", "/odls/")
# How the answers begin, at the start of a line or of an element; an article only speaks of them.
_ANSWER = re.compile(
    r"(?:^|>)\s*(?:Your search has returned zero|Search Results:\s*\d|Internal Error)", re.MULTILINE
)


@dataclass
class _Answer:
    """What was read of an answer so far."""

    counter: int | None = None
    rows: list[Row] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def recognise(capture: Capture) -> bool:
    """Return whether a saved page or text is an answer of the locator, and not one about it."""
    text = capture.text
    if not any(mark in text for mark in _MARKS):
        return False
    return _TITLE in text or _ANSWER.search(text) is not None


def plan(query: Query) -> Iterable[Request]:
    """Yield nothing: the form can only be filled by a person, who saves the answer."""
    del query
    return ()


def parse(capture: Capture) -> Page:
    """Read an answer. Never raises; never `not_found`, since zero answers are known to be false."""
    if early := _unreadable(capture):
        return early
    lines = _lines(capture)
    answer = _read(lines)
    if not answer.rows and (known := _without_people(capture, lines, answer)):
        return known
    page = _page(capture, lines, answer)
    if page.obstacle is None:
        return legible(page)
    known_names = {mention.printed for mention in page.mentions}
    rest = mentions_of_text("\n\n".join(lines))
    return replace(
        page, mentions=(*page.mentions, *(one for one in rest if one.printed not in known_names))
    )


def _unreadable(capture: Capture) -> Page | None:
    """Return what no answer can be read from: too large, tangled, a captcha, a status."""
    failed = failure(capture, ID)
    announced = failed is not None and failed.obstacle in {
        Obstacle.UNCONFIRMED_EMPTY,
        Obstacle.DOWN,
    }
    # A sentence of the page is held against the people whom the page lists beside it.
    if failed is None or (announced and capture.status in {None, 200}):
        return None
    return never_there(failed)


def _without_people(capture: Capture, lines: list[str], answer: _Answer) -> Page | None:
    """Return the locator's own words that it found nobody, or that it failed."""
    zero = ZERO in folded(" ".join(lines))
    if (zero or answer.counter == 0) and not cut_short(capture):
        words = ZERO if zero else _("The site says that it found nothing.")
        facts: dict[str, Fact] = {"contains": ZERO} if zero else {"counter": 0}
        return obstacle(ID, Obstacle.UNCONFIRMED_EMPTY, words, facts=facts)
    if any(line.startswith(FAILED) for line in lines):
        return obstacle(ID, Obstacle.DOWN, FAILED, facts={"contains": FAILED})
    return failure(capture, ID)


def _read(lines: list[str]) -> _Answer:
    """Read an answer with people: the counter, then a name and its labels for each."""
    counted = next((found for line in lines if (found := _COUNTER.match(line))), None)
    answer = _Answer(int(counted.group(1)) if counted else None)
    starts = [at for at, line in enumerate(lines) if _label_of(line) == "Country of Birth"]
    starts = [at for at in starts if at > 0][:_MOST_MATCHES]
    # Each name stands in the line before its first label.
    ends = [start - 1 for start in starts[1:]] + [len(lines)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), 1):
        facts: dict[str, Fact] = {"name": lines[start - 1]}
        _read_labels(lines[start:end], facts, answer)
        answer.rows.append(Row(number, facts))
    return answer


def _read_labels(lines: list[str], facts: dict[str, Fact], answer: _Answer) -> None:
    """Read the labels of one person; what is not known is noted, and the next label is read."""
    ended = False
    for line in lines:
        key = _LABELS.get(_label_of(line), "")
        if key and key not in facts:
            facts[key] = line.partition(":")[2].strip()
        if (key and ended) or (not ended and not key and _SOME_LABEL.match(line)):
            message = _("There is a label that is not known: “{label}”.")
            answer.broken.append(message.format(label=line.partition(":")[0][:80]))
        ended = ended or not (key or _SOME_LABEL.match(line))


def _label_of(line: str) -> str:
    label, mark, _value = line.partition(":")
    return label.strip() if mark else ""


def _page(capture: Capture, lines: list[str], answer: _Answer) -> Page:
    reason, words = _verdict(capture, lines, answer)
    facts: dict[str, Fact] = {} if answer.counter is None else {"counter": answer.counter}
    facts["rows"] = len(answer.rows)
    unknown = reason is Obstacle.LAYOUT_CHANGED and not answer.rows
    return Page(
        source=ID,
        kind=PageKind.UNKNOWN if unknown else PageKind.RESULTS,
        outcome=Outcome.COULD_NOT_LOOK if reason else Outcome.FOUND,
        obstacle=reason,
        explanation=words,
        facts=facts,
        rows=tuple(answer.rows),
        mentions=tuple(
            Mention(str(row.facts["name"]), "", Capacity.PARTY, row.number, f"row {row.number}")
            for row in answer.rows
        ),
    )


def _verdict(capture: Capture, lines: list[str], answer: _Answer) -> tuple[Obstacle | None, str]:
    if cut_short(capture):
        return Obstacle.INCOMPLETE, _("The page ends before its end.")
    if not answer.rows or answer.counter is None:
        return Obstacle.LAYOUT_CHANGED, _(
            "The answer is neither of the known ones. Read it yourself: it may be a match."
        )
    if answer.broken:
        return Obstacle.LAYOUT_CHANGED, answer.broken[0]
    if ZERO in folded(" ".join(lines)):
        return Obstacle.LAYOUT_CHANGED, _(
            "The answer lists somebody and says that it found nobody. Read it yourself."
        )
    if answer.counter != len(answer.rows):
        return Obstacle.INCOMPLETE, _("The page has other rows than its counter says.")
    return None, ""


def _lines(capture: Capture) -> list[str]:
    """Return the visible lines, folded, without empty ones."""
    if "<" in capture.text:
        return lines_of(capture.tree.body) if capture.tree.body is not None else []
    return [line for raw in capture.text.splitlines() if (line := folded(raw))]
