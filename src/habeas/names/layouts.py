"""The words of a printed name as tokens, and the orders in which they may be its parts.

Each layout says which token is the surname, the given name and the father's name, with a price in
bits for how unusual that order, or that use of a word, is.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from habeas.names.lazily import lazily
from habeas.names.letters import Printed, Script, lone_word, words_of
from habeas.names.lexicon import initial_bits, lexicon, titles
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


class Piece:
    """What stands between two spaces of a plain name: its words, their tokens and shapes."""

    def __init__(self, printed: tuple[Printed, ...], tokens: tuple[Token, ...]) -> None:
        self.printed = printed
        self.tokens = tokens

    @lazily
    def shapes(self) -> tuple[int, ...]:
        """What the layouts ask about each token."""
        return tuple([shape_of(token) for token in self.tokens])


@lru_cache(maxsize=1 << 17)
def piece_of(text: str, home: Script) -> Piece | None:
    """Return a piece of a plain name (`letters.pieces`).

    None, if how it is read depends on its neighbours: it may be a title, a word for son or
    daughter, half of a word written apart, or two initials without full stops.
    """
    printed = (lone_word(text, home),) if text.isalpha() else words_of(text, home)
    found: list[Token] = []
    for item in printed:
        own = word(item.text, item.script)
        if item.text in _BESIDE or item.text in titles() or own.parent_word:
            return None
        tokens = _split(item, own, 1)
        if len(tokens) > 1:
            return None
        found += tokens
    return Piece(printed, tuple(found))


def tokens_of(printed: tuple[Printed, ...]) -> list[Token]:
    """Return the tokens of a name: titles gone, words for son and daughter joined to the father."""
    found: list[Token] = []
    skip = _titles(printed)
    full = sum(1 for item in printed if len(item.text) > LONGEST_INITIAL)
    child = 0
    for place, item in enumerate(printed):
        own = word(item.text, item.script)
        if item.text in skip:
            continue
        last = found[-1] if found and not found[-1].initial else None
        if last is not None and _belongs(last.word, item):
            found[-1] = last._replace(word=word(last.word.text + item.text, item.script))
        elif last is not None and own.before_father and place + 1 < len(printed):
            child = own.parent_word
        elif last is not None and own.parent_word:
            found[-1] = last._replace(child=own.parent_word)
        else:
            tokens = _split(item, own, full)
            if child and not tokens[0].initial:
                tokens[0] = tokens[0]._replace(child=child)
            child = 0
            found.extend(tokens)
    return found


def _belongs(last: Word, item: Printed) -> bool:
    """Whether a word is the rest of the word before it (Абдул Рахим, اف after a Persian stem)."""
    if item.text in _PERSIAN_ENDINGS or (
        item.text.startswith(_ARABIC_ARTICLE) and last.script is Script.PERSIAN
    ):
        return True
    return last.text in BEGINNINGS and len(item.text) > LONGEST_INITIAL - 1 and not item.dot


# First halves of Arabic names that are often written apart; alone they are no name.
BEGINNINGS = frozenset(
    [
        "абу",
        "абд",
        "абду",
        "абдул",
        "абдель",
        "абдуль",
        "абди",
        "abu",
        "abd",
        "abdu",
        "abdul",
        "abdel",
        "abdoul",
    ]
)
_ARABIC_ARTICLE = "ال"
"""With it begins what is the rest of the name before it: نعمت الله, Неъматулло."""
# Endings of surnames that Persian print sets apart: -ов, -ова, -зода.
_PERSIAN_ENDINGS = frozenset(("اف", "اوف", "اوا", "زاده"))


_BESIDE = BEGINNINGS | _PERSIAN_ENDINGS


def _titles(printed: tuple[Printed, ...]) -> frozenset[str]:
    """Return the words that are titles here: a name is left without them.

    A rank or a pilgrim's word (Хан, Ҳоҷӣ) may itself be the name; it goes only where surname,
    given name and father's name are there without it.
    """
    every = titles()
    own_words = [word(item.text, item.script) for item in printed]
    named = lexicon().written
    found = {own.text for own in own_words if own.text in every and named(own.text) is None}
    rest = sum(1 for own in own_words if own.text not in found and not own.parent_word)
    if rest < FULL_NAME:
        found = {text for text in found if every[text] in _SURE_TITLES}
    return frozenset(found) if rest > 1 else frozenset()


def untitled(printed: tuple[Printed, ...]) -> tuple[Printed, ...]:
    """Return a name without a pilgrim's word that may be a name, if two others are left; else none.

    Ҳоҷӣ is mostly a title; a word of respect (Бобо, Азамат) beside two names is mostly a name.
    """
    every = titles()
    left = tuple(item for item in printed if every.get(item.text) != "pilgrim")
    if len(left) == len(printed):
        return ()
    names = [
        token
        for token in tokens_of(left)
        if not (token.initial or token.child or token.word.father_marked)
    ]
    return left if len(names) > 1 else ()


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
        and text not in SHORT_WORDS
        and item.script is Script.CYRILLIC
    ):
        return [
            Token(word(letter, item.script), item, 0, initial_bits(letter, printed=True))
            for letter in text
        ]
    return [Token(own, item, 0, 0)]


# Names and surnames of two letters: in capitals they look like two initials.
SHORT_WORDS = frozenset(
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


CHILD, INITIAL, FATHER, SURNAME, GIVEN, UPPER, COMMA, CYRILLIC = (1 << bit for bit in range(8))
"""What is asked about a token, as bits: a word for son or daughter follows; it is an initial; it
has the ending of a patronymic, or that of a surname; it is a known given name; it is in capitals; a
comma follows; its script is Cyrillic."""


def shape_of(token: Token) -> int:
    """Return what the layouts ask about a token, as bits."""
    if token.initial:
        return INITIAL
    own, printed = token.word, token.printed
    return (
        (FATHER if own.father_marked else 0)
        | (SURNAME if own.surname_like else 0)
        | (GIVEN if own.attested else 0)
        | (CHILD if token.child else 0)
        | (UPPER if printed.upper else 0)
        | (COMMA if printed.place == "comma" else 0)
        | (CYRILLIC if printed.script is Script.CYRILLIC else 0)
    )


READINGS_KEPT = 5
PRUNED = 8.0


def layouts_of(tokens: Sequence[Token]) -> tuple[Layout, ...]:
    """Return the ways to read the tokens, the cheapest first.

    The prices are what each costs beyond the cheapest; at most READINGS_KEPT are kept.
    """
    if sum([not token.initial for token in tokens]) <= 1:
        return alone(tuple([token.initial for token in tokens]))
    return layouts_of_shapes(tuple([shape_of(token) for token in tokens]))


def alone(initials: tuple[int, ...]) -> tuple[Layout, ...]:
    """Return the layouts of one word in full, or none, among initials (0 for the word).

    No word has to be told from another one, so that nothing is asked about it.
    """
    return layouts_of_shapes(tuple([INITIAL if letters else 0 for letters in initials]))


@lru_cache(maxsize=1 << 14)
def layouts_of_shapes(shapes: tuple[int, ...]) -> tuple[Layout, ...]:
    """Return the ways to read tokens of these shapes; see `layouts_of`."""
    found = sorted(_all_layouts(shapes), key=lambda layout: layout.price)[:READINGS_KEPT]
    least = found[0].price if found else 0.0
    return tuple(
        layout._replace(price=layout.price - least)
        for layout in found
        if layout.price - least < PRUNED
    )


def _all_layouts(shapes: tuple[int, ...]) -> list[Layout]:
    """Return the ways to read tokens of these shapes, in no order."""
    full = [place for place, shape in enumerate(shapes) if not shape & INITIAL]
    initials = [place for place, shape in enumerate(shapes) if shape & INITIAL]
    if initials:
        return _with_initials(shapes, full, initials)
    if len(full) == 1:
        return [Layout(0, -1, -1, 0.0), Layout(-1, 0, -1, 0.5)]
    if len(full) == 2:
        return _of_two(shapes, full)
    if len(full) > 3:
        return _of_many(shapes, full)
    return _of_three(shapes, full)


def _is_father(shape: int) -> bool:
    return bool(shape & (CHILD | FATHER))


def _with_initials(shapes: tuple[int, ...], full: list[int], initials: list[int]) -> list[Layout]:
    second = initials[1] if len(initials) > 1 else -1
    if not full:
        return [Layout(-1, initials[0], second, 0.0)]
    if len(full) == 1:
        return [Layout(full[0], initials[0], second, 0.0)]
    first, other = full[0], full[1]
    found = [
        Layout(first, other, initials[0], _as(shapes, first, other, -1)),
        Layout(other, first, initials[0], _as(shapes, other, first, -1) + 0.3),
    ]
    if _is_father(shapes[other]):
        found.append(Layout(first, initials[0], other, 0.0))
    return found


def _of_two(shapes: tuple[int, ...], full: list[int]) -> list[Layout]:
    a, b = full
    found = [
        Layout(a, b, -1, _as(shapes, a, b, -1)),
        Layout(b, a, -1, _as(shapes, b, a, -1) + _order(shapes[a])),
        Layout(-1, a, b, _as(shapes, -1, a, b) + FATHER_AS_SURNAME),
    ]
    if _is_father(shapes[b]):
        found[2] = found[2]._replace(price=_as(shapes, -1, a, b))
    elif shapes[a] & CHILD:  # Бакыт уулу Азамат is the son of Бакыт
        found[2] = Layout(-1, b, a, _as(shapes, -1, b, a))
    return found


def _of_three(shapes: tuple[int, ...], full: list[int]) -> list[Layout]:
    a, b, c = full
    marked = [_is_father(shapes[place]) for place in full]
    if marked == [False, False, True] and (shapes[a] & SURNAME or not shapes[b] & SURNAME):
        return [Layout(a, b, c, 0.0)]
    if marked == [False, True, False] and not shapes[a] & SURNAME:
        return [Layout(c, a, b, 0.0)]
    bare = 0.0 if any(map(_told, shapes)) else BARE_ORDER
    return [
        Layout(a, b, c, _as(shapes, a, b, c)),
        Layout(c, a, b, _as(shapes, c, a, b) + OTHER_ORDER + _order(shapes[a]) + bare),
        Layout(b, a, c, _as(shapes, b, a, c) + 6.0 + (9.0 if shapes[a] & COMMA else 0.0)),
    ]


def _told(shape: int) -> bool:
    """Whether an ending or capitals tell which part of the name a word is."""
    return bool(shape & (SURNAME | FATHER | CHILD | UPPER))


def _of_many(shapes: tuple[int, ...], full: list[int]) -> list[Layout]:
    """Return layouts of four words or more: the marked word, or the third, is the father."""
    a, b, c = full[:3]
    marked = [place for place in full if _is_father(shapes[place])]
    if marked:
        father = marked[-1]
        rest = [place for place in full if place != father]
        found = [
            Layout(rest[0], place, father, _as(shapes, rest[0], place, father))
            for place in rest[1:3]
        ]
        found.append(
            Layout(rest[-1], rest[0], father, _as(shapes, rest[-1], rest[0], father) + OTHER_ORDER)
        )
        return found
    return [
        Layout(a, b, c, _as(shapes, a, b, c)),
        Layout(full[-1], a, b, _as(shapes, full[-1], a, b) + OTHER_ORDER),
        Layout(b, a, -1, _as(shapes, b, a, -1) + OTHER_ORDER),
    ]


def _order(first: int) -> float:
    if first & COMMA:
        return 9.0
    return 0.7 if first & CYRILLIC else 0.0


def _as(shapes: tuple[int, ...], surname: int, given: int, father: int) -> float:
    """Return the price of reading these tokens in these slots."""
    uppers = [bool(shape & UPPER) for shape in shapes if not shape & INITIAL]
    one_upper = sum(uppers) == 1 and len(uppers) > 1
    price = 0.0
    if surname >= 0:
        price += _as_surname(shapes[surname])
        if one_upper and not shapes[surname] & UPPER:
            price += 5.0
    if given >= 0:
        price += _as_given(shapes[given])
    if father >= 0:
        price += _as_father(shapes[father])
    return price


def _as_surname(shape: int) -> float:
    if shape & CHILD:
        return 7.5
    if shape & FATHER:
        return 3.5
    if shape & SURNAME:
        return 0.0
    return 2.5 if shape & GIVEN else 0.5


def _as_given(shape: int) -> float:
    if _is_father(shape):
        return 8.0
    if shape & GIVEN:
        return 0.0
    return 9.0 if shape & SURNAME else 2.5


def _as_father(shape: int) -> float:
    if _is_father(shape):
        return 0.0
    if shape & SURNAME:
        return 5.0
    return 1.0 if shape & GIVEN else 2.5
