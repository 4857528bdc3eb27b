"""TLS as it is: verification is never off, what was trusted and what was sent is recorded."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from socket import socket
from typing import Any

import certifi
import pytest
from cryptography import x509
from tests.fetch.conftest import Authority, Issued, Site, issue, page

from habeas.errors import CertificateUnusable, Retry
from habeas.evidence import read_facts
from habeas.fetch import Answer, Asker, Trust
from habeas.sources.contract import Obstacle, Request
from habeas.sources.registry import Source

MakeAsker = Callable[..., Asker]
MakeSource = Callable[..., Source]
Secure = Callable[..., Site]


@pytest.fixture
def leaf(authority: Authority) -> Issued:
    return issue("court", authority.middle, hosts=("localhost",))


def _ask(asker: Asker, site: Site, *, source: Source | None = None) -> Answer:
    return asker.ask(Request(site.url()), typed=True, source=source)


def _tls(answer: Answer) -> dict[str, Any]:
    (found,) = read_facts(answer.record.path)
    facts: Any = found.facts
    tls: dict[str, Any] = facts["connection"]["tls"]
    return tls


def _names(tls: dict[str, Any]) -> list[str]:
    return [
        x509.load_pem_x509_certificate(pem.encode()).subject.rfc4514_string()
        for pem in tls["chain_pem"]
    ]


def test_an_extra_root_is_trusted_and_recorded(
    secure: Secure, asker: MakeAsker, authority: Authority, leaf: Issued
) -> None:
    site = secure(leaf, authority.middle)
    answer = _ask(asker(trust=Trust([authority.file])), site)
    assert answer.obstacle is None
    assert answer.capture.body == b"<p>page</p>"
    tls = _tls(answer)
    assert tls["verified"] is True
    assert tls["verification"] == "ok"
    assert tls["version"] == "TLSv1.3"
    assert tls["cipher"].startswith("TLS_")
    assert _names(tls) == ["CN=court", "CN=Invented Middle"]
    assert tls["chain_note"] == "as sent by the server on this connection"
    assert tls["trust"]["bundle"].startswith("certifi 20")
    assert tls["trust"]["bundle_sha256"] == sha256(Path(certifi.where()).read_bytes()).hexdigest()
    assert tls["trust"]["extra_sha256"] == [authority.root.fingerprint]


def _assert_refused(answer: Answer, site: Site, reason: str) -> None:
    assert answer.obstacle is Obstacle.TLS
    assert answer.retry is Retry.NEVER
    assert answer.explanation.startswith(
        f"The certificate of localhost could not be verified ({reason}"
    )
    assert answer.capture.body == b""
    assert answer.exchange.request == b""
    assert site.requests == []
    tls = _tls(answer)
    assert tls["verified"] is False
    assert tls["verification"].startswith(reason)
    assert tls["version"] is None


def test_an_unknown_root_is_refused_and_its_chain_is_recorded(
    secure: Secure, asker: MakeAsker, authority: Authority, leaf: Issued
) -> None:
    site = secure(leaf, authority.middle)
    answer = _ask(asker(), site)
    _assert_refused(answer, site, "unable to get local issuer certificate")
    tls = _tls(answer)
    if tls["chain_pem"]:
        # OpenSSL 3 keeps the certificates that it refused.
        assert _names(tls) == ["CN=court", "CN=Invented Middle"]
    else:
        assert tls["chain_note"].startswith("not available")


def test_a_chain_with_a_missing_link_is_refused(
    secure: Secure, asker: MakeAsker, authority: Authority, leaf: Issued
) -> None:
    site = secure(leaf)
    answer = _ask(asker(trust=Trust([authority.file])), site)
    _assert_refused(answer, site, "unable to get local issuer certificate")


def test_an_expired_certificate_is_refused(
    secure: Secure, asker: MakeAsker, authority: Authority
) -> None:
    site = secure(
        issue("court", authority.middle, hosts=("localhost",), expired=True), authority.middle
    )
    answer = _ask(asker(trust=Trust([authority.file])), site)
    _assert_refused(answer, site, "certificate has expired")


def test_a_certificate_for_another_host_is_refused(
    secure: Secure, asker: MakeAsker, authority: Authority
) -> None:
    site = secure(issue("court", authority.middle, hosts=("court.example",)), authority.middle)
    answer = _ask(asker(trust=Trust([authority.file])), site)
    _assert_refused(answer, site, "Hostname mismatch, certificate is not valid for 'localhost'")


def test_a_self_signed_certificate_is_refused(secure: Secure, asker: MakeAsker) -> None:
    site = secure(issue("court", hosts=("localhost",)))
    _assert_refused(_ask(asker(), site), site, "self-signed certificate")


def test_a_site_without_tls_on_the_tls_port_is_typed(site: Site, asker: MakeAsker) -> None:
    site.scheme = "https"
    site.hasty = True
    answer = _ask(asker(), site)
    assert answer.obstacle is Obstacle.TLS
    assert answer.retry is Retry.OTHER_NETWORK
    assert answer.explanation.startswith("No secure connection to localhost could be made (")


def test_a_secure_address_does_not_lead_to_an_insecure_one(
    secure: Secure, site: Site, asker: MakeAsker, authority: Authority, leaf: Issued
) -> None:
    secured = secure(leaf, authority.middle)
    secured.replies["/"] = page(b"", f"Location: {site.url()}", status="302 Found")
    answer = _ask(asker(trust=Trust([authority.file])), secured)
    assert answer.obstacle is Obstacle.TLS
    assert answer.explanation == (
        f"The answer pointed from a secure address to an insecure one ({site.url()}); "
        "it was not followed."
    )
    assert site.requests == []
    assert answer.exchange.url == site.url()
    assert [hop.status for hop in answer.exchange.redirects] == [302]


def test_a_page_cut_off_without_the_goodbye_of_tls_is_not_whole(
    secure: Secure, asker: MakeAsker, authority: Authority, leaf: Issued
) -> None:
    def cut(connection: socket) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n<table>half of the list")
        connection.close()

    secured = secure(leaf, authority.middle)
    secured.replies["/"] = cut
    answer = _ask(asker(trust=Trust([authority.file])), secured)
    assert answer.obstacle is Obstacle.INCOMPLETE
    assert answer.capture.body == b"<table>half of the list"


# --- a root for one source -------------------------------------------------------------------


def test_a_root_for_one_source_counts_for_its_hosts_only(
    secure: Secure,
    asker: MakeAsker,
    source: MakeSource,
    authority: Authority,
    leaf: Issued,
) -> None:
    secured = secure(leaf, authority.middle)
    described = {"name": "Invented Root", "sha256": authority.root.fingerprint.upper()}
    made = asker(trust=Trust(by_source={"xx_invented": authority.file}))
    assert _ask(made, secured, source=source(extra_ca=described)).obstacle is None
    assert _ask(made, secured).obstacle is Obstacle.TLS
    elsewhere = source(extra_ca=described, hosts=("court.example",))
    assert _ask(made, secured, source=elsewhere).obstacle is Obstacle.TLS


def test_a_root_that_is_not_the_described_one_is_refused(
    secure: Secure,
    asker: MakeAsker,
    source: MakeSource,
    authority: Authority,
    leaf: Issued,
) -> None:
    described = {"name": "Another Root", "sha256": "ab" * 32}
    made = asker(trust=Trust(by_source={"xx_invented": authority.file}))
    site = secure(leaf, authority.middle)
    with pytest.raises(CertificateUnusable, match="fingerprint is not the one in the description"):
        _ask(made, site, source=source(extra_ca=described))
    assert site.requests == []


def test_the_root_that_a_source_needs_is_named_where_it_is_missing(
    secure: Secure, asker: MakeAsker, source: MakeSource, authority: Authority, leaf: Issued
) -> None:
    described = {"name": "Invented Root", "sha256": authority.root.fingerprint}
    answer = _ask(asker(), secure(leaf, authority.middle), source=source(extra_ca=described))
    assert answer.obstacle is Obstacle.TLS
    assert answer.explanation.endswith(
        "This source is known to use the root certificate 'Invented Root' "
        f"(SHA-256 {authority.root.fingerprint}); "
        "if you decide to trust it, give its file with --ca."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there is no certificate in it"),
        (b"not a certificate", "there is no certificate in it"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be used"),
        (b"-----BEGIN CERTIFICATE-----\nA=A\n-----END CERTIFICATE-----\n", "cannot be used"),
        (b"x" * 5_000_000, "it is too large"),
        (None, "No such file or directory"),
    ],
)
def test_a_file_that_is_no_certificate_is_a_usage_error(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CertificateUnusable, match=words):
        Trust([file]).prepare(None)
