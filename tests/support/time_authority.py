"""A real time-stamping authority on this computer: `openssl ts -reply` behind a small web server.

    with TimeAuthority(folder) as authority:
        ...ask authority.url; its root certificate is authority.root

It can be told to misbehave, as real ones do: see `Mode`.
"""

import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from habeas.evidence.stamps.tokens import read_request, request


class Mode(StrEnum):
    GOOD = "good"
    WITH_CHAIN = "with_chain"
    """The reply carries the root as well, in a set that is not sorted."""
    SHA1_ID = "sha1_id"
    """ESSCertID instead of ESSCertIDv2."""
    WRONG_NONCE = "wrong_nonce"
    WRONG_IMPRINT = "wrong_imprint"
    REFUSES = "refuses"
    GARBAGE = "garbage"
    DOWN = "down"
    """HTTP 503."""
    SLOW = "slow"


_FOR_STAMPING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/leaf.pem
signer_key = {folder}/leaf.key
{certs}
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = {ess}
signer_digest = sha256
"""


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


class TimeAuthority:
    """Root, leaf and server.

    Attributes:
        root: PEM file of its root certificate.
        mode: how it answers from now on; may be changed while it runs.
        asked: the requests that came, as sent.
        seen: headers of the last request.

    Args:
        folder: for its keys; made here.
        days: how long its signing certificate is still valid; negative for one that has run out.
        name: common name of that certificate.
    """

    def __init__(self, folder: Path, *, days: int = 700, name: str = "Invented TSA") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.root = folder / "root.pem"
        self.mode = Mode.GOOD
        self.asked: list[bytes] = []
        self.seen: dict[str, str] = {}
        self._lock = threading.Lock()
        self._make(days, name)
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}/tsr"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply(self, query: bytes, mode: Mode | None = None) -> bytes:
        """Return what it answers to a request."""
        mode = mode or self.mode
        asked = read_request(query)
        if mode is Mode.GARBAGE:
            return b"<html>Service temporarily unavailable</html>"
        if mode is Mode.WRONG_NONCE:
            query = request(asked.imprint)
        if mode is Mode.WRONG_IMPRINT:
            assert asked.nonce is not None
            changed = bytes([asked.imprint[0] ^ 1]) + asked.imprint[1:]
            query = query.replace(asked.imprint, changed)
        if mode is Mode.REFUSES:
            # SHA-1 is none of its digests.
            query = bytes.fromhex("30240201013021300906052b0e03021a05000414") + bytes(20)
            query = query[:1] + bytes([len(query) - 2]) + query[2:]
        return self._openssl(query, mode)

    def _openssl(self, query: bytes, mode: Mode) -> bytes:
        certs = f"certs = {self.root}" if mode is Mode.WITH_CHAIN else ""
        ess = "sha1" if mode is Mode.SHA1_ID else "sha256"
        with self._lock:
            config = self.folder / "tsa.cnf"
            config.write_text(_CONFIG.format(folder=self.folder, certs=certs, ess=ess))
            (self.folder / "x.tsq").write_bytes(query)
            command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "x.tsq"]
            done = subprocess.run(
                [*command, "-out", "x.tsr"], cwd=self.folder, capture_output=True, check=False
            )
            assert done.returncode == 0, done.stderr
            return (self.folder / "x.tsr").read_bytes()

    def _make(self, days: int, name: str) -> None:
        now = datetime.now(UTC)
        root_key = rsa.generate_private_key(65537, 2048)
        root = (
            x509.CertificateBuilder()
            .subject_name(_name(f"{name} Root"))
            .issuer_name(_name(f"{name} Root"))
            .public_key(root_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=4000))
            .not_valid_after(now + timedelta(days=4000))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False
            )
            .sign(root_key, hashes.SHA256())
        )
        key = rsa.generate_private_key(65537, 2048)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(root.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=800))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
                critical=False,
            )
            .sign(root_key, hashes.SHA256())
        )
        self.root.write_bytes(root.public_bytes(Encoding.PEM))
        (self.folder / "leaf.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        (self.folder / "leaf.key").write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        (self.folder / "serial").write_text("01")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                authority.asked.append(body)
                authority.seen = dict(self.headers.items())
                if authority.mode is Mode.SLOW:
                    time.sleep(3)
                status = 503 if authority.mode is Mode.DOWN else 200
                reply = b"" if status == 503 else authority.reply(body)
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        return Handler
