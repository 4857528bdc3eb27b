"""The words of a printed name as tokens, and the orders in which they may be its parts.

Each layout says which token is the surname, the given name and the father's name, with a price in
bits for how unusual that order, or that use of a word, is.
"""

from typing import NamedTuple

from habeas.names.letters import Printed, Script
from habeas.names.lexicon import initial_bits, titles
from habeas.names.words import Word, word

FATHER_AS_SURNAME = 3.0
"""Price of reading two words as given name and father's name, with the surname left out."""
OTHER_ORDER = 1.0
BARE_ORDER = 5.0
"""Price of an order other than surname, given name, father's name where no ending tells."""
LONGEST_INITIAL = 4


class Token(NamedTuple):
    """A word or an initial; `child` and `initial` are bits, 0 for none."""

    word: Word
    printed: Printed
    child: int  # genders of a son or daughter word that followed; 0 for none
    initial: int  # letters of an initial; 0 for a full word


class Layout(NamedTuple):
    """Places of the parts among the tokens, -1 for a part that is not there, and the price."""

    surname: int
    given: int
    father: int
    price: float


def tokens_of(printed: tuple[Printed, ...]) -> list[Token]:
    """Return the tokens of a name: titles gone, words for son and daughter joined to the father."""
    found: list[Token] = []
    skip = _titles(printed)
    full = sum(1 for item in printed if len(item.text) > LONGEST_INITIAL)
    for item in printed:
        own = word(item.text, item.script)
        if item.text in skip:
            continue
        last = found[-1] if found and not found[-1].initial else None
        if last is not None and _belongs(last.word, item):
            found[-1] = last._replace(word=word(last.word.text + item.text, item.script))
        elif last is not None and own.parent_word:
            found[-1] = last._replace(child=own.parent_word)
        else:
            found.extend(_split(item, own, full))
    return found


def _belongs(last: Word, item: Printed) -> bool:
    """Whether a word is the rest of the word before it (Абдул Рахим, اف after a Persian stem)."""
    if item.text in _PERSIAN_ENDINGS:
        return True
    return last.text in _BEGINNINGS and len(item.text) > LONGEST_INITIAL - 1 and not item.dot


# First halves of Arabic names that are often written apart; alone they are no name.
_BEGINNINGS = frozenset(
    ("абу", "абд", "абдул", "абдель", "абдуль", "абди", "abu", "abd", "abdul", "abdel", "abdoul")
)
# Endings of surnames that Persian print sets apart: -ов, -ова, -зода.
_PERSIAN_ENDINGS = frozenset(("اف", "اوف", "اوا", "زاده"))


def _titles(printed: tuple[Printed, ...]) -> frozenset[str]:
    """Return the words that are titles here: a name is left without them.

    A rank or a pilgrim's word (Хан, Ҳоҷӣ) may itself be the name; it goes only where surname,
    given name and father's name are there without it.
    """
    every = titles()
    own_words = [word(item.text, item.script) for item in printed]
    found = {own.text for own in own_words if own.text in every and not own.attested}
    rest = sum(1 for own in own_words if own.text not in found and not own.parent_word)
    weak = {text for text in found if every[text] not in _SURE_TITLES}
    if rest < FULL_NAME:
        found -= weak
    return frozenset(found) if rest > 1 else frozenset()


_SURE_TITLES = frozenset(("office", "academic", "respect"))
FULL_NAME = 3


def _split(item: Printed, own: Word, full: int) -> list[Token]:
    """Return the token of a word, or the tokens of its initials ("ИА", "Sh.", "И")."""
    text = item.text.rstrip("'")
    single = len(text) == 1 or (item.dot and len(text) <= LONGEST_INITIAL and _digraph(text))
    if single:
        return [Token(own, item, 0, initial_bits(text, printed=True))]
    if (
        len(text) == 2
        and full
        and (item.upper or item.dot)
        and text not in _SHORT_WORDS
        and item.script is Script.CYRILLIC
    ):
        return [
            Token(word(letter, item.script), item, 0, initial_bits(letter, printed=True))
            for letter in text
        ]
    return [Token(own, item, 0, 0)]


# Names and surnames of two letters: in capitals they look like two initials.
_SHORT_WORDS = frozenset(
    ("ян", "ия", "яр", "ли", "ан", "юн", "ом", "до", "по", "су", "ха", "хо", "цо", "ни", "пи", "ву")
)


def _digraph(text: str) -> bool:
    return text in _DIGRAPHS


_DIGRAPHS = frozenset(
    [
        "sh",
        "kh",
        "zh",
        "ch",
        "ts",
        "yu",
        "ya",
        "ye",
        "yo",
        "iu",
        "ia",
        "ie",
        "ju",
        "ja",
        "je",
        "jo",
        "dzh",
        "dj",
        "sch",
        "tch",
        "tsch",
        "shch",
        "gh",
        "дж",
        "дз",
    ]
)


def layouts_of(tokens: list[Token]) -> list[Layout]:
    """Return the ways to read the tokens, in no order."""
    full = [place for place, token in enumerate(tokens) if not token.initial]
    initials = [place for place, token in enumerate(tokens) if token.initial]
    if initials:
        return _with_initials(tokens, full, initials)
    marked = [place for place in full if tokens[place].child or tokens[place].word.father_marked]
    if len(full) == 1:
        return [Layout(0, -1, -1, 0.0), Layout(-1, 0, -1, 0.5)]
    if len(full) == 2:
        return _of_two(tokens, full)
    if len(full) > 3:
        return _of_many(tokens, full, marked)
    return _of_three(tokens, full)


def _with_initials(tokens: list[Token], full: list[int], initials: list[int]) -> list[Layout]:
    second = initials[1] if len(initials) > 1 else -1
    if not full:
        return [Layout(-1, initials[0], second, 0.0)]
    if len(full) == 1:
        return [Layout(full[0], initials[0], second, 0.0)]
    first, other = full[0], full[1]
    found = [
        Layout(first, other, initials[0], _as(tokens, first, other, -1)),
        Layout(other, first, initials[0], _as(tokens, other, first, -1) + 0.3),
    ]
    if tokens[other].word.father_marked or tokens[other].child:
        found.append(Layout(first, initials[0], other, 0.0))
    return found


def _of_two(tokens: list[Token], full: list[int]) -> list[Layout]:
    a, b = full
    order = _order(tokens, a)
    found = [
        Layout(a, b, -1, _as(tokens, a, b, -1)),
        Layout(b, a, -1, _as(tokens, b, a, -1) + order),
        Layout(-1, a, b, _as(tokens, -1, a, b) + FATHER_AS_SURNAME),
    ]
    if tokens[b].child or tokens[b].word.father_marked:
        found[2] = found[2]._replace(price=_as(tokens, -1, a, b))
    return found


def _of_three(tokens: list[Token], full: list[int]) -> list[Layout]:
    a, b, c = full
    marked = [tokens[place].word.father_marked or bool(tokens[place].child) for place in full]
    if marked == [False, False, True] and (
        tokens[a].word.surname_like or not tokens[b].word.surname_like
    ):
        return [Layout(a, b, c, 0.0)]
    if marked == [False, True, False] and not tokens[a].word.surname_like:
        return [Layout(c, a, b, 0.0)]
    comma = tokens[a].printed.place == "comma"
    return [
        Layout(a, b, c, _as(tokens, a, b, c)),
        Layout(
            c, a, b, _as(tokens, c, a, b) + OTHER_ORDER + _order(tokens, a) + _bare(tokens, full)
        ),
        Layout(b, a, c, _as(tokens, b, a, c) + 6.0 + (9.0 if comma else 0.0)),
    ]


def _bare(tokens: list[Token], full: list[int]) -> float:
    """Return the price of another order than surname, given name, father where no ending tells."""
    told = any(
        tokens[place].word.surname_like
        or tokens[place].word.father_marked
        or tokens[place].child
        or tokens[place].printed.upper
        for place in full
    )
    return 0.0 if told else BARE_ORDER


def _of_many(tokens: list[Token], full: list[int], marked: list[int]) -> list[Layout]:
    """Return layouts of four words or more: the marked word, or the third, is the father."""
    a, b, c = full[:3]
    if marked:
        father = marked[-1]
        rest = [place for place in full if place != father]
        found = [
            Layout(rest[0], place, father, _as(tokens, rest[0], place, father))
            for place in rest[1:3]
        ]
        found.append(
            Layout(rest[-1], rest[0], father, _as(tokens, rest[-1], rest[0], father) + OTHER_ORDER)
        )
        return found
    return [
        Layout(a, b, c, _as(tokens, a, b, c)),
        Layout(full[-1], a, b, _as(tokens, full[-1], a, b) + OTHER_ORDER),
        Layout(b, a, -1, _as(tokens, b, a, -1) + OTHER_ORDER),
    ]


def _order(tokens: list[Token], first: int) -> float:
    if tokens[first].printed.place == "comma":
        return 9.0
    return 0.7 if tokens[first].printed.script is Script.CYRILLIC else 0.0


def _as(tokens: list[Token], surname: int, given: int, father: int) -> float:
    """Return the price of reading these tokens in these slots."""
    uppers = [token.printed.upper for token in tokens if not token.initial]
    one_upper = sum(uppers) == 1 and len(uppers) > 1
    price = 0.0
    if surname >= 0:
        price += _as_surname(tokens[surname])
        if one_upper and not tokens[surname].printed.upper:
            price += 5.0
    if given >= 0:
        price += _as_given(tokens[given])
    if father >= 0:
        price += _as_father(tokens[father])
    return price


def _as_surname(token: Token) -> float:
    if token.child:
        return 6.0
    own = token.word
    if own.father_marked:
        return 3.5
    if own.surname_like:
        return 0.0
    return 2.5 if own.attested else 0.5


def _as_given(token: Token) -> float:
    own = token.word
    if own.father_marked or token.child:
        return 8.0
    if own.attested:
        return 0.0
    return 9.0 if own.surname_like else 2.5


def _as_father(token: Token) -> float:
    own = token.word
    if own.father_marked or token.child:
        return 0.0
    if own.surname_like:
        return 5.0
    return 1.0 if own.attested else 2.5
