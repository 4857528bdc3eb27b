"""What a single capitalised word tells about being part of a person's name.

Uses the given names, the endings of surnames and patronymics, and the case endings of the names
room; western given names, which officials of the field seldom print but articles do, are added from
the table of words. Nothing is lemmatised: a word counts as a name if a name's form equals it.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from habeas.names.letters import Script, script_of
from habeas.names.words import Word, word
from habeas.reading.phrases import words_of

MAN, WOMAN = 1, 2
_KEPT = 1 << 15
_LONGEST = 40

# What Tajik and Uzbek write behind a name: -ро, -и, -ҳо; -ning, -ga, -ni, -da, -dan, -lar.
_TAJIK = re.compile(r"(.{3,}?)(?:ро|ҳо|ҳоро|рову|ву|ам|аш|и|е)$")
_UZBEK = re.compile(
    r"(.{3,}?)(?:lar)?(?:ning|нинг|ga|га|ka|qa|ni|ни|dan|дан|da|да|niki|dek|day|gacha|dagi|lik)$"
)
_UZBEK_OBJECT = re.compile(r"(.{5,}?)(?:ning|нинг|dan|дан|ga|га|ni|ни)$")
_CYRILLIC_SURNAME = re.compile(
    r".{2,}(?:ов|ев|ёв|ова|ева|ёва|ову|еву|ым|ова|овым|евым|овой|евой|ове|еве|овых|евых|овы|евы|"
    r"зода|зоде|зоду|зоды|заде|зодаро|енко|швили|дзе|оглы|уулу|оғлу|нко|ян|яна|яну|янц)$"
)
_LATIN_SURNAME = re.compile(
    r".{2,}(?:ov|ev|yev|oev|ova|eva|yeva|oeva|zoda|zade|zadeh|enko|shvili|dze|sky|ski|skaya|ska|skiy|"
    r"off|nejad|zad|oğlu|oglu|ogly|ovich|evich|ovna|evna|uulu)$"
)
_ADJECTIVES = re.compile(r".+(?:ский|ского|ском|ским|ской|ская|скую|ские|ских|цкий|ный|ого|ому)$")


class NameWord(NamedTuple):
    """What is known about one word.

    Attributes:
        given: it is a given name, in some case.
        father: it has the ending of a patronymic.
        surname: it has an ending that surnames have.
        genders: MAN, WOMAN, both, or 0, as far as it tells.
        base: the word without what Tajik or Uzbek writes behind a name.
    """

    given: bool
    father: bool
    surname: bool
    genders: int
    base: str

    @property
    def sign(self) -> bool:
        """Whether anything shows that it is part of a name."""
        return self.given or self.father or self.surname


_NOTHING = NameWord(given=False, father=False, surname=False, genders=0, base="")


@lru_cache(maxsize=_KEPT)
def name_word(key: str, language: str = "") -> NameWord:
    """Return what is known about a word; `key` as tokens have it, in its own script."""
    if not 2 <= len(key) <= _LONGEST:
        return _NOTHING._replace(base=key)
    found = _of(key)
    if found.given or found.father:
        return found
    ending = {"tg": _TAJIK, "uz": _UZBEK}.get(language)
    if ending is not None and (shorter := ending.match(key)):
        base = _of(shorter[1])
        if base.sign:
            return base
    if language == "tg" and key.endswith("ро") and len(key) > 6:
        # An unknown name with the object ending, which hardly any name ends in by itself.
        return found._replace(base=key[:-2])
    if language == "uz" and (object_ := _UZBEK_OBJECT.match(key)):
        return found._replace(base=object_[1])
    return found


def _of(key: str) -> NameWord:
    own = word(key, script_of(key))
    western = key in _western() or (not key.isascii() and _plain(key) in _western())
    given = western or own.attested
    father = own.father_marked and not own.attested
    surname = bool(
        (_CYRILLIC_SURNAME if own.script is Script.CYRILLIC else _LATIN_SURNAME).match(key)
    )
    return NameWord(given, father, surname, _genders(own, surname=surname), key)


def _genders(own: Word, *, surname: bool) -> int:
    """Return the gender that a word tells: by the given name, the patronymic, or -ова, -eva."""
    if own.attested:
        known = own.known.genders
        if own.known.groups:
            return known
        return known
    masks = [mask for _, mask in own.father_endings]
    if masks:
        man = any(mask & 0b111111 for mask in masks)
        woman = any(mask >> 6 for mask in masks)
        return (MAN if man else 0) | (WOMAN if woman else 0)
    if surname and re.search(r"(?:ова|ева|ёва|овой|евой|ову|еву|ova|eva|skaya|ская)$", own.text):
        # "Курбонову" may be his dative; "Курбонова" his genitive: only the rest tells.
        return WOMAN if re.search(r"(?:ova|eva|skaya)$", own.text) else MAN | WOMAN
    if surname and re.search(r"(?:ов|ев|ёв|ov|ev|yev)$", own.text):
        return MAN
    return 0


def _plain(key: str) -> str:
    """Return a Latin word without its accents: "agnès" is Agnes."""
    apart = unicodedata.normalize("NFD", key)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def _western() -> frozenset[str]:
    return words_of("en", "given") | words_of("ru", "given")


@lru_cache(maxsize=_KEPT)
def is_given(key: str) -> bool:
    """Return whether a word is a given name, in some case."""
    return name_word(key).given


def adjective(key: str) -> bool:
    """Return whether a Russian word has the ending of an adjective, as names of courts have."""
    return bool(_ADJECTIVES.match(key))
