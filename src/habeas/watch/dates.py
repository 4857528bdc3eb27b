"""Reads the dates that sites print, as far as the ledger needs them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from habeas.sources.contract import Fact

_PRINTED = re.compile(r"\b(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})\b")
_PUBLISHED = "published"


def printed_date(text: str) -> date | None:
    """Return the first date in a printed text, day first ("24.11.2026 10:15"), None without one."""
    found = _PRINTED.search(text)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def published(facts: Fact) -> Iterator[str]:
    """Yield every date of publication ("Дата размещения") in facts, however deep, as printed."""
    if isinstance(facts, Mapping):
        for name, value in facts.items():
            if name == _PUBLISHED and isinstance(value, str):
                yield value
            else:
                yield from published(value)
    elif isinstance(facts, (list, tuple)):
        for value in facts:
            yield from published(value)


def backdated(before: Fact, after: Fact, looked: datetime) -> list[str]:
    """Return dates of publication that are new, and claim a day before a look without them.

    Args:
        before: facts as they were at that look; empty where the entry was not there at all.
        after: facts now.
        looked: when that look was finished.
    """
    old = set(published(before))
    return sorted(
        {
            claimed
            for claimed in published(after)
            if claimed not in old
            and (claimed_day := printed_date(claimed)) is not None
            and claimed_day < looked.date()
        }
    )
