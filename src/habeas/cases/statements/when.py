"""Inexact times as EDTF (ISO 8601-2:2019, levels 0 and 1), with the time zone they were said in.

Understood: year, month, day, minute, second; season (`2021-21`); decade and century (`202X`,
`20XX`); unspecified month or day (`2021-03-XX`); approximate `~`, uncertain `?`, both `%`;
intervals, open (`../2021-03-25`: before; `2021-03-25/..`: since) or of unknown end (`2021-03-25/`).
The `edtf` package was measured and left: version 5.0.2 drops the hour, has no intervals of hours,
and fails with a TypeError on the bounds of an open interval. Negative and long years are left out.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONGEST = 60
"""Characters of the longest time that is understood."""

_PART = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX)"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?)?)?)?"
    r"(?P<mark>[~?%]?)",
    re.ASCII,
)
# Seasons of EDTF, northern hemisphere: the first month of each.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
_STEP = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1)}


class NotATime(ValueError):
    """A text that is no time of the kinds understood here."""


@dataclass(frozen=True, slots=True)
class Part:
    """One end of a time.

    Attributes:
        text: as written, without its mark.
        first, last: naive local times: the first, and the first after it.
        grain: "century", "decade", "year", "season", "month", "day", "minute" or "second".
        mark: "", "~" approximate, "?" uncertain, "%" both.
    """

    text: str
    first: datetime
    last: datetime
    grain: str
    mark: str


@dataclass(frozen=True, slots=True)
class When:
    """A time as somebody gave it.

    Attributes:
        text: in EDTF.
        start, end: its ends; both the same `Part` where it is no interval, None where it is open
            or nobody knows it.
        interval: whether it has two ends.
    """

    text: str
    start: Part | None
    end: Part | None
    interval: bool

    def bounds(self, zone: str = "UTC") -> tuple[datetime | None, datetime | None]:
        """Return the first moment, and the first moment after it (aware, UTC); None: no bound."""
        first = None if self.start is None else _utc(self.start.first, zone)
        last = None if self.end is None else _utc(self.end.last, zone)
        return first, last

    @property
    def approximate(self) -> bool:
        """Whether a mark says that it is not exact, or not sure."""
        return any(part is not None and bool(part.mark) for part in (self.start, self.end))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def known_zone(name: str) -> bool:
    """Whether a name is a time zone of the IANA database."""
    try:
        _zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _utc(local: datetime, zone: str) -> datetime | None:
    try:
        return local.replace(tzinfo=_zone(zone)).astimezone(UTC)
    except OverflowError:  # the edge of the calendar: no bound
        return None


def parse(text: str) -> When:
    """Return the time that an EDTF text gives.

    Raises:
        NotATime: it is none, or of a kind that is not understood.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise NotATime(text[:LONGEST])
    if "/" not in text:
        part = _part(text)
        return When(text, part, part, interval=False)
    ends = text.split("/")
    if len(ends) != 2:
        raise NotATime(text)
    start, end = (None if one in ("", "..") else _part(one) for one in ends)
    if start is None and end is None:
        raise NotATime(text)
    if start is not None and end is not None and start.first > end.last:
        raise NotATime(text)
    return When(text, start, end, interval=True)


def _part(text: str) -> Part:
    found = _PART.fullmatch(text)
    if found is None:
        raise NotATime(text)
    try:
        first, last, grain = _span(found)
    except (ValueError, OverflowError) as error:
        raise NotATime(text) from error
    return Part(text.rstrip("~?%"), first, last, grain, found["mark"])


def _span(found: re.Match[str]) -> tuple[datetime, datetime, str]:
    """Return the first moment, the first one after, and the grain.

    Raises:
        ValueError: there is no such day or hour.
    """
    year, month, day, hour = found["year"], found["month"], found["day"], found["hour"]
    if "X" in year:
        if month:
            raise ValueError(year)
        return _many_years(year)
    if month in (None, "XX"):
        return datetime(int(year), 1, 1), datetime(int(year) + 1, 1, 1), "year"  # noqa: DTZ001 - local
    if int(month) in _SEASONS:
        if day:
            raise ValueError(month)
        return (*_months(int(year), _SEASONS[int(month)], 3), "season")
    if day in (None, "XX"):
        return (*_months(int(year), int(month), 1), "month")
    start = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - local, the zone is apart
    if not hour:
        return start, start + timedelta(days=1), "day"
    grain = "second" if found["second"] else "minute"
    start = start.replace(
        hour=int(hour), minute=int(found["minute"]), second=int(found["second"] or 0)
    )
    return start, start + _STEP[grain], grain


def _many_years(year: str) -> tuple[datetime, datetime, str]:
    size = 10 ** year.count("X")
    first = int(year.replace("X", "0"))
    grain = "decade" if size == 10 else "century"
    return datetime(first, 1, 1), datetime(first + size, 1, 1), grain  # noqa: DTZ001 - local


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    last_year, last_month = divmod(year * 12 + month - 1 + count - 1, 12)
    days = monthrange(last_year, last_month + 1)[1]
    first = datetime(year, month, 1)  # noqa: DTZ001 - local, the zone is apart
    last = datetime(last_year, last_month + 1, days)  # noqa: DTZ001 - local
    return first, last + timedelta(days=1)


_BY_DAY = re.compile(
    r"(?:(?P<day>\d{1,2})[./])?(?P<month>\d{1,2})[./](?P<year>\d{4})"
    r"(?:,?\s+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?",
    re.ASCII,
)
_SPACED = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?)", re.ASCII)


def typed(text: str) -> str:
    """Return what a person typed as EDTF: `25.03.2021 14:10`, `03.2021`, or EDTF itself.

    Raises:
        NotATime: it is neither.
    """
    text = " ".join(text.split())
    found = _BY_DAY.fullmatch(text)
    if found is not None:
        day, hour = found["day"], found["hour"]
        written = f"{found['year']}-{int(found['month']):02d}"
        if day:
            written += f"-{int(day):02d}"
            written += f"T{int(hour):02d}:{found['minute']}" if hour else ""
        elif hour:
            raise NotATime(text)
        text = written
    text = _SPACED.sub(r"\1T\2", text)
    return parse(text).text


def may_be_one(one: str, other: str) -> bool:
    """Whether two times can be the same time: neither excludes the other.

    "2021-03-25" and "2021-03" may be one, "2021-03-25" and "2021-03-26" may not, except where a
    mark says that one of them is approximate: it then reaches as far again as it is long.
    """
    first, second = parse(one), parse(other)
    a, b = _reach(first), _reach(second)
    return a[0] < b[1] and b[0] < a[1]


def _reach(when: When) -> tuple[datetime, datetime]:
    low, high = when.bounds()
    low = low or datetime.min.replace(tzinfo=UTC)
    high = high or datetime.max.replace(tzinfo=UTC)
    if not when.approximate:
        return low, high
    length = high - low
    try:
        return low - length, high + length
    except OverflowError:
        return low, high
