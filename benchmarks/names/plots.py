"""Plots as plain SVG: recall by form against peers, and how far the bits can be trusted.

Colours are told apart in grey too, and each series has a shape of its own.
"""

from collections.abc import Callable, Sequence
from html import escape

from benchmarks.names.aims import AIMS
from benchmarks.names.measures import Bin, Row

_SPACE = "http://www.w3.org/2000/svg"
_WIDTH = 860
_LEFT, _RIGHT = 170, 40
_LINE = 19
_INK, _GREY, _PALE = "#222222", "#777777", "#e4e4e4"
_COLOURS = ("#0b5fa5", "#d95f02", "#6b6b6b")
_FONT = 'font-family="system-ui, sans-serif" font-size="12"'


def _svg(height: int, title: str, body: Sequence[str]) -> str:
    return "\n".join(
        (
            f'<svg xmlns="{_SPACE}" viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
            f"<title>{escape(title)}</title>",
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        )
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = _INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = _PALE) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _mark(kind: int, x: float, y: float) -> str:
    colour = _COLOURS[kind]
    if kind == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{colour}"/>'
    if kind == 1:
        return (
            f'<path d="M{x - 5:.1f} {y + 4:.1f}h10l-5 -9z" fill="#ffffff" stroke="{colour}" '
            'stroke-width="2"/>'
        )
    place = f'x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"'
    return f'<rect {place} fill="none" stroke="{colour}" stroke-width="2"/>'


def _along(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def recall_by_form(tables: dict[str, dict[str, Row]], forms: Sequence[str]) -> str:
    """Return the plot of recall at the one threshold (0.1 %), a row for each form."""
    top = 62
    bottom = top + _LINE * len(forms)
    body = [
        _text(
            12, 22, "Recall by record form, one threshold for all forms, 0.1 % of other people pass"
        )
    ]
    x = 12.0
    for kind, name in enumerate(tables):
        body += [_mark(kind, x + 6, 38), _text(x + 18, 42, name)]
        x += 40 + 8 * len(name)
    body += [_line(x + 4, 31, x + 4, 45, _INK), _text(x + 12, 42, "aim")]
    for tenth in range(0, 11, 2):
        at = _along(tenth / 10)
        body += [
            _line(at, top - 8, at, bottom),
            _text(at, bottom + 16, f"{tenth / 10:.1f}", anchor="middle", colour=_GREY),
        ]
    for place, form in enumerate(forms):
        y = top + _LINE * place + 6
        body += [_text(_LEFT - 10, y + 4, form, anchor="end"), _line(_LEFT, y, _WIDTH - _RIGHT, y)]
        if form in AIMS:
            body.append(_line(_along(AIMS[form]), y - 7, _along(AIMS[form]), y + 7, _INK))
        for kind in reversed(range(len(tables))):
            row = list(tables.values())[kind].get(form)
            if row is not None:
                body.append(_mark(kind, _along(row.one[0]), y))
    return _svg(bottom + 28, "Recall by record form, habeas and peers", body)


def reliability(bins: Sequence[Bin], limits: dict[str, float]) -> str:
    """Return two panels: share of same by bin of bits, and bits said against bits measured."""
    shown = [found for found in bins if found.same + found.different >= 20]
    height, top, base = 430, 60, 360
    low = min((found.low for found in shown), default=0.0)
    high = max((found.low for found in shown), default=1.0) + 3
    half = (_WIDTH - 130) / 2

    def across(bits: float) -> float:
        return 60 + (bits - low) / (high - low) * half

    body = [
        _text(
            12,
            22,
            "How far the bits can be trusted: left, share of pairs that are one person; right,",
        ),
        _text(12, 38, "bits that a score is worth by these pairs (log2 of the likelihood ratio)"),
    ]
    body += _shares(shown, across, (top, base))
    body += _limits(limits, across, (top, base), high)
    body += _worth(shown, (top, base), half, (low, high))
    return _svg(height, "Reliability of bits and verdicts", body)


Across = Callable[[float], float]


def _shares(bins: Sequence[Bin], across: Across, heights: tuple[int, int]) -> list[str]:
    top, base = heights
    body: list[str] = []
    for tenth in range(0, 11, 2):
        y = base - tenth / 10 * (base - top)
        body += [_line(60, y, across(bins[-1].low + 3) if bins else 60, y),
                 _text(54, y + 4, f"{tenth / 10:.1f}", anchor="end", colour=_GREY)]  # fmt: skip
    for found in bins:
        left, right = across(found.low), across(found.low + 3)
        y = base - found.share * (base - top)
        body.append(
            f'<rect x="{left + 1:.1f}" y="{y:.1f}" width="{right - left - 2:.1f}" '
            f'height="{base - y:.1f}" fill="{_COLOURS[0]}" fill-opacity="0.75"/>'
        )
        if round(found.low) % 9 == 0:
            body.append(_text(left, base + 16, f"{found.low:.0f}", anchor="middle", colour=_GREY))
    return body


def _limits(
    limits: dict[str, float], across: Across, heights: tuple[int, int], high: float
) -> list[str]:
    top, base = heights
    body: list[str] = []
    for place, (name, bits) in enumerate(limits.items()):
        if bits < high:
            x, y = across(bits), base + 32 + 12 * place
            body += [_line(x, top - 4, x, y - 10, _INK), _text(x + 3, y, f"{name} from {bits:g}")]
    return body


def _worth(
    bins: Sequence[Bin], heights: tuple[int, int], half: float, ends: tuple[float, float]
) -> list[str]:
    top, base = heights
    low, high = ends
    least, most = -15.0, 15.0
    left = 110 + half

    def place(bits: float, worth: float) -> tuple[float, float]:
        x = left + (bits - low) / (high - low) * (half - 10)
        return x, base - (min(max(worth, least), most) - least) / (most - least) * (base - top)

    body: list[str] = []
    for worth in range(-15, 16, 5):
        _, y = place(low, worth)
        body += [
            _line(left, y, left + half - 10, y),
            _text(left - 6, y + 4, str(worth), anchor="end", colour=_GREY),
        ]
    body.append(_line(*place(max(low, least), max(low, least)), *place(most, most), _GREY))
    for found in bins:
        x, y = place(found.low + 1.5, found.measured)
        body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{_COLOURS[0]}"/>')
        if round(found.low) % 9 == 0:
            body.append(
                _text(
                    place(found.low, 0)[0],
                    base + 16,
                    f"{found.low:.0f}",
                    anchor="middle",
                    colour=_GREY,
                )
            )
    body.append(_text(left + half - 10, base + 32, "bits said", anchor="end", colour=_GREY))
    return body
