"""Counts over time as SVG: made by the server, told again as text beside it, legible in grey.

One drawing holds one unit and one thing. "At least" is a dot with a stroke upwards, "at most" one
downwards, a range a stroke between two ends, "about" a ring, and a size in words stands below the
axis, where no number is. A dashed line leads from a count to the one that it was copied from.
Nothing is averaged and no line joins what different people said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from math import log1p

from habeas.cases.counts.counting import Group, Told
from habeas.reading.bounds import Hedge

WIDTH, TOP, FLOOR, WORDS, HEIGHT = 760, 16, 200, 226, 262
_LEFT, _RIGHT, _APART, _TICK, _STROKE = 64, 24, 22, 96, 26


@dataclass(frozen=True, slots=True)
class Mark:
    """One count; numbers are units of the drawing.

    Attributes:
        shape: "dot", "ring" or "word".
        low, high: ends of its stroke.
        tip: "up", "down" or "": where the stroke goes on without an end.
        above: where its number is written.
    """

    number: int
    x: int
    y: int
    shape: str
    low: int
    high: int
    tip: str
    above: int
    root: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A number at the axis, or a date below it."""

    place: int
    words: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A line from a count to the one it was copied from."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything of one unit that is drawn."""

    marks: tuple[Mark, ...]
    steps: tuple[Step, ...]
    dates: tuple[Step, ...]
    copies: tuple[Copied, ...]
    undated: bool
    floor: int | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = FLOOR
    words: int = WORDS


def drawing(group: Group) -> Drawing:
    """Return the drawing of the counts of one unit and thing."""
    most = max((_top(one) for one in group.told), default=0)
    places, dates = _columns(group.told)
    marks = tuple(_mark(one, places[one.number], most, group) for one in group.told)
    at = {one.number: one for one in marks}
    copies = tuple(
        Copied(at[one.number].x, at[one.number].y, at[one.original].x, at[one.original].y)
        for one in group.told
        if one.original in at
    )
    floor = _height(group.floor.low, most) if group.floor else None
    undated = any(one.at is None for one in group.told)
    return Drawing(marks, _steps(most), dates, copies, undated, floor)


def _top(one: Told) -> int:
    bounds = one.counted.bounds
    return max(bounds.low or 0, bounds.high or 0, bounds.number or 0)


def _height(number: int, most: int) -> int:
    return round(FLOOR - (FLOOR - TOP - _STROKE) * number / (most or 1))


def _mark(one: Told, x: int, most: int, group: Group) -> Mark:
    bounds = one.counted.bounds
    root = group.root is not None and group.root.number == one.number
    if bounds.hedge is Hedge.WORDS:
        return Mark(one.number, x, WORDS, "word", WORDS, WORDS, "", WORDS, root)
    low, high = bounds.low, bounds.high
    if bounds.hedge is Hedge.ABOUT:
        y = _height(bounds.number or 0, most)
        return Mark(one.number, x, y, "ring", y, y, "", y - 10, root)
    if low is not None and high is None:
        y = _height(low, most)
        return Mark(one.number, x, y, "dot", y, y - _STROKE, "up", y + 16, root)
    if low is None:
        y = _height(high or 0, most)
        return Mark(one.number, x, y, "dot", y, min(y + _STROKE, FLOOR), "down", y - 10, root)
    bottom, top = _height(low, most), _height(high or low, most)
    return Mark(one.number, x, top, "dot", bottom, top, "", top - 10, root)


def _steps(most: int) -> tuple[Step, ...]:
    """Return numbers for the axis: nought, the half and the highest that is printed."""
    wanted = sorted({0, most // 2, most}) if most > 1 else [0, most]
    return tuple(Step(_height(number, most), str(number)) for number in dict.fromkeys(wanted))


def _columns(told: Sequence[Told]) -> tuple[dict[int, int], tuple[Step, ...]]:
    """Return the place of each count, and the dates below; counts of one moment stand apart.

    The order of time is kept, long gaps are drawn short; who gives no time stands at the left.
    """
    moments = sorted({one.at for one in told if one.at is not None})
    undated = sum(one.at is None for one in told)
    start = _LEFT + 16 + _APART * undated
    x_of = _scale(moments, start, WIDTH - _RIGHT - 40)
    used: dict[datetime | None, int] = {}
    places = {}
    for one in told:
        nth = used.get(one.at, 0)
        used[one.at] = nth + 1
        base = x_of[one.at] if one.at is not None else _LEFT + 16
        places[one.number] = min(base + _APART * nth, WIDTH - _RIGHT)
    return places, _dates(x_of)


def _scale(moments: Sequence[datetime], start: int, end: int) -> dict[datetime, int]:
    gaps = [
        log1p((after - before) / timedelta(hours=1)) + 0.5 for before, after in pairwise(moments)
    ]
    unit = (end - start) / (sum(gaps) or 1.0)
    steps = accumulate((gap * unit for gap in gaps), initial=float(start))
    return {moment: round(x) for moment, x in zip(moments, steps, strict=False)}


def _dates(x_of: dict[datetime, int]) -> tuple[Step, ...]:
    found: list[Step] = []
    for at, x in x_of.items():
        words = f"{at:%d.%m.%Y}" if (at.hour, at.minute) == (0, 0) else f"{at:%d.%m. %H:%M}"
        if not found or x - found[-1].place >= _TICK:
            found.append(Step(x, words))
    return tuple(found)
