"""The language of the sentences that habeas shows: gettext catalogues, chosen once per process.

A page of the site has a language of its own, that of whoever reads it (see `speaking`).

Catalogues lie in `locale/<language>/LC_MESSAGES/habeas.mo`. English is the language of the
source; where a sentence has no translation yet, the English one is shown, never nothing.
"""

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru", "tg", "uz")
"""Languages of the interface, ISO 639-1. `uz` is written in the Latin alphabet."""

_LOCALE = Path(__file__).with_name("locale")
_chosen: list[str] = []
_here: ContextVar[str] = ContextVar("language", default="")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    # A page of the site may be in Cyrillic Uzbek, which has no catalogue here: Latin is nearer
    # to its reader than English.
    wanted = language.partition("-")[0]
    return _gettext.translation("habeas", localedir=str(_LOCALE), languages=[wanted], fallback=True)


def use(language: str) -> None:
    """Show all further sentences in `language` (one of `LANGUAGES`).

    Raises:
        ValueError: there is no such interface language.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _chosen[:] = [language]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Show the sentences of this thread in `language` while it lasts: a page has its own.

    Args:
        language: as pages name it ("tg", "uz-cyrl"); without a catalogue, English.
    """
    token = _here.set(language)
    try:
        yield
    finally:
        _here.reset(token)


def current() -> str:
    """Return the interface language: as chosen, or HABEAS_LANG, or the locale's, or English."""
    if _here.get():
        return _here.get().partition("-")[0]
    if not _chosen:
        candidates = (
            os.environ.get(name, "") for name in ("HABEAS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
        )
        wanted = next((value for value in candidates if value), "en")
        _chosen[:] = [wanted[:2] if wanted[:2] in LANGUAGES else "en"]
    return _chosen[0]


def _(message: str) -> str:
    """Return `message` in the interface language; placeholders are filled in afterwards."""
    return _catalogue(current()).gettext(message)


def marked(message: str) -> str:
    """Return `message` as it is, for the catalogues: it is to be shown later, by `in_language`."""
    return message


def in_language(message: str, language: str) -> str:
    """Return `message` in the given interface language, whatever the process has chosen."""
    return _catalogue(language).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a sentence that fits the number `n` in the interface language."""
    return _catalogue(current()).ngettext(singular, plural, n)
