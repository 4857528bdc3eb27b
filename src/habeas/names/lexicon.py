"""What is known about names: which are attested, which are one name, how common they are.

Reads `given_names.tsv`, `short_forms.tsv`, `name_elements.tsv`, `surnames.tsv`, `titles.tsv`, when
they are first needed, and keeps them by sound, so that every script finds the same name.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from math import log2
from typing import NamedTuple

from habeas.names.letters import Script
from habeas.names.romanise import Sound, first_reading
from habeas.names.tables_io import rows

_OPTIONS = {
    "O": "ou",
    "A": "ae",
    "E": "e",
    "H": "xg",
    "J": "Z",
    "1": "sS",
    "2": "zZ",
    "3": "cC",
    "4": "sz",
}
_MOST_KEYS = 12


class Known(NamedTuple):
    """What the tables say about a given name.

    Attributes:
        groups: names of the groups of equivalent spellings that it belongs to.
        short_of: groups that it is a short or pet form of.
        base_of: groups of longer names that have it inside (Иззат in Иззатулло).
        genders: bit 1 for men, bit 2 for women.
        per_million: bearers per million people of its language area.
    """

    groups: frozenset[str]
    short_of: frozenset[str]
    base_of: frozenset[str]
    genders: int
    per_million: float


_NONE: frozenset[str] = frozenset()
UNKNOWN = Known(_NONE, _NONE, _NONE, 3, 0.0)


def keys(sounds: str) -> list[str]:
    """Return the keys under which a name is kept: sounds of two values written out."""
    if sounds.isalpha() and sounds.translate(_NO_CHOICE) == sounds:
        return [sounds]
    choices = [_OPTIONS.get(sound, sound) for sound in sounds]
    found: list[str] = []
    for combination in product(*choices):
        found.append("".join(combination))
        if len(found) == _MOST_KEYS:
            break
    return found


_NO_CHOICE = str.maketrans(dict.fromkeys("OAEHJ"))
_GENDERS = {"m": 1, "f": 2, "u": 3}
_VOWELS = "aeiouAEO"


def father_stem(sounds: str) -> str:
    """Return a name as it stands in a patronymic: without its last vowels (Юрий, Юрьевич: `ur`)."""
    stem = sounds.rstrip(_VOWELS)
    return stem if len(stem) > 1 else sounds


# Names whose patronymic has another stem (Russian Grammar 1980, vol. 1, patronymics).
_IRREGULAR = {"pavel": "pavl", "lev": "lv", "yakov": "yakovl", "akov": "akovl", "pEtr": "petr"}


def stems(sounds: str) -> tuple[str, ...]:
    """Return the stems that a name may have in a patronymic."""
    own = father_stem(sounds)
    return (own, _IRREGULAR[sounds]) if sounds in _IRREGULAR else (own,)


class Lexicon:
    """The given names by sound; as themselves and as stems of patronymics."""

    def __init__(self) -> None:
        self._given: dict[str, Known] = {}
        self._father: dict[str, Known] = {}
        self._written: dict[str, Known] = {}
        self._also_short: dict[tuple[str, str], frozenset[str]] = {}
        self.initials: dict[str, int] = {}
        self.foreign: set[str] = set()
        self._weight: dict[str, float] = {}
        self._read_given()
        self._read_short()
        total = sum(self._weight.values()) or 1.0
        self.letter_bits = {
            letter: log2(total / weight) for letter, weight in self._weight.items() if weight
        }

    def given(self, sounds: str) -> Known | None:
        """Return what is known about a given name of these sounds."""
        return _first(self._given, sounds)

    def written(self, text: str) -> Known | None:
        """Return what is known about a name written exactly so, in lower case."""
        known = self._written.get(text)
        if known is None or known.short_of:
            return known
        sounds = _sounds(text, _script(text))
        short_of = _NONE.union(
            *(self._also_short.get((group, sounds), _NONE) for group in known.groups)
        )
        return known._replace(short_of=short_of) if short_of else known

    def father(self, stem: str) -> Known | None:
        """Return what is known about the given name behind a patronymic stem."""
        return _first(self._father, stem)

    def all_given(self) -> Iterator[tuple[str, Known]]:
        """Yield the sounds of all given names, values of doubtful sounds written out."""
        yield from self._given.items()

    def all_fathers(self) -> Iterator[tuple[str, Known]]:
        """Yield the stems of all names as they stand in patronymics, likewise."""
        yield from self._father.items()

    def sounds_without_group(self) -> Iterator[str]:
        """Yield the sounds of spellings that are themselves in no group, such as pet forms."""
        for text, known in self._written.items():
            if not known.groups:
                yield from keys(_sounds(text, _script(text)))

    def _read_given(self) -> None:
        columns = ("spelling", "gender", "group", "per_million", "languages", "source")
        table = list(rows("given_names", columns))
        common: dict[str, float] = {}
        for row in table:
            common[row[2]] = max(common.get(row[2], 0.0), float(row[3] or 0))
        made: dict[tuple[str, str], Known] = {}
        for spelling, gender, group, *_ in table:
            known = made.get((group, gender))
            if known is None:
                groups = frozenset((group,))
                known = Known(groups, _NONE, _NONE, _GENDERS[gender], common[group])
                made[group, gender] = known
            text = spelling.lower()
            self._add(_sounds(text, _script(text)), known)
            self._written[text] = _joined(self._written.get(text), known)
        self._read_initials(table)

    def _read_initials(self, table: list[tuple[str, ...]]) -> None:
        """Read what the Russian forms of names begin with, and how common each letter is."""
        printed: dict[str, list[tuple[float, str, bool]]] = {}
        spoken: dict[str, set[str]] = {}
        for spelling, _, group, share, languages, source in table:
            tongues = languages.split(",")
            spoken.setdefault(group, set()).update(tongues)
            if not _EAST_SLAVIC.issuperset(tongues):
                self.foreign.add(spelling.lower())
            letter = spelling[0].lower()
            if "\u0400" <= letter < "\u0530":
                rate = float(share or 0)
                russian = "ru" in tongues or source.startswith(("russian", "clerk"))
                printed.setdefault(group, []).append((rate, letter, russian))
                self._weight[letter.upper()] = self._weight.get(letter.upper(), 0.0) + rate
        for group, spellings in printed.items():
            self.initials[group] = _usual_initials(spellings)
        self.translated = frozenset(
            group for group, found in spoken.items() if "ru" in found and found & _TRANSLATED
        )

    def _read_short(self) -> None:
        columns = ("short", "gender", "groups", "kind")
        for short, gender, groups, kind in rows("short_forms", columns):
            names = frozenset(group.strip() for group in groups.split(",") if group.strip())
            inside = kind == "affixed"
            short_of, base_of = (_NONE, names) if inside else (names, _NONE)
            known = Known(_NONE, short_of, base_of, _GENDERS[gender], 0.0)
            text = short.lower()
            full = self._written.get(text)
            for group in full.groups if full else ():
                spelling = group, _sounds(text, _script(text))
                self._also_short[spelling] = self._also_short.get(spelling, _NONE) | short_of
            self._add(_sounds(text, _script(text)), known)
            self._written[text] = _joined(self._written.get(text), known)

    def _add(self, sounds: str, known: Known) -> None:
        for key in keys(sounds):
            self._given[key] = _joined(self._given.get(key), known)
        if known.genders & 1 and known.groups:
            for stem in stems(sounds):
                for key in keys(stem):
                    self._father[key] = _joined(self._father.get(key), known)


def _usual_initials(spellings: list[tuple[float, str, bool]]) -> int:
    """Return the initials that Russian officials print for a name: of its common Russian forms."""
    russian = [row for row in spellings if row[2]] or spellings
    most = max(rate for rate, _, _ in russian)
    letters = 0
    for rate, letter, _ in russian:
        if rate >= most * _USUAL_SHARE:
            letters |= initial_bits(letter)
    return letters


_USUAL_SHARE = 0.3
# Russian officials put Ukrainian and Belarusian given names into their Russian form (Микола,
# Николай); the names of other peoples they only spell.
_TRANSLATED = frozenset(("uk", "be"))
_EAST_SLAVIC = frozenset(("ru", "uk", "be"))


def _script(text: str) -> Script:
    """Return the script of a word of the tables, which hold no mixed ones."""
    first = text[:1]
    if first < "\u0400":
        return Script.LATIN
    return Script.CYRILLIC if first < "\u0530" else Script.PERSIAN


def _sounds(word: str, script: Script) -> str:
    return first_reading(word, script)


def _joined(one: Known | None, other: Known) -> Known:
    if one is None or one is other:
        return other
    return Known(
        one.groups | other.groups,
        one.short_of | other.short_of,
        one.base_of | other.base_of,
        one.genders | other.genders,
        max(one.per_million, other.per_million),
    )


def _first(table: dict[str, Known], sounds: str) -> Known | None:
    found: Known | None = None
    for key in keys(sounds):
        known = table.get(key)
        if known is not None:
            found = _joined(found, known)
    return found


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once per process."""
    return Lexicon()


def group_initials(groups: frozenset[str]) -> int:
    """Return the initials of the Cyrillic spellings of these groups, as bits."""
    letters = lexicon().initials
    found = 0
    for group in groups:
        found |= letters.get(group, 0)
    return found


_STYLE_DOUBT = 1.0
"""Bits: readings in less usual styles that are looked up beside the cheapest attested one."""


def look_up(sounds: tuple[Sound, ...], text: str = "", *, father: bool = False) -> Known:
    """Return what is known about a word: as it is written, else in its cheapest attested readings.

    The spelling goes first, since sounds alone take Юлия for Уля and Maria for Мара.
    """
    names = lexicon()
    exact = names.written(text) if text else None
    if exact is not None:
        # Sirin may be Ширин with the mark lost.
        lost = [names.given(sound) for sound, _ in sounds if "1" in sound or "2" in sound]
        return _joined(lost[0], exact) if lost and lost[0] else exact
    found: Known | None = None
    price = 99.0
    for sound, own in sounds:
        if own > price + _STYLE_DOUBT:
            break
        known = names.father(sound) if father else names.given(sound)
        if known is not None:
            found, price = _joined(found, known), min(price, own)
    # Sounds of a full name may be those of another one's short form (Walerija, Валера).
    return found._replace(short_of=frozenset()) if found and found.groups else found or UNKNOWN


@cache
def surname_rates() -> dict[str, float]:
    """Return bearers per million by the sounds of the masculine surname."""
    found: dict[str, float] = {}
    for stem, rate in rows("surnames", ("stem", "per_million")):
        for key in keys(_sounds(stem.lower(), _script(stem))):
            found[key] = max(found.get(key, 0.0), float(rate or 0))
    return found


@cache
def elements() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sounds of name elements that come and go: prefixes, suffixes, longest first."""
    found: dict[str, set[str]] = {"prefix": set(), "suffix": set()}
    for element, position in rows("name_elements", ("element", "position")):
        word = element.strip("-").lower()
        sounds = _sounds(word, _script(word))
        if position in found and len(sounds) > 1:
            found[position].update((sounds, *keys(sounds)))
    return (
        tuple(sorted(found["prefix"], key=len, reverse=True)),
        tuple(sorted(found["suffix"], key=len, reverse=True)),
    )


@cache
def titles() -> dict[str, str]:
    """Return the words that are printed with a name and are none, with their kind."""
    words = ((word.lower().rstrip("."), kind) for word, kind in rows("titles", ("word", "kind")))
    return {word: kind for word, kind in words if len(word) > 1}


# Initials: one bit per letter that Russian officials print.
_CLASSES = "абвгдежзиклмнопрстуфхцчшюя"
_LETTER = {letter: 1 << place for place, letter in enumerate(_CLASSES)}
_SAME_LETTERS = {
    "ё": "е", "э": "е", "є": "е", "й": "иея", "і": "и", "ї": "и", "ӣ": "и", "ы": "и", "қ": "к",
    "ғ": "г", "ґ": "г", "ҳ": "хг", "һ": "хг", "ҷ": "дчж", "ж": "жд", "ў": "уо", "ӯ": "у",
    "ү": "ую", "ұ": "у", "ө": "оуе", "ә": "аея", "щ": "ш", "ң": "н", "ј": "и", "г": "г",
}  # fmt: skip
_PRINTED_LETTERS = {"ё": "е", "э": "е", "й": "и", "щ": "ш", "ы": "и", "і": "и"}
# Beginnings of Latin names and the letters a Russian clerk gives the initial (from the styles of
# romanisations.tsv); longest first.
_LATIN_STARTS = {
    "shch": "ш", "tsch": "ч", "dsch": "дж", "sch": "шщ", "tch": "ч", "dzh": "дж", "iou": "ю",
    "sh": "ш", "kh": "х", "zh": "жд", "ch": "чшх", "ts": "цт", "tz": "ц", "ya": "я", "ia": "яи",
    "ja": "яджж", "yu": "ю", "iu": "юи", "ju": "юджж", "ye": "еэ", "ie": "еи", "je": "еджж",
    "yo": "еий", "io": "еи", "jo": "еиджж", "dj": "джж", "dz": "дз", "gh": "г", "ou": "уо",
    "o'": "уо", "g'": "г", "yo'": "юей", "yi": "и", "ph": "ф", "th": "тф", "wl": "в", "ul": "ув",
    "a": "а", "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "z": "зжц", "i": "и", "y": "ийе",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "сш", "t": "т",
    "u": "у", "f": "ф", "h": "хг", "c": "цчкд", "q": "кг", "x": "х", "w": "ву", "j": "джийюяе",
    "š": "ш", "ş": "ш", "ș": "ш", "ŝ": "ш", "č": "ч", "ç": "ч", "ž": "ж", "ż": "ж", "ə": "аея",
    "ä": "аея", "ö": "ое", "ü": "ую", "ı": "и", "û": "ю", "â": "я", "è": "е", "ë": "е",
    "é": "е", "ť": "т", "ł": "л", "đ": "дж",
}  # fmt: skip


def latin_starts() -> Iterator[str]:
    """Yield the beginnings of Latin names that have initials of their own."""
    yield from _LATIN_STARTS


_LONE_LATIN = {
    "i": "ияюе", "y": "иеюя", "j": "джиеюя", "k": "кх", "s": "сш", "z": "зжц", "t": "тцч",
    "c": "цчкд", "h": "хг", "g": "г", "d": "д", "q": "кг", "x": "хк", "w": "в", "u": "ую",
}  # fmt: skip
_ARABIC = {"ا": "аиоуе", "آ": "ао", "ع": "аиоуе", "ج": "джч", "ه": "хг", "ح": "хг", "ی": "ияюе"}


def _bits(letters: str) -> int:
    mask = 0
    for letter in letters:
        mask |= _LETTER.get(_PRINTED_LETTERS.get(letter, letter), 0)
    return mask


def initial_bits(word: str, *, printed: bool = False) -> int:
    """Return the initials under which a name may be printed, as bits; 0 if it has no such letter.

    Args:
        word: lower case, in any script.
        printed: the word is itself an initial, so a Cyrillic letter stands for itself.
    """
    first = word[:1]
    if "а" <= first <= "ԯ":
        if printed:
            return (
                _bits(first)
                | (_bits("джч") if first == "ҷ" else 0)
                | _bits(_SAME_LETTERS.get(first, first) if first > "я" else first)
            )
        return _bits(_SAME_LETTERS.get(first, first)) | (_bits("джч") if word[:2] == "дж" else 0)
    if first in _ARABIC:
        return _bits(_ARABIC[first])
    if printed and len(word) == 1 and first in _LONE_LATIN:
        return _bits(_LONE_LATIN[first])
    for length in (4, 3, 2, 1):
        letters = _LATIN_STARTS.get(word[:length])
        if letters is not None:
            return _bits(letters)
    sounds = _sounds(first, _script(first))
    return _bits(_SOUND_LETTERS.get(sounds[:1], ""))


# The letter that a Russian clerk gives a sound, for Latin letters that no row above begins with.
_SOUND_LETTERS = dict(
    zip("abvgdeziklmnoprstufEAHJSCZcx", "абвгдезиклмнопрстуфеахдшчжцх", strict=True)
)
