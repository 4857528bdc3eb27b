"""Dates as printed: what is not printed stays missing, above all the year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_texts import dates, of

from habeas.reading import Kind
from habeas.reading.suggestions import Age, Date, Span, When


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He was detained on April 2, 2021.", ["2021-04-02"]),
        ("He was detained on 2 April.", ["XXXX-04-02"]),
        ("He left at the end of March 2021.", ["2021-03"]),
        ("Born in the 1990s, he was held in 2019.", ["199X", "2019"]),
        ("She was taken on 25-27 March.", ["XXXX-03-25/XXXX-03-27"]),
        ("The order of 2021-03-25 was shown.", ["2021-03-25"]),
        ("Он задержан 25 марта 2021 года.", ["2021-03-25"]),
        ("Задержание произошло 25.03.2021 в Туле.", ["2021-03-25"]),
        ("Суд прошёл 7 апреля.", ["XXXX-04-07"]),
        ("Весной 2022 года его выслали.", ["2022-21"]),
        ("В марте его выслали.", ["XXXX-03"]),
        ("Ӯро 2 апрели соли 2021 боздошт карданд.", ["2021-04-02"]),
        ("Моҳи марти соли 2020 ӯ ғайб зад.", ["2020-03"]),
        ("U 2021-yil 2-aprel kuni ushlandi.", ["2021-04-02"]),
        ("U 11-oktabrda ushlandi.", ["XXXX-10-11"]),
        ("Il a été arrêté le 2 avril 2021.", ["2021-04-02"]),
        ("Er wurde am 2. April 2021 festgenommen.", ["2021-04-02"]),
        ("È stato arrestato il 2 aprile 2021.", ["2021-04-02"]),
    ],
)
def test_dates_are_read_as_printed(text: str, found: list[str]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The report of 2021 says that he was held on 2 April and on 5 May.",
        "25 марта его задержали, а в 2020 году выслали брата.",
        "2 апрел боздошт шуд; соли 2019 бародараш боздошт шуда буд.",
        "2-aprel kuni ushlandi, 2019-yilda akasi ushlangan edi.",
    ],
)
def test_a_year_is_never_taken_from_another_date(text: str) -> None:
    assert all(edtf.startswith("XXXX-") for edtf in dates(text) if edtf.count("-") == 2)


def test_two_figures_of_a_year_do_not_tell_the_century() -> None:
    assert dates("Протокол от 12.05.21 приложен.") == ["XX21-05-12"]


def test_figures_that_may_be_april_or_february_stay_open_in_english() -> None:
    (found,) = of("He was detained on 04/02/2021 in Tula.", Kind.DATE)
    assert isinstance(found.value, Date)
    assert (found.value.edtf, found.rule) == ("2021-XX-XX", "date-ambiguous")
    assert dates("Его задержали 04/02/2021 в Туле.") == ["2021-02-04"]
    assert dates("He was detained on 04/25/2021 in Tula.") == ["2021-04-25"]


@pytest.mark.parametrize(
    "text",
    ["Article 31.02 applies.", "31/02/2021 is no day.", "Room 12.45.2021 is shut.", "May I go?"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates(text) == []


@given(
    st.integers(1, 28),
    st.sampled_from(["January", "March", "May", "October", "December"]),
    st.text(alphabet="abcdefgh ,.;:-0123456789", max_size=30),
)
def test_no_year_is_ever_invented(day: int, month: str, behind: str) -> None:
    text = f"He was held on {day} {month} {behind}"
    for one in of(text, Kind.DATE):
        assert isinstance(one.value, Date)
        year = one.value.edtf[:4]
        assert not year.isdigit() or year in one.at.text


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("He was missing for weeks.", [(None, "weeks")]),
        ("Ему назначили 10 суток ареста.", [(10.0, "day")]),
        ("He got nine and a half years in prison.", [(9.5, "year")]),
        ("U 15 sutkaga qamaldi.", [(15.0, "day")]),
    ],
)
def test_lengths_of_time(text: str, spans: list[tuple[float | None, str]]) -> None:
    found = [one.value for one in of(text, Kind.SPAN)]
    assert [(one.amount, one.unit) for one in found if isinstance(one, Span)] == spans


def test_since_when_and_relative_times() -> None:
    (since,) = of("He has lived in Russia since 2015.", Kind.SPAN)
    assert isinstance(since.value, Span)
    assert since.value.since == "2015"
    (when,) = of("Вчера его задержали.", Kind.WHEN)
    assert isinstance(when.value, When)
    assert when.value.words.lower() == "вчера"


@pytest.mark.parametrize(
    "text",
    [
        "Farhod Latipov, 48, said so.",
        "The 48-year-old Farhod Latipov said so.",
        "48-летний Фарход Латипов сказал это.",
        "Фарҳод Латипови 48-сола инро гуфт.",
        "48 yoshli Farhod Latipov shunday dedi.",
    ],
)
def test_ages(text: str) -> None:
    (found,) = of(text, Kind.AGE)
    assert isinstance(found.value, Age)
    assert (found.value.years, found.value.person) == (48, 0)
