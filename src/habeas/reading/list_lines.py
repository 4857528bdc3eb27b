"""How the parts of a line of a pasted list are written: numbers, phones, ages, stations, vans.

The wordings are those of lists that volunteers share after mass detentions, in Russian, Tajik,
Uzbek and English.
"""

import re

NUMBER = re.compile(r"\s*(?:№\s*)?(\d{1,4})\s*[.):\-–—]+\s*|\s*[•*\-–—▪●○]+\s*")
TIME = re.compile(r"^\s*\[?\d{1,2}[:.]\d{2}(?::\d{2})?(?:,?\s*\d{1,2}\.\d{1,2}\.\d{2,4})?\]?\s*")
PHONE = re.compile(r"(?<![\w])(?:\+|8|7|00)?[\s(]?\d(?:[\s().\-–]{0,2}\d){8,14}(?!\d)")
"""Nine to fifteen digits with the usual marks between them (ITU-T E.164 allows fifteen)."""
AGE = re.compile(
    r"(?<!\d)(\d{1,3})\s*(?:лет|года?|л\.|сола|соларо|yosh(?:da|li)?|years?(?: old)?|y\.?o\.?|"
    r"ساله)(?![^\W\d])"
    r"|(?:возраст|age|aged|сину сол|yoshi)\s*:?\s*(\d{1,3})(?!\d)",
    re.IGNORECASE,
)
BORN = re.compile(
    r"(?<!\d)(?:\d{1,2}[./]\d{1,2}[./])?((?:19|20)\d{2})\s*(?:г\.?\s*р\.?|года рождения|р\.|"
    r"с\.т\.|соли таваллуд|y\.t\.|yilda tug[‘'’]ilgan|yilgi|b\.)?(?!\d)",
    re.IGNORECASE,
)
STATION = re.compile(
    r"(?:\b(?:в|во|дар|in|at)\s+)?\b(?:о(?:м)?вд|отдел(?:е|ение|ении)?(?: полиции)?|умвд|увд|ровд|"
    r"мусорн\w*|шуъбаи|идораи|iib|iio|police station|station|otdel|ovd|omvd|спецприемник\w*|сизо|"
    r"ивс|цвсиг)\b"
    r"(?:\s*[№#]?\s*(?:[A-ZА-ЯЁҒӢҚӮҲҶЎ][\w-]*|\d+(?:-?\w)?|по|району|района|г\.?|ш\.|шаҳри|"
    r"ноҳияи)){0,5}",
    re.IGNORECASE,
)
_PEOPLE = r"(?!\d|\s*(?:чел|люд|нафар|кас|kishi|nafar|people|person))"
VAN = re.compile(
    r"\b(?:автозак\w*|автобус\w*|avtozak\w*|van|bus|мошин\w*|микроавтобус\w*)\b"
    rf"(?:\s*[№#]?\s*(?:\d+{_PEOPLE}|[а-яa-z]\s?\d{{3}}\s?[а-яa-z]{{2}}\s?\d{{0,3}}))?",
    re.IGNORECASE,
)
MINOR = re.compile(
    r"\b(?:несовершеннолет\w+|малолет\w+|реб[её]н\w+|школьник\w*|ноболиғ\w*|кӯдак\w*|minors?|"
    r"child|voyaga yetmagan\w*|bola)\b",
    re.IGNORECASE,
)
NO_LAWYER = re.compile(
    r"\b(?:без адвоката|адвоката? нет|нет адвоката|адвоката не пускают|бе адвокат|адвокат нест|"
    r"no lawyer|without (?:a )?lawyer|advokatsiz|advokat yo[‘'’]q)\b",
    re.IGNORECASE,
)
RELEASED = re.compile(
    r"\b(?:отпу(?:щен|стил)\w*|вышел|вышла|на свободе|озод шуд\w*|released|freed|"
    r"qo[‘'’]yib yuborild\w*)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(
    r"\b(?:ч(?:асть|\.)\s?\d{1,2}\s*)?ст(?:атья|\.)?\s?\d{1,3}(?:\.\d{1,2})*"
    r"(?:\s*ч\.?\s?\d{1,2})?(?:\s*ко?ап(?: рф)?)?"
    r"|\b\d{1,2}\.\d{1,2}(?:\.\d)?\s*(?:ч\.?\s?\d)?\s*(?:ко?ап)(?: рф)?",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʻʼ`.\u0300-\u036f\u200c-]){0,60}")
SEPARATORS = re.compile(r"[,;|/\t]|\s[–—-]\s|\(|\)")
EMPTY = re.compile(r"[\s,;:.|/()\[\]–—-]+")
HEADING = re.compile(r"[:：]\s*$")
