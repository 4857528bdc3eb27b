"""Takes the settings of a kind out of a description, strictly: nothing is guessed or left over."""

import string
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from habeas.language import _

_MOST_ADDRESSES = 2_000
_NOTHING = LexborHTMLParser("")


class SettingsWrong(Exception):
    """A setting is missing or cannot be used; carries the cause, a part of a sentence."""


class Settings:
    """One table of a description.

    Args:
        plain: its values.
        name: how it is called there, for messages.
    """

    def __init__(self, plain: object, name: str) -> None:
        if not isinstance(plain, Mapping):
            raise SettingsWrong(_("“{key}” is no table").format(key=name))
        self._left: dict[str, Any] = dict(plain)
        self._name = name

    def take(self, key: str, kind: type, default: object = None) -> Any:  # noqa: ANN401 - TOML
        """Return a value; the default if it is not there.

        Raises:
            SettingsWrong: it is of another kind, or is missing and there is no default.
        """
        full = f"{self._name}.{key}"
        if key not in self._left:
            if default is None:
                raise SettingsWrong(_("there is no “{key}”").format(key=full))
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            message = _("“{key}” cannot be {value}")
            raise SettingsWrong(message.format(key=full, value=repr(value)[:60]))
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text. Raises as `take`."""
        return str(self.take(key, str, default))

    def selector(self, key: str, default: str | None = None) -> str:
        """Return a CSS selector; an empty one only where that is the default. Raises as `take`."""
        css = self.text(key, default)
        if css:
            try:
                _NOTHING.css_first(css)
            except SelectolaxError as error:
                message = _("“{key}” is no CSS selector: {value}")
                full = f"{self._name}.{key}"
                raise SettingsWrong(message.format(key=full, value=repr(css)[:60])) from error
        return css

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts. Raises as `take`."""
        values = self.take(key, list, None if default is None else list(default))
        if not all(isinstance(one, str) and one.strip() for one in values):
            message = _("“{key}” has to be a list of texts")
            raise SettingsWrong(message.format(key=f"{self._name}.{key}"))
        return tuple(values)

    def addresses(self, key: str, serves: Callable[[str], bool]) -> tuple[str, ...]:
        """Return http(s) addresses of the source's own hosts; they may hold `{day}`.

        Raises:
            SettingsWrong: as `take`, or one of them leads elsewhere.
        """
        found = self.texts(key)
        if not 0 < len(found) <= _MOST_ADDRESSES:
            message = _("“{key}” has to be a list of addresses")
            raise SettingsWrong(message.format(key=f"{self._name}.{key}"))
        for address in found:
            _check(address, serves)
        return found

    def nothing_left(self) -> None:
        """Make sure that every setting was taken.

        Raises:
            SettingsWrong: there is one that nobody knows.
        """
        if self._left:
            full = f"{self._name}.{min(self._left)}"
            raise SettingsWrong(_("there is no key “{key}”").format(key=full))


def _check(address: str, serves: Callable[[str], bool]) -> None:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        fields = {name for _text, name, _form, _how in string.Formatter().parse(address) if name}
    except ValueError:
        parts, host, fields = urlsplit(""), "", set()
    if parts.scheme not in {"http", "https"} or not host or fields - {"day"}:
        message = _("{address} is no address that can be asked")
        raise SettingsWrong(message.format(address=repr(address)[:80]))
    if not serves(host):
        message = _("the address {address} is at none of the hosts of the source")
        raise SettingsWrong(message.format(address=repr(address)[:80]))


def dated(address: str, day: date, form: str) -> str:
    """Return an address with `{day}` written in a form of `strftime`."""
    return address.format(day=day.strftime(form))
