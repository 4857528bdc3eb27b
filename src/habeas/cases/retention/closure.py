"""What goes with a person: every row that points at what goes, until nothing more is found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model, Q, QuerySet

from habeas.cases.documents.models import Photo, Upload
from habeas.cases.importing.models import Import, Received
from habeas.cases.retention import rules
from habeas.cases.statements.models import Document, Filed, Statement, Subject
from habeas.watch.models import Person

_LOT = 500
_PAPERS_OF = (Subject.LEGAL_CASE, Subject.RECORD)


@dataclass(slots=True)
class Going:
    """What is removed.

    Attributes:
        placeholders: subjects of whom a placeholder stays.
        rows: primary keys of what is removed, by model.
        kept_papers: documents that stay because they are in somebody else's file as well.
        kept_files: files that stay because somebody else's document is the same bytes.
        files: SHA-256 of the files that are removed.
    """

    placeholders: frozenset[int]
    rows: dict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    kept_papers: set[int] = field(default_factory=set)
    kept_files: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def counted(self) -> dict[str, int]:
        """Return how many rows of each model go, by its label."""
        found = {rules.label_of(model): len(keys) for model, keys in self.rows.items() if keys}
        return dict(sorted(found.items()))


def every(model: type[Model]) -> QuerySet[Model]:
    """Return all rows of a model, whoever asks."""
    return model._base_manager.all()  # noqa: SLF001 - whoever asks


def lots(keys: Iterable[int]) -> Iterator[list[int]]:
    """Yield keys in lots that a database takes in one question."""
    listed = sorted(keys)
    for start in range(0, len(listed), _LOT):
        yield listed[start : start + _LOT]


def lots_of(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts likewise."""
    listed = sorted(texts)
    for start in range(0, len(listed), _LOT):
        yield listed[start : start + _LOT]


def going_with(subjects: Collection[int]) -> Going:
    """Return what is removed with people, by the primary keys of their subjects."""
    going = Going(frozenset(subjects))
    people = {
        key
        for lot in lots(subjects)
        for key in every(Subject).filter(pk__in=lot).values_list("person", flat=True)
        if key is not None
    }
    going.rows[Person] |= people
    # What another home said of them and was kept beside points at nothing but its row of a list.
    for lot in lots(subjects):
        theirs = every(Received).filter(result__subject__in=lot)
        going.rows[Received] |= set(theirs.values_list("pk", flat=True))
    going.rows[Document] |= _papers(going)
    close(going)
    going.rows[Subject] |= _beside(going)
    close(going)
    return going


def close(going: Going) -> None:
    """Add every row that points at what goes, until there is none left to add."""
    waiting = {model: set(keys) for model, keys in going.rows.items()}
    waiting.setdefault(Subject, set()).update(going.placeholders)
    while waiting:
        target, keys = waiting.popitem()
        for name, pointer in rules.pointers():
            if pointer.related_model is not target or rules.POINTERS[name] != rules.GOES:
                continue
            found = _pointing(pointer.model, pointer.name, keys) - going.rows[pointer.model]
            if found:
                going.rows[pointer.model] |= found
                waiting.setdefault(pointer.model, set()).update(found)


def _pointing(model: type[Model], name: str, keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for lot in lots(keys):
        found |= set(every(model).filter(**{f"{name}__in": lot}).values_list("pk", flat=True))
    return found


def _papers(going: Going) -> set[int]:
    """Return the documents in nobody else's file; what stays is noted."""
    papers = {
        key
        for lot in lots(going.placeholders)
        for key in every(Filed).filter(subject__in=lot).values_list("document", flat=True)
    }
    papers |= {
        key
        for lot in lots(going.placeholders)
        for key in every(Import).filter(subject__in=lot).values_list("document", flat=True)
    }
    # A paper that is filed with what is said of itself, or of a court record, is in no other file.
    others = Q(subject__kind__in=(Subject.PERSON, Subject.EVENT))
    for lot in lots(papers):
        filed = every(Filed).filter(others, document__in=lot)
        shared = filed.exclude(subject__in=going.placeholders).values_list("document", flat=True)
        going.kept_papers |= set(shared)
    return papers - going.kept_papers


def _beside(going: Going) -> set[int]:
    """Return what only these people's files tell of: court records, and papers as subjects."""
    papers = {f"document:{key}" for key in going.rows[Document]}
    found = set(
        every(Subject).filter(kind=Subject.DOCUMENT, ref__in=papers).values_list("pk", flat=True)
    )
    named = {
        key
        for lot in lots(going.rows[Statement])
        for key in every(Statement)
        .filter(pk__in=lot, other__kind__in=_PAPERS_OF)
        .values_list("other", flat=True)
    }
    return found | {key for key in named if _is_theirs_alone(key, going)}


def _is_theirs_alone(key: int, going: Going) -> bool:
    said = every(Statement).filter(Q(other=key) | Q(subject=key)).values_list("pk", flat=True)
    return set(said) <= going.rows[Statement]


def choose_files(going: Going) -> None:
    """Choose the files that nothing refers to any more: the same bytes may be in two files."""
    for model in (Upload, Photo):
        for lot in lots(going.rows[model]):
            rows = every(model).filter(pk__in=lot)
            going.files |= set(rows.values_list("sha256", flat=True))
    for sha256 in sorted(going.files):
        if any(
            every(model).filter(sha256=sha256).exclude(pk__in=going.rows[model]).exists()
            for model in (Upload, Photo, Import)
        ):
            going.kept_files.add(sha256)
    going.files -= going.kept_files
