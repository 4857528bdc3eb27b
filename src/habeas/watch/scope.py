"""Who asks: the program itself, which sees all, or a member who may see some cases only.

The default manager of every model that tells of a person asks here, so that a page which forgets
to ask shows nothing too much. Whoever follows a foreign key from a row that may be seen goes by
the plain manager; a rule therefore lets a row through only where what it points at may be seen.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from django.db import models
from django.db.models.sql.where import AND

from habeas.watch.ruled import Ruled, is_plain

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet


_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(eq=False, slots=True)
class Scope:
    """What one member may see.

    Attributes:
        user: the name of the member.
        people: ids of the sought people: a list, or a subquery where they are many.
        cases: ids of the subjects of statements, likewise.
        whole: whether they see all but what has ended, rows of no person too.
        settled: whether nothing is kept any more of what has ended.
        narrowed: whether something that was granted to them has ended: of that the database, which
            knows what was granted, keeps nothing back.
        kept: whether the database itself keeps the connection to it now; see `Seen`.
    """

    user: str
    people: "list[int] | QuerySet[Any, Any]"
    cases: "list[int] | QuerySet[Any, Any]"
    whole: bool = False
    settled: bool = False
    narrowed: bool = False
    kept: bool = False
    _conditions: dict[type[models.Model], Ruled] = field(default_factory=dict, repr=False)

    def condition(self, model: type[models.Model]) -> Ruled:
        """Return the condition for the rows of a model; the same for each question."""
        if model not in self._conditions:
            self._conditions[model] = Ruled(model, self)
        return self._conditions[model]

    def add(self, case: int, person: int | None) -> None:
        """Let a case be seen from now on."""
        if isinstance(self.cases, list) and isinstance(self.people, list):
            self.cases.append(case)
            self.people.append(person or 0)
            self._conditions.clear()


_NOW: ContextVar[Scope | None] = ContextVar("scope", default=None)


TOLD: "list[Callable[[Scope | None], None]]" = []
"""Who is told of each change of the scope: the database, see `cases.access.rows`."""


def current() -> Scope | None:
    """Return whose request this is; None for the program itself and for those who see all."""
    return _NOW.get()


@contextmanager
def within(scope: Scope | None) -> Iterator[None]:
    """See only what a scope lets through, until the block ends."""
    before = _NOW.get()
    token = _NOW.set(scope)
    try:
        _tell(before, scope)
        yield
    finally:
        _NOW.reset(token)
        if scope is not None and scope is not before:
            scope.kept = False
        _tell(scope, before)


@contextmanager
def founding() -> Iterator[None]:
    """Let the database take a row that is of nobody yet; what is seen stays as it was."""
    mine = current()
    if mine is not None:
        mine.kept = False  # the managers alone keep to the scope, as long as the site itself asks
    try:
        _tell(mine, None)
        yield
    finally:
        _tell(None, mine)


def _tell(before: Scope | None, now: Scope | None) -> None:
    if before is not now:
        for told in TOLD:
            told(now)


def sees_all() -> bool:
    """Return whether whoever asks may see what names everybody at once, such as what was asked."""
    scope = current()
    return scope is None or (scope.whole and scope.settled)


def everything() -> Any:  # noqa: ANN401 - a context manager, as `within`
    """See all for a moment: to keep derived rows, or to take the next free code."""
    return within(None)


def of_the_site(view: "Callable[_P, _R]") -> "Callable[_P, _R]":
    """Let a page be answered by the site itself: one that tells of whoever asks, and of no case.

    A member's role of the database may not touch accounts, sessions and the team.
    """

    @wraps(view)
    def answered(*given: _P.args, **named: _P.kwargs) -> _R:
        with everything():
            return view(*given, **named)

    return answered


class Founding(models.Model):
    """A model whose new row begins a case, or what belongs to cases only by what follows.

    Nobody is granted it before it is there, so the site itself adds it, and grants it.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Add the row as the site; a change of it is made as whoever asks."""
        if not self._state.adding:
            super().save(*args, **kwargs)
            return
        with founding():
            super().save(*args, **kwargs)


class Told(Protocol):
    """A model that tells of a person."""

    @staticmethod
    def seen_by(scope: Scope) -> "Q":
        """Return the condition for the rows that a scope lets through."""


_M = TypeVar("_M", bound=models.Model)


class Seen(models.Manager[_M]):
    """Finds only what the one who asks may see.

    Django makes the managers of related rows from this class, so the rule stands on the model.
    Where the database keeps to the same rules (row security of PostgreSQL), those that ask further
    tables are left to it: planned twice, they took longer than all the rest of a question.
    """

    def get_queryset(self) -> "QuerySet[_M]":
        """Return the rows of the model that may be seen now."""
        rows = super().get_queryset()
        scope = current()
        if scope is None:
            return rows
        if scope.kept and not is_plain(self.model):
            return rows
        # `filter` would look through the condition anew for each question.
        rows.query.get_initial_alias()
        rows.query.where.add(scope.condition(self.model), AND)
        return rows
