"""Canonical JSON (RFC 8785), for the part of JSON in which the standard library writes it itself.

Whole numbers only and ASCII keys: then sorting by code point is sorting by UTF-16, and there is no
question of how a fraction is printed. A stranger can check our bytes with nothing but Python.
"""

import json
import re
from typing import NoReturn

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON understands alike (RFC 8785, appendix D)."""

Json = dict[str, object]

# A number that may be too large; where such digits stand in a text, reading is only slower.
_LONG_NUMBER = re.compile(rb"[:\[,]-?[0-9]{16}")


class NotCanonical(ValueError):
    """The bytes are not the one canonical spelling of a JSON object."""


def canonical(value: object) -> bytes:
    """Return the canonical bytes of a value.

    Raises:
        ValueError: the value holds something outside of the part described above
            (`NotCanonical`), or a lone surrogate.
    """
    _check(value)
    return _written(value)


def parsed(line: bytes) -> Json:
    """Return the object that a canonical line spells.

    Raises:
        NotCanonical: it spells no object, or not in the canonical way (doubled keys included).
    """
    try:
        reader = _CAREFUL_READER if _LONG_NUMBER.search(line) else _READER
        value = reader.decode(line.decode("utf-8"))
        if isinstance(value, dict) and _written(value) == line:
            return value
    except (ValueError, RecursionError) as error:
        raise NotCanonical(type(error).__name__) from error
    raise NotCanonical


def _written(value: object) -> bytes:
    return _WRITER.encode(value).encode("utf-8")


def _refuse(text: str) -> NoReturn:
    raise NotCanonical(text)


def _whole(text: str) -> int:
    number = int(text)
    if not -LARGEST <= number <= LARGEST:
        raise NotCanonical(text)
    return number


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_key(key)
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif value is not None and not isinstance(value, bool | str):
        _check_number(value)


def _check_number(value: object) -> None:
    if not isinstance(value, int):
        message = f"{type(value).__name__} has no place in canonical JSON here"
        raise NotCanonical(message)
    _whole(str(value))


def _check_key(key: object) -> None:
    if not (isinstance(key, str) and key.isascii()):
        raise ValueError(key)


# Made once: json.loads and json.dumps would make them for each of 100,000 rows.
_READER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
_CAREFUL_READER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse, parse_int=_whole)
_WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
