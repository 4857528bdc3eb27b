"""Stores of sealed, invented captures for tests, and ways to damage them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from habeas.evidence import Exchange, Kept, Store, Timing
from habeas.evidence.checks import Check, Result
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.seals.checking import Against, check_store
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.stamps.authorities import Promise

MOMENT = datetime(2026, 11, 23, 14, 5, 6, 123456, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self, moment: datetime = MOMENT) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def sealer(folder: Path, promise: Promise | None = None, now: Ticking | None = None) -> Sealer:
    """Return a sealer with keys of its own, in `folder`."""
    return Sealer(
        keys=KeyRing(folder / "keys", lambda: ""),
        now=now or Ticking(),
        promise=promise or Promise(0, 0),
    )


def page(body: bytes = b"<p>An invented page.</p>", *, moment: datetime = MOMENT) -> Exchange:
    """Return an exchange with an invented court."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    return Exchange(
        url="https://court.example/list?participant=Vymyshlenov",
        method="GET",
        timing=Timing(moment, moment, moment, {}),
        request=b"GET /list HTTP/1.1\r\nHost: court.example\r\n\r\n",
        response=head + body,
        status=200,
        headers=(("Content-Type", "text/html"), ("Content-Length", str(len(body)))),
        payload=body,
        complete=True,
    )


def filled(folder: Path, keys: Path, count: int = 3) -> tuple[Store, list[Kept]]:
    """Return a store with some sealed captures."""
    store = Store(folder, sealer(keys))
    return store, [store.keep(page(b"page %d" % number)) for number in range(count)]


def checked(folder: Path, **against: object) -> dict[str, Check]:
    """Return the worst check of each name."""
    order = [Result.HELD, Result.COULD_NOT_CHECK, Result.BROKEN]
    found: dict[str, Check] = {}
    for check in check_store(folder, Against(workers=1, **against)):  # type: ignore[arg-type]
        known = found.get(check.name)
        if known is None or order.index(check.result) > order.index(known.result):
            found[check.name] = check
    return found


def broken(folder: Path, **against: object) -> set[str]:
    """Return the names of the checks that do not hold."""
    checks = checked(folder, **against).values()
    return {check.name for check in checks if check.result is Result.BROKEN}


def unchecked(folder: Path, **against: object) -> set[str]:
    """Return the names of the checks that could not be made."""
    checks = checked(folder, **against).values()
    return {check.name for check in checks if check.result is Result.COULD_NOT_CHECK}


def log_lines(folder: Path) -> list[bytes]:
    """Return the lines of the first log file of a store, without their ends."""
    return (folder / "seals" / "log" / "00000001.jsonl").read_bytes().splitlines()


def write_log(folder: Path, lines: list[bytes]) -> None:
    """Write the first log file of a store anew: what only an attacker does."""
    path = folder / "seals" / "log" / "00000001.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def manifests(folder: Path) -> list[dict[str, object]]:
    """Return the manifests of a store, read without habeas."""
    found = [json.loads(line) for line in log_lines(folder)]
    return [line["manifest"] for line in found if "manifest" in line]
