"""Learned counts of names: the file they lie in, and how they are learned from places.

Counts are derived from pages and tables that somebody has; learning a source again replaces its
counts, and touches no other's. The file is the user's own: it is made readable to nobody else.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from habeas.errors import CountsRefused
from habeas.finding.looked import Hit
from habeas.names import Counting, Frequencies
from habeas.sources.contract import Capacity, Fact, Mention

FORMAT = 1
_OWNER_ONLY = 0o600
_WORDS_OF_A_NAME = 4


def default_path() -> Path:
    """Return where counts lie unless the user says otherwise."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "habeas" / "names" / "counts.json"


def read(path: Path) -> dict[str, Frequencies]:
    """Return the counts of each source in a file.

    Raises:
        CountsRefused: the file is no file of counts.
        OSError: it cannot be read.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["habeas_name_counts"] != FORMAT:
            raise CountsRefused(str(path))
        items = list(kept["sources"].items())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CountsRefused(str(path)) from None
    return {source: Frequencies.from_plain(source, counts) for source, counts in items}


def write(path: Path, learned: Mapping[str, Frequencies]) -> None:
    """Write counts in one step: a reader sees the old file or the new one, never half of it.

    Raises:
        OSError: the folder or the file cannot be written; the old file is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {
        "habeas_name_counts": FORMAT,
        "sources": {source: one.as_plain() for source, one in sorted(learned.items())},
    }
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w", encoding="utf-8"
        ) as file:
            json.dump(kept, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


class Learner:
    """Counts the parties of what is looked at, where a search would compare them."""

    def __init__(self, *, source: str = "", named: bool = False) -> None:
        """Prepare.

        Args:
            source: put all counts under this id, not under that of the page's own source.
            named: also count names whose role is not printed, as in a column headed "ФИО".
        """
        self._source = source
        self._named = named
        self._counting: dict[str, Counting] = {}

    def compares(self, mention: Mention) -> bool:
        """Return whether a mention is counted: a party, no official, no representative."""
        if mention.capacity is Capacity.PARTY:
            return True
        return (
            self._named
            and mention.capacity is Capacity.NAMED
            and len(mention.printed.split()) <= _WORDS_OF_A_NAME
        )

    def hits(
        self,
        mentions: Iterable[Mention],
        rows: Mapping[int, tuple[Mapping[str, Fact], str]],  # noqa: ARG002 - as a search is asked
        source: str = "",
        *,
        table: bool = False,  # noqa: ARG002 - as above
    ) -> Iterator[Hit]:
        """Count the mentions; there are no hits, for nobody is sought."""
        own = self._source or source
        for mention in mentions:
            if self.compares(mention):
                self._counting.setdefault(own, Counting(own)).add(mention.printed)
        return iter(())

    def learned(self) -> dict[str, Frequencies]:
        """Return the counts of each source of which anything was counted."""
        return {
            source: counting.frequencies()
            for source, counting in self._counting.items()
            if counting.people
        }
