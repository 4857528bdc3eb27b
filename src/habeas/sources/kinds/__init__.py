"""Kinds of sources that need no code: a small TOML file says where to look and what is what.

Each kind is one folder: its case card, `adapter.py` with `made(...)`, an `example.toml`, and
recorded pages that the same test walks that walks the catalogue.
"""

import importlib
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from habeas.sources.contract import Adapter
    from habeas.sources.kinds.settings import Settings

KINDS = ("table", "roster", "feed", "sitemap", "telegram", "pdf_list")
"""Names of the kinds, as a description gives them in `kind`."""


def adapter_of(
    kind: str, source_id: str, settings: "Settings", serves: Callable[[str], bool]
) -> "Adapter":
    """Return the adapter of a kind with a source's settings.

    Args:
        kind: one of `KINDS`.
        source_id: id of the source, for its pages.
        settings: the table `[read]` of its description; what is used is taken from it.
        serves: whether a host belongs to the source; addresses elsewhere are refused.

    Raises:
        SettingsWrong: a setting is missing, or cannot be used.
    """
    module = importlib.import_module(f"{__name__}.{kind}.adapter")
    return cast("Adapter", module.made(source_id, settings, serves))


def example_of(kind: str) -> str:
    """Return the example description of a kind, as text."""
    return (files(__name__) / kind / "example.toml").read_text("utf-8")
