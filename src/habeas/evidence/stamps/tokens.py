"""RFC 3161 timestamps: the request, and what a reply says, read leniently. No trust is given here.

The whole reply is kept as it came (`.tsr`); a token without its reply cannot be checked by
`openssl ts`.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from habeas.evidence.stamps.der import Element, NotDer, elements, octets, only

REPLY_LIMIT = 256 * 1024
"""Bytes of a reply. Those of public authorities, with their certificates, have 3 to 8 KB."""

_GRANTED = {0, 1}
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_ESS_V1 = "1.2.840.113549.1.9.16.2.12"
_ESS_V2 = "1.2.840.113549.1.9.16.2.47"
HASHES: Mapping[str, str] = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_STATUS_TEXT_LIMIT = 200


class NotGranted(ValueError):
    """The authority answered, and refused to stamp."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of a token.

    Attributes:
        digest: name of the hash, as hashlib knows it; empty if unknown.
        algorithm: object identifier of the signature algorithm.
        parameters: its parameters, DER; empty where there are none.
        value: the signature.
        attributes: the signed attributes as they stand, with the tag of a set.
        issuer, serial: of the certificate, as the signature names it; empty where it names a key.
        key_id: subject key identifier, where it names that.
        content_type: object identifier, as signed.
        message_digest: of the stamped statement, as signed.
        ess: (hash name, hash of the certificate) pairs, as signed: ESSCertID and ESSCertIDv2.
    """

    digest: str
    algorithm: str
    parameters: bytes
    value: bytes = field(repr=False)
    attributes: bytes = field(repr=False)
    issuer: bytes
    serial: int | None
    key_id: bytes
    content_type: str
    message_digest: bytes
    ess: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """What a granted reply says.

    Attributes:
        imprint_hash: name of the hash, empty if unknown.
        imprint: hash of what was stamped.
        moment: when, by the authority's clock (aware, UTC).
        policy: object identifier of the authority's policy.
        serial: number of the token.
        nonce: the request's, None where the reply has none.
        statement: the signed statement (TSTInfo), DER.
        certificates: those inside, DER.
        signature: its one signature.
    """

    imprint_hash: str
    imprint: bytes
    moment: datetime
    policy: str
    serial: int
    nonce: int | None
    statement: bytes = field(repr=False)
    certificates: tuple[bytes, ...] = field(repr=False)
    signature: Signature


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asked for."""

    imprint: bytes
    nonce: int | None


def request(sha256: bytes) -> bytes:
    """Return a request (DER) for a SHA-256: with a random nonce, and asking for the certificate."""
    nonce = secrets.randbits(63) | 1
    algorithm = _tlv(0x30, bytes.fromhex("0609608648016503040201") + b"\x05\x00")
    return _tlv(
        0x30,
        _integer(1)
        + _tlv(0x30, algorithm + _tlv(0x04, sha256))
        + _integer(nonce)
        + b"\x01\x01\xff",
    )


def read_request(content: bytes) -> Asked:
    """Return what a kept request asked for.

    Raises:
        NotDer: it is no request.
    """
    _version, imprint, *rest = _parts(only(content), 2)
    nonce = next((part.whole() for part in rest if part.tag == 0x02), None)
    return Asked(octets(_parts(imprint, 2)[1]), nonce)


def read_reply(content: bytes) -> Token:
    """Return what a reply says. Nothing in it is verified.

    Raises:
        NotGranted: the authority refused; with its own words.
        NotDer: it is no reply that can be read.
    """
    if len(content) > REPLY_LIMIT:
        raise NotDer("too long")
    status, *rest = _parts(only(content), 1)
    if _parts(status, 1)[0].whole() not in _GRANTED or not rest:
        raise NotGranted(_status_words(status))
    kind, wrapped = _parts(rest[0], 2)[:2]
    if kind.oid() != _SIGNED_DATA:
        raise NotDer("no signed data")
    return _token(_parts(_parts(wrapped, 1)[0], 4))


def _token(parts: list[Element]) -> Token:
    """Read SignedData: version, digest algorithms, content, [certificates], [crls], signers."""
    kind, *carried = _parts(parts[2], 1)
    if kind.oid() != _TST_INFO or not carried:
        raise NotDer("no time-stamp statement")
    statement = octets(_parts(carried[0], 1)[0])
    certificates = [one for part in parts[3:] if part.tag == 0xA0 for one in part.parts()]
    signers = _parts(parts[-1], 1)
    if parts[-1].tag != 0x31 or len(signers) != 1:
        raise NotDer("not one signature")
    _version, policy, imprint, serial, moment, *others = _parts(only(statement), 5)
    algorithm, hashed = _parts(imprint, 2)[:2]
    return Token(
        imprint_hash=HASHES.get(_parts(algorithm, 1)[0].oid(), ""),
        imprint=octets(hashed),
        moment=_moment(moment),
        policy=policy.oid(),
        serial=serial.whole(),
        nonce=next((part.whole() for part in others if part.tag == 0x02), None),
        statement=statement,
        certificates=tuple(one.raw for one in certificates if one.tag == 0x30),
        signature=_signature(signers[0]),
    )


def _signature(signer: Element) -> Signature:
    """Read SignerInfo: version, signer's name, digest algorithm, attributes, algorithm, value."""
    _version, who, digest, *rest = _parts(signer, 5)
    if rest[0].tag != 0xA0 or len(rest) < 3:
        raise NotDer("no signed attributes")
    signed = _attributes(rest[0])
    algorithm = _parts(rest[1], 1)
    issuer, serial = (b"", None)
    if who.tag == 0x30:
        name, number = _parts(who, 2)[:2]
        issuer, serial = name.raw, number.whole()
    return Signature(
        digest=HASHES.get(_parts(digest, 1)[0].oid(), ""),
        algorithm=algorithm[0].oid(),
        parameters=algorithm[1].raw if len(algorithm) > 1 else b"",
        value=octets(rest[2]),
        attributes=b"\x31" + rest[0].raw[1:],
        issuer=issuer,
        serial=serial,
        key_id=b"" if who.tag == 0x30 else who.content,
        content_type=signed[_CONTENT_TYPE].oid() if _CONTENT_TYPE in signed else "",
        message_digest=octets(signed[_MESSAGE_DIGEST]) if _MESSAGE_DIGEST in signed else b"",
        ess=tuple(_ess(signed)),
    )


def _attributes(found: Element) -> dict[str, Element]:
    """Return the first value of each attribute, by object identifier."""
    named: dict[str, Element] = {}
    for attribute in found.parts():
        name, values = _parts(attribute, 2)[:2]
        if name.oid() in named:
            raise NotDer("an attribute twice")
        named[name.oid()] = _parts(values, 1)[0]
    return named


def _ess(signed: Mapping[str, Element]) -> list[tuple[str, bytes]]:
    """Return the hashes by which the signature names its certificate (RFC 2634 and RFC 5816)."""
    named: list[tuple[str, bytes]] = []
    if _ESS_V1 in signed:
        first = _parts(_parts(_parts(signed[_ESS_V1], 1)[0], 1)[0], 1)[0]
        named.append(("sha1", octets(first)))
    if _ESS_V2 in signed:
        parts = _parts(_parts(_parts(signed[_ESS_V2], 1)[0], 1)[0], 1)
        # SHA-256 is the default, and a default may be left out.
        explicit = parts[0].tag == 0x30
        name = HASHES.get(_parts(parts[0], 1)[0].oid(), "") if explicit else "sha256"
        named.append((name, octets(parts[1 if explicit else 0])))
    return named


def _status_words(status: Element) -> str:
    texts = [
        text.content.decode("utf-8", "replace")
        for part in status.parts()
        if part.tag == 0x30
        for text in part.parts()
    ]
    return " ".join(texts)[:_STATUS_TEXT_LIMIT]


def _moment(element: Element) -> datetime:
    """Read a GeneralizedTime in UTC, with or without fractions (RFC 3161, 2.4.2)."""
    try:
        text = element.content.decode("ascii")
        if element.tag != 0x18 or not text.endswith("Z"):
            raise NotDer("no time")
        plain, _, fraction = text[:-1].partition(".")
        moment = datetime.strptime(plain, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return moment.replace(microsecond=int((fraction + "000000")[:6]) if fraction else 0)
    except (ValueError, UnicodeDecodeError) as error:
        raise NotDer("no time") from error


def _parts(element: Element, at_least: int) -> list[Element]:
    parts = list(elements(element.content)) if element.tag & 0x20 else []
    if len(parts) < at_least:
        raise NotDer("fewer parts than there must be")
    return parts


def _tlv(tag: int, content: bytes) -> bytes:
    if len(content) > 127:
        raise ValueError(len(content))
    return bytes([tag, len(content)]) + content


def _integer(value: int) -> bytes:
    return _tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))
