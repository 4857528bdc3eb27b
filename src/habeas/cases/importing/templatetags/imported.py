"""Template filters of imports: what is told, what a column means."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django import template
from django.utils.functional import Promise

from habeas.cases.consent.words import USES
from habeas.cases.importing.bundled.persons import Record
from habeas.cases.importing.words import FIELDS, RECORDS, TOLD
from habeas.evidence.seals.keys import in_groups
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


@register.filter
def groups(fingerprint: str) -> str:
    """Return a fingerprint for people to compare: capitals in groups of four."""
    return in_groups(fingerprint)


@register.filter
def by_kind(records: Iterable[Record]) -> list[tuple[Promise | str, int]]:
    """Return how many records there are of each kind, in words."""
    counted = Counter(one.kind for one in records)
    return [(RECORDS[kind], counted[kind]) for kind in RECORDS if counted[kind]]


@register.filter
def papers(records: Iterable[Record]) -> list[Record]:
    """Return the files among records."""
    return [one for one in records if one.kind == "file"]


@register.filter
def answers(records: Iterable[Record]) -> list[tuple[Promise | str, Record]]:
    """Return the answers of consent among records, with what each is for."""
    return [(USES[one.told["use"]], one) for one in records if one.kind == "consent"]
