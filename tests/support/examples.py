"""The example source of each kind, beside the catalogue: for tests that walk everything."""

from pathlib import Path

import habeas.sources.catalog
import habeas.sources.kinds
from habeas.sources import registry
from habeas.sources.describing import Source, from_toml
from habeas.sources.kinds import KINDS, example_of

CATALOG = Path(next(iter(habeas.sources.catalog.__path__)))
KINDS_FOLDER = Path(next(iter(habeas.sources.kinds.__path__)))
EXAMPLES: dict[str, Source] = {
    f"xx_{kind}": from_toml(f"xx_{kind}", example_of(kind)) for kind in KINDS
}


def known(source_id: str) -> Source:
    """Return a source of the catalogue, or the example of a kind (`xx_feed`)."""
    return EXAMPLES[source_id] if source_id in EXAMPLES else registry.source(source_id)


def folder_of(source_id: str) -> Path:
    """Return the folder with a source's recorded pages."""
    return KINDS_FOLDER / source_id[3:] if source_id in EXAMPLES else CATALOG / source_id


def id_of(path: Path) -> str:
    """Return the source of a recorded page."""
    folder = path.parent.parent
    return f"xx_{folder.name}" if folder.parent == KINDS_FOLDER else folder.name
