"""The generated pairs: reproducible, as printed by courts, and never undecidable."""

import pytest
from benchmarks.names import declension, latin
from benchmarks.names.forms import FORMS, full, patronymic
from benchmarks.names.measures import Judged
from benchmarks.names.pairs import make_pairs
from benchmarks.names.people import Name, Person, people
from benchmarks.names.slips import homoglyph, mistype
from benchmarks.names.tables import dice
from benchmarks.names.telling import given_differs, told_apart
from rapidfuzz.distance import OSA

# Invented.
_DALER = Person(
    "tajik",
    "m",
    Name("Собиров", "Собиров", "sobir"),
    Name("Далер", "Далер", "daler"),
    Name("Хаким", "Ҳаким", "hakim"),
    "ович",
)


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("full", "Собиров Далер Хакимович"),
        ("upper", "СОБИРОВ ДАЛЕР ХАКИМОВИЧ"),
        ("given_first", "Далер Хакимович Собиров"),
        ("genitive", "Собирова Далера Хакимовича"),
        ("dative", "Собирову Далеру Хакимовичу"),
        ("instrumental", "Собировым Далером Хакимовичем"),
        ("genitive_partly", "Собирова Далер Хакимовича"),
        ("initials_first", "Д.Х. Собиров"),
        ("initials_dative", "Собирову Д.Х."),
        ("no_father_dative", "Собирову Далеру"),
        ("zoda", "Собирзода Далер Хакимович"),
        ("bare", "Собир Далер Хаким"),
        ("son_of", "Собиров Далер Хаким угли"),
        ("o_a", "Сабиров Далер Хакимович"),
        ("latin_german", "Daler Sobirow"),
        ("national", "Собиров Далер Ҳакимович"),
        ("yo", None),
    ],
)
def test_a_record_is_printed_as_the_form_says(form: str, printed: str | None) -> None:
    assert FORMS[form](_DALER, dice(1)) == printed


@pytest.mark.parametrize(
    ("name", "gender", "case", "declined"),
    [
        ("Скворецкий", "m", "genitive", "Скворецкого"),
        ("Скворецкая", "f", "dative", "Скворецкой"),
        ("Гончарук", "m", "dative", "Гончаруку"),
        ("Гончарук", "f", "dative", "Гончарук"),
        ("Гриценко", "m", "genitive", "Гриценко"),
        ("Жерновой", "m", "instrumental", "Жерновым"),
        ("Горобец", "m", "genitive", "Горобца"),
        ("Дятлович", "m", "instrumental", "Дятловичем"),
        ("Заречный", "m", "dative", "Заречному"),
        ("Цой", "m", "dative", "Цою"),
        ("Цой", "f", "dative", "Цой"),
    ],
)
def test_surnames_follow_school_grammar(name: str, gender: str, case: str, declined: str) -> None:
    assert declension.surname(name, gender, case) == declined


@pytest.mark.parametrize(
    ("name", "gender", "case", "declined"),
    [
        ("Павел", "m", "genitive", "Павла"),
        ("Юрий", "m", "dative", "Юрию"),
        ("Игорь", "m", "instrumental", "Игорем"),
        ("Мария", "f", "dative", "Марии"),
        ("Ольга", "f", "genitive", "Ольги"),
        ("Гузель", "f", "instrumental", "Гузелью"),
        ("Хайрулло", "m", "genitive", "Хайрулло"),
        ("Сомон", "f", "genitive", "Сомон"),
    ],
)
def test_given_names_follow_school_grammar(
    name: str, gender: str, case: str, declined: str
) -> None:
    assert declension.given(name, gender, case) == declined


@pytest.mark.parametrize(
    ("father", "son"),
    [
        ("Юрий", "Юрьевич"),
        ("Дмитрий", "Дмитриевич"),
        ("Терентий", "Терентьевич"),
        ("Игорь", "Игоревич"),
        ("Илья", "Ильич"),
        ("Хайрулло", "Хайруллоевич"),
        ("Лев", "Львович"),
    ],
)
def test_patronymics_follow_the_grammar(father: str, son: str) -> None:
    assert patronymic(father, "m") == son


def test_romanisations_follow_their_tables() -> None:
    assert latin.icao("Щербатюк") == "Shcherbatiuk"
    assert latin.bgn("Ежевикин") == "Yezhevikin"
    assert latin.scholarly("Жданович") == "Ždanovič"
    assert latin.french("Щукин") == "Chtchoukine"
    assert latin.german("Журавлёв") == "Schurawljow"
    assert latin.uzbek("Йўлчиев") == "Yoʻlchiyev"
    assert latin.tajik("Ҷамшед") == "Jamshed"


def test_the_same_seed_gives_the_same_pairs() -> None:
    assert make_pairs(5, 7) == make_pairs(5, 7)
    assert make_pairs(5, 7) != make_pairs(5, 8)


def test_no_record_of_another_person_is_letter_for_letter_that_of_the_sought() -> None:
    printed = {(p.query, p.form, p.record) for p in make_pairs(25, 3) if p.same}
    for pair in make_pairs(25, 3):
        assert pair.same or (pair.query, pair.form, pair.record) not in printed


def test_pairs_hold_every_form_and_every_kind_of_relative() -> None:
    pairs = make_pairs(120, 2)
    assert set(FORMS) <= {pair.form for pair in pairs}
    kinds = {pair.kind for pair in pairs}
    assert {"sibling", "sibling_alike", "father", "son", "swapped", "gender_twin"} <= kinds
    assert {"same_initials", "other_father", "near_spelling", "near_sound", "stranger"} <= kinds


def test_names_that_a_reader_cannot_tell_apart_are_no_negatives() -> None:
    other_spelling = Name("Хоким", "Ҳоким", "hakim")
    assert not given_differs(_DALER.father, other_spelling)
    assert not given_differs(Name("Иззат", "Иззат"), Name("Иззатулло", "Иззатулло"))
    assert given_differs(Name("Абдухалим", "Абдуҳалим"), Name("Абдурахим", "Абдураҳим"))
    brother = Person("tajik", "m", _DALER.surname, Name("Дилшод", "Дилшод"), _DALER.father, "ович")
    full_name, surname_and_given = frozenset(("surname", "given", "father")), "initials"
    assert not told_apart(full_name, surname_and_given, _DALER, brother)
    assert told_apart(full_name, "full", _DALER, brother)


def test_two_bare_words_are_read_in_both_orders() -> None:
    swapped = Person("tajik", "m", _DALER.surname, _DALER.father, _DALER.given, "ович")
    loose = frozenset(("given", "father", "loose"))
    assert not told_apart(loose, "full", _DALER, swapped)


def test_bare_words_are_held_against_initials_in_both_orders() -> None:
    # "Собир Далер" may be Собиров Д. or Далеров С.; invented.
    known = frozenset(("surname", "given", "loose"))
    other = Person(
        "tajik", "m", Name("Далеров", "Далеров"), Name("Собит", "Собит"), _DALER.father, "ович"
    )
    assert not told_apart(known, "initials", _DALER, other)
    assert told_apart(frozenset(("surname", "given")), "initials", _DALER, other)


def test_a_short_form_that_two_long_names_share_tells_nobody_apart() -> None:
    known = frozenset(("surname", "given"))
    one = Person("tajik", "m", _DALER.surname, Name("Джурабек", "Ҷӯрабек"), _DALER.father, "ович")
    other = Person(
        "tajik", "m", _DALER.surname, Name("Джураназар", "Ҷӯраназар"), _DALER.father, "ович"
    )
    assert told_apart(known, "full", one, other)
    assert not told_apart(known, "short_given", one, other)


def test_a_typing_error_is_one_error_and_never_in_a_first_letter() -> None:
    throw = dice("typing")
    for person in people(200, 5):
        line = full(person).line()
        wrong = mistype(line, throw)
        if wrong is not None:
            assert OSA.distance(line, wrong) == 1
            pairs = zip(line.split(), wrong.split(), strict=True)
            assert all(a[0] == b[0] for a, b in pairs)


def test_latin_letters_hide_in_the_surname_alone() -> None:
    hidden = homoglyph("Собиров Далер", dice(3))
    assert hidden is not None
    assert hidden != "Собиров Далер"
    assert hidden.endswith(" Далер")
    assert 1 <= sum(letter.isascii() and letter.isalpha() for letter in hidden) <= 2


def test_a_judged_pair_needs_nothing_but_its_kind() -> None:
    assert Judged("full", "tajik", "same", same=True).same
