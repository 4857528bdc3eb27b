"""Whole texts: every suggestion rests on its words; any text is read, in linear time."""

import gc
import json
import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.errors import NothingToRead, TextTooLong
from habeas.reading import Reading, read
from habeas.reading.reader import LONGEST_TEXT
from habeas.reading.rules import RULES
from habeas.reading.suggestions import Claim, Count, Custody, Quote
from habeas.reading.telling import as_plain

_TELLING = (
    "At least 120 of 400 protesters were detained in Moscow on April 2, OVD-Info said. ",
    "Фархода Латипова обвиняют по ч. 2 ст. 244 УК РФ, сообщил его адвокат Умед Назаров. ",
    "ВКД 40 нафарро боздошт кард; Фарҳод Латипов инро рад мекунад. ",
    "Prokuratura Farhod Latipovni firibgarlikda ayblamoqda, deb xabar berdi Ozodlik. ",
    "Selon OVD-Info, au moins 120 personnes ont été arrêtées le 2 avril. ",
    "Die Polizei nahm am 2. April mindestens 120 Menschen fest. ",
    "Secondo OVD-Info, almeno 120 persone sono state arrestate. ",
    "\n\nHundreds arrested\n\n",
    "«Нас били», — сказал он. ",
)
_PIECES = st.one_of(
    st.sampled_from(_TELLING),
    st.sampled_from(_TELLING).map(lambda text: text[: len(text) // 2]),
    st.text(max_size=30),
    st.sampled_from(
        ["\u202e", "\u200f", "\ufeff", "\x00", "\u0301", "1 000 ", "ст. ", "«", "</p>"]
    ),
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=12).map("".join)


def _check(text: str, reading: Reading) -> None:
    for one in reading.suggestions:
        assert one.at.text == text[one.at.start : one.at.end]
        assert one.at.text
        assert one.rule in RULES
        value = one.value
        if isinstance(value, Count | Claim | Custody | Quote):
            speaker = value.speaker
            assert not speaker.rule or speaker.rule in RULES
            if speaker.at is not None:
                assert speaker.at.text == text[speaker.at.start : speaker.at.end]
        if isinstance(value, Claim) and value.content is not None:
            assert value.content.text == text[value.content.start : value.content.end]
    for number, person in enumerate(reading.people):
        assert person.number == number
        assert all(spelling in " ".join(text.split()) for spelling in person.spellings)
    places = [(one.at.start, -one.at.end) for one in reading.suggestions]
    assert places == sorted(places)


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_suggestion_rests_on_its_words(text: str) -> None:
    try:
        reading = read(text)
    except NothingToRead:
        assert not any(letter.isalpha() for letter in text)
        return
    _check(text, reading)
    json.dumps(as_plain(reading))


@given(st.sampled_from(_TELLING), st.data())
@settings(max_examples=60, deadline=None)
def test_noise_of_a_scan_breaks_nothing(text: str, data: st.DataObject) -> None:
    noisy = list(text)
    for place in data.draw(st.lists(st.integers(0, len(text) - 1), max_size=8)):
        noisy[place] = data.draw(st.sampled_from("0Il|°¬ \ufffd\u00adо3"))
    whole = "".join(noisy)
    _check(whole, read(whole))


@given(st.sampled_from(_TELLING))
def test_a_text_says_the_same_wherever_it_stands(text: str) -> None:
    alone = read(text)
    moved = read("Rain fell all day in the valley and the road was shut for hours.\n\n" + text)
    kinds = [(one.kind, one.at.text) for one in moved.suggestions]
    assert all((one.kind, one.at.text) in kinds for one in alone.suggestions)


@pytest.mark.parametrize("text", ["", " \n\t ", "1234 5678", "…?!", "\u200b\u202e"])
def test_a_text_without_a_letter_is_refused(text: str) -> None:
    with pytest.raises(NothingToRead, match="no word"):
        read(text)


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TextTooLong, match="at most"):
        read("a" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize("text", ["مرحبا بالعالم", "日本語のテキスト", "აბგდ ევზ"])
def test_a_text_in_a_script_without_rules_says_that_it_was_not_read(text: str) -> None:
    reading = read(text)
    assert reading.suggestions == ()
    assert reading.unread == ((0, len(text)),) or reading.languages


_ATTACKS: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: "а" * n,
    "digits": lambda n: "1" * n + "a",
    "thousands": lambda n: "1 000 " * (n // 6) + "a",
    "opening quotes": lambda n: "«" * n + "a",
    "quotes and words": lambda n: "« a " * (n // 4),
    "articles": lambda n: "ст. 1, ч. 2 " * (n // 12),
    "hyphens": lambda n: "a-" * (n // 2),
    "apostrophes": lambda n: "o'" * (n // 2),
    "commas": lambda n: "said X, " * (n // 8),
    "relatives": lambda n: "brothers and " * (n // 13),
    "who": lambda n: "police, who " * (n // 12),
    "capitals": lambda n: "Abcde " * (n // 6),
    "names": lambda n: "Латипов Фарход, " * (n // 16),
    "numbers of": lambda n: "120 of 400 " * (n // 11),
    "brackets": lambda n: "(a " * (n // 3),
    "lines": lambda n: "слово\n" * (n // 6),
    "stops": lambda n: "г. " * (n // 3),
}


@pytest.mark.parametrize("attack", _ATTACKS)
def test_time_grows_no_faster_than_the_text(attack: str) -> None:
    make = _ATTACKS[attack]
    read(make(2_000))

    def seconds(length: int) -> float:
        text = make(length)
        taken = []
        # When Python collects garbage follows its own thresholds, and hides what the rules cost.
        gc.disable()
        for _ in range(3):
            began = time.process_time()
            read(text)
            taken.append(time.process_time() - began)
        gc.enable()
        return min(taken)

    short = seconds(30_000)
    # A tenth of a second is lost in the noise of a busy machine.
    assert seconds(120_000) <= 5.5 * short + 0.1, "four times the text took far more than four"


def test_memory_does_not_follow_the_length_of_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.reading.reader._BLOCK_TOKENS", 1000)
    monkeypatch.setattr("habeas.reading.sentences._LONGEST_PIECE", 10_000)
    line = "The road went slowly along the river between old trees, and nobody came. "

    def peak(length: int) -> int:
        text = line * (length // len(line))
        tracemalloc.start()
        read(text)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    small = peak(60_000)
    assert peak(300_000) < 1.5 * small


def test_a_flood_of_suggestions_ends_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.reading.reader.MOST_SUGGESTIONS", 50)
    monkeypatch.setattr("habeas.reading.reader._BLOCK_TOKENS", 100)
    text = "At least 120 people were detained in Moscow on April 2.\n\n" * 100
    reading = read(text)
    assert 50 <= len(reading.suggestions) < 200
    assert 0 < reading.read_to < len(text)
    assert read(text[:200]).read_to == 200


def test_people_are_known_from_block_to_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.reading.reader._BLOCK_TOKENS", 20)
    filler = "The road went along the river between old trees. " * 5
    text = f"Farhod Latipov was held.\n\n{filler}\n\nLatipov denies it, his lawyer said."
    (person,) = read(text).people
    assert person.spellings == ("Farhod Latipov", "Latipov")


def test_the_search_for_cycles_goes_on_after_reading_as_before() -> None:
    assert gc.isenabled()
    read("Two people were detained in Moscow.")
    assert gc.isenabled()
    gc.disable()
    try:
        read("Two people were detained in Moscow.")
        assert not gc.isenabled()
    finally:
        gc.enable()
