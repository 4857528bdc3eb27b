"""Words in quotation marks, and whose they are. A quotation may run over several sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from habeas.reading.sentences import Sentence
from habeas.reading.tokens import WORD, Token

_PAIRS = {"«": "»", "“": "”", "„": "“”", '"': '"', "‹": "›"}
_LONGEST = 400
"""Tokens: a mark that does not close within so many opens nothing."""
SHORTEST = 3
"""Words: shorter quotations are names or single words set apart."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage between quotation marks.

    Attributes:
        start: where its words begin in the text.
        end: where they end.
        words: how many words it has.
        first: the number of the sentence in which it opens.
        last: the number of the sentence in which it closes.
    """

    start: int
    end: int
    words: int
    first: int
    last: int


@dataclass(slots=True)
class _Opened:
    """A quotation that has been opened: its mark, where, and what was read of it."""

    mark: str
    start: int
    first: int
    depth: int = 1
    length: int = 0
    words: int = 0
    last: Quotation | None = None
    """The quotation as it would be if it ended at the last closing mark."""

    def read(self, token: Token, number: int) -> bool:
        """Read one token; return whether it closes the quotation."""
        self.length += 1
        self.words += token.kind == WORD
        closing = _PAIRS[self.mark]
        if token.text in closing:
            self.depth -= 1
            self.last = Quotation(self.start, token.start, self.words, self.first, number)
        elif token.text == self.mark:
            self.depth += 1
        return self.depth == 0 or self.length > _LONGEST


def quotations_of(sentences: Sequence[Sentence]) -> list[Quotation]:
    """Return the quotations of a block; one never runs over the end of a paragraph.

    One inside another ends with it; where an inner one closes both, as printers often do, the last
    closing mark of the paragraph counts.
    """
    found: list[Quotation] = []
    opened: _Opened | None = None
    paragraph = -1
    for number, sentence in enumerate(sentences):
        if sentence.paragraph != paragraph:
            _close(opened, found)
            opened, paragraph = None, sentence.paragraph
        for token in sentence.tokens:
            if opened is None:
                if token.text in _PAIRS:
                    opened = _Opened(token.text, token.end, number)
            elif opened.read(token, number):
                _close(opened, found)
                opened = None
    _close(opened, found)
    return found


def _close(opened: _Opened | None, found: list[Quotation]) -> None:
    if opened is not None and opened.last is not None and opened.last.words:
        found.append(opened.last)


def inside(
    sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> dict[int, list[tuple[int, int]]]:
    """Return which tokens of each sentence stand between quotation marks, as ranges."""
    found: dict[int, list[tuple[int, int]]] = {}
    for quotation in quotations:
        if quotation.words < SHORTEST:
            continue
        for number in range(quotation.first, quotation.last + 1):
            places = [
                place
                for place, token in enumerate(sentences[number].tokens)
                if quotation.start <= token.start < quotation.end
            ]
            if places:
                found.setdefault(number, []).append((places[0], places[-1] + 1))
    return found
