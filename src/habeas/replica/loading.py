"""Reads a script from a TOML file; every field is checked, and an unknown one is refused."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from habeas.errors import ScriptRefused
from habeas.language import _
from habeas.replica.crowd import crowd
from habeas.replica.faults import Fault
from habeas.replica.script import Entry, Happening, Kind, Planned, Script

_TOP = frozenset({"start", "entry", "crowd", "fault"})
_CROWD = frozenset({"source", "courts", "days", "each", "seed"})
_KINDS = {"people": list, "day": int, "published": int}
_SECTIONS = frozenset({"administrative", "civil", "criminal"})
_FIELDS = frozenset(field.name for field in fields(Entry))


def read_script(path: Path) -> tuple[Script, tuple[Fault, ...]]:
    """Return the script of a file, and the faults that it orders.

    Raises:
        ScriptRefused: the file cannot be read, or something in it is not understood.
    """
    try:
        plain = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScriptRefused(str(error)) from error
    return script_of(plain)


def script_of(plain: Mapping[str, Any]) -> tuple[Script, tuple[Fault, ...]]:
    """Return script and faults from plain values.

    Raises:
        ScriptRefused: something in them is not understood.
    """
    _only(plain, _TOP)
    start = plain.get("start")
    if not isinstance(start, date) or isinstance(start, datetime):
        raise ScriptRefused(_("“start” has to be a date, as 2026-11-02"))
    planned = [_planned(one) for one in _tables(plain, "entry")]
    for one in _tables(plain, "crowd"):
        planned += _crowd(one)
    faults = tuple(Fault.of(one) for one in _tables(plain, "fault"))
    return Script(start, tuple(planned)), faults


def _tables(plain: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = plain.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ScriptRefused(_("“{name}” has to be a list of tables").format(name=name))
    return found


def _only(plain: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(plain) - known)
    if unknown:
        raise ScriptRefused(_("there is no field “{name}”").format(name=unknown[0]))


def _planned(plain: Mapping[str, Any]) -> Planned:
    happenings = _tables(plain, "event")
    entry = _values({name: value for name, value in plain.items() if name != "event"})
    for name in ("key", "source"):
        if not entry.get(name):
            raise ScriptRefused(_("an entry has no “{name}”").format(name=name))
    if not happenings:
        raise ScriptRefused(_("entry {key} never appears").format(key=entry["key"]))
    return Planned(Entry(**entry), tuple(_happening(one) for one in happenings))


def _happening(plain: Mapping[str, Any]) -> Happening:
    day, kind = plain.get("on"), plain.get("kind")
    if not isinstance(day, int) or kind not in set(Kind):
        words = _("an event needs a day (“on”) and a kind: {kinds}")
        raise ScriptRefused(words.format(kinds=", ".join(Kind)))
    rest = {name: value for name, value in plain.items() if name not in {"on", "kind"}}
    return Happening(day, Kind(str(kind)), _values(rest))


def _values(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry, checked."""
    _only(plain, _FIELDS)
    values = dict(plain)
    for name, value in plain.items():
        if not isinstance(value, _KINDS.get(name, str)):
            raise ScriptRefused(_wrong(name, value))
    if values.get("section", "civil") not in _SECTIONS:
        raise ScriptRefused(_wrong("section", values["section"]))
    if "people" in values:
        values["people"] = tuple(_party(one) for one in values["people"])
    return values


def _party(plain: object) -> tuple[str, str]:
    match plain:
        case [str(role), str(name)]:
            return role, name
        case str(name):
            return "", name
    raise ScriptRefused(_wrong("people", plain))


def _crowd(plain: Mapping[str, Any]) -> tuple[Planned, ...]:
    _only(plain, _CROWD)
    match plain:
        case {"source": str(source), "days": [int(first), int(last)]}:
            courts = plain.get("courts", [""])
            return crowd(
                source,
                [str(court) for court in courts],
                range(first, last + 1),
                each=int(plain.get("each", 5)),
                seed=int(plain.get("seed", 0)),
            )
    raise ScriptRefused(_("a crowd needs a source and days, as [0, 30]"))


def _wrong(name: str, value: object) -> str:
    return _("the field “{name}” cannot be {value}").format(name=name, value=repr(value)[:60])
