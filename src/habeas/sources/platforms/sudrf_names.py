"""Finds the names in the cells of the ГАС «Правосудие» sites; splits, never changes a letter.

One cell mixes category, roles, people, articles and lower courts, with a line break between some
of them. Seen on saved pages of 2025-2026:

    КАТЕГОРИЯ: Трудовые споры
    ИСТЕЦ(ЗАЯВИТЕЛЬ): Фамилия И.О., Фамилия И.О.
    ИСТЕЦ(ЗАЯВИТЕЛЬ): Начальнику СИЗО (для вручения Фамилии Имени Отчеству)
    ФАМИЛИЯ И.О. - ст.18.8 ч.1.1 КоАП РФ
    Фамилия И.О.: ст. 322.1 ч.2 УК РФ; Фамилия И.О.: ст. 322.1 ч.2 УК РФ
    ФАМИЛИЯ И.О. (ст.125 УПК РФ)
    Нижестоящий суд (судебный участок): Судебный участок № 1
    Информация скрыта
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from habeas.sources.contract import Capacity
from habeas.sources.roles import capacity_of, is_organisation
from habeas.sources.tables import folded

HIDDEN = "Информация скрыта"
"""The site's own words where a court withholds names (Federal Law 262-FZ, article 15)."""

_WORD = r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*"
_CAPITALS = "А-ЯЁӢӮҚҒҲҶЎІA-Z"
_CAPITAL = rf"(?=[{_CAPITALS}]){_WORD}"
_INITIALS = r"[А-ЯЁA-Z]\.(?:[ -]?[А-ЯЁA-Z]\.)?"
# Words that stand inside Turkic and Persian names, in either case.
_PARTICLE = r"(?:оглы|оглу|огли|угли|уулу|улы|улу|кызы|кизи|гызы|заде|зода|ибн|бин|бей)"
_PATRONYMIC = r"(?:ич|ича|ичу|ичем|иче|вна|вны|вне|вну|вной|чна|чны|чне|чну|чной|зода|заде)"
_PERSON = re.compile(
    rf"{_CAPITAL}(?: (?:{_CAPITAL}|(?i:{_PARTICLE})))*(?: {_INITIALS})?(?: (?i:{_PARTICLE}))?"
)
# "Судья П.В. Фамилия" in an act: the word before the initials is an office, not a surname.
_OFFICE = (
    r"(?i:судья|судьи|судье|судью|судей|председательствующ(?:ий|его|ему|ая|ей)"
    r"|секретар[ьяею]|прокурор[ау]?|помощник[ау]?)"
)
_THREE_NAMES = (
    rf"{_CAPITAL} {_CAPITAL} "
    rf"(?:(?=[А-ЯЁ])[а-яёА-ЯЁ-]+{_PATRONYMIC}\b|{_CAPITAL} (?i:{_PARTICLE})\b)"
)
_BEGINS_WITH_A_PERSON = re.compile(rf"\s*(?:{_CAPITAL} {_INITIALS}|{_THREE_NAMES})")
# The first look-ahead is for speed: most letters of a text are no capitals.
_INSIDE = re.compile(
    rf"(?=[{_CAPITALS}])(?<!\w)(?:(?!{_OFFICE}\b){_CAPITAL} {_INITIALS}(?: (?i:{_PARTICLE})\b)?"
    rf"|(?<!\.){_INITIALS} ?{_CAPITAL}"
    rf"|{_THREE_NAMES})"
)
_ARTICLE = re.compile(r"\s*(?:\s[-–—]|:)\s*(?=ст\.?\s*\d)")
_ARTICLE_AFTER = re.compile(r"\s*\((ст\.?\s*\d[^()]*)\)$")
_ADDRESSEE = re.compile(
    r"\s*\((?:для (?:вручения|передачи|объявления)|в интересах|в отношении|в лице)\s([^()]+)\)?$"
)
_ROLE = re.compile(r"([^:]{2,80}?)\s*:\s*(?!ст\.?\s*\d)(.*)")
_LOWER_COURT = (
    "нижестоящий суд (судебный участок)",
    "нижестоящий суд",
    "суд (судебный участок) первой инстанции",
    "суд (мировой судья) первой инстанции",
    "суд первой инстанции",
)
_LOWER_NUMBER = ("номер дела в первой инстанции", "номер дела первой инстанции")
_SOLE_TRADER = re.compile(r"(?i:ип|индивидуальный предприниматель)\s+")
_CLOSING = {"«": "»", '"': '"', "“": "”", "„": "“"}
# The site cuts an office's name after a fixed number of characters ("по Самарской облас").
_CUT = re.compile(r"\b(?:об|обл|обла|облас|област|респ[а-я]{0,5}|кра|окр|окру|райо|горо)$")
_ORDINARY = re.compile(r"\bоб$")


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a cell.

    Attributes:
        printed: as printed, cut out of its cell, folded.
        role: as printed, empty where none is.
        capacity: what kind of role that is.
        article: the article of law printed with the name, empty where none is.
        note: where in the entry it stands, if not as the entry itself.
    """

    printed: str
    role: str
    capacity: Capacity
    article: str = ""
    note: str = ""


@dataclass(slots=True)
class CaseCell:
    """What a cell "Информация по делу" says.

    Attributes:
        names: in page order.
        by_role: per role as printed, its entries whole (an addressee is not split here).
        category: the category of the case, empty where none is printed.
        lower_court: the court below, empty where none is printed.
        lower_number: the number of the case there.
        charged: what stands without a role, with its article: who is charged, in page order.
        withheld: whether the site hides the names.
        cut: entries that the site seems to have cut off.
    """

    names: list[Named] = field(default_factory=list)
    by_role: dict[str, list[str]] = field(default_factory=dict)
    charged: list[tuple[str, str]] = field(default_factory=list)
    category: str = ""
    lower_court: str = ""
    lower_number: str = ""
    withheld: bool = False
    cut: list[str] = field(default_factory=list)


def is_hidden(printed: str) -> bool:
    """Return whether a cell says that the court withholds it."""
    return printed.casefold().startswith(HIDDEN.casefold())


def read_case_cell(lines: Iterable[str]) -> CaseCell:
    """Read the folded lines of a cell that describes a case."""
    cell = CaseCell()
    for line in lines:
        if is_hidden(line):
            cell.withheld = True
        elif not _labelled(line, cell):
            charged = _charged(line)
            cell.charged.extend(charged)
            for printed, article in charged:
                cell.names.extend(_without_role(printed, article))
    return cell


def _labelled(line: str, cell: CaseCell) -> bool:
    label = _ROLE.fullmatch(line)
    if label is None:
        return False
    printed, value = label.groups()
    key = printed.casefold()
    if key in {"категория", "категория дела"}:
        cell.category = value
    elif key in _LOWER_COURT:
        cell.lower_court = value
    elif key in _LOWER_NUMBER:
        cell.lower_number = value
    elif looks_like_a_person(printed) and not printed.isupper():
        return False
    else:
        _entries_of_role(printed, value, cell)
    return True


def _entries_of_role(role: str, value: str, cell: CaseCell) -> None:
    for entry in split_entries(value):
        if is_hidden(entry):
            cell.withheld = True
            continue
        cell.by_role.setdefault(role, []).append(entry)
        cell.names.extend(named_in(entry, role))
        office = _ADDRESSEE.sub("", entry)
        if _CUT.search(office) and not _ORDINARY.search(office):
            cell.cut.append(office)


def named_in(entry: str, role: str, article: str = "") -> Iterator[Named]:
    """Yield the names of one entry of a list of parties: itself, or an office and a person in it.

    `article` is that of the whole entry, where it has none of its own.

    A person to whom an office is to hand something over stands in the dative, in brackets after
    the office; they are a party as much as if they stood alone.
    """
    after = _ARTICLE_AFTER.search(entry)
    if after:
        article, entry = after.group(1), entry[: after.start()]
    addressee = _ADDRESSEE.search(entry)
    if addressee:
        office = entry[: addressee.start()]
        if office:
            yield Named(office, role, _capacity(role, office, office=True), article)
        for person in split_entries(addressee.group(1)):
            yield from _person_inside(person, role, article)
        return
    printed = _SOLE_TRADER.sub("", entry, count=1) if _SOLE_TRADER.match(entry) else entry
    if printed:
        yield Named(printed, role, _capacity(role, printed), article)


def _person_inside(person: str, role: str, article: str) -> Iterator[Named]:
    whole = [person] if looks_like_a_person(person) else names_inside(person) or [person]
    for printed in whole:
        yield Named(printed, role, _capacity(role, ""), article, "inside an addressee")


def _capacity(role: str, name: str, *, office: bool = False) -> Capacity:
    capacity = capacity_of(role, name)
    return Capacity.ORGANISATION if office and capacity is Capacity.PARTY else capacity


def _charged(line: str) -> list[tuple[str, str]]:
    """Return the parts of "X - ст.…; Y - ст.…", each with its article; a bare name has none."""
    people: list[tuple[str, str]] = []
    for part in line.split(";"):
        printed, article = _person_and_article(folded(part))
        if not printed and people and article:
            people[-1] = (people[-1][0], f"{people[-1][1]}; {article}")
        elif printed:
            people.append((printed, article))
    return people


def _without_role(printed: str, article: str) -> Iterator[Named]:
    if article or looks_like_a_person(printed) or _ADDRESSEE.search(printed):
        for entry in split_entries(printed):
            yield from named_in(entry, "", article)
        return
    inside = names_inside(printed)
    for name in inside or _bare(printed):
        known = Capacity.ORGANISATION if is_organisation(name) else Capacity.NAMED
        note = "inside a line without a role" if inside else ""
        yield Named(name, "", known, article, note)


def _bare(printed: str) -> list[str]:
    """Return a line that holds no known form of a name, if it may still be one.

    A company, a single name or a name in another order is printed like this; a sentence
    ("Заявление о восстановлении срока") goes on in lower case.
    """
    words = printed.split()
    name = len(words) <= 6 and not any(word.islower() for word in words)
    return [printed] if name or is_organisation(printed) else []


def _person_and_article(piece: str) -> tuple[str, str]:
    if re.match(r"ст\.?\s*\d", piece):
        return "", piece
    parts = _ARTICLE.split(piece, maxsplit=1)
    if len(parts) == 2:
        return folded(parts[0]), parts[1]
    after = _ARTICLE_AFTER.search(piece)
    if after:
        return piece[: after.start()], after.group(1)
    return piece, ""


def split_entries(value: str) -> list[str]:
    """Split a list of parties at its commas, but not inside brackets or a company's quotes.

    Quotation marks on these pages are often unbalanced, so a comma before what is plainly a
    person (surname and initials, or three capitalised words) always splits: a person must not
    disappear in a company's name.
    """
    if "," not in value:
        whole = folded(value)
        return [whole] if whole else []
    entries, start, depth, closing = [], 0, 0, ""
    for place, letter in enumerate(value):
        if letter in "()":
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif closing:
            closing = "" if letter == closing else closing
        elif letter in _CLOSING:
            closing = _CLOSING[letter]
        if letter == "," and not depth and (not closing or _person_at(value, place + 1)):
            entries.append(value[start:place])
            start, closing = place + 1, ""
    entries.append(value[start:])
    return [entry for raw in entries if (entry := folded(raw))]


def _person_at(value: str, place: int) -> bool:
    return _BEGINS_WITH_A_PERSON.match(value, place) is not None


def looks_like_a_person(printed: str) -> bool:
    """Return whether this is one person's name by its form: capitalised words, initials."""
    return 2 <= len(printed.split()) <= 6 and _PERSON.fullmatch(printed) is not None


def names_inside(text: str) -> list[str]:
    """Return the names in running text by form alone: surname and initials, or three names.

    For text only, where nothing better is known; "М.П. Фамилия" counts. Two capitalised words
    in a row do not: most of them are offices and streets.
    """
    return [folded(found.group()) for found in _INSIDE.finditer(text)]


def parties_by_kind(by_role: dict[str, list[str]]) -> dict[str, Sequence[str]]:
    """Return the entries as applicants, respondents and others, by the printed role."""
    kinds: dict[str, list[str]] = {}
    for role, entries in by_role.items():
        word = role.casefold()
        kind = "others"
        if word.startswith(("истец", "заявитель", "административный истец", "взыскатель")):
            kind = "applicants"
        elif word.startswith(("ответчик", "административный ответчик", "должник")):
            kind = "respondents"
        kinds.setdefault(kind, []).extend(entries)
    return dict(kinds)
