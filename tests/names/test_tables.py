"""The reviewed name tables: every row possible, names kept apart, bad rows refused."""

import re
import shutil
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.errors import TableRefused
from habeas.names.tables_io import FOLDER, check, rows

Row = tuple[str, ...]

COLUMNS: dict[str, Row] = {
    "given_names": ("spelling", "languages", "gender", "group", "per_million", "source"),
    "short_forms": ("short", "gender", "groups", "languages", "kind", "source"),
    "surnames": ("stem", "per_million", "languages", "source"),
    "name_elements": ("element", "position", "languages", "effect", "source"),
    "titles": ("word", "languages", "kind", "source"),
}
LANGUAGES = frozenset(
    re.findall(
        "[a-z]+",
        "ru uk be tg uz ky kk tk az tt ba che inh av lez dar kum lak nog krc ady kbd os ab crh hy"
        " ka fa tr en de fr pl it es",
    )
)
STEPS = frozenset({"10", "30", "100", "300", "800", "2500", "6000", "12000", "20000"})
SCRIPTS = ("LATIN", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC")


def scripts(text: str) -> set[str]:
    """Return the scripts of the letters of a text; the palochka counts as Cyrillic."""
    found = {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}
    return found - {"MODIFIER"}


def bad_spelling(text: str) -> str:
    if not text or text != text.strip() or text != unicodedata.normalize("NFC", text):
        return f"{text!r} is empty, padded or not NFC"
    found = scripts(text)
    if len(found) != 1 or not found <= set(SCRIPTS):
        return f"{text!r} mixes scripts: {sorted(found)}"
    return ""


def bad_languages(text: str) -> str:
    unknown = set(text.split(",")) - LANGUAGES
    return f"unknown languages {sorted(unknown)}" if unknown else ""


def bad_given(row: Row) -> str:
    spelling, languages, gender, group, per_million, source = row
    if gender not in {"m", "f", "u"}:
        return f"gender {gender!r}"
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", group):
        return f"group {group!r} is not a plain ASCII id"
    if per_million not in STEPS:
        return f"per_million {per_million!r} is not one of the steps"
    if not re.fullmatch(r"(national|russian|clerk-letters|latin|variant)(\+opencorpora)?", source):
        return f"source {source!r}"
    if not spelling[:1].isupper() and scripts(spelling) <= {"LATIN", "CYRILLIC"}:
        return f"{spelling!r} has no capital"
    return bad_spelling(spelling) or bad_languages(languages)


def bad_short(row: Row) -> str:
    short, gender, groups, languages, kind, source = row
    unknown = set(groups.split(",")) - GROUPS
    if unknown:
        return f"unknown groups {sorted(unknown)}"
    if gender not in {"m", "f", "u"} or kind not in {"diminutive", "short", "affixed"}:
        return f"gender {gender!r} or kind {kind!r}"
    if not {GENDER_OF[group] for group in groups.split(",")} <= {gender, "u"}:
        return f"{short} {gender} stands for a name of the other gender"
    return bad_spelling(short) or bad_languages(languages) or ("" if source else "no source")


def bad_surname(row: Row) -> str:
    stem, per_million, languages, source = row
    if scripts(stem) != {"CYRILLIC"}:
        return f"{stem!r} is not in Cyrillic"
    if not per_million.isdigit() or not 0 < int(per_million) < 20_000:
        return f"per_million {per_million!r}"
    return bad_languages(languages) or ("" if source else "no source")


def bad_element(row: Row) -> str:
    element, position, languages, effect, source = row
    if position not in {"prefix", "suffix"}:
        return f"position {position!r}"
    if effect not in {"affix", "theophoric", "honorific", "compound"}:
        return f"effect {effect!r}"
    return bad_spelling(element) or bad_languages(languages) or ("" if source else "no source")


def bad_title(row: Row) -> str:
    word, languages, kind, source = row
    if kind not in {"title", "pilgrim", "office", "academic", "respect"}:
        return f"kind {kind!r}"
    return bad_spelling(word) or bad_languages(languages) or ("" if source else "no source")


RULES: dict[str, Callable[[Row], str]] = {
    "given_names": bad_given,
    "short_forms": bad_short,
    "surnames": bad_surname,
    "name_elements": bad_element,
    "titles": bad_title,
}
GIVEN = list(rows("given_names", COLUMNS["given_names"]))
GENDER_OF = {row[3]: row[2] for row in GIVEN}
GROUPS = frozenset(GENDER_OF)


def groups_of(spelling: str) -> set[str]:
    return {row[3] for row in GIVEN if row[0].lower() == spelling.lower()}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_is_possible(name: str) -> None:
    assert check(name, COLUMNS[name], RULES[name]) > 0


@pytest.mark.parametrize("name", COLUMNS)
def test_each_table_says_where_it_comes_from_and_is_sorted_without_doubles(name: str) -> None:
    head = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").split("\n")[:20]
    comments = " ".join(line for line in head if line.startswith("#"))
    assert "Source:" in comments
    assert "Licence:" in comments
    assert "2026" in comments
    table = list(rows(name, COLUMNS[name]))
    assert len(set(table)) == len(table)
    if name == "given_names":
        order = ["\t".join((row[3], row[2], row[0].lower())) for row in table]
    else:
        order = [row[0].lower() for row in table]
    assert order == sorted(order)


def test_enough_names_in_every_language() -> None:
    assert len(GIVEN) >= 6_000
    assert len({(row[0], row[2]) for row in GIVEN if row[5].startswith("national")}) >= 4_000
    counts = Counter((language, row[2]) for row in GIVEN for language in row[1].split(","))
    for language, men, women in (
        ("tg", 2_000, 1_000),
        ("uz", 2_000, 1_000),
        ("kk", 1_000, 500),
        ("ky", 800, 400),
        ("ru", 500, 500),
        ("az", 500, 300),
        ("uk", 300, 300),
        ("be", 300, 300),
        ("tt", 300, 200),
        ("fa", 300, 150),
    ):
        assert counts[language, "m"] >= men, language
        assert counts[language, "f"] >= women, language


def test_a_group_has_one_gender() -> None:
    genders = defaultdict(set)
    for row in GIVEN:
        genders[row[3]].add(row[2])
    assert {group: found for group, found in genders.items() if len(found) > 1} == {}


def test_a_spelling_of_two_names_is_declared_on_top_of_the_table() -> None:
    declared = set()
    for line in (FOLDER / "given_names.tsv").read_text(encoding="utf-8").split("\n"):
        if line.startswith("# shared spelling: "):
            spelling, gender, groups = line.removeprefix("# shared spelling: ").split(" ")
            declared.add((spelling, gender, frozenset(groups.split(","))))
    found = defaultdict(set)
    for spelling, _, gender, group, _, _ in GIVEN:
        found[spelling.lower(), gender].add(group)
    shared = {(*key, frozenset(groups)) for key, groups in found.items() if len(groups) > 1}
    assert shared == declared


@pytest.mark.parametrize(
    "spellings",
    [
        "Николай Микола Мікалай Mykola Mikalai",
        "Александр Олександр Аляксандр Alexander Aliaksandr",
        "Иззат عزت Izzat Изат",
        "Муҳаммад Мухаммад Магомед Мухаммед Muhammad Məhəmməd Магомет محمد",
        "Ҷамшед Джамшед Джамшид Жамшид Jamshed Чамшед",
        "Умед Умид Umed Umid",
        "Гулнора Гульнара Gulnora Gülnarə Гүлнара",
        "Фотима Фатима Патимат Fotima",
        "Ахмад Аҳмад Ахмат Ахмед Əhməd",
        "Шарофиддин Sharofiddin Шарафутдин",
        "Ўткир Уткир Oʻtkir",
        "Қайрат Кайрат Kayrat",
        "Эмомалӣ Эмомали Имомалӣ",
    ],
)
def test_spellings_of_one_name_share_a_group(spellings: str) -> None:
    common = set.intersection(*(groups_of(spelling) for spelling in spellings.split()))
    assert len(common) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Абдухалим", "Абдурахим"),
        ("Абдураҳмон", "Абдураҳим"),
        ("Хабибулло", "Абдулло"),
        ("Егор", "Игорь"),
        ("Егор", "Георгий"),
        ("Юрий", "Георгий"),
        ("Александр", "Александра"),
        ("Евгений", "Евгения"),
        ("Ислам", "Исмаил"),
        ("Иззат", "Иззатулло"),
        ("Саид", "Саидҷон"),
        ("Ҳамид", "Ҳалим"),
        ("Карим", "Рахим"),
        ("Ҳасан", "Ҳусайн"),
        ("Юсуф", "Юнус"),
        ("Дилшод", "Дилмурод"),
        ("Нигора", "Нигина"),
        ("Зафар", "Сафар"),
    ],
)
def test_two_names_never_share_a_group(one: str, other: str) -> None:
    assert groups_of(one)
    assert groups_of(other)
    assert not groups_of(one) & groups_of(other)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Саша", "Александр"),
        ("Саша", "Александра"),
        ("Алесь", "Аляксандр"),
        ("Иззат", "Иззатулло"),
        ("Саид", "Саидҷон"),
        ("Раҳим", "Абдураҳим"),
        ("Коля", "Николай"),
        ("Женя", "Евгения"),
    ],
)
def test_short_forms_lead_to_the_long_name(short: str, long: str) -> None:
    found = {
        group
        for row in rows("short_forms", COLUMNS["short_forms"])
        if row[0] == short
        for group in row[2].split(",")
    }
    assert found & groups_of(long)


def test_no_short_form_repeats_a_spelling_of_the_group_it_leads_to() -> None:
    own = {(row[0].lower(), row[3]) for row in GIVEN}
    repeated = [
        (row[0], group)
        for row in rows("short_forms", COLUMNS["short_forms"])
        for group in row[2].split(",")
        if (row[0].lower(), group) in own
    ]
    assert repeated == []


BAD_ROWS = {
    "given_names": [
        "Иззат\ttg\tm\tизат\t300\tnational",
        "Иззат\ttg\tx\tizzat\t300\tnational",
        "Иззат\tzz\tm\tizzat\t300\tnational",
        "Иззaт\ttg\tm\tizzat\t300\tnational",
        "Иззат\ttg\tm\tizzat\t-3\tnational",
        "Йзат\ttg\tm\tizzat\t300\tnational".replace("Й", "И\u0306"),
    ],
    "short_forms": [
        "Саша\tm\tnobody_at_all\tru\tdiminutive\tx",
        "Саша\tf\taleksandr\tru\tshort\tx",
    ],
    "surnames": ["Ivanov\t10\tru\tx", "Иванов\tmany\tru\tx"],
    "name_elements": ["бек\tinfix\ttg\taffix\tx", "бек\tsuffix\ttg\tdecoration\tx"],
    "titles": ["гр.\tru\tnickname\tx"],
}


@pytest.mark.parametrize(
    ("name", "row"), [(name, row) for name in BAD_ROWS for row in BAD_ROWS[name]]
)
def test_an_impossible_row_is_refused_with_file_and_line(
    name: str, row: str, tmp_path: Path
) -> None:
    shutil.copy(FOLDER / f"{name}.tsv", tmp_path)
    table = tmp_path / f"{name}.tsv"
    with table.open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    line = len(table.read_text(encoding="utf-8").splitlines())
    with pytest.raises(TableRefused, match=rf"{name}\.tsv, line {line}:"):
        check(name, COLUMNS[name], RULES[name], tmp_path)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_row_with_a_cell_too_few_is_refused_with_file_and_line(name: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / f"{name}.tsv", tmp_path)
    table = tmp_path / f"{name}.tsv"
    with table.open("a", encoding="utf-8") as file:
        file.write("half a row\n")
    line = len(table.read_text(encoding="utf-8").splitlines())
    with pytest.raises(TableRefused, match=rf"{name}\.tsv, line {line}: 1 cells"):
        list(rows(name, COLUMNS[name], tmp_path))
