"""Members into a bundle: a tar of plain files (POSIX ustar), as they come, in flat memory."""

import hashlib
import json
import tarfile
from typing import BinaryIO

from habeas.bundles import layout
from habeas.bundles.layout import BLOCK, Member, Told
from habeas.bundles.signing import Signs, signature_of


class Packing:
    """A bundle that is being written. What has no end is no bundle.

    Args:
        out: gets the bytes.
        told: what it says of itself.
    """

    def __init__(self, out: BinaryIO, told: Told) -> None:
        self._told = told
        self._members: dict[str, Member] = {}
        self._people = 0
        self._out = out
        self._add(layout.FORMAT, layout.HEAD)

    def file(self, content: bytes, extension: str) -> str:
        """Add a file, once for the same bytes, and return the name of its member."""
        name, sha256 = layout.named_by(content, extension)
        if name not in self._members:
            self._add(name, content)
            self._members[name] = Member(sha256, len(content))
        return name

    def person(self, content: bytes) -> None:
        """Add a person, after the files that are theirs."""
        self._people += 1
        name = layout.person_name(self._people)
        self._add(name, content)
        self._members[name] = Member(hashlib.sha256(content).hexdigest(), len(content))

    def end(self, signer: Signs) -> None:
        """Write the list of all members, sign it, and end it."""
        manifest = self._manifest()
        self._add(layout.MANIFEST, manifest)
        self._add(layout.SIGNATURE, signature_of(manifest, signer))
        self._add(layout.SENDER, signer.pem.encode())
        self._out.write(b"\0" * (2 * BLOCK))

    def _manifest(self) -> bytes:
        told = {
            "format": layout.NAME,
            "version": layout.VERSION,
            "made_at": self._told.made_at,
            "by": self._told.by,
            "for": self._told.whom,
            "circle": self._told.circle,
            "lang": self._told.lang,
            "locked_for": self._told.locked_for,
            "people": self._people,
            "members": {
                name: {"sha256": one.sha256, "bytes": one.size}
                for name, one in self._members.items()
            },
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"

    def _add(self, name: str, content: bytes) -> None:
        # A time of nothing: when it was made stands in the manifest.
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o600
        self._out.write(entry.tobuf(tarfile.USTAR_FORMAT))
        self._out.write(content)
        self._out.write(b"\0" * (-len(content) % BLOCK))
