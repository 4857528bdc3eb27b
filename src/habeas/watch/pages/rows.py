"""Matches and entries as the pages show them: what was printed, beside whom, why, who decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import get_language

from habeas.names.reasons import Reason
from habeas.watch.models import Decision, Event, Match
from habeas.watch.pages import standing
from habeas.watch.pages.words import ANSWERS, FACTS, VERDICTS, WAITING, Sign

if TYPE_CHECKING:
    from habeas.watch.pages.standing import Answered


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One reason in words, and the language of the words where it is not the page's."""

    text: str
    bits: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a row: its label in the page's language (or the term itself), and its value."""

    label: Promise | str
    value: str


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """A match with everything that a person needs to decide about it.

    Attributes:
        language: of the page that printed the name.
        facts: those that identify the row, in reading order.
        more: every other fact of the row.
        answer: the answer that counts, empty where there is none; see `standing`.
        decisions: the whole history of the mention and the person, newest first.
        link: address of the entry at the source, empty where it has none that can be opened.
        gone: the event by which the entry left the list; None while it stands there.
    """

    match: Match
    verdict: Sign
    standing: Sign
    answer: str
    reasons: tuple[ShownReason, ...]
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...]
    decisions: tuple[Decision, ...]
    source: str
    language: str
    link: str
    gone: Event | None = None

    @property
    def source_title(self) -> str:
        """The title of its source."""
        return standing.title_of(self.source)

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it, or the answer left it open."""
        return self.answer in {"", Decision.OPEN}


def matches_for_page(matches: "Iterable[Answered]") -> list[ShownMatch]:
    """Return matches with their decisions, in the order given."""
    rows = list(matches)
    decisions = standing.decisions_about(rows)
    gone = standing.gone_since(rows)
    return [_shown(row, tuple(decisions.get(row.pk, ())), gone.get(row.pk)) for row in rows]


def _shown(match: "Answered", decisions: tuple[Decision, ...], gone: Event | None) -> ShownMatch:
    version = match.mention.version
    source = version.entry.source
    facts, more = facts_of(version.facts)
    answer = match.answer or ""
    return ShownMatch(
        match=match,
        verdict=VERDICTS.get(match.verdict, Sign(match.verdict, "?", "quiet")),
        standing=ANSWERS.get(answer, WAITING),
        answer=answer,
        reasons=tuple(_reason(one) for one in match.reasons),
        facts=facts,
        more=more,
        decisions=decisions,
        source=source,
        language=standing.language_of(source),
        link=_openable(version.link),
        gone=gone,
    )


def _reason(kept: Mapping[str, Any]) -> ShownReason:
    """Return a reason in the page's language, or as it was kept where its rule is unknown now."""
    try:
        reason = Reason(
            str(kept["part"]),
            str(kept["rule"]),
            str(kept["sought"]),
            str(kept["printed"]),
            float(kept["bits"]),
        )
        return ShownReason(reason.sentence(get_language() or "en"), reason.bits)
    except (KeyError, TypeError, ValueError):
        return ShownReason(str(kept.get("text", kept)), 0.0)


def facts_of(facts: Mapping[str, Any]) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return the facts that are shown at once, and the others; empty cells are left out."""
    first = tuple(
        Fact(label, plain(facts[term])) for term, label in FACTS.items() if facts.get(term)
    )
    rest = tuple(
        Fact(term.replace("_", " "), plain(value))
        for term, value in facts.items()
        if term not in FACTS and value not in ("", [], {})
    )
    return first, rest


def plain(value: object) -> str:
    """Return a fact as one line of text, whatever JSON it is."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {plain(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value)
    return str(value)


def _openable(link: str) -> str:
    """Return an http(s) address that a page may link to; a page can print any other scheme."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in {"http", "https"} and parts.netloc else ""
