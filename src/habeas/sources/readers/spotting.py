"""Spots what may be a person's name in running text, in Cyrillic, Latin or Persian letters.

Recall comes first: whatever could be a name is offered, overlapping readings included ("Вымысел
Небылицына П.С." also as "Небылицына П.С."), and comparing decides. Nothing here knows names; it
knows how names are written: capitals, initials, joining particles. Words that cannot be part of a
name (`not_names`) only cut. Time is linear in the length of the text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from habeas.sources.readers.not_names import is_not_name
from habeas.sources.readers.persian import persian_names


class Spotted(NamedTuple):
    """A candidate: `text[start:end]` is the passage, `printed` the same with white space folded."""

    start: int
    end: int
    printed: str


class _Token(NamedTuple):
    """A piece of a run: `w` word, `i` initial, `b` initial without full stop, `p` particle."""

    kind: str
    start: int
    end: int
    word: str


def _letters() -> tuple[str, str]:
    """Return the capitals, and all letters, of our cased scripts."""
    ranges = [range(0x41, 0x58A), range(0x1C80, 0x1C89), range(0x1E00, 0x1F00)]
    cased = [c for r in ranges for c in map(chr, r) if unicodedata.category(c)[0] == "L"]
    upper = [c for c in cased if unicodedata.category(c) in {"Lu", "Lt"}]
    return "".join(upper), "".join(cased)


_UPPER, _CASED = _letters()
# Inside a word also stand combining marks (`й` as и + U+0306), and soft hyphens, joiners and
# direction marks, which pages carry unseen.
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_U = f"[{_UPPER}]"
_L = f"[{_CASED}\u0300-\u036f\u02b0-\u02ff{_UNSEEN}]"
_Q = "['’‘`´′]"

# Everything after the first capital. "Саидова-Выдумова", "Ro'ziyev", "O‘g‘il", "O'Neill"; a digit
# after it makes it a placeholder ("ФИО8").
_WORD = rf"(?:{_L}++|{_Q}(?={_L}))(?:{_Q}?{_L}++)*+(?:[-‐‑–]{_L}++(?:{_Q}{_L}++)*+)*+(?![\d_])"
# "И.", "Дж.", "Kh.", and the second half of "Ж.-К.".
_INITIAL = (
    r"(?:(?<=Д)[жз]|(?<=[CDGKPSTZ])h|(?<=D)[jz]|(?<=T)s|(?<=Y)[aeou])?\."
    rf"(?:\s?-(?={_U}))?"
)
# The lower-case letter of "Э.Ф.о.": оглы, угли, кызы, уулу, зода.
_SON = r"(?<=\.)\s?[окзугogqu]\.(?!\w)"
_BEFORE_WORDS = (
    "аль ад ан ар ас ат аш эль ибн бин бинт ван фон де да ди дер ден дос ду ла ле "
    "al ad an ar as at ash el ibn bin bint ben van von de da di der den dos du la le abu ud"
)
_BEFORE = _BEFORE_WORDS.split()
_AFTER_WORDS = (
    "заде зода зад оглы оглу огли угли ўғли ўгли улы ұлы уулу кызы кизи қизи қызы гызы хан бек "
    "ogly oglu ogli ugli uulu uly qizi kizi kyzy kizy qyzy zoda zade zadeh khan bek"
)
_AFTER = _AFTER_WORDS.split()
_PARTICLE = rf"(?:{'|'.join(_BEFORE + _AFTER)}|o{_Q}?g{_Q}li|o[ʻʼ]g[ʻʼ]li)(?!{_L})"
# Letters without full stops after a surname: "Выдумов И А".
_BARE = rf"(?![\w.-]|{_Q})"

_BLANK = r"[^\S\r\n]"
_GAP = rf"(?:{_BLANK}{{1,3}}+(?=\S)|{_BLANK}{{0,40}}+\r?\n{_BLANK}{{0,40}}+(?=\S))"
_NEXT = (
    rf"(?:{_GAP}(?:{_U}(?:{_INITIAL}|{_WORD}|{_BARE})|{_PARTICLE})"
    rf"|{_SON}|(?<=[.-]){_U}(?:{_INITIAL}|{_WORD}))"
)
# It begins with a character class, so that the search skips from capital to capital.
_RUN = re.compile(rf"{_U}(?<!\w{_U})(?:{_INITIAL}|{_WORD})(?:{_NEXT}){{0,60}}+")
_TOKEN = re.compile(
    rf"(?P<i>{_U}{_INITIAL}|{_SON})|(?P<w>{_U}{_WORD})|(?P<p>{_PARTICLE})|(?P<b>{_U}{_BARE})"
)
# "аль-Масри", "д'Артаньян": a run begins at the capital, the name before it.
_LEAD = re.compile(r"(?:^|[^\w])((?:аль|ад|ан|ар|ас|ат|аш|эль|al|ad|ar|as|ash|el|[дd])[-‐‑'’])$")
_PROSE_END = frozenset(".!?…:;•·*—–\n\r")
_LONGEST_NAME_WORDS = 4
# Longer passages are no names, whatever they are.
_LONGEST_CHARS = 200
_POSSESSIVE = ("'s", "’s")


# What most cells of a column of names look like; they need no closer look.
_PLAIN = re.compile(rf"{_U}{_L}++(?:-{_U}{_L}++)?+ (?:{_U}{_L}++(?: {_U}{_L}++)?+|{_U}\. ?{_U}\.)")


def is_plain_name(text: str) -> bool:
    """Return whether all of `text` is a name: two or three words, or one and two initials."""
    return _PLAIN.fullmatch(text) is not None and not any(map(is_not_name, text.split(" ")))


def names_in(text: str) -> Iterator[Spotted]:
    """Yield what may be a person's name in `text`, in order of place; candidates may overlap.

    A name that is broken by one line end is offered whole as well as in its halves; wider gaps
    separate columns and are not bridged.
    """
    for run in _RUN.finditer(text):
        start, passage = run.start(), run.group()
        if passage.isalpha():
            if len(passage) <= _LONGEST_CHARS and not is_not_name(passage):
                yield _spotted(text, start, run.end())
            continue
        for first, last in _candidates(passage, prose=_begins_sentence(text, start)):
            if last - first <= _LONGEST_CHARS:
                yield _spotted(text, start + first, start + last)
    yield from (Spotted(*found) for found in persian_names(text))


def _spotted(text: str, start: int, end: int) -> Spotted:
    if start and text[start - 1] in "-‐‑'’":
        lead = _LEAD.search(text[max(0, start - 6) : start])
        start -= len(lead.group(1)) if lead else 0
    passage = text[start:end]
    if passage.endswith(_POSSESSIVE):
        passage, end = passage[:-2], end - 2
    return Spotted(start, end, " ".join(passage.split()))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip(" \t\xa0«\"“„'([")
    return not before or before[-1] in _PROSE_END


def _candidates(passage: str, *, prose: bool) -> list[tuple[int, int]]:
    """Return the places in a run of capitalised words that may be names, without repeats.

    Args:
        passage: the run.
        prose: the run begins a sentence, so its first word may be capitalised for that alone.
    """
    found: dict[tuple[int, int], None] = {}
    lines = _lines(passage)
    for number, line in enumerate(lines):
        for part in line:
            found.update(dict.fromkeys(_of_part(part, prose=prose and part[0].start == 0)))
        joined = _across(line, lines[number + 1]) if number + 1 < len(lines) else None
        if joined:
            found[joined] = None
    return sorted(found)


def _lines(passage: str) -> list[list[list[_Token]]]:
    """Cut a run into lines, and each line at words that are no names."""
    lines: list[list[list[_Token]]] = [[[]]]
    end = 0
    dropped: _Token | None = None
    for found in _TOKEN.finditer(passage):
        token = _Token(found.lastgroup or "w", found.start(), found.end(), found.group())
        if end and "\n" in passage[end : token.start]:
            lines.append([[]])
            dropped = None
        end = token.end
        if token.kind == "w" and is_not_name(token.word):
            dropped = token
            lines[-1].append([])
            continue
        if dropped and token.kind == "i" and not lines[-1][-1]:
            # `До И.А.`: a particle that is a surname shows by the initials after it.
            lines[-1][-1].append(dropped)
        dropped = None
        _append(lines[-1], token)
    return [[part for part in map(_trimmed, line) if part] for line in lines]


def _append(line: list[list[_Token]], token: _Token) -> None:
    """Add a token; letters without full stop end a name ("Выдумов И А") or join two ("И", "A")."""
    part = line[-1]
    if part and token.kind == "w" and part[-1].kind == "b":
        while part and part[-1].kind == "b":
            part.pop()
        line.append([token])
    elif part and token.kind == "b" and part[-1].kind == "i":
        line.append([])
    else:
        part.append(token)


def _trimmed(part: list[_Token]) -> list[_Token]:
    """Drop particles and bare letters that join nothing."""
    while part and part[0].kind in "pb":
        part = part[1:]
    while part and part[-1].kind == "p" and part[-1].word in _BEFORE:
        part = part[:-1]
    return part if any(token.kind == "w" for token in part) else []


def _of_part(part: list[_Token], *, prose: bool) -> Iterator[tuple[int, int]]:
    """Yield the readings of one unbroken part."""
    kinds = "".join(token.kind for token in part)
    if "i" in kinds or "b" in kinds:
        yield from _with_initials(part, kinds)
        return
    words = kinds.count("w")
    if words <= _LONGEST_NAME_WORDS:
        yield part[0].start, part[-1].end
        if prose and words > 1:
            yield part[1].start, part[-1].end
    if words >= _LONGEST_NAME_WORDS:
        yield from _windows(part, 3)
    if words > _LONGEST_NAME_WORDS:
        yield from _windows(part, 2)


def _windows(part: Sequence[_Token], words: int) -> Iterator[tuple[int, int]]:
    """Yield every stretch of `words` words with the particles inside and behind."""
    starts = [place for place, token in enumerate(part) if token.kind == "w"]
    for number in range(len(starts) - words + 1):
        after = number + words
        last = starts[after] - 1 if after < len(starts) else len(part) - 1
        while last > starts[number] and part[last].kind == "p" and part[last].word in _BEFORE:
            last -= 1
        yield part[starts[number]].start, part[last].end


_BLOCK = re.compile("(?P<words>w[wp]*)|(?P<initials>[ib]+)")


def _with_initials(part: list[_Token], kinds: str) -> Iterator[tuple[int, int]]:
    """Yield initials with the words before them, after them, or both where it cannot be told."""
    blocks = [(m.lastgroup, m.start(), m.end()) for m in _BLOCK.finditer(kinds)]
    first_is_word, last_is_word = blocks[0][0] == "words", blocks[-1][0] == "words"
    before = first_is_word or not last_is_word
    after = last_is_word or not first_is_word
    for number, (kind, start, end) in enumerate(blocks):
        if kind == "words":
            if kinds.count("w", start, end) > 2:
                yield from _of_part(part[start : end - 1], prose=False)
            continue
        if before and number:
            for word in _last_words(kinds, blocks[number - 1][1], start):
                yield part[word].start, part[end - 1].end
        if after and number + 1 < len(blocks) and "b" not in kinds[start:end]:
            for word in _first_words(kinds, end, blocks[number + 1][2]):
                yield part[start].start, part[word].end


def _last_words(kinds: str, start: int, end: int) -> list[int]:
    """Return where a surname of one word, and of two, begins before initials."""
    places = [place for place in range(start, end) if kinds[place] == "w"]
    return places[-2:]


def _first_words(kinds: str, start: int, end: int) -> list[int]:
    """Return where a surname of one word, and of two, ends after initials."""
    places = [place for place in range(start, end) if kinds[place] == "w"][:2]
    return [place + 1 if place + 1 < end and kinds[place + 1] == "p" else place for place in places]


def _across(line: list[list[_Token]], following: list[list[_Token]]) -> tuple[int, int] | None:
    """Return a name that a line end breaks: "Сочинская Мария / Викторовна"."""
    if not line or not following:
        return None
    both = line[-1] + following[0]
    words = sum(token.kind == "w" for token in both)
    halves_with_initials = sum(
        any(token.kind in "ib" for token in part) and any(token.kind == "w" for token in part)
        for part in (line[-1], following[0])
    )
    if words > _LONGEST_NAME_WORDS or halves_with_initials > 1:
        return None
    return both[0].start, both[-1].end
