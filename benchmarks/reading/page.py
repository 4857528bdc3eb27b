"""The page of the documentation that a run writes: docs/reference/reading-benchmark.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading.annotated import Annotated
from benchmarks.reading.measures import Tally

DOCS = Path(__file__).parents[2] / "docs" / "reference"
AIMS = {
    "counts": (0.95, 0.90),
    "attribution": (0.90, 0.80),
    "names": (0.95, 0.95),
    "articles": (0.98, 0.95),
    "dates": (0.98, 0.95),
}
"""Precision and recall that were set before the rules were written."""

_WHAT = {
    "counts": "counts: words, bounds, total and unit right",
    "attribution": "speaker of counts and accusations, or none, right",
    "accusations": "accusations found",
    "claims": "other claims: kind and speaker right",
    "names": "names of people, from first to last letter",
    "spellings linked": "pairs of spellings of one person",
    "organisations": "organisations, at least partly",
    "places": "places, at least partly",
    "articles": "articles of law: number, part and code right",
    "dates": "dates: EDTF right",
    "custody": "custody events: word and kind right",
    "quotes": "quotations: words and speaker right",
}
_LANGUAGES = ("en", "ru", "tg", "uz", "fr", "de", "it")

Tallies = Mapping[tuple[str, str], Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class Compared:
    """habeas beside one peer.

    Attributes:
        peer: its name.
        task: what both did, and in which languages.
        own: the tally of habeas.
        theirs: the tally of the peer.
        invented: years that the words do not print: of habeas, of the peer.
        speed: kilobytes a second of the peer.
    """

    peer: str
    task: str
    own: Tally
    theirs: Tally
    invented: tuple[int, ...]
    speed: float


@dataclass(frozen=True, slots=True)
class Large:
    """What a large text cost: processor time, peak of resident memory; see `large.py`."""

    bytes: int
    seconds: float
    peak_mb: float
    suggestions: int
    read_to_end: bool


@dataclass(frozen=True, slots=True)
class Costs:
    """Kilobytes a second by kind of text, and what large texts cost."""

    speeds: Mapping[str, float]
    large: Sequence[Large]


def page(
    annotated: Sequence[Annotated],
    tallies: Tallies,
    costs: Costs,
    compared: Sequence[Compared],
    skipped: Mapping[str, str],
) -> str:
    """Return the whole page."""
    return "\n".join(
        [
            *_opening(annotated),
            *_kinds(tallies),
            *_languages(tallies),
            *_peers(compared, skipped),
            *_speeds(costs.speeds, compared),
            *_large(costs.large),
            *_limits(),
        ]
    )


def _opening(annotated: Sequence[Annotated]) -> list[str]:
    halves = [sum(one.half == half for one in annotated) for half in ("tuning", "held")]
    return [
        "# How well texts are read",
        "",
        (
            "This page is written by `make bench-reading`; its numbers are those of one run. "
            "How the "
            "reading works is told in [how texts are read](../explanation/how-texts-are-read.md)."
        ),
        "",
        (
            f"{len(annotated)} short texts were written for it and annotated by hand before "
            f"the rules "
            f"were written: {halves[0]} for tuning, {halves[1]} held out, of which nothing "
            f"but sums "
            "was ever looked at. They are summaries of our own in the manner of agencies, "
            "ministries, "
            "monitors and courts. **All people in them are invented**, except in the "
            "re-tellings of "
            "the public case. `benchmarks/reading/README.md` says how they are annotated."
        ),
        "",
    ]


def _kinds(tallies: Tallies) -> list[str]:
    lines = [
        "## By kind",
        "",
        (
            "P: the share of what was suggested that is right. R: the share of what is there "
            "that was "
            "found. Suggestions of every confidence count, also those that are shown as questions."
        ),
        "",
        "| what | aim P / R | held out: there | P | R | tuning: there | P | R |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, words in _WHAT.items():
        aim = AIMS.get(kind)
        wanted = f"{aim[0]:.2f} / {aim[1]:.2f}" if aim else "–"
        cells = [_cells(tallies["held", ""][kind]), _cells(tallies["tuning", ""][kind])]
        lines.append(f"| {words} | {wanted} | {' | '.join(cells)} |")
    invented = sum(tallies[half, ""]["invented years"].extras for half in ("held", "tuning"))
    reached = all(
        tallies["held", ""][kind].precision >= aim[0] and tallies["held", ""][kind].recall >= aim[1]
        for kind, aim in AIMS.items()
    )
    words = (
        "Every aim is reached on the texts held out." if reached else "Not every aim is reached."
    )
    return [*lines, "", f"{words} Years that the text does not print: {invented}.", ""]


def _cells(tally: Tally) -> str:
    there = tally.hits + tally.misses
    return f"{there} | {tally.precision:.3f} | {tally.recall:.3f}"


def _languages(tallies: Tallies) -> list[str]:
    lines = [
        "## By language, both halves",
        "",
        "P / R. French, German and Italian are read for counts, accusations and dates only.",
        "",
        f"| what | {' | '.join(_LANGUAGES)} |",
        f"| --- |{' --- |' * len(_LANGUAGES)}",
    ]
    for kind in _WHAT:
        cells = []
        for language in _LANGUAGES:
            both = Tally()
            for half in ("held", "tuning"):
                both.add(tallies.get((half, language), {}).get(kind, Tally()))
            there = both.hits + both.misses + both.extras
            cells.append(f"{both.precision:.2f} / {both.recall:.2f}" if there else "–")
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return [*lines, ""]


def _peers(compared: Sequence[Compared], skipped: Mapping[str, str]) -> list[str]:
    lines = [
        "## Beside peers",
        "",
        (
            "On the same texts, both halves, in the same run. natasha is read for Russian, "
            "the only "
            "language it knows. dateparser must give a day for whatever it finds, so only "
            "dates whose "
            "day, month and year are printed count here, and a year that the words do not print is "
            "counted as invented."
        ),
        "",
        "| peer | task | habeas P / R | peer P / R | years invented: habeas, peer |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in compared:
        mine = f"{one.own.precision:.3f} / {one.own.recall:.3f}"
        theirs = f"{one.theirs.precision:.3f} / {one.theirs.recall:.3f}"
        invented = f"{one.invented[0]}, {one.invented[1]}" if "dates" in one.task else "–"
        lines.append(f"| {one.peer} | {one.task} | {mine} | {theirs} | {invented} |")
    lines += [f"| {name} | could not be run: {why} | – | – | – |" for name, why in skipped.items()]
    lines += [
        "",
        (
            "textacy's quotations need a model of spaCy, which no package index that is checked by "
            "hash carries; they are not compared."
        ),
        "",
    ]
    return lines


def _speeds(speeds: Mapping[str, float], compared: Sequence[Compared]) -> list[str]:
    lines = ["## Speed", "", "Kilobytes a second of processor time, one core.", ""]
    lines += ["| what | KB/s |", "| --- | --- |"]
    lines += [f"| habeas, {name} | {speed:,.0f} |" for name, speed in speeds.items()]
    lines += [
        f"| {one.peer}, annotated texts ({one.task}) | {one.speed:,.0f} |" for one in compared
    ]
    return [*lines, ""]


def _large(large: Sequence[Large]) -> list[str]:
    lines = [
        "## Large texts",
        "",
        (
            "Prose with one of the annotated texts in about every ten kilobytes, read as one text "
            "in a process of its own. Aims: time linear in the length, memory below 500 MB at "
            "20 MB."
        ),
        "",
        (
            "| MB | seconds of processor time | seconds a MB | peak memory, MB | suggestions | "
            "read to its end |"
        ),
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in large:
        size = one.bytes / 1_000_000
        lines.append(
            f"| {size:.0f} | {one.seconds:.1f} | {one.seconds / size:.2f} | {one.peak_mb:.0f} | "
            f"{one.suggestions:,} | {'yes' if one.read_to_end else 'no'} |"
        )
    return [*lines, ""]


def _limits() -> list[str]:
    return [
        "## What these numbers do not say",
        "",
        (
            "The texts are short, clean and written by the people who wrote the rules. Real "
            "pages hold "
            "menus, captions and advertisements, longer sentences and odder wordings; expect less. "
            "Thirty-odd texts a half make each number uncertain by several hundredths. "
            "Speakers are "
            "compared by their words, so that a longer or shorter description counts as the same."
        ),
        "",
    ]
