"""From what is printed to clean words: scripts, look-alike letters, invisible characters.

Reads nothing but its argument. What comes out is for comparing only; the text as printed stays
with whoever printed it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from habeas.errors import NameTooLong, NothingToCompare

LONGEST_NAME = 1000
"""Characters. A longer text is a page, not a name."""


class Script(StrEnum):
    """The script that a word is written in."""

    LATIN = "Latin"
    CYRILLIC = "Cyrillic"
    PERSIAN = "Persian"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Printed:
    """One word of a printed name.

    Attributes:
        text: lower case, look-alikes put into the word's own script, apostrophes as '.
        script: the script after that.
        upper: all its letters were capitals (two letters or more).
        dot: a full stop follows at once, as after an initial.
        place: "", "comma" (a comma follows), "brackets" (it stands in brackets), or "opening" (it
            is the first word there, or after a semicolon there).
    """

    text: str
    script: Script
    upper: bool
    dot: bool
    place: str

    @property
    def bracketed(self) -> bool:
        """Whether the word stands in brackets."""
        return self.place in (OPENING, BRACKETS)


OPENING, BRACKETS = "opening", "brackets"


# U+02BB, U+02BC, curly quotes, grave, acute, primes: all are printed for the Uzbek and Ukrainian
# apostrophe and for hard and soft signs.
APOSTROPHES = 'ʻʼʽʾʿˈˊˋ‘’‛`´ʹʺ′″‵＇“”"ꞌ'
DASHES = "‐‑‒–—―−﹣－"
_SAME = (
    {ord(mark): "'" for mark in APOSTROPHES} | {ord(dash): "-" for dash in DASHES} | {ord("№"): " "}
)
_WORD = re.compile(r"([^\W_]+(?:['\-][^\W_]+)*'?)(\.?)(\s*,)?|([(\[])|([)\]])|;")
# Letters that every normal form leaves as they are: basic Latin and its common accented letters,
# and Cyrillic without its combining marks.
_LATIN = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148"
    "\u014a-\u017e\u018f\u0259"
)
_CYRILLIC = "\u0400-\u0481\u048a-\u04ff"
# Cyrillic, and no Latin letter that does not look like a Cyrillic one.
_MAY_BE_CYRILLIC = re.compile(
    rf"(?=.*[{_CYRILLIC}])[{_CYRILLIC}aceopxyikABCEHIKMOPTXY\W\d_]*\Z", re.DOTALL
)
_PLAIN = re.compile(rf"[\x20\x21\x23-\x5f\x61-\x7e{_LATIN}{_CYRILLIC}]*\Z")
_CYRILLIC_WORD = re.compile(rf"[{_CYRILLIC}'\-]+\Z")
# Names of one script and no marks but these: what stands between two spaces can be read by itself.
_ONE_SCRIPT = re.compile(rf"(?:(?P<c>[{_CYRILLIC}' .,\-]+)|[{_LATIN}' .,\-]+)\Z")

# Letters that look alike in both scripts (Unicode confusables, the pairs that occur in print), and
# the figures typed for letters.
_TO_CYRILLIC = str.maketrans("aceopxyikABCEHIKMOPTXY03", "асеорхуікАВСЕНІКМОРТХУоз")
_GREEK = re.compile("[\u0370-\u03ff]")
_FROM_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ", "ABEZHIKMNOPTYXaikvopyx")
_TO_LATIN = str.maketrans("асеорхуікАВСЕНІКМОРТХУ0", "aceopxyikABCEHIKMOPTXYo")


def clean(text: str) -> str:
    """Return `text` composed, without invisible characters, with one apostrophe and one dash.

    Raises:
        NameTooLong: more than LONGEST_NAME characters.
    """
    if len(text) > LONGEST_NAME:
        raise NameTooLong(len(text), LONGEST_NAME)
    if _PLAIN.match(text):
        return text
    # A number sign would become the letters "No".
    # An invisible mark between a letter and its accent must not keep them apart, so it goes first.
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    composed = unicodedata.normalize("NFKC", seen.translate(_SAME)).translate(_SAME)
    return "".join(
        " " if kind == "Cc" else letter
        for letter in composed
        if (kind := unicodedata.category(letter)) not in ("Cf", "Mn", "Me", "Cs", "Co")
    )


def script_of(word: str) -> Script:
    """Return the script of most letters of `word`."""
    counts = {Script.CYRILLIC: 0, Script.LATIN: 0, Script.PERSIAN: 0}
    for letter in word:
        code = ord(letter)
        if 0x400 <= code <= 0x52F:
            counts[Script.CYRILLIC] += 1
        elif code < 0x250 or 0x1E00 <= code <= 0x1EFF:
            counts[Script.LATIN] += letter.isalpha()
        elif 0x600 <= code <= 0x6FF:
            counts[Script.PERSIAN] += 1
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else Script.OTHER


def unmask(word: str, home: Script) -> tuple[str, Script]:
    """Return `word` with look-alike letters put into its own script, and that script.

    A word that only holds letters found in both scripts is taken to be in `home`, the script of
    the text around it.
    """
    if word.isascii() and home is not Script.CYRILLIC:
        return word, Script.LATIN
    if home is Script.CYRILLIC and _CYRILLIC_WORD.match(word):
        return word, Script.CYRILLIC
    if _GREEK.search(word):
        word = word.translate(_FROM_GREEK)
    script = script_of(word)
    if script in (Script.PERSIAN, Script.OTHER):
        return word, script
    if script is Script.CYRILLIC or home is Script.CYRILLIC or not word.isascii():
        changed = word.translate(_TO_CYRILLIC) if not word.isalpha() or _has_latin(word) else word
        if script_of(changed) is Script.CYRILLIC and not _has_latin(changed):
            return changed, Script.CYRILLIC
    return word.translate(_TO_LATIN), Script.LATIN


def _has_latin(word: str) -> bool:
    return any(letter < "\u0250" and letter.isalpha() for letter in word)


def pieces(text: str) -> tuple[Script, list[str]] | None:
    """Return the script of a plain name, and what stands between its spaces; None if it is not.

    The words of such a name are those of its pieces (`words_of`), one after the other.
    """
    found = _ONE_SCRIPT.match(text)
    if found is None or len(text) > LONGEST_NAME or " ," in text:
        return None
    return (Script.LATIN if found["c"] is None else Script.CYRILLIC), text.split(" ")


def words(text: str) -> tuple[Printed, ...]:
    """Return the words of a printed name, in order.

    Raises:
        NameTooLong: more than LONGEST_NAME characters.
        NothingToCompare: no word with a letter.
    """
    cleaned = clean(text)
    home = Script.CYRILLIC if _MAY_BE_CYRILLIC.match(cleaned) else script_of(cleaned)
    found = words_of(cleaned, home)
    if not found:
        raise NothingToCompare(text)
    return found


def words_of(cleaned: str, home: Script) -> tuple[Printed, ...]:
    """Return the words of a clean text that is mostly in one script; empty if there are none."""
    found: list[Printed] = []
    depth = 0
    inside = OPENING
    for match in _WORD.finditer(cleaned):
        word, dot, comma, opening, closing = match.groups()
        if opening:
            depth, inside = depth + 1, OPENING
        elif closing:
            depth = max(0, depth - 1)
        elif not word:
            inside = OPENING
        elif not word.isdigit():
            place = inside if depth else "comma" if comma else ""
            inside = BRACKETS if depth else inside
            found.append(_printed(word, home, bool(dot), place))
    return tuple(word for word in found if word.script is not Script.OTHER)


def lone_word(word: str, home: Script) -> Printed:
    """Return a word of a clean text in one script, of letters alone, with no mark after it."""
    return _printed(word, home, False, "")  # noqa: FBT003


def _printed(word: str, home: Script, dot: bool, place: str) -> Printed:  # noqa: FBT001
    lower, script, upper = _settled(word, home)
    return Printed(lower, script, upper, dot, place)


@lru_cache(maxsize=1 << 17)
def _settled(word: str, home: Script) -> tuple[str, Script, bool]:
    """Return a word in lower case and its own script, that script, and whether it was capitals."""
    own, script = unmask(word, home)
    upper = len(own) > 1 and own == own.upper() != own.lower()
    lower = own.lower()
    if not lower.isascii():
        lower = "".join(letter for letter in lower if letter != "\u0307")
    return lower, script, upper
