"""What one rule found in one sentence, before it becomes a suggestion."""

from typing import NamedTuple

from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Confidence, Passage, Value


class Found(NamedTuple):
    """A finding at tokens `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int
    value: Value
    rule: str
    confidence: Confidence = Confidence.HIGH


def passage(text: str, sentence: Sentence, first: int, last: int) -> Passage:
    """Return the passage of the text that tokens `first` to `last` (exclusive) cover."""
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    return Passage(start, end, text[start:end])


def key_at(sentence: Sentence, place: int) -> str:
    """Return the key of the token at a place; empty where there is none."""
    return sentence.tokens[place].key if 0 <= place < len(sentence.tokens) else ""


def overlaps(first: int, last: int, taken: "list[tuple[int, int]]") -> bool:
    """Return whether tokens `first` to `last` share one with any of the ranges."""
    return any(first < end and start < last for start, end in taken)
