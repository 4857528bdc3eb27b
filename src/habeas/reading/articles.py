"""Articles of laws: "часть 2 статьи 18.10 КоАП РФ", "Article 247(4)", "JK 168-modda 4-qism".

A list ("ст. 29.9, 29.10 КоАП РФ") gives a suggestion for each article. A code that is not named
stays empty; which state's it is stays open unless the text, or the language of the code's own name,
says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from habeas.reading.found import Found, key_at
from habeas.reading.phrases import Mark
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Article, Confidence
from habeas.reading.tokens import NUMBER, WORD, word_set

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3}){0,3}")
_DASHES = frozenset("-‐‑–")
_JOINTS = word_set(", и and ва va или or et und e & hamda")
_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_LONGEST_BRACKET = 30
_OF = word_set("of the du de des del della au – , - under")
_OF_CODE = {"tg": frozenset(("–", "-", "и", ","))}
# Codes that their language names so for one state only.
_OWN_STATE = {("tg", "УК"): "РТ", ("tg", "УПК"): "РТ", ("tg", "КоАП"): "РТ", ("uz", "УК"): "РУз",
              ("uz", "УПК"): "РУз", ("uz", "КоАО"): "РУз"}  # fmt: skip
# The word order of Uzbek: the number before the word.
_NUMBER_FIRST = frozenset(("uz",))
_ORDINAL_PARTS = {
    "birinchi": "1", "ikkinchi": "2", "uchinchi": "3", "to'rtinchi": "4", "beshinchi": "5",
    "первой": "1", "второй": "2", "третьей": "3", "четвертой": "4", "пятой": "5", "якум": "1",
    "дуюм": "2", "сеюм": "3", "якуми": "1", "дуюми": "2", "сеюми": "3", "чоруми": "4",
    "панҷуми": "5", "чорум": "4", "first": "1", "second": "2", "third": "3", "fourth": "4",
}  # fmt: skip


_BETWEEN = word_set("of the , du de l'")
_BEFORE_COUNTRY = word_set("of the du de della del в")


@dataclass
class _Item:
    """One article while it is read: tokens `first` to `last`, and what was found."""

    first: int
    last: int
    number: str
    part: str = ""
    point: str = ""


def articles_of(sentence: Sentence) -> list[Found]:
    """Return the articles of laws in a sentence; a code named once goes for all of its list."""
    laws = sentence.of("laws")
    if not laws:
        return []
    found: list[Found] = []
    behind = 0
    for mark in laws:
        if mark.value[0] != "article" or mark.first < behind:
            continue
        items = (
            _uzbek(sentence, mark) if sentence.language in _NUMBER_FIRST else _list(sentence, mark)
        )
        if not items:
            continue
        found.extend(_with_code(sentence, items, behind))
        behind = found[-1].last
    return _code_for_all(sentence, found)


def _list(sentence: Sentence, mark: Mark) -> list[_Item]:
    """Read the numbers behind an article word, each with its part and point."""
    at = _past_stops(sentence, mark.last)
    while at < len(sentence.tokens) and _is_kind(sentence, at, "article"):
        # "ст.ст. 29.9, 29.10"
        at = _past_stops(sentence, at + 1)
    if key_at(sentence, at) in {"№", ":"}:
        at += 1
    first = _number(sentence, at)
    if first is None:
        return []
    part, point, begin = _before(sentence, mark.first)
    first.first, first.part, first.point = begin, part, point
    items = [_specified(sentence, first)]
    while (following := _next(sentence, items[-1].last)) is not None:
        items.append(_specified(sentence, following))
    return items


def _next(sentence: Sentence, at: int) -> _Item | None:
    """Return the next article of a list, if a list goes on at a place."""
    if key_at(sentence, at) not in _JOINTS:
        return None
    at += 1
    if key_at(sentence, at) in _JOINTS:
        at += 1
    if _is_kind(sentence, at, "article") or _is_kind(sentence, at, "part"):
        return None
    item = _number(sentence, at)
    if item is None:
        return None
    after = key_at(sentence, item.last)
    times = {mark.value[0] for mark in sentence.starting("times", item.last)}
    if sentence.at("units", item.last) or times & {"unit", "month", "yearword"}:
        return None
    # "статьи 158 и 2 апреля", "247 and 12 others": a list of articles goes on with its like.
    return None if after in {"others", "других", "лет", "%"} else item


def _number(sentence: Sentence, at: int) -> _Item | None:
    """Read an article's number: "307.1", "307(1)" in Russian, "244¹"."""
    token = sentence.tokens[at] if at < len(sentence.tokens) else None
    if token is None or token.kind != NUMBER or not _NUMBER.fullmatch(token.text):
        return None
    number, last = token.text, at + 1
    while key_at(sentence, last) in _SUPERSCRIPT:
        joint = "." if key_at(sentence, last - 1) not in _SUPERSCRIPT else ""
        number += joint + key_at(sentence, last).translate(_SIGNS)
        last += 1
    sign, end = _in_brackets(sentence, last)
    if sign and sentence.language in {"ru", "tg"}:
        return _Item(at, end, f"{number}.{sign}")
    dash = key_at(sentence, last) in _DASHES and not sentence.tokens[last].after_blank
    if dash and _is_sign(sentence, last + 1):
        return _Item(at, last + 2, f"{number}.{sentence.tokens[last + 1].text}")
    return _Item(at, last, number)


def _is_sign(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at] if at < len(sentence.tokens) else None
    return (
        token is not None
        and token.kind == NUMBER
        and not token.after_blank
        and len(token.text) == 1
    )


def _in_brackets(sentence: Sentence, at: int) -> tuple[str, int]:
    """Return the number in the brackets that begin at a place, and where they end."""
    if key_at(sentence, at) != "(" or key_at(sentence, at + 2) != ")":
        return "", at
    inside = sentence.tokens[at + 1]
    if inside.kind != NUMBER or len(inside.text) > 2:
        return "", at
    return inside.text, at + 3


def _specified(sentence: Sentence, item: _Item) -> _Item:
    """Read what stands behind the number: the part, the point, a title in brackets."""
    if sentence.language not in {"ru", "tg"}:
        _bracketed(sentence, item)
    _noted(sentence, item)
    while _part_or_point(sentence, item):
        continue
    return item


def _bracketed(sentence: Sentence, item: _Item) -> None:
    """Read "247(4)", a part; in "307(1), part 2" the brackets are the article's sign."""
    inside, end = _in_brackets(sentence, item.last)
    if not inside:
        return
    after = end + (key_at(sentence, end) == ",")
    if item.part or _is_kind(sentence, after, "part"):
        item.number, item.last = f"{item.number}.{inside}", end
    else:
        item.part, item.last = inside, end


def _part_or_point(sentence: Sentence, item: _Item) -> bool:
    """Read one part or point behind an article; return whether there was one."""
    at = item.last + (key_at(sentence, item.last) in {",", "of", "в"})
    kind = next((k for k in ("part", "point") if _is_kind(sentence, at, k)), "")
    value, end = _value(sentence, _past_stops(sentence, at + 1)) if kind else ("", at)
    taken = item.part if kind == "part" else item.point
    if not value or taken or _goes_before_article(sentence, end):
        return False
    if kind == "part":
        item.part, item.last = value, end
    else:
        item.point, item.last = value, end
    return True


def _noted(sentence: Sentence, item: _Item) -> None:
    """Read "307 прим. 1", "моддаи 307, шарҳи 1": the number's sign."""
    at = item.last + (key_at(sentence, item.last) == ",")
    if "." in item.number or not _is_kind(sentence, at, "note"):
        return
    value, end = _value(sentence, _past_stops(sentence, at + 1))
    if value.isdigit():
        item.number, item.last = f"{item.number}.{value}", end


def _goes_before_article(sentence: Sentence, at: int) -> bool:
    """Return whether an article follows, whose part it is then: "п. «а» ч. 2 ст. 244"."""
    for place in range(at, min(at + 6, len(sentence.tokens))):
        if _is_kind(sentence, place, "article"):
            return True
        word = sentence.tokens[place].kind == WORD and key_at(sentence, place) not in _OF
        if word and not any(_is_kind(sentence, place, kind) for kind in ("part", "point")):
            return False
    return False


def _before(sentence: Sentence, at: int) -> tuple[str, str, int]:
    """Return part, point and beginning of "п. «а» ч. 2 ст.", "part 2 of Article"."""
    part = point = ""
    begin = at
    for _ in range(2):
        place = begin
        while key_at(sentence, place - 1) in _BETWEEN:
            place -= 1
        value, start, kind = _value_before(sentence, place)
        if kind == "part" and not part:
            part, begin = value, start
        elif kind == "point" and not point:
            point, begin = value, start
        else:
            break
    return part, point, begin


def _value_before(sentence: Sentence, at: int) -> tuple[str, int, str]:
    """Return the value, the beginning and the kind of a part or point that ends before a place."""
    for mark in reversed(sentence.of("laws")):
        if mark.value[0] not in {"part", "point"} or not mark.last <= at <= mark.last + 5:
            continue
        value, end = _value(sentence, _past_stops(sentence, mark.last))
        if value and end == at:
            return value, mark.first, mark.value[0]
    # "второй части статьи"
    for mark in sentence.ending("laws", at):
        if mark.value[0] == "part":
            ordinal = _ORDINAL_PARTS.get(key_at(sentence, mark.first - 1), "")
            if ordinal:
                return ordinal, mark.first - 1, "part"
    return "", at, ""


def _value(sentence: Sentence, at: int) -> tuple[str, int]:
    """Return the value of a part or point at a place, and where it ends: 2, 1.1, «а», "в"."""
    if at >= len(sentence.tokens):
        return "", at
    token = sentence.tokens[at]
    if token.kind == NUMBER and _NUMBER.fullmatch(token.text) and len(token.text) <= 5:
        end = at + 1
        suffix = sentence.tokens[end + 1] if end + 1 < len(sentence.tokens) else None
        if key_at(sentence, end) in _DASHES and suffix is not None and suffix.kind == WORD:
            # "часть 2-я", "2-го"
            end += 2 if len(suffix.key) <= 2 else 0
        return token.text, end
    if token.text in {"«", '"', "“", "'", "„"} and len(key_at(sentence, at + 1)) == 1:
        return sentence.tokens[at + 1].text, at + 3
    if token.kind == WORD and len(token.text) == 1 and not token.case:
        return token.text, at + 1
    if token.key in _ORDINAL_PARTS:
        return _ORDINAL_PARTS[token.key], at + 1
    return "", at


def _past_stops(sentence: Sentence, at: int) -> int:
    while key_at(sentence, at) == ".":
        at += 1
    return at


def _is_kind(sentence: Sentence, at: int, kind: str) -> bool:
    return any(mark.value[0] == kind for mark in sentence.starting("laws", at))


def _uzbek(sentence: Sentence, mark: Mark) -> list[_Item]:
    """Read "165-moddasi 2-qismi": the numbers stand before their words."""
    at = mark.first - (key_at(sentence, mark.first - 1) in _DASHES)
    superscript = ""
    while key_at(sentence, at - 1) in _SUPERSCRIPT:
        superscript = key_at(sentence, at - 1).translate(_SIGNS) + superscript
        at -= 1
    item = _number(sentence, at - 1) if at else None
    if item is None:
        return []
    whole = _number(sentence, at - 3) if at > 2 else None
    if whole is not None and whole.last == at:
        # "244-1-moddasi"
        item = whole
    if superscript and "." not in item.number:
        item.number += "." + superscript
    item.last = mark.last
    _uzbek_part(sentence, item)
    return [*_uzbek_earlier(sentence, item), item]


def _uzbek_part(sentence: Sentence, item: _Item) -> None:
    """Read the part behind an Uzbek article."""
    for part in sentence.of("laws"):
        place = part.first - (2 if key_at(sentence, part.first - 1) in _DASHES else 1)
        if part.value[0] != "part" or not item.last <= place <= item.last + 1:
            continue
        value, _end = _value(sentence, place)
        if value and not item.part:
            item.part, item.last = value, part.last


def _uzbek_earlier(sentence: Sentence, item: _Item) -> list[_Item]:
    """Return the articles before in a list: "165 va 168-moddalari"."""
    found: list[_Item] = []
    at = item.first
    while key_at(sentence, at - 1) in _JOINTS | _DASHES and at >= 2:
        place = at - 2
        if key_at(sentence, at - 1) == "," and key_at(sentence, place) in _DASHES:
            place -= 1
        other = _number(sentence, place)
        if other is None:
            break
        found.append(other)
        at = other.first
    return found[::-1]


def _with_code(sentence: Sentence, items: list[_Item], behind: int) -> Iterator[Found]:
    """Yield the articles of a list with the code behind it, or before it."""
    code, as_printed, end = "", "", 0
    if sentence.language not in _NUMBER_FIRST:
        at = _past_title(sentence, items[-1].last)
        code, as_printed, end = _code_at(sentence, at)
    if code:
        items[-1].last = max(end, items[-1].last)
    else:
        code, as_printed, begin = _code_before(sentence, items[0].first, behind)
        items[0].first = begin
    for item in items:
        value = Article(item.number, item.part, item.point, code, as_printed)
        yield Found(
            item.first, item.last, value, "article" if code else "article-no-code",
            Confidence.HIGH if code or item.part else Confidence.MEDIUM,
        )  # fmt: skip


def _past_title(sentence: Sentence, at: int) -> int:
    """Return the place behind a title in brackets, if a code follows it."""
    if key_at(sentence, at) not in {"(", "«"}:
        return at
    closing = {"(": ")", "«": "»"}[key_at(sentence, at)]
    for place in range(at + 1, min(at + _LONGEST_BRACKET, len(sentence.tokens))):
        if key_at(sentence, place) == closing:
            code, _, _ = _code_at(sentence, place + 1)
            return place + 1 if code else at
    return at


def _code_at(sentence: Sentence, at: int) -> tuple[str, str, int]:
    """Return the code named at a place, as it is printed, and where that ends."""
    start = at
    while key_at(sentence, start) in _OF_CODE.get(sentence.language, _OF) and start < at + 3:
        start += 1
    country = _mark(sentence, start, "country")
    begin = start
    if country is not None and sentence.language in {"en", "ru", "uz"}:
        start = country.last + (key_at(sentence, country.last) in {"'s", "’s"})
    code = _mark(sentence, start, "code")
    if code is None:
        return "", "", at
    end = code.last
    if country is None:
        place = end
        while key_at(sentence, place) in _BEFORE_COUNTRY:
            place += 1
        country = _mark(sentence, place, "country")
        end = country.last if country is not None else end
    state = country.value[1] if country is not None else ""
    printed = " ".join(token.text for token in sentence.tokens[begin:end])
    return _named(sentence, code.value[1], state), printed, end


def _code_before(sentence: Sentence, at: int, behind: int) -> tuple[str, str, int]:
    """Return a code that stands before the article: "JK 168-modda", "УК РФ, ст. 228"."""
    for back in range(1, 9):
        if at - back < behind:
            break
        code, printed, end = _code_at(sentence, at - back)
        if code and at - 1 <= end <= at:
            first = at - back
            while key_at(sentence, first) in _OF:
                first += 1
            return code, printed, first
    return "", "", at


def _mark(sentence: Sentence, at: int, kind: str) -> Mark | None:
    found = [mark for mark in sentence.starting("laws", at) if mark.value[0] == kind]
    return max(found, key=lambda mark: mark.last) if found else None


def _named(sentence: Sentence, code: str, state: str) -> str:
    """Return the usual short form of a code: "КоАП РФ"."""
    if " " in code:
        return code
    state = state or _OWN_STATE.get((sentence.language, code), "")
    return f"{code} {state}" if state else code


def _code_for_all(sentence: Sentence, found: list[Found]) -> list[Found]:
    """Give the code of the last article of an enumeration to those before it without one."""
    settled = list(found)
    if sentence.language in _NUMBER_FIRST:
        settled.reverse()
    for place in range(len(settled) - 2, -1, -1):
        one, following = settled[place], settled[place + 1]
        value, later = one.value, following.value
        assert isinstance(value, Article)
        assert isinstance(later, Article)
        left, right = sorted((one, following))
        joined = right.first - left.last <= 2 and all(
            key_at(sentence, at) in _JOINTS for at in range(left.last, right.first)
        )
        if joined and later.code and not value.code:
            settled[place] = one._replace(
                value=replace(value, code=later.code, code_as=later.code_as), rule="article"
            )
    return sorted(settled)
