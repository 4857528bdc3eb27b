"""Faults to order: data that says what goes wrong, where, when and how often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from threading import Lock
from typing import Any

from habeas.errors import ScriptRefused
from habeas.language import _


class FaultKind(StrEnum):
    """Everything that can go wrong, as the portals do it (reference: portals, sections 3 and 5)."""

    # The server or the line.
    UNAVAILABLE = "http_503"
    SLOW = "slow_answer"
    CUT = "cut_body"
    """Fewer bytes than announced."""
    CUT_QUIETLY = "cut_page"
    """Half a page, announced as a whole answer."""
    RESET = "connection_reset"
    DRIP = "slow_drip"
    HUGE = "huge_body"
    GZIP = "gzip_not_asked_for"
    DATE_SKEW = "clock_skew"
    WRONG_CHARSET = "wrong_charset_header"
    TWICE_ENCODED = "page_encoded_twice"
    REDIRECT_LOOP = "redirect_loop"
    REDIRECT_HOST = "redirect_to_another_host"
    REDIRECT_PRIVATE = "redirect_to_a_private_address"
    # The certificate.
    EXPIRED_CERTIFICATE = "expired_certificate"
    SELF_SIGNED = "self_signed_certificate"
    WRONG_HOST = "certificate_of_another_host"
    # Another page at HTTP 200.
    CAPTCHA = "captcha_page"
    CHALLENGE = "challenge_page"
    MAINTENANCE = "maintenance_200"
    MAINTENANCE_MOJIBAKE = "maintenance_200_mojibake"
    MAINTENANCE_TWICE = "maintenance_200_encoded_twice"
    EMPTY = "honest_empty"
    """The site truly has nothing today, and says so."""
    EMPTY_MALFORMED = "malformed_query_empty"
    """The site did not understand, and says what it says when there is nothing."""
    # The right page, with something wrong in it.
    COUNTER_LARGER = "counter_larger_than_rows"
    RENAMED_COLUMN = "renamed_column"
    REORDERED_COLUMNS = "reordered_columns"
    REMOVED_ROW = "removed_row"
    """A row is missing; counter and row numbers still know of it."""
    MOVED_ROW = "moved_row"
    WITHOUT_YO = "yo_as_ye"
    UPPER_CASE = "upper_case"
    TRUNCATED_CELL = "truncated_cell"
    """Moscow's way: the visible names are cut, an attribute has them all."""
    TRUNCATED_LOST = "truncated_cell_without_full_text"
    NEXT_ELSEWHERE = "next_link_to_another_host"


OF_CERTIFICATE = frozenset(
    {FaultKind.EXPIRED_CERTIFICATE, FaultKind.SELF_SIGNED, FaultKind.WRONG_HOST}
)
OF_PAGE = frozenset(
    {
        FaultKind.COUNTER_LARGER, FaultKind.RENAMED_COLUMN, FaultKind.REORDERED_COLUMNS,
        FaultKind.REMOVED_ROW, FaultKind.MOVED_ROW, FaultKind.WITHOUT_YO, FaultKind.UPPER_CASE,
        FaultKind.TRUNCATED_CELL, FaultKind.TRUNCATED_LOST, FaultKind.NEXT_ELSEWHERE,
        FaultKind.EMPTY, FaultKind.EMPTY_MALFORMED, FaultKind.CAPTCHA, FaultKind.CHALLENGE,
        FaultKind.MAINTENANCE, FaultKind.MAINTENANCE_MOJIBAKE, FaultKind.MAINTENANCE_TWICE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One order.

    Attributes:
        kind: what goes wrong.
        source: id of the source it concerns, empty for all.
        host: host it concerns, empty for all.
        path: a piece of the path and query it concerns, empty for all.
        from_day, to_day: the days of the script on which it happens, both included.
        times: how many requests it spoils, None for all.
        after: how many fitting requests go well before.
        seconds: how long a slow answer or a drip takes; how far a clock is off.
        size: bytes of a huge body.
        to: where a redirect or a link leads; the new heading of a column.
    """

    kind: FaultKind
    source: str = ""
    host: str = ""
    path: str = ""
    from_day: int = 0
    to_day: int | None = None
    times: int | None = None
    after: int = 0
    seconds: float = 30.0
    size: int = 40_000_000
    to: str = ""

    def concerns(self, *, source: str, host: str, target: str, day: int) -> bool:
        """Return whether a request of a day is one that this order is about.

        A site's robots.txt is spared, unless `path` names it.
        """
        if target == "/robots.txt" and "robots" not in self.path:
            return False
        return (
            self.source in {"", source}
            and self.host in {"", host}
            and self.path in target
            and self.from_day <= day
            and (self.to_day is None or day <= self.to_day)
        )

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Fault":
        """Return a fault from plain values, as a script file or an order carries them.

        Raises:
            ScriptRefused: an unknown field, an unknown kind, or a value of a wrong type.
        """
        known = {one.name for one in fields(cls)}
        unknown = sorted(set(plain) - known)
        if unknown:
            raise ScriptRefused(_("a fault has no field {field}").format(field=unknown[0]))
        try:
            kind = FaultKind(plain.get("kind", ""))
        except ValueError:
            raise ScriptRefused(
                _("there is no fault {kind}").format(kind=repr(plain.get("kind")))
            ) from None
        _check_types(plain)
        return cls(**{**plain, "kind": kind})

    def plain(self) -> dict[str, object]:
        """Return the order as plain values."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


_TYPES: dict[str, tuple[type, ...]] = {
    "source": (str,), "host": (str,), "path": (str,), "to": (str,), "from_day": (int,),
    "to_day": (int, type(None)), "times": (int, type(None)), "after": (int,),
    "seconds": (int, float), "size": (int,),
}  # fmt: skip


def _check_types(plain: Mapping[str, Any]) -> None:
    for name, types in _TYPES.items():
        if name in plain and not isinstance(plain[name], types):
            raise ScriptRefused(
                _("the field {field} of a fault cannot be {value}").format(
                    field=name, value=repr(plain[name])[:60]
                )
            )


class Orders:
    """The faults in force. Safe to share between threads."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._lock = Lock()
        self._faults: list[Fault] = []
        self._met: dict[int, int] = {}
        self.set(faults)

    def set(self, faults: Iterable[Fault]) -> None:
        """Replace all orders; none clears."""
        with self._lock:
            self._faults = list(faults)
            self._met = {}

    def add(self, fault: Fault) -> None:
        """Order one more."""
        with self._lock:
            self._faults.append(fault)

    @property
    def all(self) -> tuple[Fault, ...]:
        """The orders, in order."""
        with self._lock:
            return tuple(self._faults)

    def meet(
        self, *, source: str, host: str, target: str, day: int, certificate: bool = False
    ) -> tuple[Fault, ...]:
        """Return the faults that a request meets, and count them.

        Args:
            source: source of the host, empty for none.
            host: as asked.
            target: path and query; empty at the handshake, where it is not known yet.
            day: day of the script.
            certificate: True at the handshake, which meets faults of certificates only.
        """
        found = []
        with self._lock:
            for number, fault in enumerate(self._faults):
                if (fault.kind in OF_CERTIFICATE) is not certificate:
                    continue
                if not fault.concerns(source=source, host=host, target=target, day=day):
                    continue
                met = self._met[number] = self._met.get(number, 0) + 1
                if met > fault.after and (fault.times is None or met - fault.after <= fault.times):
                    found.append(fault)
        return tuple(found)
