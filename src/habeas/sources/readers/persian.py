"""Spots names in Arabic letters (Persian, Tajik): with care, since the script has no capitals.

Offered are short runs of two to five words that stand alone (a table cell, a line, between
punctuation), and what follows a word that announces a person.
"""

import re
from collections.abc import Iterator

_LETTER = (
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
)
_WORD = rf"[{_LETTER}][{_LETTER}\u200b-\u200f\u0640]{{0,40}}+"
_ANY = re.compile(f"[{_LETTER}]")
_RUN = re.compile(rf"{_WORD}(?:[ \t\xa0]{{1,3}}{_WORD}){{1,400}}+")
# Mr, Mrs, citizen, accused, convict, child of, by the name of, lawyer, judge.
_CUE_WORDS = "آقای خانم شهروند متهم محکوم فرزند بنام نام وکیل قاضی دادستان"
_CUE = frozenset(_CUE_WORDS.split())
_SHORTEST, _LONGEST = 2, 5


def persian_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, printed)` of what may be names in Arabic letters."""
    if not _ANY.search(text):
        return
    for run in _RUN.finditer(text):
        words = [(m.start(), m.end()) for m in re.finditer(r"\S+", run.group())]
        shift = run.start()
        for first, last in _stretches(run.group(), words):
            start, end = shift + words[first][0], shift + words[last][1]
            yield start, end, " ".join(text[start:end].split())


def _stretches(run: str, words: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if _SHORTEST <= len(words) <= _LONGEST:
        yield 0, len(words) - 1
    for place, (start, end) in enumerate(words):
        if run[start:end] in _CUE:
            for length in (2, 3):
                if place + length < len(words):
                    yield place + 1, place + length
