"""How a record prints a person: the forms of courts, ministries and newspapers.

Each form is a function from a person to the printed name, or None where the form does not exist
for that person (no -зода for a Russian, no ё in the name). What a form shows of a name stands in
SHOWS, so that a pair can be left out where nothing shown tells two people apart.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.names import declension, latin
from benchmarks.names.people import Name, Person, flatten, known_spellings
from benchmarks.names.slips import homoglyph, mistype
from benchmarks.names.tables import cyrillic

TABLE_GROUPS = ("tajik", "uzbek")
SON_WORDS = {
    "tajik": ("угли", "кизи"), "uzbek": ("угли", "кизи"), "kyrgyz": ("уулу", "кызы"),
    "kazakh": ("улы", "кызы"), "azerbaijani": ("оглы", "кызы"), "caucasus": ("оглы", "кызы"),
}  # fmt: skip
_NATIONAL_SON = {
    "uzbek": "o‘g‘li qizi", "azerbaijani": "oğlu qızı", "kyrgyz": "уулу кызы",
    "kazakh": "ұлы қызы",
}  # fmt: skip
_IRREGULAR = {
    "лев": "Львов", "павел": "Павлов", "пётр": "Петров", "петр": "Петров", "яков": "Яковлев",
    "михаил": "Михайлов",
}  # fmt: skip
_VOWELS = "аеёиоуыэюя"
_ICH = {"никита", "илья", "лука", "фома", "кузьма", "савва"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a printed name; `father` may be two words, or empty."""

    surname: str
    given: str
    father: str

    def line(self) -> str:
        """Return surname, given name, father's name, as records order them."""
        return " ".join(word for word in (self.surname, self.given, self.father) if word)

    def given_first(self) -> str:
        """Return given name, father's name, surname."""
        return " ".join(word for word in (self.given, self.father, self.surname) if word)


def feminine(surname: str) -> str:
    """Return the form of a surname that a woman bears, in Russian or in Latin letters."""
    for man, woman in (
        ("ский", "ская"), ("цкий", "цкая"), ("ський", "ська"), ("цький", "цька"), ("скі", "ская"),
        ("цкі", "цкая"), ("ый", "ая"), ("ой", "ая"), ("ний", "няя"), ("ов", "ова"), ("ев", "ева"),
        ("ёв", "ёва"), ("ин", "ина"), ("ын", "ына"), ("ov", "ova"), ("ev", "eva"),
    ):  # fmt: skip
        # Цой and Пак are no adjectives.
        if surname.endswith(man) and len(surname) > 4:
            return surname[: -len(man)] + woman
    return surname


def patronymic(name: str, gender: str) -> str:
    """Return the father's name with -ович or -овна, by the rules of the Russian Grammar."""
    low = name.lower()
    if low in _ICH:
        return name[:-1] + ("ич" if gender == "m" else "ична")
    end = ("ич", "на")[gender == "f"]
    if low in _IRREGULAR:
        return _IRREGULAR[low] + end
    if low.endswith("ий") and len(low) > 3:
        # Юрьевич, Терентьевич, but Дмитриевич, Георгиевич.
        hard = low[-4] in _VOWELS or low[-4:-2] == "нт"
        return name[:-2] + ("ьев" if hard else "иев") + end
    if low.endswith(("й", "ь")):
        return name[:-1] + "ев" + end
    return name + ("ев" if low[-1] in "аеиоуыэюяжшчщц" else "ов") + end


def surname(person: Person) -> str:
    """Return the surname as Russian officials print it."""
    printed = person.surname.printed
    return printed if person.gender == "m" else feminine(printed)


def father(person: Person) -> str:
    """Return the father's name as Russian officials print it."""
    if person.link == "ович":
        return patronymic(person.father.printed, person.gender)
    return f"{person.father.printed} {person.link}"


def full(person: Person) -> Parts:
    """Return the three parts in the nominative, Russian letters."""
    return Parts(surname(person), person.given.printed, father(person))


def declined(person: Person, case: str) -> Parts:
    """Return the three parts in a case; words for son and daughter stay as they are."""
    parts, gender = full(person), person.gender
    return Parts(
        declension.surname(parts.surname, gender, case),
        declension.given(parts.given, gender, case),
        declension.patronymic(parts.father, gender, case),
    )


def _initial(word: str) -> str:
    return word[:1] + "."


def _initials(parts: Parts, between: str = "") -> str:
    return _initial(parts.given) + between + _initial(parts.father)


def _genitive_partly(person: Person) -> str | None:
    whole, case = full(person), declined(person, "genitive")
    if case.given == whole.given or case.surname == whole.surname:
        return None
    return Parts(case.surname, whole.given, case.father).line()


def _no_father(person: Person, case: str) -> str:
    parts = declined(person, case) if case else full(person)
    return f"{parts.surname} {parts.given}"


def _yo(person: Person) -> str | None:
    line = full(person).line()
    return line.replace("ё", "е").replace("Ё", "Е") if "ё" in line.lower() else None


def stem(name: Name) -> str | None:
    """Return the bare stem of a surname in -ов that comes from a given name."""
    printed = name.printed
    return printed[:-2] if printed.endswith("ов") and len(printed) > 5 else None


def _zoda(person: Person) -> str | None:
    base = stem(person.surname)
    if person.group != "tajik" or base is None:
        return None
    parts = full(person)
    return Parts(base + "зода", parts.given, parts.father).line()


def _bare(person: Person) -> str | None:
    base = stem(person.surname)
    if person.group != "tajik" or base is None:
        return None
    return f"{base} {person.given.printed} {person.father.printed}"


def _son_of(person: Person) -> str | None:
    words = SON_WORDS.get(person.group)
    if words is None:
        return None
    parts = full(person)
    if person.link != "ович":
        return Parts(
            parts.surname, parts.given, patronymic(person.father.printed, person.gender)
        ).line()
    return Parts(
        parts.surname, parts.given, f"{person.father.printed} {words[person.gender == 'f']}"
    ).line()


def _o_a(person: Person) -> str | None:
    if person.group not in TABLE_GROUPS:
        return None
    parts = full(person)
    changed = [
        word[0] + word[1:].replace("о", "а", 1) if "о" in word[1:-4] else word.replace("О", "А", 1)
        for word in (parts.surname, parts.given, parts.father)
    ]
    line = " ".join(changed)
    return None if line == parts.line() else line


def latin_parts(person: Person, spell: Callable[[str], str]) -> Parts:
    """Return the three parts as Russian officials print them, put into Latin letters."""
    parts = full(person)
    father_words = " ".join(spell(word) for word in parts.father.split())
    return Parts(spell(parts.surname), spell(parts.given), father_words)


def _press(person: Person, spell: Callable[[str], str]) -> str:
    parts = latin_parts(person, spell)
    return f"{parts.given} {parts.surname}"


def national_parts(person: Person) -> Parts | None:
    """Return the name in its bearer's own letters; None where these are the Russian ones."""
    if person.group in ("russian", "caucasus"):
        return None
    own = person.surname.national
    family = own if person.gender == "m" else feminine(own)
    given, called = person.given.national, person.father.national
    joined = _national_father(person, called)
    if person.group == "uzbek":
        return Parts(latin.uzbek(family), latin.uzbek(given), joined)
    return Parts(family, given, joined)


def _national_father(person: Person, called: str) -> str:
    words = _NATIONAL_SON.get(person.group, "").split()
    if words and person.link != "ович":
        name = latin.uzbek(called) if person.group == "uzbek" else called
        return f"{name} {words[person.gender == 'f']}"
    if person.group == "azerbaijani":
        return f"{called} {words[person.gender == 'f']}"
    joined = _own_patronymic(person, called)
    return latin.uzbek(joined) if person.group == "uzbek" else joined


def _own_patronymic(person: Person, called: str) -> str:
    if person.group == "ukrainian":
        joined = patronymic(person.father.printed, person.gender)
        return joined.replace("и", "і").replace("ы", "и").replace("іч", "ич").replace("ё", "йо")
    if person.group == "belarusian":
        joined = patronymic(person.father.printed, person.gender)
        return joined.replace("и", "і").replace("ов", "аў" if person.gender == "f" else "ав")
    return patronymic(called.replace("ӣ", "и"), person.gender)


def _national(person: Person) -> str | None:
    parts = national_parts(person)
    line = parts.line() if parts else None
    return None if line == full(person).line() else line


_LOST = str.maketrans("ҷқғҳӣӯҶҚҒҲӢӮ", "чкгхиуЧКГХИУ")


def _flat(person: Person) -> str | None:
    parts = national_parts(person)
    if person.group != "tajik" or parts is None:
        return None
    lost = parts.line().translate(_LOST)
    return None if lost in (parts.line(), full(person).line()) else lost


def _short_given(person: Person) -> str | None:
    """Print the short form: -улло, -иддин, -джон and their like left off; or a Russian pet name."""
    parts = full(person)
    if person.group in ("russian", "ukrainian", "belarusian"):
        pet = PET_NAMES.get(parts.given)
        return f"{parts.surname} {pet}" if pet else None
    # From the national spelling: Russian letters hide where Махмуд-жон is joined.
    name = person.given.national
    for ending in _SHORTENED:
        base = name.removesuffix(ending)
        if cyrillic(name) and base != name and len(base) > 3 and base.lower() in known_spellings():
            return Parts(parts.surname, flatten(base), parts.father).line()
    return None


_SHORTENED = (
    "уллоҳ", "уллох", "улло", "улла", "иддин", "ҷон", "джон", "жон", "жан", "бек", "хон", "шоҳ",
    "шох", "шо",
)  # fmt: skip
PET_NAMES = {
    "Александр": "Саша", "Александра": "Саша", "Алексей": "Лёша", "Анастасия": "Настя",
    "Анна": "Аня", "Борис": "Боря", "Валентина": "Валя", "Василий": "Вася", "Виктор": "Витя",
    "Владимир": "Володя", "Дмитрий": "Дима", "Евгений": "Женя", "Екатерина": "Катя",
    "Елена": "Лена", "Иван": "Ваня", "Ирина": "Ира", "Константин": "Костя", "Людмила": "Люда",
    "Мария": "Маша", "Михаил": "Миша", "Наталья": "Наташа", "Николай": "Коля", "Ольга": "Оля",
    "Павел": "Паша", "Пётр": "Петя", "Роман": "Рома", "Сергей": "Серёжа", "Татьяна": "Таня",
    "Юрий": "Юра", "Юлия": "Юля",
}  # fmt: skip

Printer = Callable[[Person, random.Random], str | None]


def _plain(make: Callable[[Person], str | None]) -> Printer:
    return lambda person, _: make(person)


def _case(case: str) -> Printer:
    return lambda person, _: declined(person, case).line()


FORMS: dict[str, Printer] = {
    "full": _plain(lambda p: full(p).line()),
    "upper": _plain(lambda p: full(p).line().upper()),
    "given_first": _plain(lambda p: full(p).given_first()),
    **{case: _case(case) for case in declension.CASES},
    "genitive_partly": _plain(_genitive_partly),
    "initials": _plain(lambda p: f"{surname(p)} {_initials(full(p))}"),
    "initials_spaced": _plain(lambda p: f"{surname(p)} {_initials(full(p), ' ')}"),
    "initials_first": _plain(lambda p: f"{_initials(full(p))} {surname(p)}"),
    "initials_upper": _plain(lambda p: f"{surname(p)} {_initials(full(p))}".upper()),
    "initials_genitive": _plain(
        lambda p: f"{declined(p, 'genitive').surname} {_initials(full(p))}"
    ),
    "initials_dative": _plain(lambda p: f"{declined(p, 'dative').surname} {_initials(full(p))}"),
    "no_father": _plain(lambda p: _no_father(p, "")),
    "no_father_dative": _plain(lambda p: _no_father(p, "dative")),
    "typo": lambda p, throw: mistype(full(p).line(), throw),
    "homoglyph": lambda p, throw: homoglyph(full(p).line(), throw),
    "yo": _plain(_yo),
    "zoda": _plain(_zoda),
    "bare": _plain(_bare),
    "son_of": _plain(_son_of),
    "short_given": _plain(_short_given),
    "o_a": _plain(_o_a),
    "latin_icao": _plain(lambda p: latin_parts(p, latin.icao).line()),
    "latin_bgn": _plain(lambda p: latin_parts(p, latin.bgn).line()),
    "latin_iso9": _plain(lambda p: latin_parts(p, latin.iso9).line()),
    "latin_scholarly": _plain(lambda p: latin_parts(p, latin.scholarly).line()),
    "latin_french": _plain(lambda p: _press(p, latin.french)),
    "latin_german": _plain(lambda p: _press(p, latin.german)),
    "national": _plain(_national),
    "flat": _plain(_flat),
}
NO_FATHER = frozenset(("no_father", "no_father_dative", "latin_french", "latin_german"))
INITIALS = frozenset(form for form in FORMS if form.startswith("initials"))
BARE = frozenset(("bare", "national"))
"""Forms whose words may be read in another order, since no ending tells them apart."""

__all__ = ["BARE", "FORMS", "INITIALS", "NO_FATHER", "Parts", "feminine", "flatten", "full"]
