"""From a record of an archive to a capture, or to the reason why there is none."""

import re
from collections.abc import Iterator
from pathlib import Path

from habeas.errors import RecordingUnreadable
from habeas.evidence import Problem, Recorded, read_recording
from habeas.finding.looked import Looked
from habeas.sources.contract import Capture, Obstacle, Outcome

_OBSTACLES = {
    Problem.DAMAGED: Obstacle.UNREADABLE,
    Problem.TRUNCATED: Obstacle.INCOMPLETE,
    Problem.TOO_LARGE: Obstacle.TOO_LARGE,
    Problem.DIGEST: Obstacle.UNREADABLE,
    Problem.NOT_HTTP: Obstacle.UNREADABLE,
    Problem.CODING: Obstacle.UNREADABLE,
    Problem.ENCRYPTED: Obstacle.UNREADABLE,
    Problem.NOT_A_RECORDING: Obstacle.UNREADABLE,
    Problem.NO_ANSWER: Obstacle.UNREADABLE,
    Problem.REVISIT: Obstacle.INCOMPLETE,
}
# Redirects carry no page; the page they lead to is a record of its own.
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a crawl records beside pages: no names are printed in them.
_NOT_PAGES = ("image/", "font/", "audio/", "video/", "text/css", "application/javascript",
              "text/javascript", "application/font", "application/wasm")  # fmt: skip
_ROBOTS = re.compile(r"https?://[^/?#]+/robots\.txt", re.IGNORECASE)


def captures_of(path: Path) -> Iterator[tuple[str, Capture | Looked]]:
    """Yield (record id, capture), or (record id, why there is none), for each answer of a file."""
    try:
        for recorded in read_recording(path):
            place = f"{path} · {recorded.member or 'record'} {recorded.offset}"
            if recorded.problem is not None:
                yield recorded.record_id, _problem(recorded, place)
            elif not _without_page(recorded):
                yield recorded.record_id, _capture(recorded, place)
    except RecordingUnreadable as error:
        yield "", unreadable(str(path), error.happened)


def unreadable(place: str, words: str, obstacle: Obstacle = Obstacle.UNREADABLE) -> Looked:
    """Return what looking at a place came to that could not be read at all."""
    return Looked(place, Outcome.COULD_NOT_LOOK, obstacle, words)


def _without_page(recorded: Recorded) -> bool:
    # What a site asks of robots is no page of it (RFC 9309), whatever it answers there.
    if _ROBOTS.fullmatch(recorded.url):
        return True
    kind = recorded.content_type.lower().strip()
    return recorded.status in _REDIRECTS or kind.startswith(_NOT_PAGES)


def _capture(recorded: Recorded, place: str) -> Capture:
    return Capture(
        body=recorded.payload,
        url=recorded.url,
        status=recorded.status,
        content_type=recorded.content_type,
        captured_at=recorded.date,
        place=place,
        complete=recorded.complete,
    )


def _problem(recorded: Recorded, place: str) -> Looked:
    obstacle = _OBSTACLES.get(recorded.problem) if recorded.problem else None
    if recorded.problem is Problem.FAILURE:
        known = {str(one): one for one in Obstacle}
        obstacle = known.get(recorded.obstacle, Obstacle.DOWN)
    return Looked(
        place,
        Outcome.COULD_NOT_LOOK,
        obstacle or Obstacle.UNREADABLE,
        recorded.explanation,
        url=recorded.url,
        captured_at=recorded.date.isoformat() if recorded.date else "",
    )
