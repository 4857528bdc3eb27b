"""What a member sees of the rows of case files, as conditions; see `watch.scope`.

A case is seen where it was granted. What a granted case refers to is seen beside it: offices,
places, court records. Never another person, never another event; nor a row that points at one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

if TYPE_CHECKING:
    from habeas.watch.scope import Scope

PUBLIC = ("body", "place", "legal_case", "record")
"""Kinds of subjects that are seen where a granted case refers to them."""
REFERRED: list[Callable[["Scope"], Q]] = []
"""Further conditions of features under which such a subject is seen; see `lookups.models`."""


def _rows(name: str) -> QuerySet[Model]:
    """Return all rows of a model, whoever asks: the conditions themselves see all."""
    every = apps.get_model("statements", name)._base_manager  # noqa: SLF001 - whoever asks
    rows: QuerySet[Model] = every.all()
    return rows


def subjects(scope: "Scope") -> Q:
    """Return the condition for subjects."""
    named = _rows("Statement").filter(other=OuterRef("pk"), subject__in=scope.cases)
    referred = Q(Exists(named))
    for more in REFERRED:
        referred = referred | more(scope)
    filed = _rows("Filed").filter(subject=OuterRef("pk"), document__in=_papers(scope))
    paper = Q(kind="document") & Q(Exists(filed))
    return Q(pk__in=scope.cases) | (Q(kind__in=PUBLIC) & referred) | paper


def at(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose subject at a path may be seen."""
    return Q(**{f"{path}__in": scope.cases}) | Q(
        **{f"{path}__in": _rows("Subject").filter(subjects(scope)).values("pk")}
    )


def other(scope: "Scope") -> Q:
    """Return the condition for rows that name no second subject, or one that may be seen."""
    return Q(other=None) | Q(other__in=scope.cases) | Q(other__kind__in=PUBLIC)


def documents(scope: "Scope") -> Q:
    """Return the condition for documents: in a granted file, or one's own and in no file."""
    filed = _rows("Filed").filter(document=OuterRef("pk"))
    granted = Exists(filed.filter(subject__in=scope.cases))
    own = Q() if scope.whole else Q(added_by=scope.user)
    return Q(granted) | (own & ~Q(Exists(filed)))


def paper(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose document at a path may be seen."""
    return Q(**{f"{path}__in": _rows("Document").filter(documents(scope)).values("pk")})


def statements(scope: "Scope") -> Q:
    """Return the condition for statements.

    What is said of an office or a record is seen where the paper that carries it is in a granted
    file: others may have written there of whom they seek.
    """
    beside = ~Q(subject__kind__in=("person", "event")) & Q(document__in=_papers(scope))
    return (Q(subject__in=scope.cases) | beside) & other(scope)


def statement(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose statement at a path may be seen."""
    return Q(**{f"{path}__in": _rows("Statement").filter(statements(scope)).values("pk")})


def _papers(scope: "Scope") -> QuerySet[Model]:
    """Return the ids of the documents in granted files."""
    return _rows("Filed").filter(subject__in=scope.cases).values("document")  # type: ignore[return-value]
