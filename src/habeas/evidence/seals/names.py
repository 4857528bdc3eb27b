"""Names of files inside a store: which ones a seal may name, and a short form for counting."""

import hashlib
import re

HASH_BYTES = 8
RECORD = ".warc.gz"
UNFINISHED = ".part"
"""What the name of a file ends with while it is being written."""

_RECORD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9A-Za-z-]{1,80}\.warc\.gz")
_IMPORT = re.compile(r"imports/[0-9a-f]{32}/[0-9a-zA-Z][0-9A-Za-z._-]{0,120}")
_IMPORTED = re.compile(r"imports/[0-9a-f]{32}")
_DOCUMENT = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{62}")
_STAMP = re.compile(r"stamps/seal-[0-9]{8,15}/[0-9a-zA-Z][0-9A-Za-z._-]{0,120}")


def is_record_file(file: str) -> bool:
    """Return whether a path in the store is one of a recording, and leads nowhere else."""
    return _RECORD.fullmatch(file) is not None


def is_import_file(file: str) -> bool:
    """Return whether a path in the store is one of imported evidence, and leads nowhere else."""
    return _IMPORT.fullmatch(file) is not None


def is_import_folder(folder: str) -> bool:
    """Return whether a path in the store is the folder of one piece of imported evidence."""
    return _IMPORTED.fullmatch(folder) is not None


def is_document_file(file: str) -> bool:
    """Return whether a path in the store is one of a document that somebody brought."""
    return _DOCUMENT.fullmatch(file) is not None


def is_stamp_file(file: str) -> bool:
    """Return whether a path in `seals` is one of a stamp, and leads nowhere else."""
    return _STAMP.fullmatch(file) is not None


def stamp_folder(sequence: int) -> str:
    """Return the folder of a stamped seal, a path in `seals`."""
    return f"stamps/seal-{sequence:08d}"


def path_hash(file: str) -> bytes:
    """Return eight bytes for a path: to find files that no seal names, not to prove anything."""
    return hashlib.blake2b(file.encode("utf-8"), digest_size=HASH_BYTES).digest()
