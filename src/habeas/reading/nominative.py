"""The fullest spelling of a person in the nominative, as a page would head it.

Pages are not lemmatised: a nominative is only offered if all words of the name agree in one case
and gender with it, by the declension of the names room. What cannot be told stays as printed; the
spellings themselves are always kept as printed.
"""

from functools import lru_cache
from itertools import product
from typing import NamedTuple

from habeas.names.declension import ANY, FEMININE, MASCULINE, NOMINATIVE, nominatives
from habeas.names.letters import Script, script_of
from habeas.names.lexicon import UNKNOWN
from habeas.names.words import word
from habeas.reading.name_words import MAN, WOMAN, name_word

_MOST_OPTIONS = 6
# Bits by which a man's and a woman's reading must differ to tell them apart.
_DOUBT = 0.4
_MOST_WORDS = 4


class _Option(NamedTuple):
    """A nominative that a printed word may stand for, in some genders and cases, at a price."""

    text: str
    mask: int
    price: float


@lru_cache(maxsize=1 << 12)
def nominative(spelling: str, language: str, genders: int = 0) -> str:
    """Return a name in the nominative where that can be told, else as it is printed.

    `genders` is MAN or WOMAN where the text tells it: "Динару" is a man's dative or a woman's
    accusative, and stays as printed if nothing tells which.
    """
    words = spelling.split()
    if language in {"tg", "uz"}:
        return " ".join([*words[:-1], _bare(words[-1], language)])
    if language != "ru" or len(words) > _MOST_WORDS:
        return spelling
    allowed = {MAN: MASCULINE, WOMAN: FEMININE}.get(genders, ANY)
    found = {gender: _cheapest(words, allowed & gender) for gender in (MASCULINE, FEMININE)}
    man, woman = found[MASCULINE], found[FEMININE]
    if man is None or woman is None:
        best = man or woman
    elif man[1] != woman[1] and abs(man[0] - woman[0]) < _DOUBT:
        return spelling
    else:
        best = min(man, woman)
    return best[1] if best is not None else spelling


def _cheapest(words: list[str], allowed: int) -> tuple[float, str] | None:
    """Return the cheapest nominative of one gender, with its price."""
    best: tuple[float, str] | None = None
    for chosen in product(*map(_options, words)):
        mask = allowed
        for option in chosen:
            mask &= option.mask
        # Of two that agree, the one that leaves the name as printed is the simpler.
        price = sum(option.price for option in chosen) + (0.0 if mask & NOMINATIVE else 0.5)
        if mask and (best is None or price < best[0]):
            cased = (_cased(own, one.text) for own, one in zip(words, chosen, strict=True))
            best = price, " ".join(cased)
    return best


def _options(printed: str) -> list[_Option]:
    """Return what one printed word may be in the nominative."""
    lower = printed.lower()
    if (
        "." in lower
        or not lower.replace("-", "").isalpha()
        or script_of(lower) is not Script.CYRILLIC
    ):
        return [_Option(printed, ANY, 0.0)]
    own = word(lower, Script.CYRILLIC)
    found: list[_Option] = []
    if own.father_marked and not own.attested:
        found = [_Option(f.text, f.mask, f.price) for f in nominatives(lower, "father")]
    elif own.attested:
        forms = [f for f in own.given_forms if f.name.known is not UNKNOWN]
        found = [_Option(f.name.shown, f.mask, f.price) for f in forms]
    else:
        for paradigm in ("ov", "adj", "noun"):
            found += [_Option(f.text, f.mask, f.price) for f in nominatives(lower, paradigm)]
            if found:
                break
        found = [both for option in found for both in _by_gender(option)]
    unique = {(option.text, option.mask): option for option in found}
    ranked = sorted(unique.values(), key=lambda option: option.price)[:_MOST_OPTIONS]
    return ranked or [_Option(lower, ANY, 0.0)]


def _by_gender(option: _Option) -> list[_Option]:
    """Return the man's and the woman's surname: the tables give the man's for both."""
    found = []
    if option.mask & MASCULINE:
        found.append(option._replace(mask=option.mask & MASCULINE))
    if option.mask & FEMININE:
        text = option.text
        if text.endswith(("ов", "ев", "ёв", "ин", "ын")):
            text += "а"
        elif text.endswith(("ий", "ый", "ой")):
            text = text[:-2] + "ая"
        found.append(option._replace(text=text, mask=option.mask & FEMININE))
    return found


def of_spellings(spelling: str, spellings: tuple[str, ...], language: str, genders: int) -> str:
    """Return the nominative of a spelling, told by the other spellings of the text where it can be.

    "Амриддина Аловатшоева" beside "Аловатшоев" and "Амриддин" needs no guess.
    """
    if not language:
        return spelling
    alone = {one for one in spellings if " " not in one}
    printed = spelling.split()
    words = [
        min((one for one in alone if _shorter(one, own)), key=len, default=own) for own in printed
    ]
    # A word without its ending says that the others had endings too: "Бахрома Юлдашева" beside
    # "Юлдашев" is Бахром.
    whole = nominative(spelling, language, genders)
    told = whole.split()
    agrees = len(told) == len(words) and all(
        one == own for one, own, was in zip(told, words, printed, strict=True) if own != was
    )
    return whole if agrees and words != printed else nominative(" ".join(words), language, genders)


def _shorter(one: str, other: str) -> bool:
    """Return whether a word is another one without a Russian case ending."""
    return other.startswith(one) and 0 < len(other) - len(one) <= 2 and len(one) > 3


def _bare(printed: str, language: str) -> str:
    """Return a Tajik or Uzbek word without the endings that are written behind it."""
    base = name_word(printed.lower(), language).base
    return printed[: len(base)] if printed.lower().startswith(base) else printed


def _cased(printed: str, text: str) -> str:
    """Return `text` with the capitals of the printed word."""
    if printed.isupper() and len(printed) > 1:
        return text.upper()
    parts = text.split("-")
    return (
        "-".join(part[:1].upper() + part[1:] for part in parts) if printed[:1].isupper() else text
    )
