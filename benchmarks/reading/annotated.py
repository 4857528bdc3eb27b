"""The annotated texts: what a careful reader finds in each, with the place of every finding.

`texts/*.txt` holds the texts by language; README.md beside them says how they are annotated. Half
of the texts are for tuning the rules, half are held out: only sums over them are ever looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).with_name("texts")

_HEADER = re.compile(r"=== (?P<id>(?P<lang>[a-z]{2})-\d+) (?P<half>tuning|held) \| (?P<origin>.+)")
_COUNTED = re.compile(r"(?P<words>.+) #(?P<number>\d)")
_NAMES = ("person", "org", "place")


class AnnotationWrong(Exception):
    """An annotation names words that its text does not hold, or cannot be read."""


@dataclass(frozen=True)
class Mark:
    """One annotated finding.

    Attributes:
        kind: the word before the colon of its line.
        spans: where its words stand; several where the same name stands several times.
        value: the fields behind the words, as written.
        by: the speaker, "-" for none in the text, "not named" for an accuser who is not named.
    """

    kind: str
    spans: tuple[tuple[int, int], ...]
    words: str
    value: tuple[str, ...] = ()
    by: str = ""


@dataclass
class Annotated:
    """One text with its marks; `people` groups the spellings of one person."""

    id: str
    lang: str
    half: str
    origin: str
    text: str
    marks: list[Mark] = field(default_factory=list)
    people: list[tuple[str, ...]] = field(default_factory=list)

    def of(self, kind: str) -> list[Mark]:
        """Return the marks of one kind."""
        return [mark for mark in self.marks if mark.kind == kind]


def texts(folder: Path = FOLDER) -> Iterator[Annotated]:
    """Yield every annotated text.

    Raises:
        AnnotationWrong: a line cannot be read, or its words are not in the text.
    """
    for path in sorted(folder.glob("*.txt")):
        blocks = re.split(r"^(?==== )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for block in blocks:
            if block.strip():
                yield _block(block)


def _block(block: str) -> Annotated:
    head, _, rest = block.partition("\n")
    found = _HEADER.fullmatch(head.strip())
    text, line, marks = rest.partition("\n---\n")
    if not found or not line:
        raise AnnotationWrong(head)
    whole = Annotated(found["id"], found["lang"], found["half"], found["origin"], text.strip())
    lines = [line.strip() for line in marks.strip().splitlines() if line.strip()]
    for written in lines:
        kind, _, rest = written.partition(": ")
        if kind not in _NAMES:
            whole.marks.append(_mark(whole, kind, rest))
    for kind in _NAMES:
        _names(whole, kind, [line.partition(": ")[2] for line in lines if line.startswith(kind)])
    return whole


def _mark(whole: Annotated, kind: str, rest: str) -> Mark:
    words, _, value = rest.partition(" -> ")
    fields = [one.strip() for one in value.split("|")]
    if kind in {"date", "custody", "article", "count", "claim"}:
        by = next((one[3:] for one in fields if one.startswith("by=")), "")
        values = tuple(one for one in fields if not one.startswith("by="))
        return Mark(kind, _spans(whole, words), words, values, by)
    if kind == "quote":
        words, _, by = rest.partition(" | by=")
        return Mark(kind, _spans(whole, words), words, (), by.strip())
    if kind == "span":
        return Mark(kind, _spans(whole, rest), rest)
    raise AnnotationWrong(f"{whole.id}: {kind}: {rest}")


def _names(whole: Annotated, kind: str, lines: list[str]) -> None:
    """Mark every place where a name stands as whole words; the longest spelling goes first."""
    groups = [tuple(one.strip() for one in line.split(" = ")) for line in lines]
    if kind == "person":
        whole.people.extend(groups)
    taken: list[tuple[int, int]] = []
    spellings = [(spelling, group[0]) for group in groups for spelling in group]
    for spelling, first in sorted(spellings, key=lambda one: -len(one[0])):
        places = [
            span
            for span in _everywhere(whole.text, spelling)
            if not any(start < span[1] and span[0] < end for start, end in taken)
        ]
        if not places:
            raise AnnotationWrong(f"{whole.id}: {spelling}")
        taken += places
        whole.marks.append(Mark(kind, tuple(places), spelling, (first,)))


def _everywhere(text: str, words: str) -> list[tuple[int, int]]:
    return [
        (found.start(), found.end())
        for found in re.finditer(re.escape(words), text)
        if _stands_alone(text, found.span())
    ]


def _spans(whole: Annotated, words: str) -> tuple[tuple[int, int], ...]:
    """The place of words that stand once, or at the place that "#2" behind them says."""
    number = 1
    if counted := _COUNTED.fullmatch(words):
        words, number = counted["words"], int(counted["number"])
    places = [(found.start(), found.end()) for found in re.finditer(re.escape(words), whole.text)]
    whole_words = [span for span in places if _stands_alone(whole.text, span)] or places
    if len(whole_words) < number:
        raise AnnotationWrong(f"{whole.id}: {words}")
    return (whole_words[number - 1],)


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    before, after = text[span[0] - 1 : span[0]], text[span[1] : span[1] + 1]
    return not (before.isalnum() or after.isalnum())
