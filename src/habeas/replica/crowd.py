"""Invented people for the lists of a replica, so that a sought one does not stand there alone.

Surnames mean "invented", "unheard of", "fairy tale" and the like in Russian, Tajik or Kyrgyz; any
likeness to a living person is chance. The same seed makes the same crowd.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from habeas.replica.script import Entry, Happening, Kind, Party, Planned

_SURNAMES = """
    Выдумов Небылицын Сочинённов Придуманов Небывалов Сказкин Химеров Мнимов Вымыслов Нигдеев
    Неведомов Призраков Фантазёров Былинкин Баснев Чудесников Загадкин Несуществуев Миражов
    Иллюзорин Грёзов Дремов Легендин Мифов Небыльцев Притчин Ребусов Шарадин Утопиев Феёров
    Хаёлов Афсонаев Рӯёев Орзуев Ниятов Хаёлзода Афсоназода Бофтаев Ойдирмаев Уйдирмаев
"""
_GIVEN = """
    Аристарх Варлам Гордей Демьян Евстафий Захар Игнат Карп Лукьян Макар Никон Остап Пахом Родион
    Савва Тарас Устин Фома Харитон Ермолай
"""
_FATHERS = """
    Авдеевич Бориславович Власович Глебович Денисович Емельянович Зотович Ипатович Кузьмич Львович
    Миронович Назарович Олегович Прохорович Рюрикович Степанович Трофимович Ульянович Фёдорович
    Эдуардович
"""
_JUDGES = ("Вымышленная О.Э.", "Небылицын Г.М.", "Сочинская П.П.", "Придумова О.О.")
_ARTICLES = {
    "administrative": ("ст. 18.8 ч. 1 КоАП РФ", "ст. 18.10 ч. 2 КоАП РФ", "ст. 20.25 ч. 1 КоАП РФ"),
    "civil": ("О взыскании долга", "О выдаче документов"),
    "criminal": ("ст. 158 ч. 2 УК РФ", "ст. 322.1 ч. 2 УК РФ"),
}
_TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(9, 17) for minute in (0, 20, 40))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    surname: str
    given: str
    father: str

    @property
    def full(self) -> str:
        """Surname, given name, father's name."""
        return f"{self.surname} {self.given} {self.father}"

    @property
    def short(self) -> str:
        """Surname and initials, as lists print them."""
        return f"{self.surname} {self.given[0]}.{self.father[0]}."

    @property
    def listed(self) -> str:
        """As American rosters print: "SURNAME, GIVEN"."""
        return f"{_latin(self.surname)}, {_latin(self.given)}"

    @property
    def plain(self) -> str:
        """As an English text prints: "Surname Given"."""
        return f"{_latin(self.surname).title()} {_latin(self.given).title()}"

    def party(self, source: str) -> Party:
        """Return role and name as a source prints them; КоАП lists print capitals."""
        role, form = _PRINTED.get(source, ("", "capitals"))
        name: str = self.short.upper() if form == "capitals" else getattr(self, form)
        return role, name


def people(chance: random.Random) -> Iterator[Person]:
    """Yield invented people, never two of the same surname and initials in a row of 16,000."""
    surnames, given, fathers = (words.split() for words in (_SURNAMES, _GIVEN, _FATHERS))
    everybody = [(a, b, c) for a in surnames for b in given for c in fathers]
    while True:
        chance.shuffle(everybody)
        for person in everybody:
            yield Person(*person)


def crowd(
    source: str, courts: Iterable[str], days: range, *, each: int = 5, seed: int = 0
) -> tuple[Planned, ...]:
    """Return entries for every court and day of a source.

    Args:
        source: id in the catalogue.
        courts: as `Query.courts` names them; one empty name for a source without courts.
        days: the days in whose lists they stand; they are there from long before.
        each: entries for each court and day.
        seed: another one makes other people.
    """
    chance = random.Random(f"{seed} {source}")  # noqa: S311 - an invented crowd, no secret
    persons = people(chance)
    planned = []
    for court in courts:
        for day in days:
            for number in range(each):
                key = f"{source} {court} {day} {number} {seed}"
                entry = invented(key, source, next(persons), chance, court=court, day=day)
                planned.append(Planned(entry, (Happening(_BEFORE, Kind.APPEARS),)))
    return tuple(planned)


_BEFORE = -10_000


def invented(  # noqa: PLR0913 - four say about whom, two where it stands
    key: str, source: str, person: Person, chance: random.Random, *, court: str = "", day: int = 0
) -> Entry:
    """Return an entry about an invented person in the manner of a source."""
    section = "administrative" if source in _OFFENCES_ONLY else chance.choice(_SECTIONS)
    article = chance.choice(_ARTICLES[section])
    number = f"{_PREFIXES[section]}-{9000 + chance.randrange(1000)}/2026"
    people_: tuple[Party, ...] = (person.party(source),)
    if section == "civil" and source in _SIDED:
        plaintiff, defendant = _SIDED[source]
        people_ = ((plaintiff, 'ООО "Небылица"'), (defendant, person.party(source)[1]))
    return Entry(
        key=key,
        source=source,
        court=court,
        number=number,
        people=people_,
        section=section,
        article=article,
        judge=chance.choice(_JUDGES),
        day=day,
        time=chance.choice(_TIMES),
        title=f"Нисбати {person.full} парванда оғоз гардид",
        text=(
            f"Шаҳрванд {person.full}, соли таваллудаш 1987, боздошт шуд.\n"
            f"Нисбати {person.full} бо моддаи 247 қисми 2 Кодекси ҷиноятии Ҷумҳурии Тоҷикистон "
            "парванда оғоз гардид."
        ),
    )


# Role, and form of the name, by source.
_PRINTED = {
    "ru_mosgorsud": ("Привлекаемое лицо", "short"),
    "xx_table": ("Привлекаемое лицо", "short"),
    "kg_acts": ("Жоопкер", "short"),
    "xx_pdf_list": ("", "plain"),
    **dict.fromkeys(("us_ice_locator", "us_newworld", "xx_roster"), ("", "listed")),
    **dict.fromkeys(
        ("by_courts", "ru_vsrf", "tj_mvd", "tj_sud", "xx_feed", "xx_sitemap", "xx_telegram"),
        ("", "full"),
    ),
}
_SECTIONS = ("administrative", "administrative", "criminal", "civil")
_OFFENCES_ONLY = frozenset(
    {
        "ru_mosgorsud", "ru_msudrf", "ru_sudrf_cassation", "ru_vsrf", "tj_mvd", "us_newworld",
        "xx_feed", "xx_pdf_list", "xx_roster", "xx_sitemap", "xx_table", "xx_telegram",
    }
)  # fmt: skip
_PREFIXES = {"administrative": "5", "civil": "2", "criminal": "1"}
_SIDED = {
    "ru_sudrf": ("ИСТЕЦ(ЗАЯВИТЕЛЬ)", "ОТВЕТЧИК"),
    "tj_sud": ("Даъвогар", "ҷавобгар"),
    "by_courts": ("Истец (заявитель)", "Ответчик"),
    "kg_acts": ("Талапкер", "Жоопкер"),
}
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяӯ"
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya u"
_LETTERS = {
    letter: latin.strip("-") for letter, latin in zip(_CYRILLIC, _LATIN.split(), strict=True)
}


def _latin(name: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in name.lower()).upper()
