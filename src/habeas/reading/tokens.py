"""Cuts a text into words, numbers and marks, each with its place in the text as it was given.

The text itself is never changed: what is put right for looking a word up (case, apostrophes,
invisible characters, letters of the wrong script) goes into the token's `key` only.
"""

import re
import unicodedata
from functools import lru_cache

from habeas.names.letters import Script, unmask

WORD, NUMBER, SIGN = "w", "n", "m"
LOWER, CAPITAL, CAPITALS = 0, 1, 2


def word_set(written: str) -> frozenset[str]:
    """Return the words of a line as a set of keys."""
    return frozenset(written.replace("ё", "е").split())


LONGEST_WORD = 80
"""Letters of a word that are looked up; a longer one is no word."""

_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"
# Python counts superscript figures as letters.
_NO_LETTER = "\\W\\d_\u0640⁰¹²³⁴⁵⁶⁷⁸⁹½¼¾"
_LETTER = rf"[^{_NO_LETTER}]|[\u0300-\u036f\u02b0-\u02ff{_UNSEEN}]"
_TOKEN = re.compile(
    rf"(?P<w>[^{_NO_LETTER}](?:{_LETTER})*+(?:[’'‘`´ʻʼ\-‐‑](?=[^{_NO_LETTER}])(?:{_LETTER})++)*+)"
    r"|(?P<n>\d++(?:[.,:]\d++)*+)"
    r"|(?P<m>\S)"
)
_APOSTROPHES = dict.fromkeys(map(ord, "’‘`´ʻʼʹ′"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑"), "-")
_KEY = _APOSTROPHES | _DASHES | {ord("ё"): "е"}
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# Before these an apostrophe joins two words of French and Italian: l'Interno, d'un, qu'il.
_ELIDED = word_set(
    "l d qu j n s c m t jusqu lorsqu puisqu aujourd dell nell all dall sull quest un quell sant "
    "bell cos mezz tutt"
)
_POSSESSIVE = frozenset(("s",))


class Token:
    """A word, a number or a mark.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        text: the passage as it stands in the text.
        key: how it is looked up: lower case, one apostrophe, composed, nothing invisible.
        kind: WORD, NUMBER or SIGN.
        case: LOWER, CAPITAL (first letter), CAPITALS (two letters or more, all of them).
        after_blank: white space stands before it.
    """

    __slots__ = ("after_blank", "case", "end", "key", "kind", "start", "text")

    def __init__(self, start: int, text: str, kind: str, *, after_blank: bool) -> None:
        self.start = start
        self.end = start + len(text)
        self.text = text
        self.kind = kind
        self.after_blank = after_blank
        if kind == WORD:
            self.key, self.case = _looked_up(text)
        else:
            self.key, self.case = "'s" if text == "’s" else text, LOWER

    def __repr__(self) -> str:
        return f"{self.text}@{self.start}"


@lru_cache(maxsize=1 << 15)
def _looked_up(text: str) -> tuple[str, int]:
    """Return the key and the case of a word."""
    plain = text[:LONGEST_WORD]
    if not plain.isascii():
        plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", plain))
        plain = _own_script(plain)
    case = LOWER
    if plain[:1].isupper() or plain[:1].istitle():
        case = CAPITALS if len(plain) > 1 and plain == plain.upper() else CAPITAL
    return plain.lower().translate(_KEY), case


def _own_script(word: str) -> str:
    """Put letters that look alike into the script of the word ("Mосква" with a Latin M)."""
    if not any("\u0400" <= letter <= "\u052f" for letter in word):
        return word
    if not any(letter.isascii() and letter.isalpha() for letter in word):
        return word
    return unmask(word, Script.CYRILLIC)[0]


def tokens_of(text: str, offset: int = 0) -> list[Token]:
    """Return the tokens of a passage; `offset` is added to their places.

    Time is linear in the length of the passage.
    """
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, passage = match.start(), match.group()
        kind = match.lastgroup or SIGN
        blank = start > last or start == 0
        last = match.end()
        if kind == WORD and ("'" in passage or "’" in passage):
            found.extend(_at_apostrophe(passage, offset + start, after_blank=blank))
        else:
            found.append(Token(offset + start, passage, kind, after_blank=blank))
    return found


def _at_apostrophe(passage: str, start: int, *, after_blank: bool) -> list[Token]:
    """Cut "l'ambassade" and "Amon's" in two; leave "Naval'nyj" and "ma'lum" whole."""
    place = max(passage.find("'"), passage.find("’"))
    before, after = passage[:place], passage[place + 1 :]
    if before.lower() in _ELIDED and len(after) > 1:
        first = Token(start, passage[: place + 1], WORD, after_blank=after_blank)
        second = Token(start + place + 1, after, WORD, after_blank=False)
        return [first, second]
    if after.lower() in _POSSESSIVE:
        first = Token(start, before, WORD, after_blank=after_blank)
        second = Token(start + place, passage[place:], SIGN, after_blank=False)
        return [first, second]
    return [Token(start, passage, WORD, after_blank=after_blank)]


# Uzbek in Cyrillic is looked up in the tables of the Latin alphabet (law of the Republic of
# Uzbekistan of 6 May 1995 on the alphabet: the letters that stand for each other).
_UZBEK = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ж": "j", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "ъ": "'", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ў": "o'", "қ": "q", "ғ": "g'", "ҳ": "h", "ы": "i", "щ": "sh",
})  # fmt: skip
_YE = re.compile(r"(?:(?<=[аеиоуэюяў])|\b)е")


def latin_uzbek(key: str) -> str:
    """Return the key of an Uzbek word in the Latin alphabet, whatever it is written in."""
    if key.isascii():
        return key
    return _YE.sub("ye", key).replace("е", "e").translate(_UZBEK)
