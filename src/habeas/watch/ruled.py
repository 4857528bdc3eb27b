"""The rule of a model as SQL, worked out once: building it anew for each question was its cost.

The rule itself stands on the model (`seen_by`). Here it becomes text with open places for the one
who asks, for their cases and for their people; the managers fill these with numbers, the policies
of PostgreSQL with views of the database.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import FullResultSet
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Col, Expression, RawSQL, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
    from django.db.models.sql import Query

    from habeas.watch.scope import Scope

ROW, CASES, PEOPLE, USER = "<row>", "<cases>", "<people>", "<user>"
"""The open places: the row that is asked about, by its table; the others as `scope.Scope` says."""
_OPEN = re.compile(f"({ROW}|{CASES}|{PEOPLE}|%s)")
# Django's names for tables within a subquery, which the question around it may use itself.
_INNER = re.compile(r"\b([A-Z]+\d+)\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with open places.

    Attributes:
        pieces: SQL and open places in turn.
        params: what the places %s stand for, in their order; USER for who asks.
    """

    pieces: tuple[str, ...]
    params: tuple[object, ...]


_KNOWN: dict[tuple[type[models.Model], str, bool], Rule] = {}
_PLAIN: dict[type[models.Model], bool] = {}


def rule_of(
    model: type[models.Model],
    connection: "BaseDatabaseWrapper",
    asked_of: "Callable[[Among], str] | None" = None,
    *,
    whole: bool = False,
) -> Rule:
    """Return the rule of a model for a kind of database.

    Args:
        model: one that has a rule.
        connection: to a database of that kind.
        asked_of: returns the name of a function of the database that is asked instead of the rows
            of an `Among`; only for those of the model itself, not for those within them.
        whole: of somebody who sees all but what has ended.

    Raises:
        TypeError: it joins another table. A row that is being added could not be asked by it;
            say it with a subquery.
    """
    if asked_of is not None:
        return _worked_out(model, connection, asked_of, whole=whole)
    key = (model, connection.vendor, whole)
    if key not in _KNOWN:
        _KNOWN[key] = _worked_out(model, connection, None, whole=whole)
    return _KNOWN[key]


def is_plain(model: type[models.Model]) -> bool:
    """Say whether the rule of a model asks its own row alone, and no further table."""
    if model not in _PLAIN:
        _PLAIN[model] = "SELECT" not in "".join(rule_of(model, connection).pieces)
    return _PLAIN[model]


def _worked_out(
    model: type[models.Model],
    connection: "BaseDatabaseWrapper",
    asked_of: "Callable[[Among], str] | None",
    *,
    whole: bool,
) -> Rule:
    places = _Places(
        cast("str", Value(USER)),
        cast("list[int]", RawSQL(CASES, ())),  # noqa: S611 - a constant of ours
        cast("list[int]", RawSQL(PEOPLE, ())),  # noqa: S611 - as above
        whole,
    )
    rule: Any = model
    every = model._base_manager  # noqa: SLF001 - whoever asks
    query = every.filter(rule.seen_by(places)).query
    compiler: Any = query.get_compiler(connection=connection)
    compiler.pre_sql_setup()
    compiler.asked_of = asked_of
    try:
        sql, params = compiler.compile(query.where)
    except FullResultSet:
        return Rule(("1 = 1",), ())  # all of them
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's name for it
    if sum(1 for count in query.alias_refcount.values() if count) > 1:
        raise TypeError(f"the rule of {model.__name__} joins another table")
    text = _INNER.sub(r"seen_\1", sql.replace(f"{table}.", f"{ROW}."))
    return Rule(tuple(_OPEN.split(text)), tuple(params))


@dataclass(frozen=True, slots=True)
class _Places:
    """Stands for a `scope.Scope` of which nothing is known yet."""

    user: str
    cases: list[int]
    people: list[int]
    whole: bool


class Among(Exists):
    """Whether what a row points at is one of some rows.

    Attributes:
        path: the field of the row, or "pk".
        rows: the rows, as the one column that is compared.
    """

    def __init__(self, path: str, rows: "QuerySet[Any]", value: str) -> None:
        """Ask with a subquery for one row: a list of them all would be made for each question."""
        super().__init__(rows.filter(**{value: OuterRef(path)}))
        self.path, self.rows = path, rows.values_list(value)

    def as_sql(
        self,
        compiler: Any,  # noqa: ANN401 - Django's signature
        connection: Any,  # noqa: ANN401 - as above
        template: str | None = None,
        **more: Any,  # noqa: ANN401 - as above
    ) -> tuple[str, Any]:
        """Return the subquery or, where a policy is written, the call of a function."""
        asked_of = getattr(compiler, "asked_of", None)
        if asked_of is None:
            return super().as_sql(compiler, connection, template, **more)
        meta = compiler.query.get_meta()
        asked = meta.pk if self.path == "pk" else meta.get_field(self.path)
        return f"{asked_of(self)}({ROW}.{asked.column})", ()


def among(path: str, rows: "QuerySet[Any]", value: str = "pk") -> Q:
    """Return the condition that what a row points at is among some rows; see `Among`."""
    return Q(Among(path, rows, value))


class Ruled(Expression):
    """Whether the one who asks may see a row: a condition for the question of a manager."""

    conditional = True

    def __init__(self, model: type[models.Model], scope: "Scope") -> None:
        """Keep what is asked; of which table the row is says its primary key."""
        super().__init__(output_field=models.BooleanField())
        self._model, self._scope = model, scope
        meta = model._meta  # noqa: SLF001 - Django's own name for it
        self._key: Any = Col(meta.db_table, meta.pk)
        self._texts: dict[tuple[str, str], tuple[str, list[object]]] = {}

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what tells one such condition from another."""
        return (type(self), self._model, id(self._scope), self._key.alias)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ruled) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def get_source_expressions(self) -> list[Any]:
        """Return the key, so that Django renames its table where it renames tables."""
        return [self._key]

    def set_source_expressions(self, exprs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Take the key over."""
        (self._key,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ANN401 - Django's signature
        """Return the rule with its places filled."""
        row = compiler.quote_name_unless_alias(self._key.alias)
        known = self._texts.get((connection.vendor, row))
        if known is None:
            rule = rule_of(self._model, connection, whole=self._scope.whole)
            known = self._texts[connection.vendor, row] = _filled(rule, row, self._scope)
        return known[0], [*known[1]]


def _filled(rule: Rule, row: str, scope: "Scope") -> tuple[str, list[object]]:
    lists = {CASES: _numbers(scope.cases), PEOPLE: _numbers(scope.people)}
    text, given, params = [], list[object](), iter(rule.params)
    for piece in rule.pieces:
        if piece == "%s":
            param = next(params)
            given.append(scope.user if param == USER else param)
            text.append(piece)
        elif piece in lists:
            numbers, more = lists[piece]
            text.append(numbers)
            given += more
        else:
            text.append(row if piece == ROW else piece)
    return "".join(text), given


def _numbers(of: "list[int] | QuerySet[Any, Any]") -> tuple[str, tuple[object, ...]]:
    """Return numbers of rows as SQL; they are ours, and no text."""
    if isinstance(of, list):
        return ",".join(map(str, of)), ()
    query: Query = of.query
    text, params = query.sql_with_params()
    return text, tuple(params)
