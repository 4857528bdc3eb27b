"""Readings of written words. All names are invented."""

import pytest

from habeas.names.letters import words
from habeas.names.romanise import readings, settle


def sounds(name: str) -> set[str]:
    word = words(name)[0]
    return {reading.text for reading in readings(word.text, word.script)}


@pytest.mark.parametrize(
    ("latin", "cyrillic", "style"),
    [
        ("Shchukarev", "Щукарев", "passport"),
        ("Chtchoukarev", "Щукарев", "French-type passport"),
        ("Schtschukarew", "Щукарев", "German"),
        ("Ščukarev", "Щукарев", "scholarly"),
        ("Jukovski", "Жуковский", "French-type passport"),
        ("Zhukovskii", "Жуковский", "passport"),
        ("Žukovskij", "Жуковский", "ISO 9"),
        ("Juraxon", "Ҷурахон", "Uzbek law 1995"),
        ("Dzhurakhon", "Ҷурахон", "passport"),
        ("Djurakhon", "Ҷурахон", "press"),
        ("Guerman", "Герман", "French-type passport"),
        ("Dorochine", "Дорошин", "French-type passport"),
        ("Tsarev", "Царев", "passport"),
        ("Tcarev", "Царев", "GOST R 52535"),
        ("Carev", "Царев", "ISO 9"),
        ("Yulia", "Юлия", "BGN/PCGN"),
        ("Iuliia", "Юлия", "passport"),
        ("Julija", "Юлия", "scholarly"),
    ],
)
def test_a_style_reads_like_the_cyrillic_word(latin: str, cyrillic: str, style: str) -> None:
    assert sounds(latin) & sounds(cyrillic), style


def test_the_two_letters_of_a_boundary_are_also_read_apart() -> None:
    assert sounds("Is'hoq") & sounds("Ishoq")
    assert sounds("Saidjon") & sounds("Саидҷон")


def test_a_short_u_is_a_consonant_in_belarusian_and_a_vowel_in_uzbek() -> None:
    assert sounds("Дарохаў") == {"daroxav"}
    assert sounds("Ўктам") == {"Oktam"}


def test_persian_letters_have_sounds() -> None:
    assert sounds("کرامت") == {"kramt"}


@pytest.mark.parametrize(
    ("raw", "settled"), [("mariya", "mara"), ("mirziyoyev", "mirzEev"), ("izzat", "izat")]
)
def test_glides_and_doubled_letters_are_settled(raw: str, settled: str) -> None:
    assert settle(raw) == settled
    assert settle(settled) == settled


def test_a_word_has_few_readings() -> None:
    assert len(sounds("Tschitschjaszcziewskaja")) <= 8
