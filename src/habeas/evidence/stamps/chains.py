"""Certificates of time-stamping authorities: the signer's, and its way up to a trusted root.

At the time of the stamp, not now: a certificate that has run out since does not undo what it
signed while it was valid. Whether one was revoked is not asked: that would tell somebody.
"""

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID

from habeas.evidence.stamps.tokens import Token

_MOST_DEPTH = 8
_PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----", re.ASCII
)
# What cryptography raises for a certificate, or a pair of them, that makes no sense.
BROKEN = (
    ValueError,
    TypeError,
    InvalidSignature,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)


@contextmanager
def tolerant() -> Iterator[None]:
    """Let certificates that break small rules pass without a warning on the user's screen.

    Old roots have a serial number of zero; that is not the reader's concern.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield


def certificates_of(pem: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file; those that cannot be read are left out."""
    return _loaded(_PEM.findall(pem), x509.load_pem_x509_certificate)


@cache
def usual_roots() -> tuple[x509.Certificate, ...]:
    """Return the roots of the general bundle, which hold those of some authorities too."""
    import certifi

    return tuple(certificates_of(Path(certifi.where()).read_bytes()))


def loaded(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    """Return the certificates of a token; those that cannot be read are left out."""
    return _loaded(certificates, x509.load_der_x509_certificate)


def _loaded(
    certificates: Iterable[bytes], load: Callable[[bytes], x509.Certificate]
) -> list[x509.Certificate]:
    found = []
    with tolerant():
        for one in certificates:
            try:
                certificate = load(one)
                _touch(certificate)
            except BROKEN:
                continue
            found.append(certificate)
    return found


def _touch(certificate: x509.Certificate) -> None:
    """Read every part that is used later: cryptography reads them when asked, and fails then."""
    _all = (
        certificate.subject.public_bytes(),
        certificate.issuer.public_bytes(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.public_key(),
    )


def signer_of(token: Token, candidates: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """Return the certificate that the token's signature names, None where it is not there."""
    named = token.signature
    for one in candidates:
        if named.serial is not None:
            if one.serial_number == named.serial and one.issuer.public_bytes() == named.issuer:
                return one
        elif _key_id(one) == named.key_id:
            return one
    return None


def may_stamp(certificate: x509.Certificate) -> bool:
    """Return whether it is for time-stamping alone, and critically so (RFC 3161, section 2.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, *BROKEN):
        return False
    return usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def valid_at(certificate: x509.Certificate, moment: datetime) -> bool:
    """Return whether a moment (aware) lies within the certificate's validity."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def chain_to(
    leaf: x509.Certificate,
    between: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    moment: datetime,
) -> list[x509.Certificate]:
    """Return the way from a certificate to a trusted root, both included; empty where none leads.

    Args:
        leaf: the signer's.
        between: others that came with the token.
        roots: those that are trusted.
        moment: when every certificate of the way must have been valid (aware).
    """
    return _climb([leaf], between, roots, moment)


def _climb(
    way: list[x509.Certificate],
    between: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    moment: datetime,
) -> list[x509.Certificate]:
    last = way[-1]
    if last in roots:
        return way
    if len(way) >= _MOST_DEPTH:
        return []
    for issuer in [*roots, *between]:
        if issuer not in way and _issued(last, issuer) and valid_at(issuer, moment):
            found = _climb([*way, issuer], between, roots, moment)
            if found:
                return found
    return []


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    if certificate.issuer != issuer.subject or not _is_authority(issuer):
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except BROKEN:
        return False
    return True


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except (x509.ExtensionNotFound, *BROKEN):
        return False
    return bool(found.value.ca)


def _key_id(certificate: x509.Certificate) -> bytes | None:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (x509.ExtensionNotFound, *BROKEN):
        return None
    return found.value.digest
