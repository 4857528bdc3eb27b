"""Reads a detention roster: a table of everybody who is held, told apart by booking."""

from collections.abc import Callable

from habeas.language import _
from habeas.sources.contract import PageKind
from habeas.sources.kinds.settings import Settings, SettingsWrong
from habeas.sources.kinds.table.adapter import TableAdapter, with_settings


def made(source: str, settings: Settings, serves: Callable[[str], bool]) -> TableAdapter:
    """Return the adapter of a description.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    adapter = with_settings(source, settings, serves, PageKind.ROSTER)
    if not adapter.identity:
        raise SettingsWrong(_("a roster needs “read.identity”: the column that numbers bookings"))
    return adapter
