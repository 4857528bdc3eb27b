"""Inexact times: what is understood, its bounds in a zone, and when two can be one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.cases.statements import when


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("text", "zone", "first", "last"),
    [
        ("2021-03-25", "Europe/Moscow", utc(2021, 3, 24, 21), utc(2021, 3, 25, 21)),
        ("2021-03-25", "Asia/Dushanbe", utc(2021, 3, 24, 19), utc(2021, 3, 25, 19)),
        ("2021-03", "UTC", utc(2021, 3, 1), utc(2021, 4, 1)),
        ("2021-12", "UTC", utc(2021, 12, 1), utc(2022, 1, 1)),
        ("2021", "UTC", utc(2021, 1, 1), utc(2022, 1, 1)),
        ("202X", "UTC", utc(2020, 1, 1), utc(2030, 1, 1)),
        ("2021-21", "UTC", utc(2021, 3, 1), utc(2021, 6, 1)),
        ("2021-24", "UTC", utc(2021, 12, 1), utc(2022, 3, 1)),
        ("2021-03-XX", "UTC", utc(2021, 3, 1), utc(2021, 4, 1)),
        ("2021-03-25T14:10", "Europe/Moscow", utc(2021, 3, 25, 11, 10), utc(2021, 3, 25, 11, 11)),
        ("2021-03-25/2021-03-27", "UTC", utc(2021, 3, 25), utc(2021, 3, 28)),
        ("../2021-03-25", "UTC", None, utc(2021, 3, 26)),
        ("2021-03-25/..", "UTC", utc(2021, 3, 25), None),
        ("2021-03-25/", "UTC", utc(2021, 3, 25), None),
    ],
)
def test_a_time_has_its_bounds_in_its_zone(
    text: str, zone: str, first: datetime | None, last: datetime | None
) -> None:
    assert when.parse(text).bounds(zone) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2021-02-29",
        "2021-13",
        "2021-03-25T25:00",
        "2021-21-03",
        "2021-03-27/2021-03-25",
        "../..",
        "/",
        "2021/2022/2023",
        "2021-03-25T14",
        "20X1",
        "202X-03",
        "9999-12-31",
        "0000",
        "٢٠٢١",
        "2021-03-25\n",
        "2" * 100,
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    if text.endswith("\n"):
        assert when.parse(text).text == "2021-03-25"
        return
    with pytest.raises(when.NotATime):
        when.parse(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("25.03.2021", "2021-03-25"),
        ("5.3.2021", "2021-03-05"),
        ("25/03/2021", "2021-03-25"),
        ("25.03.2021 14:10", "2021-03-25T14:10"),
        ("25.03.2021, 9.05", "2021-03-25T09:05"),
        ("03.2021", "2021-03"),
        ("2021-03-25 14:10", "2021-03-25T14:10"),
        (" 2021 ", "2021"),
    ],
)
def test_people_type_dates_as_they_are_used_to(typed: str, kept: str) -> None:
    assert when.typed(typed) == kept


@pytest.mark.parametrize("typed", ["31.02.2021", "25.03", "03.2021 14:10", "25.03.21", "в среду"])
def test_what_is_typed_and_no_date_is_refused(typed: str) -> None:
    with pytest.raises(when.NotATime):
        when.typed(typed)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("2021-03-25", "2021-03", True),
        ("2021-03-25", "2021-03-26", False),
        ("2021-03-25~", "2021-03-26", True),
        ("2021-03-25~", "2021-03-28", False),
        ("2021-03-25/2021-03-31", "2021-03-27", True),
        ("../2021-03-25", "2021-03-26", False),
        ("2021", "1996", False),
    ],
)
def test_two_times_that_exclude_each_other_are_told_apart(one: str, other: str, may: bool) -> None:  # noqa: FBT001
    assert when.may_be_one(one, other) is may
    assert when.may_be_one(other, one) is may


_DAYS = st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2100, 1, 1).date())  # noqa: DTZ001


@given(
    day=_DAYS, zone=st.sampled_from(["UTC", "Europe/Moscow", "Asia/Dushanbe", "America/New_York"])
)
def test_a_day_lies_in_its_month_and_lasts_about_a_day(day: "datetime", zone: str) -> None:
    first, last = when.parse(day.strftime("%Y-%m-%d")).bounds(zone)
    month_first, month_last = when.parse(day.strftime("%Y-%m")).bounds(zone)
    assert first is not None
    assert last is not None
    assert month_first is not None
    assert month_last is not None
    assert month_first <= first < last <= month_last
    assert timedelta(hours=21) <= last - first <= timedelta(hours=27)


@given(st.text(alphabet="0123456789-/.~?%XTZ: ", max_size=30))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    try:
        kept = when.typed(text)
    except when.NotATime:
        return
    assert when.parse(kept).text == kept
