"""Finds the sources: every folder of the catalogue with a `source.toml`, nothing else to edit.

To these come the sources that the user has described in files of their own (`own`).

The description is data (title and publisher in their own script, jurisdiction, politeness, expected
bounds, blind spots in words); the adapter is imported only when a page has to be read.
"""

from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from habeas.errors import SourceUnknown
from habeas.sources import own
from habeas.sources.contract import Capture, Page
from habeas.sources.describing import CATALOG, Politeness, Source, from_toml

__all__ = ["Politeness", "Source", "host_of", "read", "source", "source_at", "source_of", "sources"]


@cache
def sources() -> tuple[Source, ...]:
    """Return all sources of the catalogue by id, then those that the user has described.

    Read once for a process.

    Raises:
        SourceBroken: a description cannot be read or lacks a key; names the folder and the key.
    """
    folders = sorted(
        entry.name for entry in files(CATALOG).iterdir() if (entry / "source.toml").is_file()
    )
    return (*(_described(folder) for folder in folders), *own.sources(frozenset(folders)))


def source(source_id: str) -> Source:
    """Return one source.

    Raises:
        SourceUnknown: there is none of that id; the message lists those there are.
    """
    for known in sources():
        if known.id == source_id:
            return known
    raise SourceUnknown(source_id, [known.id for known in sources()])


def host_of(address: str) -> str:
    """Return the host of an address, lower case, '' where it has none or is no address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def source_at(host: str) -> Source | None:
    """Return the source that a host belongs to, None where no source knows it.

    The most exact description wins: one platform's catch-all (`.sudrf.ru`) does not take the
    hosts that another source of the platform names.
    """
    serving = [known for known in sources() if known.serves(host)]
    return max(serving, key=lambda known: known.exactness(host), default=None)


def source_of(capture: Capture) -> Source | None:
    """Return the source whose page this is: by its address, else by the page's own marks."""
    host = host_of(capture.url)
    if host and (known := source_at(host)):
        return known
    for known in sources():
        if known.adapter.recognise(capture):
            return known
    return None


def read(capture: Capture) -> Page | None:
    """Read a capture with the adapter of its source; None where no source knows the page."""
    known = source_of(capture)
    return known.adapter.parse(capture) if known else None


def _described(folder: str) -> Source:
    text = (files(CATALOG) / folder / "source.toml").read_text("utf-8")
    return from_toml(folder, text)
