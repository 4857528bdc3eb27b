"""Which column means what: proposed from the words of its heading, in four languages.

What no word explains is kept as a note under its heading; a person changes any of it, and the
choice is remembered for the next file with the same headings.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

NAME, SURNAME, GIVEN, FATHER = "name", "surname", "given", "father"
SPEAKER, SAID_ON, NOTE, OUT = "speaker", "said_on", "note", "out"
PARTS = (SURNAME, GIVEN, FATHER)

_WORDS: Mapping[str, str] = {
    NAME: "name|full name|full_name|person|detainee|victim|alternate_names|alias|фио|ф и о|имя и "
    "фамилия|фамилия имя отчество|задержанный|человек|ном ва насаб|ному насаб|ном насаб|нсн|"
    "насаб ном|f i sh|fish|fio|ism familiya|familiya ism|toʻliq ism|to'liq ism|ismi sharifi",
    SURNAME: "surname|last name|last_name|lastname|family name|family_name|фамилия|насаб|familiya|"
    "familiyasi|secondname",
    GIVEN: "given name|given_name|first name|first_name|firstname|имя|ном|ism|ismi",
    FATHER: "father's name|fathername|patronymic|middle name|middlename|отчество|номи падар|"
    "otasining ismi|sharifi",
    "born": "born|birth date|birthdate|date of birth|date_of_birth|dob|year of birth|birth year|"
    "дата рождения|год рождения|др|г р|родился|санаи таваллуд|соли таваллуд|зодрӯз|таваллуд|"
    "tugʻilgan sana|tug'ilgan sana|tugʻilgan yili|tug'ilgan yili",
    "age": "age|возраст|лет|синну сол|yosh|yoshi",
    "birth_place": "place of birth|birth place|birthplace|место рождения|ҷои таваллуд|"
    "tugʻilgan joyi|tug'ilgan joyi",
    "citizenship_status": "citizenship|nationality|гражданство|шаҳрвандӣ|fuqaroligi|fuqarolik",
    "identifier": "passport|passport number|passportnumber|id|id number|idnumber|document number|"
    "паспорт|номер паспорта|документ|шиноснома|pasport|pasport raqami",
    "phone": "phone|telephone|mobile|author_phone|phone_of_found_person|телефон|тел|телефони|"
    "telefon|telefon raqami",
    "marks": "clothes|marks|приметы|одежда|аломатҳо|либос|belgilari|kiyimi",
    "medicine": "health|medicines|здоровье|лекарства|саломатӣ|sogʻligʻi|sog'lig'i",
    "role": "occupation|profession|position|профессия|должность|работа|касб|kasbi|lavozimi",
    "organisation": "organisation|organization|employer|организация|ташкилот|tashkilot",
    "last_contact": "last contact|последняя связь|охирин тамос|oxirgi aloqa",
    "last_place": "last known place|last known location|last_known_location|last place|"
    "последнее место|ҷои охирин|oxirgi joyi",
    "taken_by": "taken by|detained by|кем задержан|кто задержал|кӣ боздошт|kim ushlagan",
    "detained_on": "detained on|date of detention|detention date|arrest date|date of arrest|"
    "дата задержания|задержан|санаи боздошт|ushlangan sana",
    "detained_at": "detained at|place of detention|place of arrest|место задержания|ҷои боздошт|"
    "ushlangan joyi",
    "custody_place": "held at|custody|place of custody|where held|station|где содержится|отдел|овд|"
    "место содержания|ҷои нигоҳдорӣ|saqlanayotgan joyi",
    "removed_on": "removed on|deported on|дата выдворения|дата депортации|санаи ихроҷ",
    "accusation": "accusation|accused of|обвинение|в чем обвиняют|айб|ayblov",
    "charge_article": "article|charge|charges|статья|статьи|модда|modda",
    "sentence": "sentence|приговор|срок|ҳукм|hukm",
    "official_answer": "official answer|answer|ответ|ҷавоб|javob",
    NOTE: "note|notes|comment|comments|remarks|description|text|other|примечание|примечания|"
    "комментарий|эзоҳ|izoh",
    SPEAKER: "speaker|source|reported by|who says so|author_name|source_name|источник|кто сообщил|"
    "со слов|манбаъ|manba",
    SAID_ON: "said on|date of report|reported on|source_date|дата сообщения|санаи хабар",
}
_PUNCTUATION = re.compile(r"[^\w'_]+")


def plain(heading: str) -> str:
    """Return a heading as it is looked up: lower case, without signs, ё as е."""
    text = unicodedata.normalize("NFKC", heading).casefold().replace("ё", "е")
    # Uzbek writes its apostrophe in many ways.
    text = re.sub("[ʻʼ‘’`]", "'", text)
    return _PUNCTUATION.sub(" ", text).strip(" '_")


_BY_WORD = {
    plain(word): field for field, words in _WORDS.items() for word in words.split("|") if word
}


def meaning(heading: str) -> str:
    """Return what a heading means, empty where no word of it is known."""
    whole = _BY_WORD.get(plain(heading), "")
    if whole or "." not in heading:
        return whole
    # "note.phone" is a telephone; "Event.name" is nobody's name.
    found = _BY_WORD.get(plain(heading.rpartition(".")[2]), "")
    return "" if found in {NAME, *PARTS, SPEAKER, SAID_ON} else found


def proposed(headings: Iterable[str]) -> dict[str, str]:
    """Return what each column is taken for; NOTE where nobody knows."""
    return {heading: meaning(heading) or NOTE for heading in headings}


def header_in(lines: Sequence[Sequence[str]]) -> int | None:
    """Return which line holds the headings; None where no line does.

    A line with two known words, or with nothing else: a person may be called like one of them.
    """
    best, at = 0, None
    for number, texts in enumerate(lines):
        filled = [text for text in texts if text.strip()]
        known = len({meaning(text) for text in filled if len(text) < 60} - {""})
        if known > best and (known > 1 or len(filled) <= known):
            best, at = known, number
    return at


def signature(kind: str, headings: Iterable[str]) -> str:
    """Return under what the choice for these headings is remembered."""
    words = "\x1f".join([kind, *(plain(heading) for heading in headings)])
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
