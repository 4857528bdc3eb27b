"""What a long search has already looked at, kept on disk so that it can be interrupted.

One line of JSON per finished task, flushed as it is written; the file is readable by its owner
only. A half-written last line (power cut) is ignored and its task is done again.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from habeas import __version__
from habeas.finding.looked import Looked, from_json
from habeas.vault import opened
from habeas.vault.bytes import protected, revealed


def default_path(query: Sequence[str]) -> Path:
    """Return where the journal of this very search lies; the name of the file names nobody."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    digest = hashlib.sha256("\0".join((__version__, *query)).encode("utf-8", "surrogateescape"))
    return Path(base) / "habeas" / "find" / f"{digest.hexdigest()[:32]}.jsonl"


class Journal:
    """Finished tasks of one search, by key."""

    def __init__(self, path: Path) -> None:
        """Open, or go on with, the journal at `path`.

        Raises:
            OSError: the folder cannot be made or the file cannot be opened.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._finished: dict[str, int] = {}
        end = self._index() if path.exists() else 0
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file: IO[bytes] = os.fdopen(handle, "r+b")
        self._file.truncate(end)
        self._file.seek(end)

    def _index(self) -> int:
        """Remember where each finished task starts; return where the last whole line ends."""
        end = 0
        with self.path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                try:
                    self._finished[json.loads(line)["key"]] = end
                except (ValueError, KeyError, TypeError):
                    break
                end += len(line)
        return end

    def __len__(self) -> int:
        return len(self._finished)

    def __contains__(self, key: str) -> bool:
        return _short(key) in self._finished

    def kept(self, key: str) -> Iterator[Looked]:
        """Yield what looking at a finished task came to."""
        with self.path.open("rb") as file:
            file.seek(self._finished[_short(key)])
            found = json.loads(file.readline())
            if "age" in found:
                found = json.loads(revealed(base64.b64decode(found["age"])))
            for record in found["looked"]:
                yield from_json(record)

    def finish(self, key: str, looked: Sequence[Looked]) -> None:
        """Keep what a task came to, on disk before this returns to the caller's caller."""
        content: dict[str, object] = {"looked": [one.as_json() for one in looked]}
        if opened.is_set():
            # What was found holds names; where a passphrase is set, none lie on the disk in clear.
            veiled = protected(json.dumps(content).encode("ascii"))
            content = {"age": base64.b64encode(veiled).decode("ascii")}
        line = json.dumps({"key": _short(key), **content})
        self._finished[_short(key)] = self._file.tell()
        self._file.write(line.encode("ascii") + b"\n")
        self._file.flush()

    def close(self, *, done: bool) -> None:
        """Close; when the search is done the journal has served and is removed."""
        self._file.close()
        if done:
            self.path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(done=kind is None)


def _short(key: str) -> str:
    """Return a key as the journal writes it: a path may hold a name."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:32]
