"""Phrases of one language, looked up word by word: what the tables of this room are read into.

A row of a table names a phrase in a small notation: `at least` are two words, `задерж*` any word
that begins so, `таджик*3` one that goes on for at most three letters, `не|ни` one or the other,
`далеко?` a word that may be missing; ` / ` stands between phrases of one meaning.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from habeas.names.tables_io import rows
from habeas.reading.tokens import WORD, Token

FOLDER = Path(__file__).with_name("tables")
LANGUAGES = ("en", "ru", "tg", "uz", "fr", "de", "it")
"""Languages for which there are rules."""

_WORDS_KEPT = 1 << 15
_LONGEST_ENDING = 12
# Languages that write cases and possession behind the word: a word that stands in no table is
# looked up once more without such an ending.
_ENDINGS = {
    "uz": re.compile(
        r"(.{3,}?)(?:lar)?(?:i|si|ning|ga|ka|qa|ni|dan|da|gacha|ini|iga|ining|ida|idan|lari|larini"
        r"|lariga|larning|larga|larni|larda|lardan|sini|siga|sining|sida|sidan|lar)$"
    ),
    "tg": re.compile(r"(.{3,}?)(?:ро|и|ҳо|ҳои|ҳоро|он|они|онро|аш|ашро|ро|е|ву|у)$"),
}

_GENITIVE = re.compile(r"(\w)'s(?!\w)")
_PLURAL_GENITIVE = re.compile(r"(s)'(?= )")

TABLES: dict[str, tuple[str, ...]] = {
    "numbers": ("kind", "value"),
    "hedges": ("bound", "side"),
    "units": ("unit", "what"),
    "custody": ("event", "form"),
    "speech": ("kind", "form"),
    "accusations": ("voice", "object"),
    "roles": ("role", "form"),
    "organisations": ("type", "form"),
    "places": ("name", "kind"),
    "times": ("kind", "value"),
    "laws": ("kind", "value"),
}
"""The tables, and the columns that follow `language` and `phrase` in each."""


class Mark(NamedTuple):
    """A phrase of a table found at tokens `first` to `last` (exclusive)."""

    table: str
    first: int
    last: int
    value: tuple[str, ...]


class _Stem(NamedTuple):
    """How a word begins, and by how many letters at most it goes on."""

    text: str
    further: int


class _Element(NamedTuple):
    """One word of a phrase: any of some words, or any that begins with one of some stems."""

    words: frozenset[str]
    stems: tuple[_Stem, ...]

    def fits(self, key: str) -> bool:
        """Return whether a word may stand here."""
        if key in self.words:
            return True
        return bool(self.stems) and any(
            key.startswith(stem.text) and len(key) - len(stem.text) <= stem.further
            for stem in self.stems
        )


class _Phrase(NamedTuple):
    """A phrase without its first word; `given` letters of that word are written in the table."""

    table: str
    rest: tuple[_Element, ...]
    value: tuple[str, ...]
    given: int


class _Starting(NamedTuple):
    """The phrases that may begin with one word: alone, by their second word, and the others."""

    alone: tuple[_Phrase, ...]
    by_second: dict[str, list[_Phrase]]
    others: tuple[_Phrase, ...]


class Index:
    """The phrases of all tables of one language."""

    def __init__(self, language: str = "") -> None:
        self._ending = _ENDINGS.get(language)
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._by_stem: dict[str, list[tuple[int, _Phrase]]] = defaultdict(list)
        self._lengths: tuple[int, ...] = ()
        self._known: dict[str, _Starting | None] = {}

    def add(self, table: str, written: str, value: tuple[str, ...]) -> None:
        """Add a phrase in the notation of the tables."""
        for words in _without_optional(written.split()):
            first, *rest = [_element(word) for word in words]
            for word in first.words:
                whole = _Phrase(table, tuple(rest), value, len(word) + 1)
                self._by_word[word].append(whole)
            for stem in first.stems:
                self._by_stem[stem.text].append(
                    (stem.further, _Phrase(table, tuple(rest), value, len(stem.text)))
                )
        self._lengths = tuple(sorted({len(stem) for stem in self._by_stem}))

    def knows(self, key: str) -> bool:
        """Return whether a phrase of any table may begin with a word."""
        return self._starting(key) is not None

    def alone(self, key: str, table: str) -> tuple[tuple[str, ...], ...]:
        """Return the meanings that a word has by itself in a table."""
        found = self._starting(key)
        return tuple(one.value for one in found.alone if one.table == table) if found else ()

    def _starting(self, key: str) -> _Starting | None:
        """Return the phrases whose first word this may be; None if there are none."""
        if key in self._known:
            return self._known[key]
        if len(self._known) > _WORDS_KEPT:
            self._known.clear()
        found = list(self._by_word.get(key, ()))
        for length in self._lengths:
            if length > len(key):
                break
            found += [
                phrase
                for further, phrase in self._by_stem.get(key[:length], ())
                if len(key) - length <= further
            ]
        if not found and self._ending is not None and (shorter := self._ending.match(key)):
            found += self._by_word.get(shorter[1], ())
        self._known[key] = _sorted_out(found) if found else None
        return self._known[key]

    def marks(self, tokens: Sequence[Token]) -> Iterator[Mark]:
        """Yield the phrases that stand in `tokens`: of each table the longest at each place.

        A phrase inside a longer one of its table is left out; one with several meanings is yielded
        once for each.
        """
        behind: dict[str, int] = {}
        for place, token in enumerate(tokens):
            starting = self._starting(token.key)
            if starting is None:
                continue
            longest = _longest(_fitting(starting, tokens, place))
            for table, (last, phrases) in longest.items():
                if last <= behind.get(table, 0):
                    continue
                for phrase in phrases:
                    yield Mark(table, place, last, phrase.value)
                behind[table] = last


def _longest(fitting: list[tuple[int, _Phrase]]) -> dict[str, tuple[int, list[_Phrase]]]:
    """Return where the longest phrases of each table end, and these."""
    longest: dict[str, tuple[int, list[_Phrase]]] = {}
    for last, phrase in fitting:
        end, phrases = longest.setdefault(phrase.table, (last, []))
        if last > end:
            longest[phrase.table] = (last, [phrase])
        elif last == end:
            phrases.append(phrase)
    return longest


def _sorted_out(found: list[_Phrase]) -> _Starting:
    """Sort the phrases of one first word; of those of one length the most exact goes first."""
    found.sort(key=lambda phrase: -phrase.given)
    by_second: dict[str, list[_Phrase]] = {}
    others: list[_Phrase] = []
    for phrase in found:
        if not phrase.rest:
            continue
        second = phrase.rest[0]
        if second.stems:
            others.append(phrase)
            continue
        for word in second.words:
            by_second.setdefault(word, []).append(phrase)
    alone = tuple(phrase for phrase in found if not phrase.rest)
    return _Starting(alone, by_second, tuple(others))


def _fitting(starting: _Starting, tokens: Sequence[Token], place: int) -> list[tuple[int, _Phrase]]:
    """Return the phrases that stand at a place, with where they end."""
    fitting = [(place + 1, phrase) for phrase in starting.alone]
    if place + 1 < len(tokens) and (starting.by_second or starting.others):
        second = starting.by_second.get(tokens[place + 1].key, ())
        fitting += [
            (place + 1 + len(phrase.rest), phrase)
            for phrase in (*second, *starting.others)
            if _fits(phrase.rest, tokens, place + 1)
        ]
    return fitting


def _fits(rest: tuple[_Element, ...], tokens: Sequence[Token], place: int) -> bool:
    if place + len(rest) > len(tokens):
        return False
    for element in rest:
        if not element.fits(tokens[place].key):
            return False
        place += 1
    return True


def _without_optional(words: list[str]) -> Iterator[list[str]]:
    """Yield the phrase with and without each word that may be missing."""
    choices = [(word[:-1], "") if word.endswith("?") else (word,) for word in words]
    for chosen in product(*choices):
        kept = [word for word in chosen if word]
        if kept:
            yield kept


def _element(written: str) -> _Element:
    parts = [part.partition("*") for part in written.split("|")]
    words = frozenset(text for text, star, _ in parts if not star)
    stems = tuple(
        _Stem(text, int(further) if further else _LONGEST_ENDING)
        for text, star, further in parts
        if star
    )
    return _Element(words, stems)


@cache
def index_of(language: str) -> Index:
    """Return the phrases of a language, read once."""
    index = Index(language)
    for table, columns in TABLES.items():
        for languages, phrase, *value in rows(table, ("language", "phrase", *columns), FOLDER):
            if languages == "*" or language in languages.split(","):
                for one in phrase.split(" / "):
                    index.add(table, _as_tokens(one, language), tuple(value))
    return index


def _as_tokens(phrase: str, language: str) -> str:
    """Return a phrase with its words as tokens are cut: "prosecutor 's office"."""
    if language == "en":
        phrase = _GENITIVE.sub(r"\1 's", phrase)
        phrase = _PLURAL_GENITIVE.sub(r"\1 '|’", phrase)
    return phrase.replace("ё", "е")


@cache
def words_of(language: str, kind: str) -> frozenset[str]:
    """Return the single words of one kind of the table `words`."""
    found: set[str] = set()
    for languages, phrase, own in rows("words", ("language", "phrase", "kind"), FOLDER):
        if own == kind and (languages == "*" or language in languages.split(",")):
            found.update(phrase.replace("ё", "е").split(" "))
    return frozenset(found)


def is_word(token: Token) -> bool:
    """Return whether a token is a word."""
    return token.kind == WORD
