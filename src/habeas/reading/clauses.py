"""The parts of a sentence in which different people may be speaking."""

from bisect import bisect_right
from dataclasses import dataclass

from habeas.reading.phrases import words_of
from habeas.reading.sentences import Sentence
from habeas.reading.tokens import WORD

_BREAKS = frozenset((";", "(", ")", "•"))


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where the clauses of a sentence begin, by token; the first begins at 0."""

    starts: tuple[int, ...]
    length: int

    def of(self, place: int) -> tuple[int, int]:
        """Return the first token of the clause around a place, and the one behind it."""
        number = bisect_right(self.starts, place) - 1
        end = self.starts[number + 1] if number + 1 < len(self.starts) else self.length
        return self.starts[number], end

    def same(self, one: int, other: int) -> bool:
        """Return whether two places stand in one clause."""
        return self.of(one) == self.of(other)


def clauses_of(sentence: Sentence) -> Clauses:
    """Cut a sentence at semicolons, brackets, and words of contrast ("while", "а", "но")."""
    contrast = words_of(sentence.language, "contrast") if sentence.language else frozenset()
    starts = [0]
    for place, token in enumerate(sentence.tokens):
        if place == 0:
            continue
        if token.text in _BREAKS:
            starts.append(place + 1)
        elif token.kind == WORD and token.key in contrast:
            before = sentence.tokens[place - 1].text
            if before in {",", "—", "–", "-", ";"} or token.key not in {"а", "же", "esa", "ma"}:
                starts.append(place)
    return Clauses(tuple(sorted(set(starts))), len(sentence.tokens))
