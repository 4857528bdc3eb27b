"""The timeline as SVG: made by the server, told again as text beside it, legible without colour."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from math import log1p
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from habeas.cases.custody.timeline import Stay

WIDTH, LANE, ASKED, LABEL = 760, 32, 26, 8
_TICK = 84


@dataclass(frozen=True, slots=True)
class Bar:
    """One stay as a bar; numbers are units of the drawing."""

    x: int
    y: int
    width: int
    words: Promise | str
    shape: str
    tone: str
    disputed: bool
    open: bool
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A date below the bars."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A look-up as a mark on the lowest line."""

    x: int
    shape: str
    words: Promise | str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything of a timeline that is drawn; `zone` is that of its dates."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    asked: tuple[Asked, ...]
    height: int
    axis: int
    zone: str
    width: int = WIDTH


def drawing(
    found: Sequence[Stay], asked: Sequence[tuple[datetime, str, Promise | str]], now: datetime
) -> Drawing | None:
    """Return the drawing of a timeline, None where there is nothing to draw.

    Args:
        found: the stays; those without a beginning are told in the text only.
        asked: look-ups: when, the shape of the answer, the answer in words.
        now: the right end of what still lasts.
    """
    shown = [one for one in found if one.start is not None]
    moments = {one.start for one in shown if one.start} | {at for at, _shape, _words in asked}
    if not moments:
        return None
    moments |= {one.end for one in shown if one.end} | set(_still(shown, now))
    scale = _scale(sorted(moments))
    lanes = _lanes(shown, now)
    bars = tuple(_bar(one, lane, number, scale, now) for number, (one, lane) in enumerate(lanes, 1))
    bottom = LANE * max((lane for _one, lane in lanes), default=0)
    axis = bottom + (ASKED if asked else 6)
    marks = tuple(Asked(scale[at], shape, words) for at, shape, words in asked)
    zone = _zone(shown)
    return Drawing(bars, _ticks(scale, ZoneInfo(zone)), marks, axis + 30, axis, zone)


def _zone(shown: Sequence[Stay]) -> str:
    """Return the time zone in which most stays are told: its days are those of the dates below."""
    counted = Counter(one.statement.zone for one in shown)
    return counted.most_common(1)[0][0] if counted else "UTC"


def _scale(moments: Sequence[datetime]) -> dict[datetime, int]:
    """Return the place of each moment: the order is kept, long gaps are drawn short.

    A case has hours that matter and years in which nothing is said; true to scale, the first days
    would be one stroke. Each gap is as wide as the logarithm of its hours.
    """
    gaps = [
        log1p((after - before) / timedelta(hours=1)) + 0.5 for before, after in pairwise(moments)
    ]
    unit = (WIDTH - 2 * LABEL) / (sum(gaps) or 1.0)
    places = accumulate((gap * unit for gap in gaps), initial=float(LABEL))
    return {moment: round(place) for moment, place in zip(moments, places, strict=True)}


def _bar(one: Stay, lane: int, number: int, scale: dict[datetime, int], now: datetime) -> Bar:
    assert one.start is not None
    x = scale[one.start]
    return Bar(
        x=x,
        y=(lane - 1) * LANE + 4,
        width=max(6, scale[one.end or max(now, one.start)] - x),
        words=one.sign.word,
        shape=one.sign.shape,
        tone=one.sign.tone,
        disputed=one.disputed,
        open=one.end is None,
        number=number,
    )


def _still(shown: Sequence[Stay], now: datetime) -> list[datetime]:
    return [now] if any(one.end is None for one in shown) else []


def _lanes(shown: Sequence[Stay], now: datetime) -> list[tuple[Stay, int]]:
    """Return each stay with its lane, counted from 1: the first that is free when it begins."""
    ends: list[datetime] = []
    found = []
    for one in shown:
        assert one.start is not None
        end = one.end or max(now, one.start)
        lane = next((n for n, until in enumerate(ends) if until <= one.start), len(ends))
        ends[lane : lane + 1] = [end]
        found.append((one, lane + 1))
    return found


def _ticks(scale: dict[datetime, int], zone: ZoneInfo) -> tuple[Tick, ...]:
    """Return dates below the moments, as many as fit side by side; the last one always."""
    moments = list(scale)
    short = moments[-1] - moments[0] < timedelta(days=3)
    found: list[Tick] = []
    for at in moments:
        local = at.astimezone(zone)
        words = f"{local:%d.%m. %H:%M}" if short else f"{local:%d.%m.%Y}"
        last = at == moments[-1]
        while last and len(found) > 1 and scale[at] - found[-1].x < 2 * _TICK:
            found.pop()
        if not found or (last and words != found[-1].words) or scale[at] - found[-1].x >= _TICK:
            found.append(Tick(scale[at], words))
    return tuple(found)
