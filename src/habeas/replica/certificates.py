"""Certificates for tests: an authority that lives as long as its replica, and bad ones to order."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from habeas.replica.faults import FaultKind

_OTHER = "certificate.elsewhere.example"
_NAME = "habeas replica: invented authority, for tests only"


class Authority:
    """Issues a certificate for any host of the replica. Nobody should trust it for anything else.

    Its key never leaves memory but for the leaf's, which OpenSSL reads from a private folder.

    Args:
        folder: where the root certificate is written for `--ca`; a private one if it is None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._private = TemporaryDirectory(prefix="habeas-replica-")
        self._folder = Path(self._private.name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        # One key for all leaves: the replica has nothing to keep secret from itself.
        self._leaf = ec.generate_private_key(ec.SECP256R1())
        self._root = _signed(_NAME, self._key, _NAME, self._key, hosts=())
        self._contexts: dict[tuple[str, str], ssl.SSLContext] = {}
        self._lock = Lock()
        self.file = (folder or self._folder) / "replica-ca.pem"
        self.file.write_bytes(self._root.public_bytes(serialization.Encoding.PEM))

    def close(self) -> None:
        """Remove the private files."""
        self._private.cleanup()

    def context(self, host: str, fault: FaultKind | None = None) -> ssl.SSLContext:
        """Return a server context with a certificate for a host, good or bad as ordered."""
        key = (host, fault or "")
        with self._lock:
            if key not in self._contexts:
                self._contexts[key] = self._make(host, fault)
            return self._contexts[key]

    def _make(self, host: str, fault: FaultKind | None) -> ssl.SSLContext:
        hosts = (_OTHER,) if fault is FaultKind.WRONG_HOST else (host,)
        expired = fault is FaultKind.EXPIRED_CERTIFICATE
        alone = fault is FaultKind.SELF_SIGNED
        issuer, key = (host, self._leaf) if alone else (_NAME, self._key)
        leaf = _signed(host, self._leaf, issuer, key, hosts=hosts, expired=expired)
        file = self._folder / "leaf.pem"
        private = self._leaf.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(leaf.public_bytes(serialization.Encoding.PEM) + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _signed(  # noqa: PLR0913 - subject and issuer with their keys belong side by side
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    hosts: tuple[str, ...],
    expired: bool = False,
) -> x509.Certificate:
    now = datetime.now(UTC)
    # RFC 5280 allows 64 characters in a common name; a host may have more.
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one[:64])]) for one in (name, issuer)
    ]
    ends = now - timedelta(days=1) if expired else now + timedelta(days=30)
    builder = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(_usage(authority=not hosts), critical=True)
    )
    if hosts:
        alternative = x509.SubjectAlternativeName([x509.DNSName(one) for one in hosts])
        builder = builder.add_extension(alternative, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
