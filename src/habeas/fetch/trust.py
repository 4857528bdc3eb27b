"""Which root certificates a connection trusts: the usual ones, and those that the user adds.

Verification is never switched off. Some state portals use a national root that browsers elsewhere
do not carry. A user who decides to trust it gives its certificate: for one source (then its
fingerprint must be the one in the source's description), or for everything in this run.
"""

import hashlib
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import certifi

from habeas.errors import CertificateUnusable
from habeas.evidence import TrustFacts
from habeas.language import _
from habeas.sources.registry import Source

_PEM = re.compile(
    r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----", re.ASCII
)
_LARGEST_FILE = 4 * 1024 * 1024


@dataclass(frozen=True)
class Prepared:
    """A TLS context that verifies, and the facts about its roots for the record."""

    context: ssl.SSLContext
    facts: TrustFacts


class Trust:
    """Chooses the roots for each source.

    Args:
        everywhere: PEM files that are trusted for every host of this run (the `--ca` option).
        by_source: one PEM file each, trusted for that source's hosts only.
    """

    def __init__(
        self, everywhere: Sequence[Path] = (), by_source: Mapping[str, Path] | None = None
    ) -> None:
        self._everywhere = tuple(everywhere)
        self._by_source = dict(by_source or {})
        self._prepared: dict[str, Prepared] = {}

    def prepare(self, source: Source | None) -> Prepared:
        """Return the context for the hosts of a source, or for any other host.

        Raises:
            CertificateUnusable: a PEM file cannot be read, holds no certificate, or lacks the one
                that the source's description names.
        """
        own = self._by_source.get(source.id) if source is not None else None
        key = source.id if source is not None and own is not None else ""
        if key not in self._prepared:
            self._prepared[key] = self._make(source, own)
        return self._prepared[key]

    def _make(self, source: Source | None, own: Path | None) -> Prepared:
        context = ssl.create_default_context(cafile=certifi.where())
        extra: list[str] = []
        for path in (*self._everywhere, *((own,) if own is not None else ())):
            certificates = _certificates(path)
            prints = [hashlib.sha256(certificate).hexdigest() for certificate in certificates]
            if path == own and source is not None:
                _check_described(path, prints, source)
            try:
                context.load_verify_locations(cadata=b"".join(certificates))
            except ssl.SSLError as error:
                raise CertificateUnusable(str(path), error.reason or str(error)) from error
            extra += prints
        bundle, digest = _general_bundle()
        return Prepared(context, TrustFacts(bundle, digest, tuple(extra)))


def _check_described(path: Path, prints: Sequence[str], source: Source) -> None:
    """A root added for one source must be the root that its description names."""
    wanted = re.sub(r"[^0-9a-f]", "", source.extra_ca.get("sha256", "").lower())
    if wanted and wanted not in prints:
        cause = _("its fingerprint is not the one in the description of {source}").format(
            source=source.id
        )
        raise CertificateUnusable(str(path), cause)


def _certificates(path: Path) -> list[bytes]:
    """Return the certificates of a PEM file, DER."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise CertificateUnusable(str(path), _("it is too large"))
        found = _PEM.findall(path.read_text("ascii", "replace"))
        certificates = [ssl.PEM_cert_to_DER_cert(block) for block in found]
    except OSError as error:
        raise CertificateUnusable(str(path), error.strerror or str(error)) from error
    except ValueError as error:
        raise CertificateUnusable(str(path), str(error)) from error
    if not certificates:
        raise CertificateUnusable(str(path), _("there is no certificate in it"))
    return certificates


@cache
def _general_bundle() -> tuple[str, str]:
    """Return name and version of certifi's bundle, and the SHA-256 of its file."""
    content = Path(certifi.where()).read_bytes()
    return f"certifi {version('certifi')}", hashlib.sha256(content).hexdigest()
