"""Reads plain text: newspaper articles, messages, rulings. Streams lines of any number.

A text is searched, not understood: every passage that may be a name becomes a mention. A ruling is
recognised by its formulas and gets its facts and roles (`acts`).
"""

from collections.abc import Iterable, Iterator

from habeas.language import _
from habeas.sources.contract import Capture, Fact, Mention, Obstacle, Outcome, Page, PageKind
from habeas.sources.readers.acts import is_act, read_act
from habeas.sources.readers.spotting import Spotted, names_in

__all__ = ["SOURCE", "Spotted", "mentions_of_lines", "mentions_of_text", "names_in", "read_text"]

SOURCE = "text"
# One unreadable character in two hundred and more: names may be among them.
_UNREADABLE_SHARE = 200


def mentions_of_text(text: str, *, where: str = "") -> Iterator[Mention]:
    """Yield a mention for every candidate in `text`; `where` names the text for the reader."""
    prefix = f"{where}, " if where else ""
    for found in names_in(text):
        yield Mention(found.printed, where=f"{prefix}characters {found.start}-{found.end}")


def mentions_of_lines(lines: Iterable[str]) -> Iterator[Mention]:
    """Yield the mentions of a text that need not fit into memory; `row` is the line, from 1."""
    for number, line in enumerate(lines, 1):
        for found in names_in(line):
            yield Mention(found.printed, row=number, where=f"line {number}")


def read_text(capture: Capture) -> Page:
    """Read a plain text. Never raises.

    The outcome is `found` for a text that was read to its end, whether or not a name stands in it;
    a cut, garbled or empty one could not be looked at, and keeps the mentions read so far.
    """
    text = capture.text
    act = is_act(text)
    facts: dict[str, Fact] = {}
    hidden, unfinished = 0, False
    if act:
        read = read_act(text, list(names_in(text)))
        facts, hidden, unfinished = read.facts, read.hidden, read.unfinished
        mentions = read.mentions
    else:
        mentions = tuple(mentions_of_text(text))
    obstacle, explanation = _obstacle(capture, unfinished=unfinished)
    return Page(
        source=SOURCE,
        kind=PageKind.ACT if act else PageKind.TEXT,
        outcome=Outcome.COULD_NOT_LOOK if obstacle else Outcome.FOUND,
        obstacle=obstacle,
        explanation=explanation,
        facts=facts,
        mentions=mentions,
        withheld=hidden,
    )


def _obstacle(capture: Capture, *, unfinished: bool) -> tuple[Obstacle | None, str]:
    text = capture.text
    if not any(character.isalpha() for character in text[:100_000]):
        return Obstacle.NOT_RECOGNISED, _("There are no words in it.")
    if "\x00" in text[:100_000]:
        return Obstacle.UNREADABLE, _("It is not a text: it has zero bytes.")
    if capture.decoded.replacements * _UNREADABLE_SHARE > len(text):
        return Obstacle.ENCODING, _("Many characters cannot be read; a name may be among them.")
    if not capture.complete:
        return Obstacle.INCOMPLETE, _("Fewer bytes arrived than were announced.")
    if unfinished:
        return Obstacle.INCOMPLETE, _("The text breaks off in the middle of a sentence.")
    return None, ""
