"""Options that say what is known beside a name: `--known born=1987 --known citizenship=TJ`."""

from collections.abc import Iterable
from datetime import UTC, datetime

import click

from habeas.language import _
from habeas.names import Facts

KEYS = ("born", "place", "citizenship", "gender", "relative")
OLDEST = 130
"""Years of the longest life; an earlier year of birth is a mistake."""


def facts_of(pairs: Iterable[str]) -> Facts:
    """Return the facts of options of the form KEY=VALUE.

    Raises:
        click.UsageError: a key is unknown, or a value cannot be one.
    """
    found: dict[str, list[str]] = {key: [] for key in KEYS}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if key not in KEYS or not equals or not value.strip():
            raise click.UsageError(
                _("{pair} is not KEY=VALUE; the keys are: {keys}.").format(
                    pair=repr(pair), keys=", ".join(KEYS)
                )
            )
        found[key].append(value.strip())
    return Facts(
        _year(found["born"]),
        " ".join(found["place"]),
        " ".join(found["citizenship"]),
        _gender(found["gender"]),
        tuple(found["relative"]),
    )


def _year(values: list[str]) -> int | None:
    if not values:
        return None
    this_year = datetime.now(UTC).year
    for value in values:
        if not value.isascii() or not value.isdigit():
            break
        if not this_year - OLDEST <= int(value) <= this_year:
            break
        return int(value)
    raise click.UsageError(_("{year} is no year of birth.").format(year=repr(values[0])))


def _gender(values: list[str]) -> str:
    gender = values[0] if values else ""
    if gender not in {"", "m", "f"}:
        raise click.UsageError(_("The gender is m or f."))
    return gender
