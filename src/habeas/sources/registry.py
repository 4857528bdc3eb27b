"""Finds the sources: every folder of the catalogue with a `source.toml`, nothing else to edit.

The description is data (title and publisher in their own script, jurisdiction, politeness, expected
bounds, blind spots in words); the adapter is imported only when a page has to be read.
"""

import hashlib
import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from habeas.errors import SourceBroken, SourceUnknown
from habeas.sources.contract import Capture, Page

if TYPE_CHECKING:
    from habeas.sources.contract import Adapter

_CATALOG = "habeas.sources.catalog"


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a source is asked: seconds between two requests to one host, and how long to wait."""

    delay_s: float = 2.0
    timeout_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher of lists, described; see `docs/reference/source-toml.md` for each key.

    Attributes:
        id: the folder's name, `<country>_<name>`.
        title: what is published, in English.
        publisher: its name in its own script.
        publisher_lang: language of that name, ISO 639-1.
        home: its public address.
        jurisdiction: ISO 3166-1 alpha-2.
        hosts: host names whose pages this adapter reads; a leading dot takes all below.
        every: how often new entries can appear, ISO 8601 duration.
        blind_spots: what absence here does not prove, in words.
        by_name: whether by-name requests exist at all.
        mentions: lowest and highest plausible number of mentions on a page of entries.
        extra_ca: name and SHA-256 of a root certificate that common trust stores lack.
    """

    id: str
    title: str
    publisher: str
    publisher_lang: str
    home: str
    jurisdiction: str
    scripts: tuple[str, ...]
    hosts: tuple[str, ...]
    every: str
    blind_spots: str
    by_name: bool = False
    mentions: tuple[int, int] = (0, 10_000)
    politeness: Politeness = field(default_factory=Politeness)
    extra_ca: Mapping[str, str] = field(default_factory=dict)

    def serves(self, host: str) -> bool:
        """Return whether `host` (lower case, without port) belongs to this source."""
        return any(
            host.endswith(known) or host == known[1:] if known.startswith(".") else host == known
            for known in self.hosts
        )

    def exactness(self, host: str) -> tuple[bool, int]:
        """Return how exactly this source names a host that it serves, for comparing only."""
        fitting = [
            known
            for known in self.hosts
            if host == known.removeprefix(".") or (known.startswith(".") and host.endswith(known))
        ]
        return max((not known.startswith("."), len(known)) for known in fitting)

    @property
    def version(self) -> str:
        """SHA-256 of the adapter's own files, shortened: it changes when the adapter does."""
        return _version(self.id)

    @property
    def adapter(self) -> "Adapter":
        """The adapter module, imported now."""
        return cast("Adapter", importlib.import_module(f"{_CATALOG}.{self.id}.adapter"))


@cache
def sources() -> tuple[Source, ...]:
    """Return all sources of the catalogue, by id.

    Raises:
        SourceBroken: a `source.toml` cannot be read or lacks a key; names the folder and the key.
    """
    folders = sorted(
        entry.name for entry in files(_CATALOG).iterdir() if (entry / "source.toml").is_file()
    )
    return tuple(_described(folder) for folder in folders)


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


@cache
def _version(folder: str) -> str:
    digest = hashlib.sha256()
    own = files(_CATALOG) / folder
    if not own.is_dir():
        # A source that is not of the catalogue, as in tests.
        return ""
    for entry in sorted(own.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".py", ".toml")):
            digest.update(entry.name.encode("utf-8") + b"\0" + entry.read_bytes() + b"\0")
    return f"sha256:{digest.hexdigest()[:16]}"


def _described(folder: str) -> Source:
    text = (files(_CATALOG) / folder / "source.toml").read_text("utf-8")
    try:
        described: dict[str, Any] = tomllib.loads(text)
        publisher = described["publisher"]
        bounds = described.get("expect", {})
        return Source(
            id=folder,
            title=described["title"],
            publisher=publisher["name"],
            publisher_lang=publisher["lang"],
            home=publisher["url"],
            jurisdiction=described["jurisdiction"],
            scripts=tuple(described["scripts"]),
            hosts=tuple(described["hosts"]),
            every=described["every"],
            blind_spots=described["blind_spots"],
            by_name=described.get("by_name", False),
            mentions=(bounds.get("mentions_min", 0), bounds.get("mentions_max", 10_000)),
            politeness=Politeness(**described.get("politeness", {})),
            extra_ca=described.get("extra_ca", {}),
        )
    except tomllib.TOMLDecodeError as error:
        raise SourceBroken(folder, str(error)) from error
    except (KeyError, TypeError) as error:
        raise SourceBroken(folder, f"{type(error).__name__}: {error}") from error
