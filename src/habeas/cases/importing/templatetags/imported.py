"""Template filters of imports: what is told, what a column means."""

from collections.abc import Sequence

from django import template
from django.utils.functional import Promise

from habeas.cases.importing.words import FIELDS, TOLD
from habeas.terminal import safe_line
from habeas.watch.pages.words import VERDICTS, Sign

register = template.Library()


@register.filter
def told(odd: Sequence[str]) -> str:
    """Return what is told, with the column or words that it concerns."""
    words = str(TOLD.get(odd[0], odd[0]))
    return f"{safe_line(odd[1])}: {words}" if odd[1] else words


@register.filter
def why_out(code: str) -> Promise | str:
    """Return why a row brings nothing."""
    return TOLD.get(code, code)


@register.filter
def field(key: str) -> Promise | str:
    """Return what a column means, in words."""
    return FIELDS.get(key, key)


@register.filter
def verdict_sign(verdict: str) -> Sign | None:
    """Return the sign of a verdict."""
    return VERDICTS.get(verdict)
