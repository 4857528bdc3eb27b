"""What a source is, and how its description (TOML) becomes one.

A source of the catalogue is a folder with an adapter of its own. A source that a user describes in
a small file says which `kind` it is, and that kind's adapter reads it.
"""

import hashlib
import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from habeas.errors import SourceBroken
from habeas.language import _
from habeas.sources.kinds import KINDS, adapter_of
from habeas.sources.kinds.settings import Settings, SettingsWrong

if TYPE_CHECKING:
    from habeas.sources.contract import Adapter

CATALOG = "habeas.sources.catalog"


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a source is asked: seconds between two requests to one host, and how long to wait."""

    delay_s: float = 2.0
    timeout_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher of lists, described; see `docs/reference/source-toml.md` for each key.

    Attributes:
        id: the folder's, or file's, name: `<country>_<name>`.
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
        kind: which kind reads it, empty for a source with an adapter of its own.
        bound: that kind's adapter with the settings of this source.
        described: SHA-256 of the description as written.
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
    kind: str = ""
    bound: "Adapter | None" = field(default=None, compare=False, repr=False)
    described: str = ""

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
        """SHA-256 of description and adapter, shortened: it changes when one of them does."""
        return _version(self.id, self.kind, self.described)

    def court_title(self, court: str) -> str:
        """Return the printed name of one of its courts, or `court` where the adapter knows none."""
        told = getattr(self.adapter, "court_title", None)
        return str(told(court)) if told is not None else court

    @property
    def adapter(self) -> "Adapter":
        """The adapter: of its kind, or the module of its folder, imported now."""
        if self.bound is not None:
            return self.bound
        return cast("Adapter", importlib.import_module(f"{CATALOG}.{self.id}.adapter"))


def from_toml(source_id: str, text: str, *, where: str = "") -> Source:
    """Return the source that a description says.

    Args:
        source_id: its id.
        text: the TOML.
        where: the file, for the message; the id if empty.

    Raises:
        SourceBroken: it is no TOML, lacks a key, or has one that its kind does not know.
    """
    try:
        plain: dict[str, Any] = tomllib.loads(text)
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        described = replace(_described(source_id, plain), described=digest)
        kind = plain.get("kind", "")
        if not kind:
            return described
        return _of_kind(described, str(kind), plain)
    except tomllib.TOMLDecodeError as error:
        raise SourceBroken(where or source_id, str(error)) from error
    except (KeyError, TypeError) as error:
        cause = f"{type(error).__name__}: {error}"
        raise SourceBroken(where or source_id, cause) from error
    except SettingsWrong as error:
        raise SourceBroken(where or source_id, str(error)) from error


@cache
def _version(source_id: str, kind: str, described: str) -> str:
    own = files("habeas.sources.kinds") if kind else files(CATALOG) / source_id
    if not own.is_dir():
        # A source that is not of the catalogue, as in tests.
        return ""
    digest = hashlib.sha256(described.encode("ascii"))
    for entry in sorted(own.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".py"):
            digest.update(entry.name.encode("utf-8") + b"\0" + entry.read_bytes() + b"\0")
    return f"sha256:{digest.hexdigest()[:16]}"


def _described(source_id: str, plain: Mapping[str, Any]) -> Source:
    publisher = plain["publisher"]
    bounds = plain.get("expect", {})
    return Source(
        id=source_id,
        title=plain["title"],
        publisher=publisher["name"],
        publisher_lang=publisher["lang"],
        home=publisher["url"],
        jurisdiction=plain["jurisdiction"],
        scripts=tuple(plain["scripts"]),
        hosts=tuple(plain["hosts"]),
        every=plain["every"],
        blind_spots=plain["blind_spots"],
        by_name=plain.get("by_name", False),
        mentions=(bounds.get("mentions_min", 0), bounds.get("mentions_max", 10_000)),
        politeness=Politeness(**plain.get("politeness", {})),
        extra_ca=plain.get("extra_ca", {}),
    )


def _of_kind(described: Source, kind: str, plain: Mapping[str, Any]) -> Source:
    """Return the source with the adapter of its kind; a user's file says everything itself.

    Raises:
        SettingsWrong: something in it cannot be used.
    """
    _nothing_left_open(plain)
    if kind not in KINDS:
        message = _("there is no kind {kind}; there are: {kinds}")
        raise SettingsWrong(message.format(kind=repr(kind[:40]), kinds=", ".join(KINDS)))
    settings = Settings(plain.get("read", {}), "read")
    bound = adapter_of(kind, described.id, settings, described.serves)
    settings.nothing_left()
    return Source(
        **{
            name: getattr(described, name)
            for name in Source.__slots__
            if name not in {"kind", "bound", "by_name"}
        },
        kind=kind,
        bound=bound,
    )


_KEYS = frozenset(
    {
        "kind", "title", "publisher", "jurisdiction", "scripts", "hosts", "every", "blind_spots",
        "expect", "politeness", "extra_ca", "read",
    }
)  # fmt: skip


def _nothing_left_open(plain: Mapping[str, Any]) -> None:
    """Refuse keys that nobody knows, and answers that a proposal has left to the user."""
    unknown = sorted(set(plain) - _KEYS)
    if unknown:
        raise SettingsWrong(_("there is no key “{key}”").format(key=unknown[0]))
    for key in ("title", "jurisdiction", "every", "blind_spots"):
        if not str(plain[key]).strip(" ?"):
            raise SettingsWrong(_("“{key}” is not filled in yet").format(key=key))
    for key in ("name", "lang", "url"):
        if not str(plain["publisher"][key]).strip(" ?"):
            raise SettingsWrong(_("“{key}” is not filled in yet").format(key=f"publisher.{key}"))
