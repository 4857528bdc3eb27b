"""Whether an RFC 3161 reply holds: read by us, by rfc3161-client, and by the openssl program.

Our lenient reader decides, as it takes what authorities really send. The strict reader's refusal
of an encoding is a note. Where openssl is there and says that a token does not hold, it does not.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from habeas.evidence.stamps import chains
from habeas.evidence.stamps.der import NotDer
from habeas.evidence.stamps.tokens import NotGranted, Token, read_reply

_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_RSA_PSS = "1.2.840.113549.1.1.10"
_OPENSSL_WAIT_S = 20.0
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class Fault(StrEnum):
    """Why a reply does not hold, or why that cannot be told."""

    UNREADABLE = "unreadable"
    REFUSED = "refused"
    """The authority answered that it does not stamp."""
    WRONG_IMPRINT = "wrong_imprint"
    WRONG_NONCE = "wrong_nonce"
    WEAK = "weak"
    """A hash that is no longer trusted, or one not known here."""
    STATEMENT = "statement"
    """The signature is over another statement."""
    NO_CERTIFICATE = "no_certificate"
    WRONG_CERTIFICATE = "wrong_certificate"
    """The certificate is not the one that the signature binds itself to."""
    SIGNATURE = "signature"
    PURPOSE = "purpose"
    """The certificate is not one for time-stamping alone."""
    EXPIRED = "expired"
    """The certificate was not valid at the time of the stamp."""
    UNTRUSTED = "untrusted"
    """No way leads to a trusted root. The only fault that means "could not check"."""
    OPENSSL = "openssl"
    """The openssl program says that it does not hold."""


class Note(StrEnum):
    """What is worth knowing of a reply that holds."""

    STRICT_READER = "strict_reader"
    """rfc3161-client does not read it: its encoding is not the strict one."""
    SHA1_CERTIFICATE_ID = "sha1_certificate_id"
    """The signature names its certificate by SHA-1 only (RFC 2634); renew it early."""
    NO_OPENSSL = "no_openssl"
    """There is no openssl program here to ask."""


@dataclass(frozen=True, slots=True)
class TokenReport:
    """What checking a reply came to.

    Attributes:
        fault: None where it holds.
        moment: when, by the authority (aware, UTC); None where it cannot be read.
        authority: common name of the signer's certificate, empty where there is none.
        root_sha256: of the root (DER) that it leads to, empty where none is trusted.
        expires: when the first certificate of the chain runs out (aware, UTC).
        notes: for those who want to know more.
        detail: technical words of whoever refused.
    """

    fault: Fault | None
    moment: datetime | None = None
    authority: str = ""
    root_sha256: str = ""
    expires: datetime | None = None
    notes: tuple[Note, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reply is held against.

    Attributes:
        content: what was stamped.
        roots: certificates that are trusted for this.
        nonce: the request's, None where the request is not at hand.
        openssl: whether the openssl program is asked as well.
    """

    content: bytes = field(repr=False)
    roots: Sequence[x509.Certificate] = field(repr=False)
    nonce: int | None = None
    openssl: bool = True


class _Unfit(Exception):
    def __init__(self, fault: Fault, detail: str = "") -> None:
        self.fault, self.detail = fault, detail
        super().__init__(fault.value)


def check_reply(reply: bytes, expected: Expected) -> TokenReport:
    """Return whether a reply is a timestamp on the expected content, and what it says."""
    with chains.tolerant():
        return _report(reply, expected)


def _report(reply: bytes, expected: Expected) -> TokenReport:
    try:
        token = read_reply(reply)
    except NotGranted as refused:
        return TokenReport(Fault.REFUSED, detail=str(refused))
    except NotDer as error:
        return TokenReport(Fault.UNREADABLE, detail=str(error))
    report = TokenReport(None, moment=token.moment)
    try:
        leaf = _check_token(token, expected)
        report = replace(report, authority=_common_name(leaf))
        way = _check_way(token, leaf, expected)
    except _Unfit as unfit:
        return replace(report, fault=unfit.fault, detail=unfit.detail)
    report = replace(
        report,
        root_sha256=way[-1].fingerprint(hashes.SHA256()).hex(),
        expires=min(one.not_valid_after_utc for one in way),
    )
    # The others are asked about the root that was found: whether they come to it as well.
    return _second_opinions(reply, token, replace(expected, roots=way[-1:]), report)


def _check_token(token: Token, expected: Expected) -> x509.Certificate:
    """Check everything but the way to a root; return the signer's certificate."""
    if token.imprint_hash not in _HASHES:
        raise _Unfit(Fault.WEAK, token.imprint_hash)
    if token.imprint != hashlib.new(token.imprint_hash, expected.content).digest():
        raise _Unfit(Fault.WRONG_IMPRINT)
    if expected.nonce is not None and token.nonce != expected.nonce:
        raise _Unfit(Fault.WRONG_NONCE)
    signature = token.signature
    if signature.digest not in _HASHES:
        raise _Unfit(Fault.WEAK, signature.digest)
    stated = hashlib.new(signature.digest, token.statement).digest()
    if signature.content_type != _TST_INFO or signature.message_digest != stated:
        raise _Unfit(Fault.STATEMENT)
    candidates = [*chains.loaded(token.certificates), *expected.roots]
    leaf = chains.signer_of(token, candidates)
    if leaf is None:
        raise _Unfit(Fault.NO_CERTIFICATE)
    _check_ess(token, leaf)
    _check_signature(token, leaf)
    return leaf


def _check_ess(token: Token, leaf: x509.Certificate) -> None:
    """The signature must bind itself to this very certificate (RFC 3161, 2.4.2; RFC 5816)."""
    der = leaf.public_bytes(Encoding.DER)
    known = [(name, value) for name, value in token.signature.ess if name]
    if not known or any(
        hashlib.new(name, der, usedforsecurity=False).digest() != value for name, value in known
    ):
        raise _Unfit(Fault.WRONG_CERTIFICATE)


def _check_signature(token: Token, leaf: x509.Certificate) -> None:
    signature = token.signature
    chosen = _HASHES[signature.digest]
    key = leaf.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(chosen), padding.PSS.AUTO)
            how = pss if signature.algorithm == _RSA_PSS else padding.PKCS1v15()
            key.verify(signature.value, signature.attributes, how, chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature.value, signature.attributes, ec.ECDSA(chosen))
        else:
            raise _Unfit(Fault.SIGNATURE, type(key).__name__)
    except chains.BROKEN as error:
        raise _Unfit(Fault.SIGNATURE) from error


def _check_way(token: Token, leaf: x509.Certificate, expected: Expected) -> list[x509.Certificate]:
    if not chains.may_stamp(leaf):
        raise _Unfit(Fault.PURPOSE)
    if not chains.valid_at(leaf, token.moment):
        raise _Unfit(Fault.EXPIRED)
    between = chains.loaded(token.certificates)
    way = chains.chain_to(leaf, between, expected.roots, token.moment)
    if not way:
        raise _Unfit(Fault.UNTRUSTED, _top_of(leaf, between))
    return way


def _top_of(leaf: x509.Certificate, between: Sequence[x509.Certificate]) -> str:
    """Return the name of whoever issued the last certificate that came along."""
    top, seen = leaf, [leaf]
    while True:
        above = next(
            (one for one in between if one.subject == top.issuer and one not in seen), None
        )
        if above is None:
            return str(top.issuer.rfc4514_string())
        seen.append(above)
        top = above


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else str(certificate.subject.rfc4514_string())


# --- second opinions -----------------------------------------------------------------------------


def _second_opinions(
    reply: bytes, token: Token, expected: Expected, report: TokenReport
) -> TokenReport:
    notes: list[Note] = []
    if not _strict_reader_agrees(reply, expected):
        notes.append(Note.STRICT_READER)
    if {name for name, _value in token.signature.ess} == {"sha1"}:
        notes.append(Note.SHA1_CERTIFICATE_ID)
    program = shutil.which("openssl") if expected.openssl else None
    if program is None:
        notes.append(Note.NO_OPENSSL)
        return replace(report, notes=tuple(notes))
    said = _asked_openssl(program, reply, token, expected)
    if said is None:
        notes.append(Note.NO_OPENSSL)
    elif said:
        return replace(report, fault=Fault.OPENSSL, detail=said, notes=tuple(notes))
    return replace(report, notes=tuple(notes))


def _strict_reader_agrees(reply: bytes, expected: Expected) -> bool:
    """Ask rfc3161-client. It reads strict DER only."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    builder = VerifierBuilder(roots=list(expected.roots), nonce=expected.nonce)
    try:
        response = decode_timestamp_response(reply)
        return builder.build().verify_message(response, expected.content)
    except (ValueError, VerificationError):
        return False


def _asked_openssl(program: str, reply: bytes, token: Token, expected: Expected) -> str | None:
    """Return why openssl says that a token does not hold, empty where it says that it does.

    None where it could not be asked: it cannot be started, or does not end.
    """
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in expected.roots)
    with tempfile.TemporaryDirectory(prefix="habeas-") as name:
        folder = Path(name)
        for file, content in (("x.tsr", reply), ("roots.pem", pem), ("data", expected.content)):
            (folder / file).write_bytes(content)
        at = str(int(token.moment.timestamp()))
        command = [program, "ts", "-verify", "-data", "data", "-in", "x.tsr"]
        command += ["-CAfile", "roots.pem", "-attime", at]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, files of our own naming
                command, cwd=folder, capture_output=True, timeout=_OPENSSL_WAIT_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    if done.returncode == 0 and b"Verification: OK" in done.stdout + done.stderr:
        return ""
    lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if ":" in line]
    return lines[-1][-200:] if lines else f"exit {done.returncode}"
