"""Proposes who a row may be: somebody who is there already, or an earlier row of the same file.

Both are looked for with the index of `habeas.names`, which misses nobody whom comparing every pair
would report. Only "same" and "likely" are proposed; a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from django.db import transaction

from habeas.cases.importing.bundled import knowing
from habeas.cases.importing.deciding import KNOWN, mapping_of
from habeas.cases.importing.models import Alike, Import
from habeas.cases.importing.understanding import understood_of
from habeas.cases.statements.models import Statement, Subject
from habeas.names import Screen, Sought
from habeas.names.screen import Hit
from habeas.watch.models import Spelling

_SURE = frozenset({"same", "likely"})
_MOST = 5
"""Proposals for a row: beyond them a name is too common to tell anything."""
_CHUNK = 5000


def propose(imported: Import) -> int:
    """Work out the proposals of an import anew, under its mapping; return how many rows have some.

    Rows that have their result keep theirs.
    """
    mapping = mapping_of(imported)
    rows: list[int] = []
    years: list[int | None] = []
    names: list[list[str]] = []
    for row in imported.rows.filter(out="", result=None).order_by("number").iterator(_CHUNK):
        read = understood_of(row, mapping)
        if read.names:
            rows.append(row.pk)
            years.append(read.birth_year)
            names.append(read.names[:10])
    found: dict[int, list[Alike]] = {}
    for at, some in chain(_among_people(names, years), _among_rows(names, years, rows)):
        for one in some:
            one.row_id = rows[at]
        # Never more are held than are kept: a common name has thousands of namesakes.
        found[at] = sorted([*found.get(at, ()), *some], key=_order)[:_MOST]
    found |= _known(imported, rows)
    kept = [one for every in found.values() for one in every]
    with transaction.atomic():
        Alike.objects.filter(row__imported=imported, row__result=None).delete()
        Alike.objects.bulk_create(kept, batch_size=_CHUNK)
    return len(found)


def _known(imported: Import, rows: list[int]) -> dict[int, list[Alike]]:
    """Return whom an earlier bundle of the same sender brought; they are nobody else."""
    known = knowing.people(imported, rows)
    return {
        at: [Alike(row_id=pk, subject_id=known[pk], bits=KNOWN, verdict="same")]
        for at, pk in enumerate(rows)
        if pk in known
    }


def _order(one: Alike) -> tuple[bool, bool, float]:
    """People who are there go first: a row that is the same as they joins them."""
    return one.subject_id is None, one.years_differ, -one.bits


def _among_people(
    names: list[list[str]], years: list[int | None]
) -> Iterator[tuple[int, list[Alike]]]:
    subjects = _people()
    if not subjects:
        return
    screen = Screen([Sought(tuple(texts)) for _pk, _year, texts in subjects])
    for at, best in _best(screen, names, earlier=False):
        yield (
            at,
            [
                _alike(best[who], years[at], subjects[who][1], subject=subjects[who][0])
                for who in best
            ],
        )


def _among_rows(
    names: list[list[str]], years: list[int | None], rows: list[int]
) -> Iterator[tuple[int, list[Alike]]]:
    if len(names) < 2:
        return
    screen = Screen([Sought(tuple(texts)) for texts in names])
    for at, best in _best(screen, names, earlier=True):
        yield (
            at,
            [_alike(best[who], years[at], years[who], other=rows[who]) for who in best],
        )


def _alike(
    hit: Hit,
    mine: int | None,
    theirs: int | None,
    *,
    subject: int | None = None,
    other: int | None = None,
) -> Alike:
    return Alike(
        subject_id=subject,
        other_id=other,
        bits=round(hit.score, 2),
        verdict=str(hit.comparison.verdict),
        years_differ=None not in (mine, theirs) and mine != theirs,
    )


def _best(
    screen: Screen, names: list[list[str]], *, earlier: bool
) -> Iterator[tuple[int, dict[int, Hit]]]:
    """Yield each row with the best hit of each person; `earlier`: only rows before the row."""
    owner = [at for at, texts in enumerate(names) for _text in texts]
    hits = screen.rows(
        (text for texts in names for text in texts), before=owner if earlier else None
    )
    sure = (hit for hit in hits if str(hit.comparison.verdict) in _SURE)
    for at, of_row in groupby(sure, key=lambda hit: owner[hit.row_index]):
        best: dict[int, Hit] = {}
        for hit in of_row:
            old = best.get(hit.person_index)
            if old is None or old.score < hit.score:
                best[hit.person_index] = hit
        yield at, best


def _people() -> list[tuple[int, int | None, list[str]]]:
    """Return every case of a person: its key, year of birth and names."""
    texts: dict[int, list[str]] = defaultdict(list)
    spelled = Spelling.objects.filter(withdrawn_at=None, person__case__isnull=False)
    for pk, text in spelled.order_by("pk").values_list("person__case", "text"):
        texts[pk].append(text)
    said = Statement.objects.filter(
        property__in=("known_as", "passport_name"), retracts=None, retracted_by=None
    )
    for pk, text in said.values_list("subject", "value"):
        texts[pk].append(text)
    subjects = Subject.objects.filter(kind=Subject.PERSON).values_list("pk", "person__birth_year")
    return [(pk, year, _apart(texts[pk])) for pk, year in subjects.iterator() if _apart(texts[pk])]


def _apart(texts: Iterable[str]) -> list[str]:
    named = (text[:1000] for text in texts if any(letter.isalpha() for letter in text))
    return list(dict.fromkeys(named))
