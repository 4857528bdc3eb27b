"""Who asks: the program itself, which sees all, or a member who may see some cases only.

The default manager of every model that tells of a person asks here, so that a page which forgets
to ask shows nothing too much. Whoever follows a foreign key from a row that may be seen goes by
the plain manager; a rule therefore lets a row through only where what it points at may be seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.db import models

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet


@dataclass(frozen=True, slots=True)
class Scope:
    """What one member may see.

    Attributes:
        user: the name of the member.
        people: ids of the sought people: a list, or a subquery where they are many.
        cases: ids of the subjects of statements, likewise.
        whole: whether they see all but what has ended, rows of no person too.
        settled: whether nothing is kept any more of what has ended.
    """

    user: str
    people: "list[int] | QuerySet[Any, Any]"
    cases: "list[int] | QuerySet[Any, Any]"
    whole: bool = False
    settled: bool = False


_NOW: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope | None:
    """Return whose request this is; None for the program itself and for those who see all."""
    return _NOW.get()


@contextmanager
def within(scope: Scope | None) -> Iterator[None]:
    """See only what a scope lets through, until the block ends."""
    token = _NOW.set(scope)
    try:
        yield
    finally:
        _NOW.reset(token)


def sees_all() -> bool:
    """Return whether whoever asks may see what names everybody at once, such as what was asked."""
    scope = current()
    return scope is None or (scope.whole and scope.settled)


def everything() -> Any:  # noqa: ANN401 - a context manager, as `within`
    """See all for a moment: to keep derived rows, or to take the next free code."""
    return within(None)


class Told(Protocol):
    """A model that tells of a person."""

    @staticmethod
    def seen_by(scope: Scope) -> "Q":
        """Return the condition for the rows that a scope lets through."""


_M = TypeVar("_M", bound=models.Model)


class Seen(models.Manager[_M]):
    """Finds only what the one who asks may see.

    Django makes the managers of related rows from this class, so the rule stands on the model.
    """

    def get_queryset(self) -> "QuerySet[_M]":
        """Return the rows of the model that may be seen now."""
        rows = super().get_queryset()
        scope = current()
        if scope is None:
            return rows
        rule: Told = self.model  # type: ignore[assignment]  # the models that use it have the rule
        return rows.filter(rule.seen_by(scope))
