"""The timeline as SVG: made by the server, told again as text beside it, legible without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from habeas.cases.custody.timeline import Stay

WIDTH, LANE, TOP, LABEL = 760, 34, 22, 8
_MOST_TICKS = 7


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
    """Everything of a timeline that is drawn."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    asked: tuple[Asked, ...]
    height: int
    axis: int
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
    moments = [one.start for one in shown if one.start] + [at for at, _shape, _words in asked]
    if not moments:
        return None
    first = min(moments)
    last = max([*(one.end for one in shown if one.end), *moments, *_still(shown, now)])
    span = max(last - first, timedelta(hours=12))

    def place(moment: datetime) -> int:
        return round((moment - first) / span * (WIDTH - 2 * LABEL)) + LABEL

    lanes = _lanes(shown, now)
    bars = tuple(
        Bar(
            x=place(one.start),
            y=TOP + lane * LANE - LANE + 4,
            width=max(6, place(one.end or max(now, one.start)) - place(one.start)),
            words=one.sign.word,
            shape=one.sign.shape,
            tone=one.sign.tone,
            disputed=one.disputed,
            open=one.end is None,
            number=number,
        )
        for number, (one, lane) in enumerate(lanes, 1)
        if one.start is not None
    )
    axis = TOP + LANE * max((lane for _one, lane in lanes), default=0) + 4
    marks = tuple(Asked(place(at), shape, words) for at, shape, words in asked)
    return Drawing(bars, _ticks(first, span, place), marks, axis + 44, axis)


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


def _ticks(first: datetime, span: timedelta, place: object) -> tuple[Tick, ...]:
    short = span < timedelta(days=3)
    step = span / (_MOST_TICKS - 1)
    moments = [first + step * n for n in range(_MOST_TICKS)]
    assert callable(place)
    words = [f"{at:%d.%m. %H:%M}" if short else f"{at:%d.%m.%Y}" for at in moments]
    return tuple(
        Tick(place(at), text)
        for n, (at, text) in enumerate(zip(moments, words, strict=True))
        if n == 0 or text != words[n - 1]
    )
