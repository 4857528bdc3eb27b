"""How a search is told: each match with its row and its reasons, each obstacle with its advice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

import click

from habeas.finding.looked import STANDING, Hit, Looked
from habeas.finding.report import Listing, Report, best_first
from habeas.finding.words import advice, meaning, verdict_words
from habeas.language import _, ngettext
from habeas.names import Verdict
from habeas.sources.contract import Fact, Outcome
from habeas.terminal import safe_line

UNDECIDED_SHOWN = 10
"""Undecidable entries that are printed one by one; the rest are counted."""

_COLOURS = {Verdict.SAME: "green", Verdict.LIKELY: "green", Verdict.POSSIBLE: "yellow"}
# What a reader on the telephone needs; the JSON output carries every fact of a row.
_TOLD = (
    "case_number", "article", "articles", "state", "state_date", "judge", "date", "time", "room",
    "result", "title", "published",
)  # fmt: skip


def match_lines(looked: Looked) -> Iterator[dict[str, object]]:
    """Yield one plain value for each hit of a place, for JSON."""
    for hit in looked.hits:
        yield {
            "type": "match" if hit.verdict in STANDING else "undecided",
            "printed": hit.printed,
            "verdict": hit.verdict,
            "score": hit.bits,
            "namesakes": hit.namesakes,
            "among": hit.among,
            "role": hit.role,
            "capacity": hit.capacity,
            "place": looked.place,
            "where": hit.where,
            "bytes": hit.span,
            "source": looked.source,
            "court": looked.court,
            "page": looked.kind,
            "url": looked.url,
            "link": hit.link,
            "captured_at": looked.captured_at,
            "sha256": looked.sha256,
            "row": dict(hit.facts),
            "reasons": [asdict(why) for why in hit.reasons],
        }


def obstacle_line(looked: Looked) -> dict[str, object]:
    """Return one plain value for a place that could not be looked at, for JSON."""
    assert looked.obstacle is not None
    return {
        "type": "could_not_look",
        "reason": looked.obstacle,
        "place": looked.place,
        "source": looked.source,
        "url": looked.url,
        "page": looked.kind,
        "words": looked.explanation,
        "meaning": meaning(looked.obstacle),
        "advice": advice(looked.obstacle),
        "captured_at": looked.captured_at,
        "sha256": looked.sha256,
    }


def title(text: str) -> str:
    """Return a heading."""
    return click.style(text, bold=True, underline=True)


def matches(looked: Sequence[Looked]) -> Iterator[str]:
    """Yield the text of every hit, strongest first; undecidable ones last and not all."""
    pairs = best_first([(place, hit) for place in looked for hit in place.hits])
    standing = [pair for pair in pairs if pair[1].verdict in STANDING]
    undecided = [pair for pair in pairs if pair[1].verdict not in STANDING]
    for place, hit in standing:
        yield _match(place, hit)
    if undecided:
        yield click.style(_("Too little to tell"), bold=True)
        for place, hit in undecided[:UNDECIDED_SHOWN]:
            told = (hit.printed, _row_words(hit), place.court or place.place)
            yield "  " + safe_line(" · ".join(part for part in told if part))
        hidden = len(undecided) - UNDECIDED_SHOWN
        if hidden > 0:
            yield "  " + ngettext(
                "and {count} more entry", "and {count} more entries", hidden
            ).format(count=hidden)
        yield "  " + _("Give a further spelling with --also: a surname or a father's name decides.")
        yield ""


def _match(place: Looked, hit: Hit) -> str:
    colour = _COLOURS.get(hit.verdict)
    head = click.style(f"{hit.verdict}  {safe_line(hit.printed)}", fg=colour, bold=True)
    lines = [f"{head}  {verdict_words(hit.verdict)}  ({hit.bits:+.1f} bits)"]
    words = " · ".join(part for part in (hit.role, _row_words(hit)) if part)
    if words:
        lines.append("  " + safe_line(words))
    lines.extend("    " + safe_line(why.text) for why in hit.reasons)
    lines.extend("  " + safe_line(line) for line in _where(place, hit))
    lines.extend("  " + safe_line(remark) for remark in place.remarks)
    if place.obstacle is not None:
        lines.append("  " + _("Only a part of this page could be read."))
    return "\n".join(lines) + "\n"


def _row_words(hit: Hit) -> str:
    words = [_plain(hit.facts[key]) for key in _TOLD if key in hit.facts]
    return " · ".join(word for word in words if word)


def _plain(fact: Fact) -> str:
    if isinstance(fact, str):
        return fact
    if isinstance(fact, (bool, int, Mapping)):
        return ""
    return ", ".join(word for word in (_plain(one) for one in fact) if word)


def _where(place: Looked, hit: Hit) -> Iterator[str]:
    """Yield who published it and where it stands, then where the bytes are."""
    published = ", ".join(part for part in (place.court or place.source, hit.where) if part)
    if published:
        yield published
    if place.url:
        yield place.url
    yield place.place
    if place.captured_at:
        yield _("captured {when} UTC").format(when=place.captured_at[:19].replace("T", " "))


def obstacles(looked: Sequence[Looked], listings: Iterable[Listing]) -> Iterator[str]:
    """Yield the text of what could not be looked at, with what to do."""
    listings = tuple(listings)
    if looked or listings:
        yield click.style(_("Could not look"), fg="red", bold=True)
    for place in looked:
        assert place.obstacle is not None
        yield "  " + safe_line(f"{place.obstacle}: {place.place}")
        if place.explanation:
            yield "    " + safe_line(f"«{place.explanation}»")
        yield "    " + meaning(place.obstacle)
        yield "    " + advice(place.obstacle)
    for listing in listings:
        yield "  " + safe_line(
            _("incomplete: {source} {court}: missing of this list: {missing}").format(
                source=listing.source, court=listing.court, missing=listing.missing()
            )
        )
    if looked or listings:
        yield ""


def summary(report: Report) -> str:
    """Return the sum of a search: what was looked at, and what that proves."""
    could_not = report.obstacles.total()
    counted = ngettext(
        "Looked at {looked} place and compared {names} names; {could_not} could not be looked at.",
        "Looked at {looked} places and compared {names} names; {could_not} could not be looked at.",
        report.looked,
    ).format(looked=report.looked, names=report.names, could_not=could_not)
    lines = [click.style(_verdict(report), bold=True), counted]
    if report.withheld:
        lines.append(
            ngettext(
                "{count} entry hides its names; the sought person may be one of them.",
                "{count} entries hide their names; the sought person may be one of them.",
                report.withheld,
            ).format(count=report.withheld)
        )
    return "\n".join(lines)


def _verdict(report: Report) -> str:
    if report.outcome is Outcome.FOUND:
        count = report.standing.total()
        return ngettext(
            "{count} entry may be the sought person. A person must decide.",
            "{count} entries may be the sought person. A person must decide.",
            count,
        ).format(count=count)
    if report.outcome is Outcome.COULD_NOT_LOOK:
        return _("No answer: not everything could be looked at, and nobody was found in the rest.")
    if report.undecided:
        return _("Nothing decisive in these places as they were captured.")
    return _("Not found in these places as they were captured. Absence here proves nothing else.")
