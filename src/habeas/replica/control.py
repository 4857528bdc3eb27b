"""The replica's own small service, for a test, a demo or a person: its clock and its faults.

Asked under the replica's own address, never under a portal's name:

    GET  /replica                 day, date, hosts, faults
    POST /replica/advance?days=1  let days pass
    POST /replica/faults          order one fault (a JSON object)
    POST /replica/faults/clear    withdraw all orders
    GET  /replica/ca.pem          the root certificate
"""

import json
from collections.abc import Callable
from pathlib import Path

from habeas.errors import ScriptRefused
from habeas.language import _
from habeas.replica.exchange import Ask, Reply
from habeas.replica.faults import Fault
from habeas.replica.play import Play, all_hosts

_LONGEST_LEAP = 100_000.0


def answer(ask: Ask, play: Play, ca: Path) -> Reply:
    """Return the answer of the service; what it does not know is a 404, what is wrong a 400."""
    act = _ACTS.get((ask.method, ask.path))
    if ask.path == "/replica/ca.pem" and ask.method == "GET":
        return Reply(ca.read_text("ascii"), content_type="application/x-pem-file")
    if act is None:
        return _json({"error": "not found"}, 404)
    try:
        act(ask, play)
    except ScriptRefused as refused:
        return _json({"error": str(refused)}, 400)
    return _json(_state(play))


def _state(play: Play) -> dict[str, object]:
    return {
        "day": play.clock.day,
        "time": play.clock.time.isoformat(timespec="seconds"),
        "entries": len(play.script.planned),
        "hosts": list(all_hosts()),
        "faults": [fault.plain() for fault in play.orders.all],
    }


def _show(ask: Ask, play: Play) -> None:
    del ask, play


def _advance(ask: Ask, play: Play) -> None:
    printed = ask.query.get("days", "1")
    try:
        days = float(printed)
    except ValueError:
        days = float("nan")
    if not abs(days) <= _LONGEST_LEAP:
        raise ScriptRefused(_("{days} is no number of days").format(days=repr(printed[:40])))
    play.clock.advance(days)


def _order(ask: Ask, play: Play) -> None:
    try:
        plain = json.loads(ask.body)
    except ValueError:
        plain = None
    if not isinstance(plain, dict):
        raise ScriptRefused(_("an order is a JSON object"))
    play.orders.add(Fault.of(plain))


def _clear(ask: Ask, play: Play) -> None:
    del ask
    play.orders.set(())


_ACTS: dict[tuple[str, str], Callable[[Ask, Play], None]] = {
    ("GET", "/replica"): _show,
    ("POST", "/replica/advance"): _advance,
    ("POST", "/replica/faults"): _order,
    ("POST", "/replica/faults/clear"): _clear,
}


def _json(plain: dict[str, object], status: int = 200) -> Reply:
    text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    return Reply(text, status=status, content_type="application/json; charset=utf-8")
