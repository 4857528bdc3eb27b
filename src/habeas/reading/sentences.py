"""Cuts a text into sentences, and tells which of them are headings.

A sentence never ends inside "ч.2 ст.18.10", after an initial or an abbreviation, or at the full
stop of a German date. razdel, the package that does this for Russian, knows Russian only and has
seen no release since 2020; six other languages are read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from habeas.reading import languages
from habeas.reading.phrases import Mark, index_of, words_of
from habeas.reading.tokens import (
    CAPITALS,
    LOWER,
    NUMBER,
    SIGN,
    WORD,
    Token,
    latin_uzbek,
    tokens_of,
    word_set,
)

LONGEST_SENTENCE = 600
"""Tokens; a longer run is cut here, so that no rule ever looks further than that."""
_HEADING_CHARS = 200
_LONGEST_PIECE = 50_000
"""Characters that are cut into words at once, so that memory stays bounded."""
_ENDS = frozenset(".!?…")
_CLOSING = frozenset("\"'»”’)]“")
_OPENING = frozenset("\"'«“„([‘-–—•*‹")
_PARAGRAPH = re.compile(r"\n[ \t\r\f\v\u00a0]*\n|\r\n[ \t]*\r\n|\u2029|\f")
_LINE_END = re.compile(r"\r\n|\n|\r|\u2028")
# A line that ends so goes on in the next: the text is wrapped, as in a PDF.
_WRAPPED_CHARS = 60


_GOES_ON = word_set(", — – - ( «")


@dataclass(slots=True)
class Sentence:
    """A sentence with its tokens and the phrases found in it.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        language: the language it is read in; empty where we have no rules for it.
        tokens: its words, numbers and marks.
        paragraph: the number of its paragraph in the text, from 0.
        heading: it stands by itself, without a full stop, as headlines do.
    """

    start: int
    end: int
    language: str
    tokens: list[Token]
    paragraph: int = 0
    heading: bool = False
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    _by_first: dict[str, dict[int, list[Mark]]] = field(default_factory=dict)
    _by_last: dict[str, dict[int, list[Mark]]] = field(default_factory=dict)

    def of(self, table: str) -> list[Mark]:
        """Return the phrases of one table, in order of place."""
        return self.marks.get(table, _NONE)

    def starting(self, table: str, place: int) -> list[Mark]:
        """Return the phrases of a table that begin at a token."""
        return _indexed(self._by_first, self, table, 1).get(place, _NONE)

    def ending(self, table: str, place: int) -> list[Mark]:
        """Return the phrases of a table that end before a token."""
        return _indexed(self._by_last, self, table, 2).get(place, _NONE)

    def at(self, table: str, place: int) -> Mark | None:
        """Return the phrase of a table that begins at a token; its first meaning of several."""
        found = self.starting(table, place)
        return found[0] if found else None


_NONE: list[Mark] = []


def _indexed(
    kept: dict[str, dict[int, list[Mark]]], sentence: Sentence, table: str, end: int
) -> dict[int, list[Mark]]:
    """Return the phrases of a table by the token at which they begin (1) or end (2)."""
    found = kept.get(table)
    if found is None:
        found = {}
        for mark in sentence.of(table):
            found.setdefault(mark.first if end == 1 else mark.last, []).append(mark)
        kept[table] = found
    return found


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text in order. Time and memory are linear in its length."""
    whole = languages.UNKNOWN
    for number, start, end in _paragraphs(text):
        tokens = tokens_of(text[start:end], start)
        if not tokens:
            continue
        found = languages.scores(tokens)
        likely = whole if languages.may_be(whole, tokens) else languages.UNKNOWN
        language = languages.best(found, fallback=likely) or languages.by_vocabulary(tokens)
        if len(tokens) > 12 or not whole:
            whole = language
        yield from _of_paragraph(text, tokens, language, number)


def _paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each paragraph with its pieces: a long one is read in several."""
    start = 0
    for number, gap in enumerate(chain(_PARAGRAPH.finditer(text), (None,))):
        end = gap.start() if gap is not None else len(text)
        while end > start:
            piece = end if end - start <= _LONGEST_PIECE else _cut(text, start)
            yield number, start, piece
            start = piece
        start = gap.end() if gap is not None else end


def _cut(text: str, start: int) -> int:
    """Return where a piece of a long paragraph ends: behind a sentence or a line, or a word."""
    limit = start + _LONGEST_PIECE
    for mark in (". ", "\n", " "):
        place = text.rfind(mark, start + _LONGEST_PIECE // 2, limit)
        if place >= 0:
            return place + len(mark)
    return limit


class _Stops:
    """What a full stop may belong to in one language."""

    # Behind a number these are followed by small letters ("5 тыс. человек"); a capital begins anew.
    _MEASURES = word_set("тыс млн млрд руб коп mio mrd г гг лет")

    def __init__(self, language: str) -> None:
        self.abbreviations = words_of(language, "abbreviation") if language else frozenset()
        self.functions = words_of(language, "function") if language else frozenset()
        self.ordinals = language == "de"

    def shortened(self, tokens: list[Token], place: int, begins: Token) -> bool:
        """Return whether the full stop at a place belongs to the word or number before it."""
        if place == 0 or tokens[place].after_blank:
            return False
        before = tokens[place - 1]
        new = begins.kind == WORD and begins.key in self.functions
        if new and len(begins.text) == 1 and _stop_behind(tokens, begins, place):
            # The second initial of "А. В. Орехов", and no preposition.
            new = False
        if before.kind == NUMBER:
            # "2. April" in German; "1. Detained ..." at the beginning of an item.
            return len(before.text) <= 2 and not new and (self.ordinals or place == 1)
        if len(before.text) == 1 and before.text.isupper():
            # An initial; but "Ильхом К. Их держали" is two sentences.
            return not new
        if len(before.text) == 1 and place > 2 and tokens[place - 2].text == ".":
            # "u.a.", "и т.д."
            return not new
        measure = before.key in self._MEASURES and place > 1 and tokens[place - 2].kind == NUMBER
        ended = measure or (new and len(before.key) > 2)
        return before.key in self.abbreviations and not ended


def _stop_behind(tokens: list[Token], begins: Token, place: int) -> bool:
    """Return whether a full stop stands right behind the token that follows another stop."""
    behind = tokens[place + 1 : place + 3]
    return len(behind) == 2 and behind[0] is begins and behind[1].text == "."


@cache
def _stops(language: str) -> _Stops:
    return _Stops(language)


def _of_paragraph(text: str, tokens: list[Token], language: str, number: int) -> Iterator[Sentence]:
    stops = _stops(language)
    first = 0
    for place in range(len(tokens)):
        following = place + 1
        if (
            following == len(tokens)
            or following - first >= LONGEST_SENTENCE
            or _line_break(text, tokens, place)
            or _full_stop(tokens, place, stops)
        ):
            yield _sentence(tokens[first:following], language, number)
            first = following


def _line_break(text: str, tokens: list[Token], place: int) -> bool:
    """Return whether a line ends after a token, and the sentence with it."""
    token, following = tokens[place], tokens[place + 1]
    if not following.after_blank or following.start - token.end > 200:
        return following.start - token.end > 200
    if not _LINE_END.search(text, token.end, following.start):
        return False
    if following.case == LOWER and following.kind == WORD:
        return False
    if token.text in _GOES_ON or token.kind == NUMBER == following.kind:
        return False
    before = max(text.rfind("\n", 0, token.start), text.rfind("\r", 0, token.start))
    long_line = token.end - before > _WRAPPED_CHARS
    return not long_line or token.text in _ENDS or following.text in {"•", "*", "—", "–", "-"}


def _full_stop(tokens: list[Token], place: int, stops: _Stops) -> bool:
    """Return whether a sentence ends with a token."""
    token, following = tokens[place], tokens[place + 1]
    if token.kind != SIGN or not following.after_blank:
        return False
    end = place
    while end > 0 and tokens[end].text in _CLOSING and not tokens[end].after_blank:
        end -= 1
    if tokens[end].text not in _ENDS or (token.text in _OPENING and token.after_blank):
        return False
    begins = _beginning(tokens, place + 1)
    if begins is None or (begins.kind == WORD and begins.case == LOWER):
        return False
    return tokens[end].text != "." or end != place or not stops.shortened(tokens, end, begins)


def _beginning(tokens: list[Token], place: int) -> Token | None:
    """Return the first word or number from a place on, past opening quotation marks."""
    for token in tokens[place : place + 4]:
        if token.kind != SIGN:
            return token
        if token.text not in _OPENING and token.text not in _ENDS:
            return token
    return None


def _sentence(tokens: list[Token], language: str, paragraph: int) -> Sentence:
    found = languages.scores(tokens)
    if not languages.may_be(language, tokens):
        own = languages.best(found) or languages.by_vocabulary(tokens)
    else:
        own = languages.best(found, fallback=language, least=2.5) if len(tokens) > 5 else language
    if own == "uz":
        for token in tokens:
            token.key = latin_uzbek(token.key)
    last = tokens[-1]
    heading = (
        last.text not in _ENDS
        and last.end - tokens[0].start <= _HEADING_CHARS
        and not (last.text in _CLOSING and len(tokens) > 1 and tokens[-2].text in _ENDS)
    )
    sentence = Sentence(tokens[0].start, last.end, own, tokens, paragraph, heading=heading)
    if own:
        for mark in index_of(own).marks(tokens):
            sentence.marks.setdefault(mark.table, []).append(mark)
    return sentence


def shouting(sentence: Sentence) -> bool:
    """Return whether most words of a sentence are in capitals, so that capitals tell nothing."""
    words = [token for token in sentence.tokens if token.kind == WORD and len(token.text) > 1]
    return len(words) > 3 and sum(w.case == CAPITALS for w in words) * 3 > len(words) * 2
