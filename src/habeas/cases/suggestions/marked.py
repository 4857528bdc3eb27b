"""A text cut where suggestions begin and end, so that a page can mark the words of each.

The page has no script: every piece of text carries the numbers of the suggestions that rest on it,
and a style sheet of ours lights up the pieces of the suggestion under the pointer or the focus.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from habeas.cases.suggestions.offered import Offer

MOST = 3000
"""Suggestions of one page whose words light up; those beyond are found by their link."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same suggestions on it.

    Attributes:
        classes: of its element; empty where nothing rests on it.
        begins: the numbers of the suggestions whose first words begin here: targets of links.
    """

    text: str
    classes: str
    begins: tuple[int, ...]


def pieces(text: str, offers: Iterable[Offer]) -> list[Piece]:
    """Return a text in pieces; together they are the text, unchanged."""
    edges: dict[int, list[tuple[bool, str]]] = {0: [], len(text): []}
    begins: dict[int, list[int]] = {}
    for offer in offers:
        for first, at in enumerate(offer.at):
            _edge(edges, at.start, at.end, f"m{offer.number} of-{offer.kind}")
            if first == 0:
                begins.setdefault(at.start, []).append(offer.number)
        for at in offer.beside:
            _edge(edges, at.start, at.end, f"b{offer.number}")
    return _cut(text, edges, begins)


def _edge(edges: dict[int, list[tuple[bool, str]]], start: int, end: int, name: str) -> None:
    if start < end:
        edges.setdefault(start, []).append((True, name))
        edges.setdefault(end, []).append((False, name))


def _cut(
    text: str, edges: dict[int, list[tuple[bool, str]]], begins: dict[int, list[int]]
) -> list[Piece]:
    found: list[Piece] = []
    here: dict[str, int] = {}
    places = sorted(edges)
    for place, following in pairwise(places):
        for opens, name in edges[place]:
            here[name] = here.get(name, 0) + (1 if opens else -1)
            if not here[name]:
                del here[name]
        classes = " ".join(dict.fromkeys(word for name in here for word in name.split()))
        found.append(Piece(text[place:following], classes, tuple(begins.get(place, ()))))
    return found


def style_sheet(most: int) -> str:
    """Return the rules that light up the words of suggestion 1 to `most`."""
    numbers = range(1, min(most, MOST) + 1)
    strong = ",\n".join(
        f".read:has(#s{n}:is(:hover,:focus-within)) .m{n},.read:has(#w{n}:target) .m{n}"
        for n in numbers
    )
    beside = ",\n".join(f".read:has(#s{n}:is(:hover,:focus-within)) .b{n}" for n in numbers)
    if not strong:
        return ""
    return (
        f"{strong}{{background:var(--focus);color:#1b1f23;outline:2px solid #1b1f23}}\n"
        f"{beside}{{text-decoration:underline double 2px}}\n"
    )
