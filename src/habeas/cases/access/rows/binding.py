"""Binds the connection to whoever asks: a member's request runs as the role of their seat."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from habeas.cases.access import log
from habeas.cases.access.models import Seat
from habeas.cases.access.rows.policies import SCHEMA, names
from habeas.errors import NoSeat
from habeas.watch import scope
from habeas.watch.scope import Scope

_seats: dict[tuple[str, str], int] = {}
"""Numbers of seats by database and user: a seat is somebody's for good."""


def bind(mine: Scope | None) -> None:
    """Let the connection see what a scope lets through; None for the site itself.

    Raises:
        NoSeat: the database has no role for the member; nothing can be asked for them.
    """
    if connection.vendor != "postgresql" or connection.connection is None:
        return  # a connection that is opened later is bound then
    if mine is None or mine.whole:
        _become(None)
    elif not is_set_up():
        mine.kept = False
    elif _become(names().member + str(seat_of(mine.user))):
        mine.kept = not mine.narrowed


def bind_new(connection: Any, **_more: Any) -> None:  # noqa: ANN401 - Django's signal
    """Bind a connection that was opened in the middle of a request."""
    if connection.vendor == "postgresql":
        connection.has_row_security = None
        if scope.current() is not None:
            bind(scope.current())


def is_set_up() -> bool:
    """Say whether this database was told of row security; asked once for a connection."""
    wrapper: Any = connection
    known = getattr(wrapper, "has_row_security", None)
    if known is None:
        found = _server().execute("SELECT to_regclass(%s) IS NOT NULL", [f"{SCHEMA}.me"])
        known = wrapper.has_row_security = bool(found.fetchone()[0])
    return bool(known)


def seat_of(user: str) -> int:
    """Return the number of a member's seat; it is given when it is first asked for."""
    key = (str(connection.settings_dict["NAME"]), user)
    if key in _seats:
        return _seats[key]
    undone = connection.in_atomic_block  # it may be rolled back yet, and the number given to others
    with transaction.atomic():
        log.hold()  # of two who come at once, each gets a number of their own
        row = Seat.objects.filter(user=user).first()
        if row is None:
            last = Seat.objects.aggregate(last=Max("number"))["last"] or 0
            row = Seat.objects.create(user=user, number=last + 1)
    if not undone:
        _seats[key] = row.number
    return row.number


def _server() -> Any:  # noqa: ANN401 - psycopg's connection
    """Return the connection itself: what is said here is no question of a page."""
    connection.ensure_connection()
    return connection.connection


def _become(role: str | None) -> bool:
    """Take on a role, None for that of the site; say whether it was done now."""
    from psycopg import errors  # a site on SQLite needs no such library
    from psycopg.pq import TransactionStatus

    server = _server()
    if server.closed or server.info.transaction_status == TransactionStatus.INERROR:
        # What failed is rolled back next, and the role with it: to the one that it began with. A
        # new connection is bound when it is opened.
        return False
    try:
        server.execute("RESET ROLE" if role is None else f'SET ROLE "{role}"')
    except (errors.InvalidParameterValue, errors.InsufficientPrivilege) as error:
        raise NoSeat from error
    except errors.OperationalError:
        # Nobody may get a connection of which it is not known who it is; the next is a new one.
        connection.close()
        return False
    return True


def forget() -> None:
    """Ask anew whether this database was told of row security."""
    wrapper: Any = connection
    wrapper.has_row_security = None
