"""Template filters for what pages and people wrote: shown as it is, unable to do anything.

A name may hold controls, directions, markup or a thousand characters. Controls and directions are
made visible (`<U+202E>`), markup is escaped, and `<bdi>` keeps its direction to itself.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as say

from habeas.terminal import safe, safe_line
from habeas.watch.models import Decision
from habeas.watch.pages.removed import removed_on
from habeas.watch.pages.standing import WatchStanding
from habeas.watch.pages.words import ANSWERS, STATES, WEEKDAYS, Sign

register = template.Library()


@register.filter
def name(text: str, language: str = "") -> SafeString:
    """Return a printed name for a page, kept from translation programs and spell checkers.

    Args:
        text: as printed.
        language: ISO 639-1 of the page that printed it, empty where nobody knows.
    """
    marked = format_html(' lang="{}"', language) if language else ""
    return format_html('<bdi class="name" translate="no"{}>{}</bdi>', marked, safe_line(str(text)))


@register.filter
def quoted(text: object) -> SafeString:
    """Return any other text of a source, isolated in the same way."""
    return format_html('<bdi translate="no">{}</bdi>', safe_line(str(text)))


@register.filter
def removed(record: object) -> str:
    """Return the day on which the record behind a version was removed; empty where it was not."""
    return removed_on(record.get("path")) if isinstance(record, dict) else ""


@register.filter
def passage(text: str) -> str:
    """Return text of several lines with its controls made visible."""
    return safe(str(text))


@register.filter
def utc(moment: datetime | str | None) -> SafeString | str:
    """Return a moment as `2026-11-24 08:05 UTC`, the same in every language.

    No moment is "never". A template hands in an empty text where the look itself is missing
    (the moment of no look).
    """
    if not moment or isinstance(moment, str):
        return say("never")
    moment = moment.astimezone(UTC)
    return format_html(
        '<time datetime="{}">{} UTC</time>',
        f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        f"{moment:%Y-%m-%d %H:%M}",
    )


@register.filter
def sign(shown: Sign) -> SafeString:
    """Return a state as shape and word; its colour comes from the style sheet."""
    return format_html(
        '<span class="sign {}"><span class="shape" aria-hidden="true">{}</span> {}</span>',
        shown.tone,
        shown.shape,
        shown.word,
    )


@register.filter
def state(key: str) -> SafeString:
    """Return the sign of one of `words.STATES`."""
    return sign(STATES[key])


@register.filter
def answer(decision: Decision) -> Sign:
    """Return the sign of a decision's answer."""
    return ANSWERS[decision.answer]


@register.filter
def source_title(title: str) -> SafeString:
    """Return what the catalogue says of a source, in the page's language, or marked as English."""
    translated = say(title)
    if translated == title and get_language() != "en":
        return format_html('<span lang="en">{}</span>', safe_line(title))
    return format_html("{}", safe_line(translated))


@register.filter
def namesakes(per_million: float) -> str:
    """Return a number of namesakes as precisely as it is known: two digits at most."""
    if per_million >= 10:
        return f"{round(per_million):d}"
    return f"{per_million:.2g}" if per_million >= 0.01 else "< 0.01"


@register.filter
def last_begun(standings: Sequence[WatchStanding]) -> datetime | None:
    """Return when the last look of the last of them began."""
    look = standings[-1].last
    return look.started_at if look else None


@register.simple_tag
def weekdays() -> tuple[Promise, ...]:
    """Return the headings of a calendar's days, from Monday."""
    return WEEKDAYS


@register.filter
def bits(weight: float) -> str:
    """Return a weight of evidence with its sign and one digit: `+12.3`."""
    return f"{weight:+.1f}".replace("-", "\N{MINUS SIGN}")
