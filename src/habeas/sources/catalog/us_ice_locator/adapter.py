"""Reads the answers of the ICE detainee locator, as page or as saved visible text."""

import re
from collections.abc import Iterable
from dataclasses import replace

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
from habeas.sources.pages import failure, obstacle
from habeas.sources.readers.tangled import is_tangled
from habeas.sources.readers.text import mentions_of_text
from habeas.sources.tables import LayoutChanged, folded, lines_of

ID = "us_ice_locator"
ZERO = "Your search has returned zero (0) matching records."
FAILED = "Internal Error"
_COUNTER = re.compile(r"Search Results:\s*(\d{1,4})", re.IGNORECASE)
_LABELS = {
    "Country of Birth": "country_of_birth",
    "A-Number": "a_number",
    "Status": "status",
    "State": "state",
    "Current Detention Facility": "facility",
}
_MOST_MATCHES = 200
_MARKS = ("Online Detainee Locator System", "About the Detainee Locator", "/odls/")


def recognise(capture: Capture) -> bool:
    """Return whether a saved page or text is an answer of the locator."""
    text = capture.text
    return any(mark in text for mark in _MARKS)


def plan(query: Query) -> Iterable[Request]:
    """Yield nothing: the form can only be filled by a person, who saves the answer."""
    del query
    return ()


def parse(capture: Capture) -> Page:
    """Read an answer. Never raises; never `not_found`, since zero answers are known to be false."""
    if is_tangled(capture.text):
        return obstacle(ID, Obstacle.UNREADABLE, _("Its tags are nested too deeply to read."))
    text = _visible(capture)
    if ZERO in text:
        return obstacle(
            ID,
            Obstacle.UNCONFIRMED_EMPTY,
            ZERO,
            kind=PageKind.EMPTY_UNCONFIRMED,
            facts={"contains": ZERO},
        )
    if FAILED in text:
        return obstacle(ID, Obstacle.DOWN, FAILED, facts={"contains": FAILED})
    failed = failure(capture, ID)
    if failed is not None:
        return failed
    lines = _lines(capture)
    try:
        return _matches(lines)
    except LayoutChanged:
        page = obstacle(
            ID,
            Obstacle.LAYOUT_CHANGED,
            _("The answer is neither of the known ones. Read it yourself: it may be a match."),
        )
        return replace(page, mentions=tuple(mentions_of_text("\n\n".join(lines))))


def _matches(lines: list[str]) -> Page:
    """Read an answer with people: the counter, then a name and its labels for each."""
    counted = next((found for line in lines if (found := _COUNTER.fullmatch(line))), None)
    starts = [at for at, line in enumerate(lines) if line.startswith("Country of Birth")]
    if counted is None or not starts or starts[0] == 0 or len(starts) > _MOST_MATCHES:
        message = "There is no counter, or no person."
        raise LayoutChanged(message)
    rows = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], None], strict=True), 1):
        facts: dict[str, Fact] = {"name": lines[start - 1]}
        for line in lines[start : None if end is None else end - 1]:
            label, mark, value = line.partition(":")
            if not mark or label.strip() not in _LABELS:
                break
            facts[_LABELS[label.strip()]] = value.strip()
        rows.append(Row(number, facts))
    whole = int(counted.group(1)) == len(rows)
    return Page(
        source=ID,
        kind=PageKind.RESULTS,
        outcome=Outcome.FOUND if whole else Outcome.COULD_NOT_LOOK,
        obstacle=None if whole else Obstacle.INCOMPLETE,
        explanation="" if whole else _("The page has other rows than its counter says."),
        facts={"counter": int(counted.group(1)), "rows": len(rows)},
        rows=tuple(rows),
        mentions=tuple(
            Mention(str(row.facts["name"]), "", Capacity.PARTY, row.number, f"row {row.number}")
            for row in rows
        ),
    )


def _lines(capture: Capture) -> list[str]:
    """Return the visible lines, folded, without empty ones."""
    if "<" in capture.text:
        return lines_of(capture.tree.body) if capture.tree.body is not None else []
    return [line for raw in capture.text.splitlines() if (line := folded(raw))]


def _visible(capture: Capture) -> str:
    """Return the visible text of a page, or the text itself, folded."""
    text = capture.text
    if "<" in text:
        body = capture.tree.clone()
        body.strip_tags(["script", "style", "template"])
        text = body.text(separator=" ")
    return folded(text)
