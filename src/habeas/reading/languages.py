"""Which of our languages a passage is written in, by its letters and its small words.

A packaged identifier was not an option: those that can be had know neither Tajik nor Uzbek, or take
a gigabyte (measured for the plan of the house). For texts of our seven languages counting the words
that hold sentences together is enough; a passage that shows none takes the language of its text.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice

from habeas.reading.phrases import LANGUAGES, index_of, words_of
from habeas.reading.tokens import WORD, Token, latin_uzbek

CYRILLIC = ("ru", "tg", "uz")
LATIN = ("en", "fr", "de", "it", "uz")
UNKNOWN = ""

# Letters that only one of the languages of a script has, and what one word with them weighs.
_LETTERS = (
    (("tg",), frozenset("ҷӣӯ"), 1.5),
    (("uz",), frozenset("ў"), 1.5),
    (("tg", "uz"), frozenset("қғҳ"), 0.75),
    (("ru",), frozenset("щы"), 0.75),
)
_WORD = 1.0
_TOKENS_READ = 400
_WORDS_OF_SCRIPT = 30

Scores = dict[str, float]


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in words_of(language, "function"):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def scores(tokens: Iterable[Token]) -> Scores:
    """Return how much the small words and the letters of a passage speak for each language."""
    found: Scores = {}
    for token in islice(tokens, _TOKENS_READ):
        if token.kind == WORD:
            for language, weight in _votes(token.key):
                found[language] = found.get(language, 0.0) + weight
    return found


@lru_cache(maxsize=1 << 15)
def _votes(key: str) -> tuple[tuple[str, float], ...]:
    """Return the languages that one word speaks for, and how much."""
    by_word = _languages_of_word()
    own = by_word.get(key, ())
    found: Scores = {}
    if _is_cyrillic(key):
        _add_letters(found, key)
        # Uzbek in Cyrillic letters: its small words stand in the table in Latin ones.
        if "uz" in by_word.get(latin_uzbek(key), ()):
            own = (*own, "uz")
    for language in own:
        found[language] = found.get(language, 0.0) + _WORD / len(own)
    return tuple(found.items())


def _add_letters(found: Scores, key: str) -> None:
    letters = set(key)
    for languages, marks, weight in _LETTERS:
        if letters & marks:
            for language in languages:
                found[language] = found.get(language, 0.0) + weight


def best(found: Scores, fallback: str = UNKNOWN, least: float = 1.0) -> str:
    """Return the language that the scores are for; `fallback` where they do not decide."""
    if not found:
        return fallback
    ranked = sorted(found.items(), key=lambda one: -one[1])
    first, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if score < least or score < second * 1.2:
        return fallback or (first if score >= least else UNKNOWN)
    return first


def may_be(language: str, tokens: Iterable[Token]) -> bool:
    """Return whether most words of a passage are written in a script of a language."""
    words = [token.key for token in islice(tokens, _WORDS_OF_SCRIPT) if token.kind == WORD]
    return language in (CYRILLIC if _mostly_cyrillic(words) else LATIN)


def _mostly_cyrillic(words: list[str]) -> bool:
    return 2 * sum(_is_cyrillic(key) for key in words) > len(words)


def _is_cyrillic(key: str) -> bool:
    return "\u0400" <= key[:1] <= "\u052f"


def by_vocabulary(tokens: Iterable[Token]) -> str:
    """Return the language to read a text in whose small words do not tell it.

    The words of our tables tell it, and the letters that Russian does not have; where neither does,
    most texts of the field in Cyrillic letters are Russian, those in Latin letters English.
    """
    words = [token.key for token in islice(tokens, _TOKENS_READ) if token.kind == WORD]
    if not words:
        return UNKNOWN
    cyrillic = _mostly_cyrillic(words)
    found = dict.fromkeys(CYRILLIC if cyrillic else LATIN, 0.0)
    for key in words:
        if cyrillic:
            _add_letters(found, key)
        for language in found:
            own = latin_uzbek(key) if language == "uz" else key
            found[language] += index_of(language).knows(own)
    return max(found, key=lambda language: found[language])
