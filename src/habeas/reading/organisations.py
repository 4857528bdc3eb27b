"""Organisations: bodies with known names, and bodies named by what they are and of what.

"Тверской районный суд Москвы", "Tajik Interior Ministry" and "Вазорати корҳои дохилии Тоҷикистон"
are a word for a kind of body with what stands around it; «Мемориал» and OVD-Info are known names.
"""

import re
from collections.abc import Iterator

from habeas.reading.found import Found, key_at, overlaps
from habeas.reading.name_words import adjective, name_word
from habeas.reading.phrases import Mark
from habeas.reading.sentences import Sentence
from habeas.reading.suggestions import Confidence, Organisation
from habeas.reading.tokens import CAPITALS, NUMBER, SIGN, WORD, Token, word_set

_OPENING = {"«": "»", "“": "”", '"': '"', "„": "“", "‹": "›", "'": "'"}
_REGIONS = word_set("области району района края округа округу республики")
_POSSESSED = re.compile(r"(?:i|si|ura|ona|iv|xx)(?:ning|ga|ni|da|dan)?$")
_LONGEST_QUOTED = 8
_FURTHEST = 8
# What may stand inside the name of a body without a capital.
_INSIDE = {
    "ru": word_set("по г . города городу области району района республики края и рф россии"),
    "tg": word_set(
        "ва корҳои дохилӣ дохилии хориҷӣ хориҷии адлия меҳнат маориф тандурустӣ давлатии амнияти "
        "миллӣ миллии шаҳри ноҳияи вилояти ҷумҳурии федератсияи генералӣ генералии олӣ олии дар "
        "умури ҳарбии федералии муҳоҷирати муҳоҷират марзбонӣ дифоъ мудофиаи"
    ),
    "en": word_set("of for the and in on"),
    "uz": frozenset(),
}
_LEFT_LOWER = word_set(
    "city district regional local state federal national military supreme human rights central "
    "criminal public general internal foreign security viloyat shahar tuman oliy bosh davlat "
    "ichki ishlar tashqi harbiy respublika milliy районный районного районном районным районную "
    "городской городского городском городская областной областного областном областная верховный "
    "верховного верховном военный военного гарнизонный краевой краевого арбитражный кассационный "
    "апелляционный мировой генеральная генеральной генеральную московский главное главного"
)
_ADJECTIVE = tuple(
    word_set("ский ского ском ским скому ской ская скую ный ного ном ой ого ному ная ий цкий цкого")
)
_TAJIK_JOINTS = frozenset(("ва", "дар"))
_JOINTS = word_set("and и ва va et und e")
_GENERIC_LEFT = word_set("a an the his her their its this that another")


_OPENERS = word_set('« “ " : ( „')
_NOT_LEFT = word_set("the a in at on but and his her")


def organisations_of(sentence: Sentence) -> list[Found]:
    """Return the organisations of a sentence; of overlapping readings the longest."""
    countries = {
        (mark.first, mark.last)
        for mark in sentence.of("places")
        if mark.value[1].startswith("country ")
    }
    found = sorted(
        [
            one
            for one in (*_known(sentence), *_by_kind(sentence), *_quoted(sentence))
            if (one.first, one.last) not in countries
        ],
        key=lambda one: (one.first - one.last, one.first),
    )
    chosen: list[Found] = []
    for one in found:
        if not overlaps(one.first, one.last, [(o.first, o.last) for o in chosen]):
            chosen.append(one)
        elif one.rule == "organisation-known":
            chosen = [_begun(sentence, one, other) for other in chosen]
    return sorted(chosen, key=lambda one: one.first)


def _begun(sentence: Sentence, known: Found, other: Found) -> Found:
    """Return a body with the known one with which it begins: "RFE/RL's Tajik Service"."""
    assert isinstance(known.value, Organisation)
    if not known.first < other.first < known.last <= other.last:
        return other
    return _organisation(sentence, known.first, other.last, known.value.type, known.rule)


def _organisation(sentence: Sentence, first: int, last: int, type_: str, rule: str) -> Found:
    tokens = sentence.tokens
    name = _joined(tokens[first:last])
    sure = Confidence.HIGH if rule == "organisation-known" else Confidence.MEDIUM
    return Found(first, last, Organisation(name, type_), rule, sure)


def _joined(tokens: list[Token]) -> str:
    """Return the words of a name as printed, with single blanks where blanks stand."""
    return "".join((" " if t.after_blank and n else "") + t.text for n, t in enumerate(tokens))


def _known(sentence: Sentence) -> Iterator[Found]:
    for mark in sentence.of("organisations"):
        type_, form = mark.value
        if form not in {"name", "caps"}:
            continue
        first = sentence.tokens[mark.first]
        if first.kind == WORD and not first.case:
            continue
        if form == "caps" and first.case != CAPITALS:
            continue
        common = mark.last - mark.first == 1 and first.case != CAPITALS and "-" not in first.key
        if common and mark.first == 0 and not _is_latin_name(first):
            # "Весна наступила": a word at the beginning of a sentence.
            continue
        yield _organisation(sentence, mark.first, mark.last, type_, "organisation-known")


def _is_latin_name(token: Token) -> bool:
    return token.text.isascii() and token.key not in {"current", "agency", "memorial"}


def _by_kind(sentence: Sentence) -> Iterator[Found]:
    for mark in sentence.of("organisations"):
        type_, form = mark.value
        if form == "first":
            first = _left(sentence, mark.first) if sentence.language == "ru" else mark.first
            last = _right(sentence, mark.last)
        elif form == "last":
            if sentence.language == "uz" and not _POSSESSED.search(key_at(sentence, mark.last - 1)):
                # "sudda" is "in court"; a court of something is "sudi".
                continue
            first = _left(sentence, mark.first)
            last = _after_head(sentence, mark.last, bare=first == mark.first)
        else:
            continue
        if _has_name(sentence, first, last, mark):
            yield _organisation(sentence, first, last, type_, "organisation-kind")


def _has_name(sentence: Sentence, first: int, last: int, mark: Mark) -> bool:
    """Return whether a capital stands in the passage that is not the sentence's own."""
    if last - first > mark.last - mark.first:
        if mark.value == ("centre", "first") and not sentence.tokens[mark.first].case:
            return _named_behind(sentence, mark.last, last)
        return any(token.case or token.kind == NUMBER for token in sentence.tokens[first:last])
    tokens = sentence.tokens[first:last]
    if len(tokens) > 1:
        return bool(tokens[0].case)
    token = tokens[0]
    opens = key_at(sentence, first - 1) in _OPENERS
    return token.case == CAPITALS or bool(token.case and token.start > sentence.start and not opens)


def _named_behind(sentence: Sentence, at: int, last: int) -> bool:
    """Return whether more than a place stands behind "центр": "центр Москвы" is no body."""
    placed = {p for m in sentence.of("places") for p in range(m.first, m.last)}
    return any(
        sentence.tokens[place].case or sentence.tokens[place].text in _OPENING
        for place in range(at, last)
        if place not in placed
    )


def _left(sentence: Sentence, at: int) -> int:
    """Return where the name of a body begins that ends in a word for its kind."""
    begin = at
    while begin > 0 and at - begin < _FURTHEST:
        token = sentence.tokens[begin - 1]
        if token.key in {"'s", "’s"} and begin > 1 and sentence.tokens[begin - 2].case:
            begin -= 2
            continue
        if token.kind != WORD or not (_belongs_left(sentence, begin - 1)):
            break
        begin -= 1
    while begin < at and (
        sentence.tokens[begin].key in _GENERIC_LEFT or (sentence.tokens[begin].key in _INSIDE["en"])
    ):
        begin += 1
    return begin


def _belongs_left(sentence: Sentence, place: int) -> bool:
    token = sentence.tokens[place]
    if sentence.language == "ru":
        capital = token.case and token.key.endswith(_ADJECTIVE)
        return bool(capital) or token.key in _LEFT_LOWER or token.text in {"ГУ", "УМВД"}
    if token.key in _LEFT_LOWER:
        return True
    if token.case:
        return not (place == 0 and token.key in _NOT_LEFT)
    if sentence.language == "en" and token.key in {"of", "for", "and"} and place > 0:
        return bool(sentence.tokens[place - 1].case)
    return False


def _after_head(sentence: Sentence, at: int, *, bare: bool) -> int:
    """Return where a name ends whose head may be followed by "of Tajikistan" or "in Khujand".

    "in" belongs to the name only where nothing else names the body: "a court in Khujand".
    """
    if sentence.language != "en" or key_at(sentence, at) not in {"of", "in"}:
        return at
    places = sentence.starting("places", at + 1)
    named = at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].case > 0
    if named and (places or bare) and (bare or key_at(sentence, at) == "of"):
        return max([mark.last for mark in places], default=at + 2)
    return at


def _right(sentence: Sentence, at: int) -> int:
    """Return where the name of a body ends that begins with a word for its kind."""
    end = at
    inside = _INSIDE.get(sentence.language, frozenset())
    last = at
    while end < len(sentence.tokens) and end - at < _FURTHEST:
        token = sentence.tokens[end]
        if token.text in _OPENING and end == at:
            closing = _closing(sentence, end)
            return closing + 1 if closing else last
        if token.kind == WORD and token.case and not _is_person_like(sentence, end):
            end += 1
            last = end
            if key_at(sentence, end) in _REGIONS and adjective(token.key):
                end += 1
                last = end
        elif token.kind == NUMBER and key_at(sentence, end - 1) in {"№", "-"}:
            end += 1
            last = end
        elif _stands_inside(sentence, end, inside):
            end += 1
            if sentence.language == "tg" and token.kind == WORD and token.key not in _TAJIK_JOINTS:
                last = end
        else:
            break
    return last


def _stands_inside(sentence: Sentence, place: int, inside: frozenset[str]) -> bool:
    """Return whether a word without a capital, or a mark, may stand inside the name of a body."""
    token = sentence.tokens[place]
    if token.text == "№" or (token.text == "-" and not token.after_blank):
        return True
    if token.key in _JOINTS and sentence.at("organisations", place + 1) is not None:
        # "the court and the ministry" are two.
        return False
    return token.key in inside


def _is_person_like(sentence: Sentence, place: int) -> bool:
    """Return whether a person's name begins here: "суда Шавкат Амиров", "Москвы Лисицына А.В."."""
    token = sentence.tokens[place]
    if sentence.starting("places", place):
        return False
    following = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
    stop = key_at(sentence, place + 2) == "." and following is not None
    if len(token.text) == 1 and key_at(sentence, place + 1) == ".":
        return True
    if stop and following is not None and len(following.text) == 1 and following.case:
        return True
    word = name_word(token.key, sentence.language)
    return word.given or word.father or (word.surname and not adjective(token.key))


def _closing(sentence: Sentence, at: int) -> int:
    """Return the place of the mark that closes the quotation opened at a place; 0 if too far."""
    wanted = _OPENING[sentence.tokens[at].text]
    for place in range(at + 1, min(at + _LONGEST_QUOTED + 2, len(sentence.tokens))):
        if sentence.tokens[place].text == wanted:
            return place
    return 0


def _quoted(sentence: Sentence) -> Iterator[Found]:
    """Yield names in quotation marks behind a word for a body: движение «Памир дейли ньюс»."""
    heads = [m for m in sentence.of("organisations") if m.value[1] in {"first", "last"}]
    for place, token in enumerate(sentence.tokens):
        if token.kind != SIGN or token.text not in _OPENING:
            continue
        closing = _closing(sentence, place)
        if not closing or closing == place + 1 or not sentence.tokens[place + 1].case:
            continue
        before = [mark for mark in heads if mark.last == place]
        after = [
            mark
            for mark in heads
            if mark.value[1] == "last"
            and closing + 1 <= mark.first <= closing + 3
            and all(t.kind == WORD for t in sentence.tokens[closing + 1 : mark.first])
        ]
        if before or after:
            type_ = (before or after)[0].value[0]
            yield _organisation(sentence, place + 1, closing, type_, "organisation-quoted")
