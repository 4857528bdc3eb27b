"""The sources that the user has described: `sources/*.toml` in HABEAS_HOME, one file each.

The only files outside of the package that this room reads. A file that cannot be used stops the
program, as a folder of the catalogue does: a source that is silently left out would look like a
source in which nobody was found.
"""

import re
from pathlib import Path

from habeas.errors import SourceBroken
from habeas.home import home
from habeas.language import _
from habeas.sources.describing import Source, from_toml

SUFFIX = ".toml"
ID = re.compile(r"[a-z]{2}_[a-z0-9_]{1,50}")
"""What an id looks like: country and name, as in the catalogue."""

_LARGEST_BYTES = 1_000_000


def folder() -> Path:
    """Return the folder of the user's own descriptions; it may not be there."""
    return home() / "sources"


def sources(taken: frozenset[str] = frozenset()) -> tuple[Source, ...]:
    """Return the sources that the user has described, by id.

    Args:
        taken: ids of the catalogue.

    Raises:
        SourceBroken: a file cannot be read, or cannot be used; names the file.
    """
    there = folder()
    if not there.is_dir():
        return ()
    files = sorted(path for path in there.iterdir() if path.suffix == SUFFIX and path.is_file())
    for path in files:
        if path.stem in taken:
            raise SourceBroken(str(path), _("the catalogue has a source of that name"))
    return tuple(_read(path) for path in files)


def _read(path: Path) -> Source:
    if not ID.fullmatch(path.stem):
        cause = _("its name has to be like kz_lists.toml: country, _, name in small letters")
        raise SourceBroken(str(path), cause)
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SourceBroken(str(path), _("it is too large for a description"))
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceBroken(str(path), type(error).__name__) from error
    made = from_toml(path.stem, text, where=str(path))
    if not made.kind:
        raise SourceBroken(str(path), _("it does not say which “kind” of source it is"))
    return made
