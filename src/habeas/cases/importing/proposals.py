"""Proposes who a row may be: somebody who is there already, or an earlier row of the same file.

Both are looked for with the index of `habeas.names`, which misses nobody whom comparing every pair
would report. Only "same" and "likely" are proposed; a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

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
    found: dict[int, list[Alike]] = defaultdict(list)
    known = knowing.people(imported, rows)
    places = {pk: at for at, pk in enumerate(rows)}
    for pk in known:
        same = Alike(row_id=pk, subject_id=known[pk], bits=KNOWN, verdict="same")
        found[places[pk]].append(same)
    for at, one in _among_people(names, years):
        one.row_id = rows[at]
        found[at].append(one)
    for at, other, one in _among_rows(names, years):
        one.row_id, one.other_id = rows[at], rows[other]
        found[at].append(one)
    kept = [one for every in found.values() for one in _chosen(every)]
    with transaction.atomic():
        Alike.objects.filter(row__imported=imported, row__result=None).delete()
        Alike.objects.bulk_create(kept, batch_size=_CHUNK)
    return len(found)


def _chosen(every: list[Alike]) -> list[Alike]:
    """Return the proposals to show; whom an earlier bundle brought is nobody else."""
    known = [one for one in every if one.bits == KNOWN]
    return known or sorted(every, key=_order)[:_MOST]


def _order(one: Alike) -> tuple[bool, bool, float]:
    """People who are there go first: a row that is the same as they joins them."""
    return one.subject_id is None, one.years_differ, -one.bits


def _among_people(names: list[list[str]], years: list[int | None]) -> Iterator[tuple[int, Alike]]:
    subjects = _people()
    if not subjects:
        return
    screen = Screen([Sought(tuple(texts)) for _pk, _year, texts in subjects])
    for at, person, hit in _best(screen, names, earlier=False):
        pk, year, _texts = subjects[person]
        yield at, _alike(hit, years[at], year, subject=pk)


def _among_rows(
    names: list[list[str]], years: list[int | None]
) -> Iterator[tuple[int, int, Alike]]:
    if len(names) < 2:
        return
    screen = Screen([Sought(tuple(texts)) for texts in names])
    for at, other, hit in _best(screen, names, earlier=True):
        yield at, other, _alike(hit, years[at], years[other])


def _alike(hit: Hit, mine: int | None, theirs: int | None, *, subject: int | None = None) -> Alike:
    return Alike(
        subject_id=subject,
        bits=round(hit.score, 2),
        verdict=str(hit.comparison.verdict),
        years_differ=None not in (mine, theirs) and mine != theirs,
    )


def _best(
    screen: Screen, names: list[list[str]], *, earlier: bool
) -> Iterator[tuple[int, int, Hit]]:
    """Yield row, person and the best hit of each such pair; `earlier`: only rows before the row."""
    owner = [at for at, texts in enumerate(names) for _text in texts]
    best: dict[tuple[int, int], Hit] = {}
    for hit in screen.rows(text for texts in names for text in texts):
        at, person = owner[hit.row_index], hit.person_index
        if str(hit.comparison.verdict) not in _SURE or (earlier and person >= at):
            continue
        old = best.get((at, person))
        if old is None or old.score < hit.score:
            best[at, person] = hit
    yield from ((at, person, hit) for (at, person), hit in best.items())


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
