"""Counts keep their words: bounds, totals, units and who gives them; nothing becomes harder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_texts import counts, of, shown

from habeas.reading import Kind
from habeas.reading.bounds import Bounds, Hedge, together
from habeas.reading.suggestions import Confidence, Count, SpeakerKind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 120 people were detained.", ["≥ 120 people"]),
        ("More than 400 people came.", ["≥ 401 people"]),
        ("About 30 people were held.", ["~ 30 people"]),
        ("Some 120 out of 400 protesters were detained.", ["~ 120 of = 400 people"]),
        ("Dozens of people were detained.", ["dozens people"]),
        ("Hundreds arrested in the capital", ["hundreds people"]),
        ("Fewer than ten people were released.", ["≤ 9 people"]),
        ("Between 80 and 100 people were held.", ["80–100 people"]),
        ("Up to 60 people were held.", ["≤ 60 people"]),
        ("Twenty-two people were detained.", ["= 22 people"]),
        ("OVD-Info counted 163 detentions.", ["= 163 detentions"]),
        ("They were taken to 12 police stations.", ["= 12 stations"]),
        ("Задержали не менее 120 человек.", ["≥ 120 people"]),
        ("Задержано более 400 человек.", ["≥ 401 people"]),
        ("Задержаны около ста человек.", ["~ 100 people"]),
        ("Полиция задержала 12 из 18 участников.", ["= 12 of = 18 people"]),
        ("Задержали человек 30.", ["~ 30 people"]),
        ("Сотни человек вышли на площадь.", ["hundreds people"]),
        ("Составлено 15 протоколов.", ["= 15 protocols"]),
        ("Шестерых отпустили.", ["= 6 people"]),
        ("Камаш 40 нафар боздошт шуданд.", ["≥ 40 people"]),
        ("Беш аз 200 нафар боздошт шуданд.", ["≥ 201 people"]),
        ("Аз 200 нафар зиёд боздошт шуданд.", ["≥ 201 people"]),
        ("Тақрибан 50 нафар боздошт шуданд.", ["~ 50 people"]),
        ("Kamida 40 kishi ushlandi.", ["≥ 40 people"]),
        ("200 dan ortiq kishi ushlandi.", ["≥ 201 people"]),
        ("50 ga yaqin kishi qo‘lga olindi.", ["~ 50 people"]),
        ("Au moins 120 personnes ont été arrêtées.", ["≥ 120 people"]),
        ("Mindestens 120 Menschen wurden festgenommen.", ["≥ 120 people"]),
        ("Almeno 120 persone sono state arrestate.", ["≥ 120 people"]),
    ],
)
def test_counts_are_read_with_their_bounds(text: str, found: list[str]) -> None:
    assert shown(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "He paid 5,000 roubles and $300.",
        "The fine is 30% of the wage.",
        "He is a father of four and lives in flat 12.",
        "Article 18.10 applies since 2021.",
        "Отец четверых детей живёт в доме 12.",
        "Его держат в СИЗО-4.",
        "Он получил 10 суток ареста.",
        "One man said that he saw it.",
    ],
)
def test_money_shares_families_and_articles_are_no_counts(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("At least 120 people were detained, OVD-Info said.", "OVD-Info"),
        ("According to OVD-Info, 120 people were detained.", "OVD-Info"),
        ("«ОВД-Инфо» сообщил о 120 задержанных.", "ОВД-Инфо"),
        ("По данным МВД, задержаны 120 человек.", "МВД"),
        ("МВД: задержано 302 человека.", "МВД"),
        ("Ба гуфтаи ВКД, 40 нафар боздошт шуданд.", "ВКД"),
        ("IIV ma’lumotiga ko‘ra, 40 kishi ushlangan.", "IIV"),
        ("Selon OVD-Info, au moins 120 personnes ont été arrêtées.", "OVD-Info"),
        ("Laut OVD-Info wurden mindestens 120 Menschen festgenommen.", "OVD-Info"),
        ("Secondo OVD-Info, almeno 120 persone sono state arrestate.", "OVD-Info"),
    ],
)
def test_a_count_belongs_to_who_gives_it(text: str, speaker: str) -> None:
    (count,) = counts(text)
    assert count.speaker.kind is SpeakerKind.NAMED
    assert count.speaker.name == speaker


def test_a_count_without_a_speaker_is_the_carriers_own() -> None:
    (count,) = counts("Police detained 120 people in Moscow.")
    assert count.speaker.kind is SpeakerKind.CARRIER


def test_a_speaker_in_the_next_sentence_stays_a_question() -> None:
    text = (
        "At least 120 people were arrested. According to OVD-Info, they had gathered in the square."
    )
    (found,) = of(text, Kind.COUNT)
    assert isinstance(found.value, Count)
    assert found.value.speaker.name == "OVD-Info"
    assert found.value.speaker.rule == "speaker-next-sentence"
    assert found.confidence is Confidence.LOW


def test_a_speaker_of_another_paragraph_is_nobodys() -> None:
    text = "At least 120 people were arrested.\n\nAccording to OVD-Info, they had gathered there."
    assert counts(text)[0].speaker.kind is SpeakerKind.CARRIER


def test_two_speakers_of_one_sentence_keep_their_own_numbers() -> None:
    text = (
        "Police put the number of detained at 93, while OVD-Info counted at least 120 detentions."
    )
    assert [(one.bounds.shown, one.speaker.name) for one in counts(text)] == [
        ("= 93", "Police"),
        ("≥ 120", "OVD-Info"),
    ]


@given(
    st.integers(2, 99_999),
    st.sampled_from(
        [
            ("at least {} people were detained", Hedge.AT_LEAST),
            ("more than {} people were detained", Hedge.MORE_THAN),
            ("about {} people were detained", Hedge.ABOUT),
            ("{} people were detained", Hedge.EXACT),
            ("задержали не менее {} человек", Hedge.AT_LEAST),
            ("задержали около {} человек", Hedge.ABOUT),
        ]
    ),
)
def test_a_wording_is_never_hardened(number: int, worded: tuple[str, Hedge]) -> None:
    words, hedge = worded
    (count,) = counts(words.format(number).capitalize() + ".")
    assert count.bounds == Bounds.of(hedge, number)


_BOUNDS = st.builds(
    Bounds.of,
    st.sampled_from([h for h in Hedge if h not in {Hedge.RANGE, Hedge.WORDS}]),
    st.integers(0, 1000),
)


@given(st.lists(_BOUNDS, min_size=1, max_size=6))
def test_a_sum_claims_no_more_than_its_parts(parts: list[Bounds]) -> None:
    whole = together(parts)
    assert whole is not None
    assert whole.low == sum(part.low or 0 for part in parts)
    if any(part.high is None for part in parts):
        assert whole.high is None
    else:
        assert whole.high == sum(part.high or 0 for part in parts)


@given(_BOUNDS, _BOUNDS)
def test_agreement_goes_both_ways(one: Bounds, other: Bounds) -> None:
    assert one.agrees(other) == other.agrees(one)
    if Hedge.ABOUT in {one.hedge, other.hedge}:
        assert one.agrees(other) is None
