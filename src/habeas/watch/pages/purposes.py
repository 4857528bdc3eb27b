"""What was asked, said in the language of the page.

The ledger keeps the purpose of a request in the language of the process that asked. Who reads the
page may read another: a purpose that habeas worded itself is recognised, and its days, courts and
numbers are put into the same sentence of the reader's language. Titles that a source worded stay as
they are.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from habeas.language import LANGUAGES, in_language, marked

PURPOSES = (
    marked("a page of the sitemap"),
    marked("a part of the sitemap"),
    marked("acts by the name of a side"),
    marked("acts of {day}"),
    marked("an entry that is no longer in its list, under its own address"),
    marked("announcements of the court {court}"),
    marked("card of an entry that may be about a sought person"),
    marked("cases and complaints by name"),
    marked("cases and complaints received on {day}"),
    marked("cases by name at {host}, table {table}"),
    marked("cases by participant, {court}"),
    marked("cases of administrative offences, {court}"),
    marked("cases received from {first} to {last} at {host}"),
    marked("control: a list that is known to hold entries"),
    marked("everybody in custody, {jail}"),
    marked("hearings on {day} at {host}"),
    marked("hearings on {day}, court {court}"),
    marked("hearings on {day}, {court}"),
    marked("older announcements"),
    marked("older news"),
    marked("older posts"),
    marked("page {number} of the acts"),
    marked("page {number} of the same list"),
    marked("page {number} of {pages} of a list of {court}"),
    marked("the feed"),
    marked("the list of files"),
    marked("the list of {day}"),
    marked("the list"),
    marked("the ministry's news, {section}"),
    marked("the newest acts"),
    marked("the newest posts of {channel}"),
    marked("the next page of the list"),
    marked("the next page of the roster"),
    marked("the portal's own list of the courts of region {region}"),
    marked("the sitemap"),
)
"""Every purpose that habeas words itself, as the adapters and the watcher write it."""

_FIELD = re.compile(r"\{([a-z]+)\}")
_TITLES = frozenset({"court", "jail", "section", "channel"})
"""Fields that hold words; the others hold one day, number or host."""


@lru_cache(maxsize=4096)
def purpose_in(kept: str, language: str) -> str:
    """Return a purpose of the ledger in a language of the site, or as it was kept.

    Args:
        kept: as the ledger has it, in any language of the interface.
        language: of the reader, as Django names it.
    """
    for pattern, purpose in _patterns():
        if fields := pattern.fullmatch(kept):
            return in_language(purpose, language).format(**fields.groupdict())
    return kept


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return what to recognise, the most particular sentence first."""
    worded = [(said, purpose) for purpose in PURPOSES for said in _said(purpose)]
    worded.sort(key=lambda pair: len(_FIELD.sub("", pair[0])), reverse=True)
    return [(_pattern(said), purpose) for said, purpose in worded]


def _said(purpose: str) -> Iterator[str]:
    return (in_language(purpose, language) for language in LANGUAGES)


def _pattern(said: str) -> re.Pattern[str]:
    """Return the pattern of one sentence; the odd parts of the split are the names of fields."""
    parts = _FIELD.split(said)
    return re.compile(
        "".join(_field(part) if place % 2 else re.escape(part) for place, part in enumerate(parts))
    )


def _field(key: str) -> str:
    return f"(?P<{key}>.+)" if key in _TITLES else rf"(?P<{key}>\S+)"
