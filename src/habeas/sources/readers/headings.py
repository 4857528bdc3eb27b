"""Which columns and keys hold names, told by their headings in the languages of our sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from habeas.sources.contract import Capacity
from habeas.sources.readers.cells import spotted_names
from habeas.sources.roles import capacity_of

# Lower case, ё as е. A heading counts if one of its words begins with one of these.
_WHOLE_WORDS = """
    фио ф.и.о имя наименован сторон участник лиц ответчик истец заявител осужден обвиняем
    подсудим подозрева задержан человек персон гражданин привлека потерпевш должник взыскател
    разыскива заключен жалобщик судья секретар прокурор защитник адвокат представител ном насаб
    исм тараф даъвогар ҷавобгар айбдор судя шахс шаҳрванд аты-жөнү аты жоопкер талапкер
    айыпталуу тарап ism fio shaxs taraf da'vogar javobgar ayblanuvchi sudlanuvchi fuqaro name
    names fullname person people party parties participant defendant plaintiff petitioner
    respondent accused suspect detainee prisoner convict inmate victim applicant claimant judge
    lawyer attorney prosecutor alias aka who نام متهم شخص
"""
_SURNAME_WORDS = """
    фамилия насаб surname lastname last_name familyname family_name familiya familia
"""

_GIVEN_WORDS = """
    имя ном исм given givenname given_name firstname first_name ism imya
"""
_FATHER_WORDS = """
    отчество номи_падар насаби_падар patronymic middlename middle_name fathername father_name
    otchestvo sharif otasi
"""
_WHOLE = tuple(_WHOLE_WORDS.split())
_SURNAME = tuple(_SURNAME_WORDS.split())
_GIVEN = tuple(_GIVEN_WORDS.split())
_FATHER = tuple(_FATHER_WORDS.split())
# Headings that contain a name word and hold no person.
_NOT = re.compile(
    r"file|user|host|domain|column|field|court|суда?\b|улиц|street|город|city|населен|файл|"
    r"company|organi[sz]ation|документ|статьи|law|place|country",
)
_LONGEST_HEADING = 200
_WORD = re.compile(r"[^\W\d_]+(?:[._'’-][^\W\d_]+)*\.?|_")
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")


def _words(heading: str) -> list[str]:
    spaced = (
        _CAMEL.sub(" ", heading.strip()[:_LONGEST_HEADING])
        .lower()
        .replace("ё", "е")
        .replace("_", " ")
    )
    return [word.rstrip(".") for word in _WORD.findall(spaced)]


def holds_names(heading: str) -> bool:
    """Return whether a column or key of this heading holds the names of people."""
    words = _words(heading)
    if not words or len(words) > 12:
        return False
    joined = " ".join(words)
    if not any(word.startswith(begin) and _long_enough(word, begin)
               for word in words for begin in _WHOLE):  # fmt: skip
        return False
    return not _NOT.search(joined)


def _long_enough(word: str, begin: str) -> bool:
    """Short beginnings must be the word: `ном` is a name, `номер` a number."""
    return len(begin) > 4 or (len(word) <= len(begin) + 1 and word != "номер")


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Where the names stand in a table.

    Attributes:
        joined: columns (from 0) of surname, given name and father's name, to be joined; may lack
            the last two.
        whole: columns that hold whole names.
    """

    joined: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()

    @property
    def known(self) -> bool:
        """Whether any column was recognised."""
        return bool(self.joined or self.whole)


def name_columns(headings: Sequence[str]) -> NameColumns:
    """Return which of the columns hold names, by their headings."""
    plain = [" ".join(_words(heading)) for heading in headings]
    surname = _one_of(plain, _SURNAME)
    joined: tuple[int, ...] = ()
    if surname is not None:
        others = (_one_of(plain, _GIVEN), _one_of(plain, _FATHER))
        joined = (surname, *(place for place in others if place is not None))
    whole = tuple(
        place
        for place, heading in enumerate(headings)
        if place not in joined and holds_names(heading)
    )
    return NameColumns(joined, whole)


def _one_of(plain: Sequence[str], words: Sequence[str]) -> int | None:
    spaced = {word.replace("_", " ") for word in words} | set(words)
    return next((place for place, heading in enumerate(plain) if heading in spaced), None)


def role_of(heading: str) -> tuple[str, Capacity]:
    """Return the role a heading prints ("Ответчик") and its capacity; a mere "ФИО" is no role."""
    capacity = capacity_of(heading)
    if capacity in {Capacity.OFFICIAL, Capacity.REPRESENTATIVE}:
        return heading, capacity
    words = _words(heading)
    plain = {"фио", "ф.и.о", "имя", "name", "names", "fullname", "full", "ном", "насаб", "ism"}
    if not words or plain.intersection(words):
        return "", Capacity.NAMED
    return heading, Capacity.PARTY


def is_heading(cells: Sequence[str], names: NameColumns) -> bool:
    """Return whether a first record is a heading: words, no numbers and dates, no person."""
    if not any(cells):
        return False
    if names.known and not any(re.search(r"\d{3}", cell) for cell in cells):
        return True
    if any(re.search(r"\d", cell) or len(cell) > 60 for cell in cells if cell):
        return False
    return not any(spotted_names(cell) for cell in cells) and len(cells) > 1


def distinct(headings: Sequence[str]) -> Iterator[str]:
    """Yield the headings as keys: an empty one is its number, a repeated one gets " (2)"."""
    seen: dict[str, int] = {}
    for place, cell in enumerate(headings, 1):
        name = cell or str(place)
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
