"""Reads the text of a Russian ruling: its numbers, its judge, and in what role people are named.

The order of a ruling is fixed by КоАП РФ, article 29.10 (постановление) and 29.12 (определение):
judge and court, date and place, the person, the circumstances, the article, the decision. Only what
stands there plainly is taken. Acts are often published with names cut to "ФИО1": such marks are
counted by the reader, they are nobody's name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from habeas.sources.contract import Capacity, Fact, Mention
from habeas.sources.readers.spotting import Spotted

# Everything of interest for the facts stands in the opening part.
_HEAD_CHARS = 4000
# Headings are often letter-spaced: "У С Т А Н О В И Л".
_DECIDED = "|".join(r"\s?".join(word) for word in ("установил", "постановил", "определил", "решил"))
_OPERATIVE = re.compile(rf"(?:{_DECIDED})\s?а?\s?:", re.IGNORECASE)
_COURT = re.compile(r"\bсуд(?:ья|ьи|а|е|у)?\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d-])\d{1,2}[а-я]?-\d{1,6}\s?[/\\]\s?\d{2,4}(?![\d-])")
_UID = re.compile(r"(?<!\w)\d{2}[A-ZА-Я]{2}\d{4}-\d{2}-\d{4}-\d{6}-\d{2}(?!\d)")
_MONTHS = {
    "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6,
    "июля": 7, "августа": 8, "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
}  # fmt: skip
_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_ARTICLE = re.compile(r"\bч\.\s?(\d{1,2}(?:\.\d{1,2})?)\.?\s?ст\.\s?(\d{1,2}(?:\.\d{1,2}){0,3})")
_HIDDEN = re.compile(r"\bФИО\d{0,3}\b")
_UNFINISHED = re.compile(r"[,(«\-–]$")

_ROLE = re.compile(
    r"(?P<judge>\b[Сс]удь[яеиё]\w{0,2}|\b[Пп]редседательствующ\w+)"
    r"|(?P<official>\b(?:[Сс]екретар\w+|[Пп]омощник\w* судьи|[Пп]рокурор\w*"
    r"|[Сс]ледовател[ьюяе]\w?\b|[Дд]ознавател\w+|[Ии]нспектор\w*|[Уу]частков\w+))"
    r"|(?P<representative>\b(?:[Зз]ащитник\w*|[Аа]двокат\w*|[Пп]редставител\w+))"
    r"|(?P<named>\b(?:[Сс]видетел\w+|[Пп]онят\w{2,3}|[Пп]отерпевш\w+|[Пп]ереводчик\w*))"
    r"|(?P<party>\b(?:лиц\w+,? привлекаем\w+(?: к административной ответственности)?"
    r"|[Пп]ривлекаем\w+(?: к административной ответственности)?(?: лиц\w+)?|в отношении"
    r"|[Гг]ражданин\w*|[Гг]ражданк\w+|[Пп]одсудим\w+|[Оо]бвиняем\w+))"
)
_CAPACITY = {
    "judge": Capacity.OFFICIAL,
    "official": Capacity.OFFICIAL,
    "representative": Capacity.REPRESENTATIVE,
    "named": Capacity.NAMED,
    "party": Capacity.PARTY,
}
# How far behind the word that announces it a name may stand, in characters.
_REACH = {"judge": 170, "official": 90, "representative": 60, "named": 40, "party": 60}
# A wrong "official" would hide a person from a search, so nothing may stand between the word and
# the name but the office itself: "Судья Энского районного суда г. Энска Петров И.И.".
_OFFICE_GAP = re.compile(
    r"\s*|(?:\s+(?:[\w-]+(?:ого|его|ой|ых|их)|[гр]\.\s?[\w-]+|\d+|№))*\s+суда"
    r"(?:\s+(?:[А-ЯЁ][\w-]*|[гр]\.\s?[\w-]+|города|области|края|округа|республики|района))*\s+"
)
_SENTENCE_END = re.compile(r"(?:[^\s.]{3}|\))[.!?;]\s")


@dataclass(frozen=True, slots=True)
class Act:
    """A ruling as read.

    Attributes:
        facts: `case_number`, `uid`, `article`, `judge`, `date` (dd.mm.yyyy) where plainly printed.
        mentions: one per spotted name, with the role that the text gives it in that place.
        hidden: how many times the publisher put a mark ("ФИО1") in the place of a name.
        unfinished: the text breaks off in the middle of a sentence.
    """

    facts: dict[str, Fact]
    mentions: tuple[Mention, ...]
    hidden: int
    unfinished: bool


def is_act(text: str) -> bool:
    """Return whether `text` is a ruling: a court is named, and a formula of deciding stands."""
    return bool(_OPERATIVE.search(text)) and bool(_COURT.search(text, 0, _HEAD_CHARS))


def read_act(text: str, spotted: Sequence[Spotted]) -> Act:
    """Return the facts and the mentions of a ruling; `spotted` are the candidates in it."""
    head = text[:_HEAD_CHARS]
    facts: dict[str, Fact] = {}
    for key, pattern in (("case_number", _NUMBER), ("uid", _UID)):
        if found := pattern.search(head):
            facts[key] = found.group()
    if found := _DATE.search(head):
        day, month, year = found.groups()
        facts["date"] = f"{int(day):02}.{_MONTHS[month.lower()]:02}.{year}"
    if found := _ARTICLE.search(head):
        facts["article"] = f"ч. {found.group(1)} ст. {found.group(2)} КоАП РФ"
    mentions = tuple(_with_roles(text, spotted, facts))
    return Act(facts, mentions, len(_HIDDEN.findall(text)), _breaks_off(text))


def _with_roles(text: str, spotted: Sequence[Spotted], facts: dict[str, Fact]) -> Iterator[Mention]:
    last_end = -1
    behind = 0
    for place, name in enumerate(spotted):
        strong = " " in name.printed or "." in name.printed
        kind, role = _role_before(text, min(behind, name.start), name.start)
        if not strong and kind != "party":
            kind, role = "", ""
        if kind == "judge" and strong and "judge" not in facts and _is_plain(spotted, place):
            facts["judge"] = name.printed
        yield Mention(
            printed=name.printed,
            role=role,
            capacity=_CAPACITY.get(kind, Capacity.NAMED),
            where=f"characters {name.start}-{name.end}",
        )
        if strong and name.end > last_end:
            last_end = name.end
            following = spotted[place + 1] if place + 1 < len(spotted) else None
            if following is None or following.start >= last_end:
                behind = last_end


def _role_before(text: str, start: int, end: int) -> tuple[str, str]:
    """Return kind and printed word of the role that announces the name beginning at `end`."""
    window = text[max(start, end - 250) : end]
    kind, role, gap = "", "", ""
    for found in _ROLE.finditer(window):
        kind, role, gap = found.lastgroup or "", found.group(), window[found.end() :]
    if not kind or len(gap) > _REACH[kind] or _SENTENCE_END.search(gap):
        return "", ""
    if kind in {"judge", "official"} and not _OFFICE_GAP.fullmatch(gap):
        return "", ""
    return kind, " ".join(role.split())


def _is_plain(spotted: Sequence[Spotted], place: int) -> bool:
    """Return whether no shorter reading of the same name follows ("Энска Выдумова И.И.")."""
    here = spotted[place]
    rest = spotted[place + 1 : place + 4]
    return not any(
        other.end == here.end and ("." in other.printed or other.printed.count(" ") > 1)
        for other in rest
    )


def _breaks_off(text: str) -> bool:
    return bool(_UNFINISHED.search(text.rstrip()))
