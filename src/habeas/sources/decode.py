"""Bytes to text as carefully as the bytes deserve: which charset was declared, which was used.

Court portals send windows-1251 under wrong headers, ministries send UTF-8 without any, and some
servers encode UTF-8 twice. The bytes are kept as they are; this is only about reading them.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_META = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
# The declaration of an XML document (XML 1.0, section 2.8): feeds, sitemaps.
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.-]{2,40})["']""")
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The charset of a page is declared within its first 1024 bytes (HTML standard, 4.2.5.4); saved
# court pages put scripts before it, so we look further.
_META_WITHIN = 4096
# The standard's rule: pages that say latin-1 mean windows-1252 (WHATWG Encoding, section 4.2).
_MEANT = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "us-ascii": "windows-1252"}
_GUESSES = ("utf-8", "windows-1251", "koi8-r", "cp866", "windows-1252")
# Declared by servers whatever the page is written in, or easily mistaken for one another.
_DOUBTED = frozenset({"utf-8", "utf8", "windows-1252", "windows-1251", "cp1251", "koi8-r", "cp866"})
# Codecs of Python that decode text of a page; "hex" or "unicode_escape" in a header are not meant.
_TEXT_CODECS = (
    "cp", "iso8859", "koi8", "mac-", "utf-8", "utf-16", "gb", "big5", "euc", "shift_jis", "ascii",
    "kz1048", "ptcp154", "tis-620",
)  # fmt: skip
# Measured on 31 saved pages in three charsets: at most 0.02 in the own charset, at least 0.05 in
# any other (capitals for small letters; there are few signs of that in running text).
_PLAUSIBLE = 0.03
# The code of administrative offences, КоАП, stands in every row of the courts' lists.
_CAPITAL_INSIDE = re.compile("(?:[а-нп-яё]|(?<!К)о)[А-ЯЁ]")
_HIGH = re.compile(rb"[\x80-\xff]+[A-Za-z]?")
_STEP = 2048
_WIDE = ("utf-16", "utf16", "utf-32", "utf32")
# UTF-8 Cyrillic read as a one-byte charset begins almost every letter with one of these.
_TWICE = re.compile("(?:[ÐÑÒÓ][\x80-\xbf\u2018-\u203a\u0152-\u017e\u02c6-\u02dc\u20ac\u2122]){4}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the log of how it was obtained.

    Attributes:
        text: the characters.
        declared: the charset that the header or the page names, lower case, or empty.
        used: the charset that was used.
        replacements: how many U+FFFD stand for bytes that could not be read.
        twice: True where UTF-8 had been encoded a second time and this was undone.
    """

    text: str
    declared: str
    used: str
    replacements: int
    twice: bool = False


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Return the text of `body`.

    Valid UTF-8 with letters beyond ASCII is UTF-8 whatever is declared: other encodings practically
    never form valid multi-byte sequences. Otherwise the declared charset counts, header before page
    (HTML standard), unless it leaves holes that a Cyrillic charset does not.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            text = body[len(bom) :].decode(charset, "replace")
            return Decoded(text, charset, charset, text.count("\ufffd"))
    declared = _declared(body, content_type)
    if b"\0" in body[:256] and (wide := _wide(body[:256])):
        text = body.decode(wide, "replace")
        return Decoded(text, declared, wide, text.count("\ufffd"))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        # A page cut inside a letter, or with a few bad bytes, is still UTF-8: one-byte Cyrillic
        # hardly ever forms a valid sequence, so the letters outnumber the holes.
        text = body.decode("utf-8", "replace")
        holes = text.count("\ufffd")
        if len(body) - len(text) > 4 * holes:
            return Decoded(text, declared, "utf-8", holes)
        return _one_byte(body, declared)
    # The two letters that stand before most Cyrillic ones when UTF-8 is read as Latin-1; looking
    # for them first spares most pages the regular expression.
    if ("Ð" in text or "Ñ" in text) and _TWICE.search(text):
        return _undo_twice(text, declared)
    used = declared if text.isascii() and declared else "utf-8"
    return Decoded(text, declared, used, text.count("\ufffd"))


def _wide(head: bytes) -> str:
    """Return the UTF-16 of ASCII letters without a byte order mark, empty if it is not that."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head) or min(even, odd):
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _declared(body: bytes, content_type: str) -> str:
    header = _HEADER.search(content_type)
    if header:
        return header.group(1).lower()
    meta = _XML.match(body[:_META_WITHIN]) or _META.search(body[:_META_WITHIN])
    return meta.group(1).decode("ascii").lower() if meta else ""


def _one_byte(body: bytes, declared: str) -> Decoded:
    """Decode bytes that are not UTF-8: as declared if that works, else by their letters."""
    charset = _MEANT.get(declared, declared)
    # A page that could be read as far as its own declaration is not in UTF-16, whatever it says
    # (HTML standard, 13.2.3.2); real UTF-16 was told by its zero bytes.
    usable = _known(charset) and not charset.startswith(_WIDE)
    used = charset
    if not usable or charset in _DOUBTED:
        sample = _sample(body)
        if not usable or _implausibility(sample, charset) > _PLAUSIBLE:
            guesses = [charset, *_GUESSES] if usable else list(_GUESSES)
            scores = {guess: _implausibility(sample, guess) for guess in guesses}
            # min() keeps the first of equals: the declared charset wins unless another is better.
            used = min(scores, key=lambda guess: scores[guess])
    text = body.decode(used, "replace")
    return Decoded(text, declared, used, text.count("\ufffd"))


def _known(charset: str) -> bool:
    """Return whether a declared name is a charset of text and not one of Python's other codecs."""
    try:
        return bool(charset) and codecs.lookup(charset).name.startswith(_TEXT_CODECS)
    except (LookupError, ValueError):
        return False


def _sample(body: bytes) -> bytes:
    """Return the letters beyond ASCII with the next letter: enough to judge, cheap to read."""
    return b" ".join(match.group() for match in islice(_high_letters(body), 400))


def _high_letters(body: bytes) -> Iterator[re.Match[bytes]]:
    # Menus and scripts of ASCII alone are most of a page, and `isascii` passes them far faster
    # than an expression does.
    for start in range(0, len(body), _STEP):
        if not body[start : start + _STEP].isascii():
            yield from _HIGH.finditer(body, start, start + _STEP)


def _implausibility(sample: bytes, charset: str) -> float:
    """How unlike running text a sample looks in `charset`.

    Counted are holes, marks where letters should be, capitals inside words, and words of two
    scripts: read as windows-1251, the é of a French page is a й between Latin letters.
    """
    text = sample.decode(charset, "replace")
    letters = [c for c in text if ord(c) > 127]
    if not letters:
        return 0.0
    holes = text.count("\ufffd")
    marks = sum(1 for c in letters if not c.isalpha() and c not in "\ufffd№«»—–… \xa0")
    inside = len(_CAPITAL_INSIDE.findall(text))
    mixed = len(re.findall(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]", text))
    foreign = sum(1 for c in letters if c.isalpha() and not "\u0400" <= c <= "\u04ff")
    return (8 * holes + 2 * marks + 4 * inside + 4 * mixed + foreign) / len(letters)


def _undo_twice(text: str, declared: str) -> Decoded:
    for charset in ("latin-1", "windows-1252"):
        try:
            once = text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
        return Decoded(once, declared, "utf-8", once.count("\ufffd"), twice=True)
    return Decoded(text, declared, "utf-8", text.count("\ufffd"))
