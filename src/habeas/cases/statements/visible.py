"""What a member sees of the rows of case files, as conditions; see `watch.scope`.

A case is seen where it was granted. What a granted case refers to is seen beside it: offices,
places, court records. Never another person, never another event; nor a row that points at one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from habeas.watch.ruled import among

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
    referred = among("pk", _rows("Statement").filter(subject__in=scope.cases), "other")
    for more in REFERRED:
        referred = referred | more(scope)
    papers = among("pk", _rows("Filed").filter(_in_file(scope, "document")), "subject")
    return Q(pk__in=scope.cases) | (Q(kind__in=PUBLIC) & referred) | (Q(kind="document") & papers)


def at(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose subject at a path may be seen."""
    return Q(**{f"{path}__in": scope.cases}) | among(path, _rows("Subject").filter(subjects(scope)))


def other(scope: "Scope") -> Q:
    """Return the condition for rows that name no second subject, or one that may be seen."""
    public = among("other", _rows("Subject").filter(kind__in=PUBLIC))
    return Q(other=None) | Q(other__in=scope.cases) | public


def documents(scope: "Scope") -> Q:
    """Return the condition for documents: in a granted file, or one's own and in no file."""
    filed = _rows("Filed")
    own = Q() if scope.whole else Q(added_by=scope.user)
    mine = filed if scope.whole else filed.filter(document__added_by=scope.user)
    return _in_file(scope, "pk") | (own & ~among("pk", mine, "document"))


def paper(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose document at a path may be seen."""
    return among(path, _rows("Document").filter(documents(scope)))


def statements(scope: "Scope") -> Q:
    """Return the condition for statements.

    What is said of an office or a record is seen where the paper that carries it is in a granted
    file: others may have written there of whom they seek.
    """
    somebody = among("subject", _rows("Subject").filter(kind__in=("person", "event")))
    beside = ~somebody & _in_file(scope, "document")
    return (Q(subject__in=scope.cases) | beside) & other(scope)


def statement(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose statement at a path may be seen."""
    return among(path, _rows("Statement").filter(statements(scope)))


def _in_file(scope: "Scope", path: str) -> Q:
    """Return the condition for rows whose document at a path is in a granted file."""
    return among(path, _rows("Filed").filter(subject__in=scope.cases), "document")
