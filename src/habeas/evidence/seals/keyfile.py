"""The file of a signing key: an Ed25519 key and its P-256 companion, standard PEM, one of each.

    habeas key <fingerprint>
    scrypt n=65536 r=8 p=1 salt=<hex>            only where a passphrase protects it
    -----BEGIN (ENCRYPTED) PRIVATE KEY-----      Ed25519, for seals
    -----BEGIN (ENCRYPTED) PRIVATE KEY-----      P-256, for WACZ signatures

The PEM blocks are PKCS#8. Protected ones are encrypted with a passphrase that is the hexadecimal
scrypt (RFC 7914) of the user's: PKCS#8 as cryptography writes it stretches only 2,048 times. With
that one line of Python, `openssl pkey` opens the file without habeas.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_BLOCK = re.compile(
    rb"-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----[A-Za-z0-9+/=\s]+"
    rb"-----END (?:ENCRYPTED )?PRIVATE KEY-----"
)
_NAME = re.compile(rb"^habeas key ([0-9a-f]{64})\r?$", re.MULTILINE)
_SCRYPT = re.compile(
    rb"^scrypt n=([0-9]{1,8}) r=([0-9]) p=([0-9]) salt=([0-9a-f]{32})\r?$", re.MULTILINE
)
# 64 MB and about 0.2 s a guess. RFC 7914 asks for n of at least 16384 for interactive use.
_N, _R, _P = 2**16, 8, 1
_MOST_MEMORY = 1024 * 1024 * 1024
LARGEST_FILE = 64 * 1024


class BadPassphrase(ValueError):
    """The file is protected, and this passphrase does not open it."""


@dataclass(frozen=True)
class Pair:
    """A signing key and its companion."""

    ed25519: Ed25519PrivateKey
    p256: ec.EllipticCurvePrivateKey


def new_pair() -> Pair:
    """Return a fresh pair of random keys."""
    return Pair(Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1()))


def public_pem(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> str:
    """Return the public key, PEM (SubjectPublicKeyInfo)."""
    return (
        key.public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        .decode("ascii")
    )


def fingerprint(key: Ed25519PrivateKey) -> str:
    """Return the SHA-256 of the public key's DER (SubjectPublicKeyInfo), hexadecimal."""
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def written(pair: Pair, passphrase: str) -> bytes:
    """Return the bytes of the file, protected where a passphrase is given."""
    lines = [f"habeas key {fingerprint(pair.ed25519)}"]
    protection: KeySerializationEncryption = NoEncryption()
    if passphrase:
        salt = secrets.token_bytes(16)
        lines.append(f"scrypt n={_N} r={_R} p={_P} salt={salt.hex()}")
        protection = BestAvailableEncryption(_stretched(passphrase, salt, _N, _R, _P))
    blocks = [
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
        for key in (pair.ed25519, pair.p256)
    ]
    return ("\n".join(lines) + "\n").encode("ascii") + b"".join(blocks)


def is_protected(content: bytes) -> bool:
    """Return whether a passphrase is needed to read the file."""
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in content


def named(content: bytes) -> str:
    """Return the fingerprint that the file says it holds the key of; empty where it says none."""
    found = _NAME.search(content)
    return found[1].decode("ascii") if found else ""


def read(content: bytes, passphrase: str) -> Pair:
    """Return the keys of a file.

    Raises:
        BadPassphrase: it is protected, and the passphrase is wrong or empty.
        ValueError: it is no such file, or damaged.
    """
    secret: bytes | None = None
    if is_protected(content):
        found = _SCRYPT.search(content)
        if found is None or not passphrase:
            raise BadPassphrase
        n, r, p = (int(found[place]) for place in (1, 2, 3))
        secret = _stretched(passphrase, bytes.fromhex(found[4].decode()), n, r, p)
    blocks = _BLOCK.findall(content)
    try:
        keys = [load_pem_private_key(block, secret) for block in blocks]
    except ValueError as error:
        if secret is not None:
            raise BadPassphrase from error
        raise
    if len(keys) != 2:
        message = f"{len(keys)} keys"
        raise ValueError(message)
    signing, companion = keys
    if not (
        isinstance(signing, Ed25519PrivateKey)
        and isinstance(companion, ec.EllipticCurvePrivateKey)
        and named(content) == fingerprint(signing)
    ):
        message = "other keys than it says"
        raise ValueError(message)
    return Pair(signing, companion)


def _stretched(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    if 128 * n * r > _MOST_MEMORY:
        message = "scrypt beyond reason"
        raise ValueError(message)
    stretched = hashlib.scrypt(
        passphrase.encode("utf-8"), salt=salt, n=n, r=r, p=p, maxmem=2 * 128 * n * r, dklen=32
    )
    return stretched.hex().encode("ascii")
