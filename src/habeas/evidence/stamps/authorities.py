"""Whom this user asks for timestamps: nobody, until they say so. `authorities.json` in HABEAS_HOME.

Asking shows the authority the network address of whoever asks, a hash, and that timestamps are
used; never what is stamped. For some users that alone is too much, so it is theirs to decide.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from habeas.errors import AuthoritiesRefused
from habeas.evidence.stamps.chains import certificates_of, usual_roots
from habeas.home import home

FORMAT = "habeas authorities 1"
KNOWN: Mapping[str, str] = {
    # Addresses as other projects' lists give them (auto-archiver, rfc3161-client issue 46), read
    # in 2026-11; not asked by us. Whose root is not in the general bundle needs --roots.
    "freetsa": "https://freetsa.org/tsr",
    "digicert": "http://timestamp.digicert.com",
    "globalsign": "http://timestamp.globalsign.com/tsa/r6advanced1",
    "identrust": "http://timestamp.identrust.com",
    "dfn": "http://zeitstempel.dfn.de",
}
"""Free public authorities by the name under which they can be chosen."""
CALENDARS = (
    "https://alice.btc.calendar.opentimestamps.org",
    "https://bob.btc.calendar.opentimestamps.org",
)
"""Public OpenTimestamps calendars, run by different people on different machines."""

_NAME = re.compile("[a-z0-9][a-z0-9-]{0,31}")
_LARGEST_ROOTS = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Promise:
    """What every new seal must have, as its manifest states.

    Attributes:
        rfc3161: how many timestamps of authorities.
        opentimestamps: how many OpenTimestamps proofs.
    """

    rfc3161: int = 2
    opentimestamps: int = 1


@dataclass(frozen=True, slots=True)
class Authority:
    """One RFC 3161 authority.

    Attributes:
        name: short, for file names and rows: letters, digits, `-`.
        url: where requests are sent.
        roots: PEM file of the roots that its certificate must lead to; None for the general bundle.
    """

    name: str
    url: str
    roots: Path | None = None

    def certificates(self) -> Sequence[x509.Certificate]:
        """Return the roots.

        Raises:
            AuthoritiesRefused: the file cannot be read, or holds no certificate.
        """
        return usual_roots() if self.roots is None else read_roots(self.roots)


@dataclass(frozen=True, slots=True)
class Authorities:
    """Whom the user allowed to be asked, and what new seals promise.

    Attributes:
        asked: RFC 3161 authorities; empty where the user has allowed none.
        calendars: OpenTimestamps calendars, likewise.
        promise: what every new seal must have.
    """

    asked: tuple[Authority, ...] = ()
    calendars: tuple[str, ...] = ()
    promise: Promise = field(default_factory=Promise)

    def roots(self) -> list[x509.Certificate]:
        """Return all roots that are trusted for timestamps: the bundle's and the authorities'."""
        found = [*usual_roots()]
        for one in self.asked:
            if one.roots is not None:
                found += one.certificates()
        return list(dict.fromkeys(found))


def read_authorities(folder: Path | None = None) -> Authorities:
    """Return what the user has set; nobody to be asked where nothing is set.

    Args:
        folder: HABEAS_HOME if not given.

    Raises:
        AuthoritiesRefused: the file is there and cannot be understood.
    """
    base = folder or home()
    path = base / "authorities.json"
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != FORMAT:
            raise AuthoritiesRefused(str(path), str(found["format"])[:40])
        promise = found["promise"]
        return Authorities(
            tuple(_authority(one, base, path) for one in found["authorities"]),
            tuple(_address(str(one), path) for one in found["calendars"]),
            Promise(_count(promise["rfc3161"]), _count(promise["opentimestamps"])),
        )
    except FileNotFoundError:
        return Authorities()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuthoritiesRefused(str(path), f"{type(error).__name__}: {error}") from error


def write_authorities(chosen: Authorities, folder: Path | None = None) -> None:
    """Keep what the user has set.

    Raises:
        AuthoritiesRefused: it cannot be written.
    """
    from habeas.files import make_folder, write_file

    base = folder or home()
    path = base / "authorities.json"
    content = {
        "format": FORMAT,
        "authorities": [
            {"name": one.name, "url": one.url, "roots": one.roots.name if one.roots else None}
            for one in chosen.asked
        ],
        "calendars": list(chosen.calendars),
        "promise": {
            "rfc3161": chosen.promise.rfc3161,
            "opentimestamps": chosen.promise.opentimestamps,
        },
    }
    try:
        make_folder(base)
        write_file(path, json.dumps(content, indent=2).encode("utf-8") + b"\n")
    except OSError as error:
        raise AuthoritiesRefused(str(path), error.strerror or type(error).__name__) from error


def allowed(
    chosen: Authorities, name: str, url: str, roots: Path | None, folder: Path | None = None
) -> Authorities:
    """Return the settings with one more authority; its roots are copied into HABEAS_HOME.

    Raises:
        AuthoritiesRefused: name, address or roots cannot be used.
    """
    from habeas.files import make_folder, write_file

    base = folder or home()
    if not _NAME.fullmatch(name):
        raise AuthoritiesRefused(name, "name")
    _address(url, Path(name))
    kept: Path | None = None
    if roots is not None:
        read_roots(roots)
        kept = base / "authorities" / f"{name}.pem"
        try:
            make_folder(kept.parent)
            write_file(kept, roots.read_bytes())
        except OSError as error:
            raise AuthoritiesRefused(str(kept), error.strerror or type(error).__name__) from error
    others = [one for one in chosen.asked if one.name != name]
    return Authorities((*others, Authority(name, url, kept)), chosen.calendars, chosen.promise)


def read_roots(path: Path) -> list[x509.Certificate]:
    """Return the certificates of a PEM file.

    Raises:
        AuthoritiesRefused: it cannot be read, or holds none.
    """
    try:
        if path.stat().st_size > _LARGEST_ROOTS:
            raise AuthoritiesRefused(str(path), "too large")
        found = certificates_of(path.read_bytes())
    except OSError as error:
        raise AuthoritiesRefused(str(path), error.strerror or type(error).__name__) from error
    if not found:
        raise AuthoritiesRefused(str(path), "no certificate")
    return found


def _authority(found: Mapping[str, object], base: Path, path: Path) -> Authority:
    name, roots = str(found["name"]), found["roots"]
    if not _NAME.fullmatch(name):
        raise AuthoritiesRefused(str(path), name[:40])
    kept = base / "authorities" / Path(str(roots)).name if roots is not None else None
    return Authority(name, _address(str(found["url"]), path), kept)


def _address(url: str, path: Path) -> str:
    parts: Sequence[str] = urlsplit(url)
    if parts[0] not in {"http", "https"} or not parts[1]:
        raise AuthoritiesRefused(str(path), url[:80])
    return url


def _count(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 16:
        raise ValueError(value)
    return value
