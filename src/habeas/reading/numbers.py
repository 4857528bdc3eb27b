"""Numbers of a sentence, in digits and in words, with their values.

Written numbers are composed as the languages do it: twenty-five, двести тридцать пять, zweihundert,
quatre-vingt-dix, duemila, саду бисту панҷ, yuz yigirma. Sizes in words ("dozens", "сотни") are kept
as words; they are never turned into numbers.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from habeas.names.tables_io import rows
from habeas.reading.phrases import FOLDER, Mark
from habeas.reading.sentences import Sentence
from habeas.reading.tokens import NUMBER, WORD, Token, word_set

_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_LARGEST = 10**12
# Case endings that Russian writes behind figures: 54-х are so many, 28-м is the twenty-eighth.
_CARDINAL = word_set("х ти ми и та ta tadan нафар nafar")
_COMPOUNDS = frozenset(("de", "it"))
_SHORTEST_COMPOUND = 6


# Short words that follow a number and a hyphen and are no ending: "48-сола", "48-yosh".
_OWN_WORDS = frozenset(("сола", "year", "yosh", "лет", "ans"))
_ORDINAL_ENDINGS = word_set("st nd rd th er re ème e º")


class Number(NamedTuple):
    """A number at tokens `first` to `last` (exclusive).

    Attributes:
        first: its first token.
        last: the token behind it.
        value: how many; None for a size in words.
        words: the vague word, empty if there is a value.
        digits: it is written in figures.
        ordinal: it says which one, not how many.
        about: the word itself is round ("сотня").
        whole: it is a whole number.
    """

    first: int
    last: int
    value: int | None
    words: str = ""
    digits: bool = False
    ordinal: bool = False
    about: bool = False
    whole: bool = True


def numbers_of(sentence: Sentence) -> list[Number]:
    """Return the numbers of a sentence in order; they do not overlap."""
    tokens = sentence.tokens
    marks = _longest(sentence.of("numbers"))
    found: list[Number] = []
    place = 0
    while place < len(tokens):
        number = None
        if tokens[place].kind == NUMBER:
            number = _figures(sentence, place, marks)
        elif place in marks or (tokens[place].kind == WORD and _may_be_compound(sentence, place)):
            number = _in_words(sentence, place, marks)
        if number is None:
            place += 1
        else:
            found.append(number)
            place = number.last
    return found


def _may_be_compound(sentence: Sentence, place: int) -> bool:
    """Return whether a word may be a number written in one word, or with hyphens."""
    key = sentence.tokens[place].key
    if "-" in key:
        return True
    return sentence.language in _COMPOUNDS and len(key) >= _SHORTEST_COMPOUND


def _longest(marks: Sequence[Mark]) -> dict[int, Mark]:
    best: dict[int, Mark] = {}
    for mark in marks:
        known = best.get(mark.first)
        if known is None or mark.last > known.last:
            best[mark.first] = mark
    return best


def _figures(sentence: Sentence, place: int, marks: dict[int, Mark]) -> Number | None:
    """Read figures: "1 243", "1,243", "3,5 тыс.", "54-х", "15th"."""
    tokens = sentence.tokens
    value = value_of(tokens[place].text, sentence.language)
    if value is None:
        return None
    last = place + 1
    while (
        last < len(tokens)
        and tokens[last].kind == NUMBER
        and len(tokens[last].text) == 3
        and tokens[last].text.isdigit()
        and tokens[last].start - tokens[last - 1].end == 1
        and (len(tokens[place].text) <= 3 or last > place + 1)
        and tokens[place].text.isdigit()
    ):
        value = value * 1000 + int(tokens[last].text)
        last += 1
    last, ordinal = _suffix(tokens, last)
    multiplier = marks.get(last)
    if multiplier and multiplier.value[0] == "thousand" and not ordinal:
        value *= int(multiplier.value[1])
        last = multiplier.last
        if last < len(tokens) and tokens[last].text == "." and not tokens[last].after_blank:
            # "3,5 тыс."; at the end of a sentence the stop is left to it.
            last += last + 1 < len(tokens)
    if value > _LARGEST:
        return None
    whole = float(value).is_integer()
    return Number(
        place, last, int(value) if whole else None, digits=True, ordinal=ordinal, whole=whole
    )


def _suffix(tokens: Sequence[Token], place: int) -> tuple[int, bool]:
    """Return where the number ends with the ending written behind it, and whether it is ordinal."""
    if place >= len(tokens) or tokens[place].after_blank:
        return place, False
    if tokens[place].text in {"-", "‐", "‑"} and place + 1 < len(tokens):
        word = tokens[place + 1]
        glued = word.kind == WORD and not word.after_blank and len(word.key) <= 4
        if glued and word.key not in _OWN_WORDS:
            return place + 2, word.key not in _CARDINAL
        return place, False
    if tokens[place].kind == WORD:
        key = tokens[place].key
        if key in _ORDINAL_ENDINGS:
            return place + 1, True
        if key in _CARDINAL:
            return place + 1, False
    return place, False


def value_of(figures: str, language: str) -> float | None:
    """Return the value of figures with separators; None if they are no number (a time, a date)."""
    if figures.isdigit():
        return int(figures) if len(figures) <= 12 else None
    english_point = language == "en" and "." in figures
    grouped = _GROUPS.fullmatch(figures) and len(set(figures) & set(".,")) == 1
    if grouped and not english_point:
        return int(re.sub(r"[.,]", "", figures))
    if _DECIMAL.fullmatch(figures):
        return float(figures.replace(",", "."))
    return None


def _in_words(sentence: Sentence, place: int, marks: dict[int, Mark]) -> Number | None:
    """Read a number in words from a place on."""
    parts: list[tuple[str, float]] = []
    last = place
    about = False
    while last < len(sentence.tokens):
        mark = marks.get(last)
        if mark is not None and mark.value[0] == "vague":
            return _vague(parts, mark, place)
        step = _parts(sentence, last, mark)
        if not step or not _goes_on(parts, step):
            after = _connected(sentence, last, parts, marks)
            if after is None:
                break
            last = after
            continue
        about = about or (mark is not None and mark.value[0] == "about")
        parts += step
        last = mark.last if mark is not None else last + 1
    value = composed(parts)
    if value is None or all(kind == "article" for kind, _ in parts):
        return None
    return Number(place, last, value, about=about)


def _vague(parts: list[tuple[str, float]], mark: Mark, place: int) -> Number | None:
    """Return a size in words; a number before it makes it no size ("пять десятков")."""
    if any(kind != "article" and value != 1 for kind, value in parts):
        value = composed(parts)
        return Number(place, mark.first, value) if value is not None else None
    return Number(place, mark.last, None, words=mark.value[1])


def _parts(sentence: Sentence, place: int, mark: Mark | None) -> list[tuple[str, float]]:
    """Return the pieces of one word: "zwei", "hundert", "fünfzig"."""
    if mark is not None:
        kind, value = mark.value
        return [("add" if kind == "about" else kind, float(value))]
    token = sentence.tokens[place]
    if token.kind != WORD:
        return []
    if "-" in token.key or (
        sentence.language in _COMPOUNDS and len(token.key) >= _SHORTEST_COMPOUND
    ):
        return list(_compound(token.key, sentence.language))
    return []


def _connected(
    sentence: Sentence, place: int, parts: list[tuple[str, float]], marks: dict[int, Mark]
) -> int | None:
    """Return the place behind an "and" that joins two parts of one number."""
    token = sentence.tokens[place]
    if token.key not in {"and", "et", "und", "va", "у"} or not parts or place + 1 not in marks:
        return None
    kind, value = marks[place + 1].value
    small = kind == "add" and float(value) < 100
    big = parts[-1][0] in {"hundred", "thousand"} or (
        token.key in {"et", "у"} and parts[-1][1] >= 20
    )
    return place + 1 if small and big else None


def _goes_on(parts: list[tuple[str, float]], step: list[tuple[str, float]]) -> bool:
    """Return whether a piece can follow: "двести тридцать" yes, "three four" no."""
    if not parts:
        return step[0][0] in {"add", "hundred", "thousand", "half", "article"}
    (before, size), (kind, value) = parts[-1], step[0]
    if kind in {"hundred", "thousand"}:
        return True
    if kind == "half":
        return before == "article" or size == 1
    if before == "article":
        return False
    if before in {"hundred", "thousand"}:
        return value < size
    return kind == "add" and size >= 20 and value < 10 ** (len(str(int(size))) - 1)


def composed(parts: Sequence[tuple[str, float]]) -> int | None:
    """Return the value of the pieces of a number; None if they make none."""
    total, current, seen = 0.0, 0.0, False
    for kind, value in parts:
        if kind == "add":
            current += value
            seen = True
        elif kind == "half":
            current = 0.5
        elif kind == "hundred":
            current = max(1.0, current) * value
            seen = True
        elif kind == "thousand":
            total += (current or 1.0) * value
            current, seen = 0.0, True
    value = total + current
    return int(value) if seen and value.is_integer() and value <= _LARGEST else None


@cache
def _pieces(language: str) -> tuple[tuple[str, str, float], ...]:
    found = [
        (word, kind, float(value))
        for languages, phrase, kind, value in rows(
            "numbers", ("language", "phrase", "kind", "value"), FOLDER
        )
        if languages == language and kind in {"add", "hundred", "thousand", "half"}
        for one in phrase.split(" / ")
        if " " not in one
        for word in one.split("|")
    ]
    return tuple(sorted(found, key=lambda piece: -len(piece[0])))


@lru_cache(maxsize=4096)
def _compound(word: str, language: str) -> tuple[tuple[str, float], ...]:
    """Return the pieces of a number written in one word, or with hyphens; empty if it is none.

    The word is read from the left, the longest piece first, so time is linear in its length.
    """
    rest = word
    found: list[tuple[str, float]] = []
    while rest:
        piece = next((one for one in _pieces(language) if rest.startswith(one[0])), None)
        if piece is None:
            rest_after = rest.removeprefix("-").removeprefix("und").removeprefix("et-")
            if rest_after == rest or not found:
                return ()
            rest = rest_after
            continue
        found.append((piece[1], piece[2]))
        rest = rest[len(piece[0]) :].removeprefix("-")
    return tuple(found) if _sound(found) else ()


def _sound(parts: list[tuple[str, float]]) -> bool:
    """Return whether pieces in this order make a number: not "vierzehnte", not "einander"."""
    if len(parts) == 1:
        return True
    for (before, size), (kind, value) in pairwise(parts):
        if kind == "add" and before == "add":
            # Tens and units in either order (German); 80 and the teens in French.
            low, high = sorted((size, value))
            if not (low < 20 <= high and high < 100 and (low < 10 or high in {60, 80})):
                return False
    return True
